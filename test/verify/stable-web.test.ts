import { describe, expect, test } from "@jest/globals";
import type { Observation } from "../../lib/core/observation.ts";
import { stableText } from "../../lib/verify/stable-form.ts";
import { openOrigin, visited, walk } from "../../lib/web/written-visit.ts";

const WHERE = { host: "www.kommune.dk", address: "192.0.2.10", role: "own" } as const;

type Fields = readonly (readonly [string, string])[];

function visit(fields: Fields, body: { readonly sha256?: string; readonly octets?: number } = {}): Observation {
  return {
    ...{ kind: "web.visit", asset: "host:www.kommune.dk", target: "www.kommune.dk [192.0.2.10]" },
    observedAt: "2026-11-23T10:00:00.000Z",
    result: visited(WHERE, [openOrigin("https", [walk("front", { url: "https://www.kommune.dk/", fields, body })])]),
  };
}

const HSTS = ["strict-transport-security", "max-age=31536000"] as const;

describe("the text of a visit to a web host", () => {
  test("is the same whatever the page, the date and the cookies are", () => {
    const first = visit([["date", "Mon, 23 Nov 2026 10:00:00 GMT"], HSTS], { sha256: "aa", octets: 1 });
    const second = visit([HSTS, ["set-cookie", "id=1"]], { sha256: "bb", octets: 2 });
    expect(stableText(second)).toBe(stableText(first));
  });

  test.each<[string, Fields]>([
    ["another HSTS field", [["strict-transport-security", "max-age=0"]]],
    ["a second HSTS field", [HSTS, HSTS]],
    ["no HSTS field", []],
    ["a Location", [HSTS, ["location", "https://kommune.dk/"]]],
    ["a Refresh", [HSTS, ["refresh", "0; url=https://kommune.dk/"]]],
  ])("is another one with %s", (_, fields) => {
    expect(stableText(visit(fields))).not.toBe(stableText(visit([HSTS])));
  });
});
