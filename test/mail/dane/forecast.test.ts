import { describe, expect, test } from "@jest/globals";
import { forecastsOf } from "../../../lib/mail/dane/forecast.ts";
import { matchDane } from "../../../lib/mail/dane/match.ts";
import { name } from "../../../lib/wire/name.ts";
import { derOf, recordOf } from "./vectors.ts";

const NOW = Date.parse("2026-11-23T10:00:00.000Z");
const NAMES = [name("mx.kommune.dk")];

function forecast(
  records: readonly string[],
  chain: readonly string[],
  others: readonly (readonly string[])[] = [],
  at = NOW,
) {
  const read = records.map(recordOf);
  const matchedChain = (names: readonly string[]) => {
    const ders = names.map(derOf);
    const match = matchDane(read, ders, NAMES, at);
    if (match.state !== "matched") throw new Error(match.why);
    return { chain: ders, match };
  };
  const own = matchedChain(chain);
  return forecastsOf(read, own, [own, ...others.map(matchedChain)], { names: NAMES, at }).map(({ kind }) => kind);
}

describe("records of the server's own certificate", () => {
  test.each([
    [["3 0 1 ecdsa"], ["ecdsa"], ["renewal-breaks"]],
    [["3 0 1 ecdsa", "3 0 1 next"], ["ecdsa"], []],
    [["3 0 1 ecdsa", "3 1 1 ecdsa"], ["ecdsa"], []],
    [["3 1 1 short"], ["short"], ["key-must-stay"]],
    [["3 1 1 short", "3 1 1 next"], ["short"], []],
    [["3 1 1 short", "2 1 1 intermediate"], ["short", "intermediate"], []],
    [["3 1 1 ecdsa"], ["ecdsa"], []],
    [["3 1 1 self"], ["self"], []],
    [["3 1 1 expired"], ["expired"], ["out-of-date"]],
    [["3 1 1 never"], ["never"], ["out-of-date", "key-must-stay"]],
    [["3 1 1 ecdsa", "3 0 1 next"], ["ecdsa"], ["form-unmatched"]],
  ])("%j for %j", (records, chain, kinds) => {
    expect(forecast(records, chain)).toEqual(kinds);
  });

  test("the record of the server's other certificate is no next key", () => {
    expect(forecast(["3 1 1 short", "3 1 1 rsa"], ["short"])).toEqual([]);
    expect(forecast(["3 1 1 short", "3 1 1 rsa"], ["short"], [["rsa"]])).toEqual(["key-must-stay"]);
  });
});

describe("records of an authority", () => {
  test.each([
    [["2 1 1 intermediate"], ["ecdsa", "intermediate"], "2026-11-23", []],
    [["2 1 1 intermediate"], ["ending", "intermediate"], "2026-11-16", []],
    [["2 1 1 intermediate"], ["ending", "intermediate"], "2026-11-18", ["path-ends"]],
    [["2 1 1 soon"], ["below-soon", "soon"], "2026-11-15", []],
    [["2 1 1 soon"], ["below-soon", "soon"], "2026-11-17", ["path-ends"]],
    [["2 1 1 soon", "3 1 1 below-soon"], ["below-soon", "soon"], "2026-11-17", []],
  ])("%j for %j on %s", (records, chain, day, kinds) => {
    expect(forecast(records, chain, [], Date.parse(day))).toEqual(kinds);
  });
});
