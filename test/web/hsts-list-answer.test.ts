import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { isCoveredBy } from "../../lib/web/hsts-own-names.ts";
import { parseListAnswer } from "../../lib/web/hsts-list-answer.ts";

const answer = (status: unknown, preloadedDomain?: unknown, name: unknown = "www.kommune.dk"): string =>
  JSON.stringify({ name, status, bulk: true, preloadedDomain });

describe("an answer of the list", () => {
  test.each([
    ["preloaded itself", answer("preloaded", "www.kommune.dk"), { state: "preloaded", entry: "www.kommune.dk" }],
    ["preloaded from above", answer("preloaded", "kommune.dk"), { state: "preloaded", entry: "kommune.dk" }],
    ["a whole top-level domain", answer("preloaded", "dk"), { state: "preloaded", entry: "dk" }],
    ["not known", answer("unknown", ""), { state: "absent", entry: null }],
    ["not known, in the older form", answer("unknown"), { state: "absent", entry: null }],
  ])("%s", (_, text, value) => {
    expect(parseListAnswer(text, "www.kommune.dk", false)).toEqual({ ok: true, value });
  });

  test.each([
    ["pending", "pending"],
    ["rejected", "absent"],
    ["removed", "absent"],
  ])("%s is an answer for a registrable name alone", (status, state) => {
    const text = answer(status, "", "kommune.dk");
    expect(parseListAnswer(text, "kommune.dk", true)).toEqual({ ok: true, value: { state, entry: null } });
    expect(parseListAnswer(text, "kommune.dk", false).ok).toBe(false);
  });

  test.each([
    ["nothing", ""],
    ["a list", "[]"],
    ["null", "null"],
    ["a string", '"preloaded"'],
    ["about another name", answer("preloaded", "kommune.dk", "mail.kommune.dk")],
    ["an entry for another name", answer("preloaded", "mail.kommune.dk")],
    ["an entry that only ends alike", answer("preloaded", "une.dk")],
    ["preloaded without an entry", answer("preloaded")],
    ["preloaded by an empty entry", answer("preloaded", "")],
    ["preloaded by no name", answer("preloaded", { name: "kommune.dk" })],
    ["not known, but with an entry", answer("unknown", "kommune.dk")],
    ["about to be removed", answer("pending-removal", "")],
    ["a status that nobody knows", answer("Preloaded", "kommune.dk")],
    ["no status", answer(undefined)],
    ["too long", answer("unknown") + " ".repeat(20_000)],
  ])("is none: %s", (_, text) => {
    expect(parseListAnswer(text, "www.kommune.dk", true).ok).toBe(false);
  });

  test("never throws, and preloaded always comes with an entry that covers the name", () => {
    const word = fc.oneof(
      fc.constantFrom("preloaded", "unknown", "pending", "kommune.dk", "www.kommune.dk", "dk", ""),
      fc.jsonValue(),
    );
    const text = fc.oneof(
      fc.string(),
      fc.record({ name: word, status: word, preloadedDomain: word }).map((each) => JSON.stringify(each)),
    );
    fc.assert(
      fc.property(text, fc.boolean(), (each, isRegistrable) => {
        const read = parseListAnswer(each, "www.kommune.dk", isRegistrable);
        if (!read.ok || read.value.state !== "preloaded") return true;
        return each.includes('"preloaded"') && isCoveredBy(read.value.entry, "www.kommune.dk");
      }),
      { numRuns: 2000 },
    );
  });
});
