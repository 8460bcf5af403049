import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { AggregateReportReader } from "../../lib/parsers/aggregate-report-reader.ts";

/** An element: its name, and its text or its children. */
type Element = readonly [name: string, content: string | readonly Element[]];

const ROW: Element = [
  "record",
  [
    [
      "row",
      [
        ["source_ip", "192.0.2.1"],
        ["count", "3"],
      ],
    ],
    ["identifiers", [["header_from", "kommune.dk"]]],
  ],
];
const HEAD: readonly Element[] = [
  [
    "report_metadata",
    [
      ["org_name", "x"],
      ["report_id", "1"],
      [
        "date_range",
        [
          ["begin", "10"],
          ["end", "20"],
        ],
      ],
    ],
  ],
  ["policy_published", [["domain", "kommune.dk"]]],
];

function feed(reader: AggregateReportReader, [name, content]: Element): void {
  reader.open(name, 1);
  if (typeof content === "string") reader.text(content, 1);
  else for (const child of content) feed(reader, child);
  reader.close(1);
}

function read(...elements: readonly Element[]) {
  const reader = new AggregateReportReader();
  for (const element of elements) feed(reader, element);
  return reader.end(9);
}

describe("a report from its elements", () => {
  test("in any order, with nothing that may be missing", () => {
    expect(read(["feedback", [ROW, ...HEAD.toReversed()]])).toEqual({
      report: {
        ...{ reporter: "x", id: "1", begin: 10, end: 20 },
        policy: { domain: "kommune.dk", adkim: null, aspf: null, p: null, sp: null, np: null, testing: null },
        records: [
          {
            ...{ source: "192.0.2.1", count: 3, headerFrom: "kommune.dk", envelopeFrom: null, dkim: [], spf: [] },
            evaluated: { disposition: null, dkim: null, spf: null },
          },
        ],
      },
    });
  });

  test("signatures belong to the record that they stand in", () => {
    const signed = (selector: string): Element => [
      "record",
      [
        ...(ROW[1] as readonly Element[]),
        [
          "auth_results",
          [
            [
              "dkim",
              [
                ["selector", selector],
                ["result", "pass"],
              ],
            ],
          ],
        ],
      ],
    ];
    const outcome = read(["feedback", [...HEAD, signed("a"), ROW, signed("b")]]);
    expect("report" in outcome && outcome.report.records.map(({ dkim }) => dkim.map((one) => one.selector))).toEqual([
      ["a"],
      [],
      ["b"],
    ]);
  });

  test("what is known only elsewhere is passed over", () => {
    const astray: Element = [
      "row",
      [
        ["source_ip", "nonsense"],
        ["record", [["row", [["count", "x"]]]]],
      ],
    ];
    expect(read(["feedback", [...HEAD, astray, ["extension", [ROW, ["org_name", "y"]]]]])).toMatchObject({
      report: { reporter: "x", records: [] },
    });
  });

  test("text that is not in an element of ours is passed over, however long", () => {
    const reader = new AggregateReportReader();
    reader.open("feedback", 1);
    for (let pieces = 0; pieces < 100; pieces += 1) reader.text("x".repeat(1_000), 1);
    expect(reader.problem).toBeNull();
  });

  test("the first problem stays, and ends the reading", () => {
    const reader = new AggregateReportReader();
    feed(reader, [
      "feedback",
      [
        [
          "record",
          [
            [
              "row",
              [
                ["count", "1"],
                ["count", "2"],
              ],
            ],
          ],
        ],
      ],
    ]);
    const { problem } = reader;
    feed(reader, ["feedback", []]);
    expect(reader.problem).toBe(problem);
    expect(reader.end(9)).toEqual({ problem });
  });

  test("without an end there is none", () => {
    expect(new AggregateReportReader().end(9)).toMatchObject({ problem: { line: 9 } });
  });

  test("ends that nothing began are passed over", () => {
    const reader = new AggregateReportReader();
    reader.close(1);
    feed(reader, ["feedback", HEAD]);
    reader.close(1);
    expect(reader.end(9)).toMatchObject({ report: { id: "1" } });
  });

  test.each([31, 32])("%i levels below the root", (levels) => {
    const reader = new AggregateReportReader();
    reader.open("feedback", 1);
    for (let level = 0; level < levels; level += 1) reader.open("deep", 1);
    expect(reader.problem === null).toBe(levels === 31);
  });
});

test("any sequence of events ends in a report or a problem, never in an error", () => {
  const names = [
    "feedback",
    "record",
    "row",
    "count",
    "source_ip",
    "auth_results",
    "dkim",
    "spf",
    "domain",
    "result",
    "x",
  ];
  const event = fc.oneof(
    fc.record({ kind: fc.constant("open"), value: fc.constantFrom(...names) }),
    fc.record({ kind: fc.constant("text"), value: fc.string() }),
    fc.record({ kind: fc.constant("close"), value: fc.constant("") }),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 80 }), (events) => {
      const reader = new AggregateReportReader();
      reader.open("feedback", 1);
      for (const { kind, value } of events) {
        if (kind === "open") reader.open(value, 1);
        else if (kind === "text") reader.text(value, 1);
        else reader.close(1);
      }
      expect(Object.keys(reader.end(1))).toHaveLength(1);
    }),
  );
});
