import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Hop } from "../../lib/web/hop.ts";
import { type RedirectedName, redirectedName } from "../../lib/web/redirected-name.ts";
import { endingOf } from "../../lib/web/redirects.ts";
import { isUnderDk } from "../../lib/web/under-dk.ts";
import { hopOf, hopsOf, type WrittenHop } from "./hops.ts";

interface WalkVector {
  readonly name: string;
  readonly hops: readonly WrittenHop[];
  readonly ending: Record<string, unknown>;
  readonly together?: string;
}

const VECTORS = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, "../vectors/redirects/walks.json"), "utf8"),
) as readonly WalkVector[];

const A = "http://kommune.com/";
const AS = "https://kommune.com/";
const D = "https://kommune.dk/";
const GOOD = hopsOf({ url: A, status: 301, fields: [["location", D]] }, { url: D });
const CONTENT = hopsOf({ url: AS });
const CLOSED = hopsOf({ url: AS, cause: "connection-refused", code: "ECONNREFUSED" });
const SILENT = hopsOf({ url: AS, cause: "tcp-timeout", code: "SILENT" });
const LEFT_OUT = "UNABLE_TO_GET_ISSUER_CERT_LOCALLY";
const NO_CHAIN = hopsOf({ url: AS, tls: LEFT_OUT, status: 301, fields: [["location", D]] }, { url: D });
const SHOWN = hopsOf({ url: AS, tls: LEFT_OUT });
const NO_TLS = hopsOf({ url: AS, cause: "tls-failed", code: "ERR_SSL_WRONG_VERSION_NUMBER" });
const EXPIRED = hopsOf({ url: AS, tls: "CERT_HAS_EXPIRED" });

/** Walks from several starts of one name. */
function together(walks: readonly (readonly Hop[])[]): RedirectedName {
  return redirectedName(walks.map((hops) => ({ start: hops[0]?.url ?? "", ending: endingOf(hops) })));
}

describe("one visit", () => {
  test.each(VECTORS.map((vector) => [vector.name, vector] as const))("%s", (_, { hops, ending, together: state }) => {
    const walk = hopsOf(...hops);
    expect(endingOf(walk)).toMatchObject(ending);
    if (state !== undefined) expect(together([walk]).state).toBe(state);
  });

  test("each has a name of its own", () => {
    expect(new Set(VECTORS.map(({ name }) => name)).size).toBe(VECTORS.length);
  });
});

describe("in circles with a cookie given on the way", () => {
  const back = {
    url: A,
    status: 302,
    fields: [
      ["location", A],
      ["set-cookie", "a=b"],
    ],
  } as const;

  test("others may get further than to a host outside .dk", () => {
    expect(endingOf(hopsOf(back))).toMatchObject({ kind: "unobserved", cause: "not-observable", at: 0 });
    expect(endingOf(hopsOf({ ...back, fields: [["location", A]] }))).toMatchObject({ kind: "loop", outside: true });
  });

  test("they stay under .dk where the ring does", () => {
    const ring = {
      ...back,
      url: D,
      fields: [
        ["location", D],
        ["set-cookie", "a=b"],
      ],
    } as const;
    expect(endingOf(hopsOf(ring))).toMatchObject({ kind: "loop", outside: false });
  });
});

