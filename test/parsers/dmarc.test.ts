import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import path from "node:path";
import { parseDmarc } from "../../lib/parsers/dmarc.ts";
import { excerptOf } from "../../lib/parsers/dmarc-excerpt.ts";
import { parseReportUris } from "../../lib/parsers/dmarc-uri.ts";
import { cpuMilliseconds } from "../support/cpu-time.ts";

interface RecordVector {
  readonly name: string;
  readonly text: string;
  readonly record?: Record<string, unknown>;
  readonly problem?: string;
}

interface UriVector {
  readonly value: string;
  readonly entries: readonly { readonly valid: boolean; readonly host: string | null }[];
}

function vectors(file: string): unknown {
  const text = readFileSync(path.resolve(import.meta.dirname, "../vectors/dmarc", file), "utf8");
  return JSON.parse(text);
}

describe("records", () => {
  const cases = (vectors("records.json") as readonly RecordVector[]).map((vector) => [vector.name, vector] as const);

  test.each(cases)("%s", (_, { text, record, problem }) => {
    const read = parseDmarc(text);
    if (record === undefined) expect(read).toEqual({ ok: false, problem });
    else expect(read).toMatchObject({ ok: true, value: record });
  });

  test("each has a name of its own", () => {
    expect(new Set(cases.map(([name]) => name)).size).toBe(cases.length);
  });

  test("one that is too long counts as a record, and none of its tags", () => {
    const read = parseDmarc(`v=DMARC1; p=reject; x=${"y".repeat(20_000)}`);
    expect(read).toMatchObject({ ok: true, value: { trouble: "too-long", p: null } });
    expect(parseDmarc(`v=DMARC1; p=reject;${" x=1;".repeat(200)}`)).toMatchObject({ value: { trouble: "too-long" } });
  });

  test("at most five parts are told of", () => {
    const read = parseDmarc(`v=DMARC1; p=reject; ${["a", "b", "c", "d", "e", "f", "g"].join("; ")}`);
    expect(read).toMatchObject({ value: { ignored: ["a", "b", "c", "d", "e"] } });
  });
});

describe("report addresses", () => {
  test.each((vectors("report-uris.json") as readonly UriVector[]).map((vector) => [vector.value, vector] as const))(
    "%s",
    (_, { value, entries }) => {
      expect(parseReportUris(value).map(({ valid, host }) => ({ valid, host }))).toEqual(entries);
    },
  );

  test("no more than 32 are read", () => {
    expect(parseReportUris("mailto:a@example.com,".repeat(100))).toHaveLength(32);
  });
});

test("excerpts are short and printable", () => {
  expect(excerptOf("a\u0000b\u001b[31mc\u00e6")).toBe("a?b?[31mc?");
  expect(excerptOf("x".repeat(100))).toBe(`${"x".repeat(47)}~`);
  expect(excerptOf("x".repeat(48))).toBe("x".repeat(48));
});

describe("whatever comes", () => {
  const part = fc.constantFrom(
    ...["v=DMARC1", "v=dmarc1", "V=DMARC1", "p=reject", "p=none", "sp=none", "np=reject", "psd=n", "t=y", "pct=50"],
    ...[";", "; ", " ", "\t", "=", "p", "rua=mailto:a@b.dk", ",", "!10m", "\u0000", "<b>", "%", "é"],
  );
  const text = fc.oneof(
    fc.array(part, { maxLength: 12 }).map((parts) => parts.join("")),
    fc.array(part, { maxLength: 12 }).map((parts) => `v=DMARC1;${parts.join(";")}`),
    fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 100 }).map((octets) => String.fromCharCode(...octets)),
  );

  test("nothing throws, and what is told of is printable", () => {
    fc.assert(
      fc.property(text, (sent) => {
        const read = parseDmarc(sent);
        if (!read.ok) return;
        const { ignored, rua, ruf } = read.value;
        const told = [...ignored, ...(rua ?? []).map((uri) => uri.text), ...(ruf ?? []).map((uri) => uri.text)];
        for (const shown of told) expect(shown).toMatch(/^[ -~]{0,48}$/);
      }),
      { numRuns: 3_000 },
    );
  });

  test("p=reject is never read where the text does not ask for it", () => {
    fc.assert(
      fc.property(text, (sent) => {
        const read = parseDmarc(sent);
        if (read.ok && read.value.p === "reject") expect(sent).toMatch(/;[ \t]*p[ \t]*=[ \t]*reject[ \t]*(;|$)/i);
      }),
      { numRuns: 3_000 },
    );
  });

  test("hostile lengths take no time", () => {
    const took = cpuMilliseconds(() => {
      for (const filler of [" ", ";", "=", ",", "v=", "p=reject;", "\t;", "mailto:a@", "%41"]) {
        const long = filler.repeat(Math.floor(65_000 / filler.length));
        parseDmarc(long);
        parseDmarc(`v=DMARC1; p=reject; rua=${long}`);
        parseDmarc(`v${long}=DMARC1`);
        parseReportUris(long);
      }
    });
    expect(took).toBeLessThan(3_000);
  });
});
