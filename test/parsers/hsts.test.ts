import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import path from "node:path";
import { MAX_AGE_LIMIT, parseHsts } from "../../lib/parsers/hsts.ts";
import { cpuMilliseconds } from "../support/cpu-time.ts";

interface FieldVector {
  readonly name: string;
  readonly text: string;
  readonly field?: Record<string, unknown>;
  readonly problem?: string;
}

const VECTORS = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, "../vectors/hsts/fields.json"), "utf8"),
) as readonly FieldVector[];

describe("fields", () => {
  test.each(VECTORS.map((vector) => [vector.name, vector] as const))("%s", (_, { text, field, problem }) => {
    expect(parseHsts(text)).toEqual(field === undefined ? { ok: false, problem } : { ok: true, value: field });
  });

  test("each has a name of its own, and says what it comes to", () => {
    expect(new Set(VECTORS.map(({ name }) => name)).size).toBe(VECTORS.length);
    expect(VECTORS.filter(({ field, problem }) => (field === undefined) === (problem === undefined))).toEqual([]);
  });

  test("what is too long is not read", () => {
    expect(parseHsts(`max-age=1;${" ".repeat(70_000)}`)).toEqual({ ok: false, problem: "too-long" });
  });

  test("eight unknown names are told of, cut to 32 characters", () => {
    const names = Array.from({ length: 12 }, (_, index) => `${"x".repeat(40)}${index}`);
    const read = parseHsts(`max-age=1; ${names.join("; ")}`);
    expect(read.ok && read.value.unknown).toEqual(Array.from({ length: 8 }, () => "x".repeat(32)));
  });
});

describe("whatever comes", () => {
  const part = fc.constantFrom(
    ...["max-age", "Max-Age", "=", "31536000", '"31536000"', "0", ";", "; ", " ", "\t", ",", '"', "\\", "'", "-1"],
    ...["includeSubDomains", "preload", "foo", "\u0000", "\r\n", "\u00e6", "<b>", "99999999999999999999"],
  );
  const text = fc.oneof(
    fc.array(part, { maxLength: 12 }).map((parts) => parts.join("")),
    fc.array(part, { maxLength: 8 }).map((parts) => `max-age=31536000;${parts.join("")}`),
    fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 100 }).map((octets) => String.fromCharCode(...octets)),
  );

  test("it is a value within bounds or a problem", () => {
    fc.assert(
      fc.property(text, (each) => {
        const read = parseHsts(each);
        if (!read.ok) return read.problem.length > 0;
        const { maxAge } = read.value;
        return Number.isInteger(maxAge) && maxAge >= 0 && maxAge <= MAX_AGE_LIMIT && /max-age/i.test(each);
      }),
      { numRuns: 2000 },
    );
  });

  test("what a field says does not depend on blanks, case, order or empty directives", () => {
    const directive = fc.constantFrom("max-age=7", "includeSubDomains", "preload", 'foo="a;b"');
    const blank = fc.constantFrom("", " ", "\t ", ";", " ; ");
    fc.assert(
      fc.property(fc.uniqueArray(directive), fc.array(blank, { minLength: 8, maxLength: 8 }), (directives, blanks) => {
        const all = [...new Set([...directives, "max-age=7"])];
        const odd = all.map((each, index) => `${blanks[index] ?? ""}${each}${blanks[index + 4] ?? ""}`).reverse();
        const [plain, strange] = [parseHsts(all.join(";")), parseHsts(odd.join(";").toUpperCase())];
        expect(plain.ok).toBe(true);
        expect(strange).toEqual(plain);
      }),
    );
  });

  test("long ones take little time", () => {
    const took = cpuMilliseconds(() => {
      for (const piece of ['"', "\\", "a=", ";", "a", ' "', 'a="\\']) parseHsts(piece.repeat(65_536 / piece.length));
    });
    expect(took).toBeLessThan(2000);
  });
});