describe("the visits of one name", () => {
  test.each([
    ["redirected on both ports", [GOOD, GOOD], { state: "redirected", unreachable: [] }],
    ["redirected on one, closed on the other", [GOOD, CLOSED], { state: "redirected" }],
    ["content on one", [GOOD, CONTENT], { state: "not-redirected", visits: [{ start: AS }] }],
    ["content beats silence", [SILENT, CONTENT], { state: "not-redirected" }],
    ["silence on one", [GOOD, SILENT], { state: "unknown", visits: [{ start: AS, cause: "tcp-timeout" }] }],
    ["silence beats a closed port", [CLOSED, SILENT], { state: "unknown", visits: [{ cause: "tcp-timeout" }] }],
    ["closed on both", [CLOSED, CLOSED], { state: "closed" }],
    ["expired over HTTPS", [GOOD, EXPIRED], { state: "redirected", unreachable: [{ start: AS }] }],
    ["expired over HTTPS, closed over HTTP", [CLOSED, EXPIRED], { state: "not-redirected", visits: [{ start: AS }] }],
    ["expired over HTTPS, silent over HTTP", [SILENT, EXPIRED], { state: "unknown" }],
    ["a chain that some browsers complete, closed over HTTP", [CLOSED, NO_CHAIN], { state: "unknown" }],
    [
      "no handshake over HTTPS, closed over HTTP",
      [CLOSED, NO_TLS],
      { state: "unknown", visits: [{ cause: "tls-failed" }] },
    ],
    [
      "no handshake over HTTPS, redirected over HTTP",
      [GOOD, NO_TLS],
      { state: "redirected", unreachable: [{ start: AS }] },
    ],
    ["a page behind a chain that some browsers complete", [GOOD, SHOWN], { state: "not-redirected" }],
    ["no visit", [], { state: "unknown", visits: [] }],
  ])("%s", (_, walks, expected) => {
    expect(together(walks)).toMatchObject(expected);
  });

  test("one that had to load a page is told of", () => {
    const refreshed = hopsOf({ url: A, refreshes: [`0;url=${D}`] }, { url: D });
    expect(together([GOOD, refreshed])).toMatchObject({ visits: [{}, { ending: { via: "refresh" } }] });
  });

  test("each unknown visit keeps its own cause", () => {
    const reset = hopsOf({ url: A, cause: "connection-reset", code: "ECONNRESET" });
    expect(together([reset, SILENT])).toMatchObject({
      visits: [{ cause: "connection-reset" }, { cause: "tcp-timeout" }],
    });
  });
});

describe("hosts", () => {
  test.each(["kommune.dk", "www.kommune.dk", "KOMMUNE.DK", "kommune.dk.", "xn--kommune--d5a.dk"])(
    "%s is under .dk",
    (host) => {
      expect(isUnderDk(host)).toBe(true);
    },
  );

  test.each(["dk", "dk.", ".dk", "", ".", "kommune.dk..", "a..dk", "kommune.dkk", "kommunedk", "kommune.dk.com"])(
    "%s is not",
    (host) => {
      expect(isUnderDk(host)).toBe(false);
    },
  );
});

describe("whatever was recorded", () => {
  const url = fc.constantFrom(A, AS, D, "https://vendor.net/", "https://dk.evil.com/", "http://169.254.169.254/");
  const written = fc.record(
    {
      url,
      status: fc.constantFrom(200, 204, 301, 302, 308, 304, 403, 404, 503),
      fields: fc.array(fc.tuple(fc.constantFrom("location", "refresh", "server"), url), { maxLength: 2 }),
      tls: fc.constantFrom("trusted", "CERT_HAS_EXPIRED"),
      cut: fc.constantFrom(null, "limit", "time"),
      cause: fc.constantFrom("tcp-timeout", "connection-refused", "vantage-blocked"),
      code: fc.constantFrom("SILENT", "SPECIAL_ADDRESS"),
    },
    { requiredKeys: ["url"] },
  ) as fc.Arbitrary<WrittenHop>;

  test("redirected is said only of a walk whose last hop answered under .dk", () => {
    fc.assert(
      fc.property(fc.array(written, { maxLength: 5 }), (hops) => {
        const walk = hops.map(hopOf);
        const ending = endingOf(walk);
        if (together([walk]).state !== "redirected") return;
        expect(ending).toMatchObject({ kind: "dk", at: walk.indexOf(walk[ending.at]!) });
        expect(isUnderDk(ending.host)).toBe(true);
        expect(walk[ending.at]?.answer.state).toBe("observed");
      }),
      { numRuns: 3000 },
    );
  });
});
