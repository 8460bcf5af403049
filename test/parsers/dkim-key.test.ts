import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import path from "node:path";
import { type DkimKey, type DkimKeyProblem, parseDkimKey } from "../../lib/parsers/dkim-key.ts";

interface Vector {
  readonly name: string;
  readonly source: string;
  readonly record: string;
  readonly value?: DkimKey;
  readonly problem?: DkimKeyProblem;
}

const file = path.resolve(import.meta.dirname, "../vectors/dkim/key-records.json");
const { records } = JSON.parse(readFileSync(file, "utf8")) as { readonly records: readonly Vector[] };

const valid = records.flatMap(({ record, value }) => (value === undefined ? [] : [record]));

describe("key records", () => {
  test.each(records.map((one) => [`${one.name} (${one.source})`, one] as const))(
    "%s",
    (_, { record, value, problem }) => {
      expect(parseDkimKey(record)).toEqual(value === undefined ? { ok: false, problem } : { ok: true, value });
    },
  );

  test("every problem has a record that shows it", () => {
    const shown = new Set(records.flatMap(({ problem }) => problem ?? []));
    expect([...shown].sort()).toEqual(
      ["base64", "key-type", "no-public-key", "not-a-key", "public-key", "tags", "version"].sort(),
    );
  });
});

const octet = fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code));
const octets = fc.array(octet, { maxLength: 400 }).map((characters) => characters.join(""));

describe("whatever a name server sends", () => {
  test("octets never make it throw, and never a key unless they say p", () => {
    fc.assert(
      fc.property(octets, (text) => {
        const result = parseDkimKey(text);
        if (result.ok) expect(text).toMatch(/p[ \t\r\n]*=/);
      }),
    );
  });

  test("tags with any values never make it throw", () => {
    const tag = fc.tuple(fc.constantFrom("v", "k", "h", "p", "s", "t", "n", "P", "x"), octets);
    fc.assert(
      fc.property(fc.array(tag, { maxLength: 8 }), (tags) => {
        const result = parseDkimKey(tags.map(([name, value]) => `${name}=${value}`).join(";"));
        expect(typeof result.ok).toBe("boolean");
      }),
    );
  });

  test("a key with any octet changed is a key of its type or a problem, never another type", () => {
    fc.assert(
      fc.property(fc.constantFrom(...valid), fc.nat(), octet, (record, at, changed) => {
        const place = at % record.length;
        const result = parseDkimKey(record.slice(0, place) + changed + record.slice(place + 1));
        if (!result.ok || result.value.key?.type !== "ed25519") return;
        expect(record).toContain("ed25519");
      }),
    );
  });

  test("a long text is refused without being read through", () => {
    expect(parseDkimKey(`v=DKIM1; p=${"A".repeat(1_000_000)}`)).toEqual({ ok: false, problem: "tags" });
    expect(parseDkimKey(`v=DKIM1; p=${" ".repeat(16_000)}`)).toMatchObject({ ok: true, value: { key: null } });
  });
});

test("tags may come in any order after v, and white space means nothing", () => {
  const base = ["k=rsa", "t=y", "h=sha256", "s=email"];
  const [record] = valid;
  const p = record?.split("; ").find((tag) => tag.startsWith("p=")) ?? "";
  const expected = parseDkimKey(["v=DKIM1", ...base, p].join("; "));
  expect(expected.ok).toBe(true);
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...base, p], { minLength: 5, maxLength: 5 }),
      fc.constantFrom(";", "; ", " ;\t", ";\r\n "),
      (tags, between) => {
        expect(parseDkimKey(["v=DKIM1", ...tags].join(between))).toEqual(expected);
      },
    ),
  );
});
