import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { CAUSES } from "../../lib/core/cause.ts";
import { plainEnding, type PlainEnding } from "../../lib/web/plain-http.ts";
import { type UnseenHop, walk, type WrittenHop } from "../../lib/web/written-visit.ts";

type Written = WrittenHop | UnseenHop;

const A = "http://www.kommune.dk/";
const S = "https://www.kommune.dk/";
const LEADS = { url: A, location: S } as const;
const ending = (...hops: readonly Written[]): PlainEnding => plainEnding(walk("front", ...hops).hops);

/** As many redirects within HTTPS as are followed, and the first of them from HTTP. */
function chain(length: number, last: Written): readonly Written[] {
  const between = Array.from({ length }, (_, at) => ({ url: `${S}${String(at)}`, location: `${S}${String(at + 1)}` }));
  return [{ url: A, location: `${S}0` }, ...between, last];
}

describe("reaches HTTPS", () => {
  const proven: readonly (readonly [string, readonly Written[], object])[] = [
    ["at once", [LEADS, { url: S }], { target: S, sameHost: true, redirects: 1 }],
    [
      "at another port",
      [{ url: A, location: "https://www.kommune.dk:8443/" }, { url: "https://www.kommune.dk:8443/" }],
      { sameHost: true },
    ],
    [
      "at another host",
      [{ url: A, location: "https://ny.example/" }, { url: "https://ny.example/" }],
      { sameHost: false },
    ],
    ["by an error that is encrypted", [LEADS, { url: S, status: 403 }], { redirects: 1 }],
    ["through a redirect without Location that is encrypted", [LEADS, { url: S, status: 301 }], { redirects: 1 }],
    [
      "with a page that moves on in safety",
      [LEADS, { url: S, leaving: { refreshes: [`5; url=${S}x`] } }],
      { redirects: 1 },
    ],
    ["with silence beyond", [LEADS, { url: S, location: "/x" }, { url: `${S}x`, cause: "tcp-timeout" }], { target: S }],
    [
      "with a certificate beyond that does not hold",
      [
        LEADS,
        { url: S, location: "https://ny.example/" },
        { url: "https://ny.example/", certificate: "CERT_HAS_EXPIRED" },
      ],
      { target: S, sameHost: true },
    ],
    ["to a loop that is encrypted", [LEADS, { url: S, location: S }], { redirects: 1 }],
    ["by two equal Locations", [{ ...LEADS, fields: [["location", S]] }, { url: S }], { redirects: 1 }],
    [
      "after two hops of the own domain",
      [{ url: A, location: "http://kommune.dk/" }, { url: "http://kommune.dk/", location: S }, { url: S }],
      { redirects: 2, sameHost: true, page: A },
    ],
  ];
  test.each(proven)("%s", (_, hops, expected) => {
    expect(ending(...hops)).toMatchObject({ kind: "https", ...expected });
  });
});

describe("does not reach HTTPS", () => {
  const cases: readonly (readonly [string, readonly Written[], object])[] = [
    ["200", [{ url: A }], { kind: "content", refresh: false }],
    ["204", [{ url: A, status: 204, body: { octets: 0 } }], { kind: "content" }],
    ["a page cut off", [{ url: A, body: { cut: "broke" } }], { kind: "content" }],
    [
      "a Refresh field",
      [{ url: A, fields: [["refresh", `0; url=${S}`]] }, { url: S }],
      { kind: "content", refresh: true },
    ],
    ["401", [{ url: A, status: 401 }], { kind: "login" }],
    ["404", [{ url: A, status: 404 }], { kind: "error", octets: 1024 }],
    ["404 with as much as errors have", [{ url: A, status: 404, body: { octets: 4096 } }], { kind: "error" }],
    ["404 with more", [{ url: A, status: 404, body: { octets: 4097 } }], { kind: "error-page", octets: 4097 }],
    ["500 with more", [{ url: A, status: 500, body: { octets: 40_000 } }], { kind: "error-page" }],
    ["404 cut off", [{ url: A, status: 404, body: { cut: "broke" } }], { kind: "error-page" }],
    ["404 in an unknown coding", [{ url: A, status: 404, body: { cut: "coding" } }], { kind: "error" }],
    [
      "a 404 that moves on",
      [{ url: A, status: 404, leaving: { refreshes: [`0; url=${S}`] } }, { url: S }],
      { kind: "error" },
    ],
    ["403", [{ url: A, status: 403 }], { kind: "blocked" }],
    ["300 with Location", [{ url: A, status: 300, location: S }], { kind: "astray", why: "status" }],
    ["a status that is none", [{ url: A, status: 700 }], { kind: "unobserved", cause: "protocol-error" }],
    ["Locations that differ", [{ ...LEADS, fields: [["location", `${S}x`]] }], { kind: "astray", why: "several" }],
    ["an empty Location", [{ url: A, location: "" }], { kind: "astray", why: "unusable" }],
    [
      "in circles",
      [
        { url: A, location: "/x" },
        { url: `${A}x`, location: "/" },
      ],
      { kind: "astray", why: "loop" },
    ],
    [
      "a stranger that was not asked",
      [{ url: A, location: "http://fremmed.example/" }],
      { kind: "stranger", target: "fremmed.example" },
    ],
    [
      "silence at the second hop",
      [
        { url: A, location: "/x" },
        { url: `${A}x`, cause: "tcp-timeout" },
      ],
      { kind: "unobserved", cause: "tcp-timeout" },
    ],
  ];
  test.each(cases)("%s", (_, hops, expected) => {
    expect(ending(...hops)).toMatchObject(expected);
  });

  test("an own host under another name, once it is known to be one, is no stranger", () => {
    const other = "http://andet.example/";
    const { hops } = walk("front", { url: A, location: other }, { url: other, location: S }, { url: S });
    expect(plainEnding(hops)).toMatchObject({ kind: "stranger", target: "andet.example" });
    expect(plainEnding(hops, { ownHosts: ["et.example"] })).toMatchObject({ kind: "stranger" });
    expect(plainEnding(hops, { ownHosts: ["andet.example"] })).toMatchObject({ kind: "https", redirects: 2 });
  });

  test("a port of the own host that refuses is nowhere, and another host's may refuse us alone", () => {
    const refused = (url: string) => ({ url, cause: "connection-refused" }) as const;
    const [own, kin] = [A.replace(/\/$/, ":81/"), "http://gammel.kommune.dk/"];
    expect(ending({ url: A, location: own }, refused(own))).toMatchObject({
      ...{ kind: "closed", why: "refused", page: A, target: own },
    });
    expect(ending({ url: A, location: kin }, refused(kin))).toMatchObject({
      ...{ kind: "unobserved", cause: "connection-refused" },
    });
    expect(ending(refused(A))).toMatchObject({ kind: "unobserved", cause: "connection-refused" });
  });

  test("in circles with a cookie given on the way, others may get further", () => {
    const back = { url: `${A}x`, location: "/", fields: [["set-cookie", "a=b"]] } as const;
    expect(ending({ url: A, location: "/x" }, back)).toMatchObject({ kind: "unobserved", cause: "not-observable" });
  });

  test("a host without address is nowhere, but only to those who are led there", () => {
    const gone = { url: "http://gammel.kommune.dk/", cause: "asset-not-found", code: "NO_ADDRESS" } as const;
    expect(ending({ url: A, location: gone.url }, gone)).toMatchObject({ kind: "closed", page: A, target: gone.url });
    expect(ending(gone)).toMatchObject({ kind: "unobserved", cause: "asset-not-found" });
  });

  test("three redirects in clear are still short, four are not", () => {
    const clear = (count: number) => [
      ...Array.from({ length: count }, (_, at) => ({
        url: `${A}${String(at)}`,
        location: at + 1 < count ? `/${String(at + 1)}` : S,
      })),
      { url: S },
    ];
    expect(ending(...clear(3))).toMatchObject({ kind: "https", redirects: 3 });
    expect(ending(...clear(4))).toMatchObject({ kind: "long", page: `${A}0` });
  });
});

describe("HTTPS that does not hold", () => {
  const cases: readonly (readonly [string, readonly Written[], object])[] = [
    [
      "a certificate",
      [LEADS, { url: S, certificate: "CERT_HAS_EXPIRED" }],
      { kind: "untrusted", code: "CERT_HAS_EXPIRED" },
    ],
    [
      "a certificate further on, beyond another host",
      [
        { url: A, location: "https://ny.example/" },
        { url: "https://ny.example/", location: "https://andre.example/" },
        { url: "https://andre.example/", certificate: "CERT_HAS_EXPIRED" },
      ],
      { kind: "untrusted", target: "https://andre.example/" },
    ],
    [
      "back to HTTP beyond another host",
      [LEADS, { url: S, location: "https://ny.example/" }, { url: "https://ny.example/", location: A }],
      { kind: "downgrade", target: A, seconds: 0 },
    ],
    [
      "a server that wants our certificate, before TLS 1.3",
      [LEADS, { url: S, cause: "tls-failed", code: "ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE" }],
      { kind: "unobserved", cause: "tls-failed" },
    ],
    ["no handshake", [LEADS, { url: S, cause: "tls-failed", code: "EPROTO" }], { kind: "no-tls", code: "EPROTO" }],
    [
      "a server that wants our certificate",
      [LEADS, { url: S, cause: "tls-failed", code: "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED" }],
      { kind: "unobserved", cause: "tls-failed" },
    ],
    [
      "the own port refuses",
      [LEADS, { url: S, cause: "connection-refused", code: "ECONNREFUSED" }],
      { kind: "closed", why: "refused" },
    ],
    [
      "another's port refuses",
      [
        { url: A, location: "https://ny.example/" },
        { url: "https://ny.example/", cause: "connection-refused", code: "ECONNREFUSED" },
      ],
      { kind: "unobserved", cause: "connection-refused" },
    ],
    [
      "no address",
      [LEADS, { url: S, cause: "asset-not-found", code: "NO_ADDRESS" }],
      { kind: "closed", why: "no-address" },
    ],
    [
      "an address off the internet",
      [LEADS, { url: S, cause: "internal", code: "SPECIAL_ADDRESS" }],
      { kind: "unobserved", cause: "vantage-blocked" },
    ],
    [
      "silence further on, beyond another host",
      [
        { url: A, location: "https://ny.example/" },
        { url: "https://ny.example/", location: "/x" },
        { url: "https://ny.example/x", cause: "tcp-timeout" },
      ],
      { kind: "unobserved", cause: "tcp-timeout" },
    ],
    ["back to HTTP", [LEADS, { url: S, location: A }], { kind: "downgrade", page: S, target: A }],
    [
      "back to HTTP further on",
      [LEADS, { url: S, location: "/x" }, { url: `${S}x`, location: "http://x.example/" }],
      { kind: "downgrade", page: `${S}x` },
    ],
    [
      "a page that moves back to HTTP",
      [LEADS, { url: S, leaving: { refreshes: [`5; url=${A}`] } }],
      { kind: "downgrade", seconds: 5 },
    ],
    ["a walk that stops short", [LEADS], { kind: "unobserved", cause: "internal" }],
    [
      "a walk that goes elsewhere",
      [LEADS, { url: "https://andre.example/" }],
      { kind: "unobserved", cause: "internal" },
    ],
    [
      "an encrypted walk that goes elsewhere",
      [LEADS, { url: S, location: "/x" }, { url: `${S}y` }],
      { kind: "unobserved", cause: "internal" },
    ],
    ["a start over HTTPS", [{ url: S }], { kind: "unobserved", cause: "internal" }],
    ["nothing at all", [], { kind: "unobserved", cause: "internal" }],
  ];
  test.each(cases)("%s", (_, hops, expected) => {
    expect(ending(...hops)).toMatchObject(expected);
  });

  test("an answer over HTTPS without TLS is our own doubt", () => {
    const [plain, secure] = walk("front", LEADS, { url: S }).hops;
    if (plain === undefined || secure?.answer.state !== "observed") throw new Error("the walk has two hops");
    const bare = { ...secure, answer: { ...secure.answer, value: { ...secure.answer.value, tls: null } } };
    expect(plainEnding([plain, bare])).toMatchObject({ kind: "unobserved", cause: "internal" });
  });

  test("as many redirects as are followed, and more", () => {
    expect(ending(...chain(9, { url: `${S}9` }))).toMatchObject({ kind: "https" });
    expect(ending(...chain(10, { url: `${S}10`, location: `${S}11` }).slice(0, 11))).toMatchObject({
      kind: "unobserved",
      cause: "tool-limit",
    });
  });
});

const urls = fc.constantFrom(A, S, `${A}x`, `${S}x`, "http://kommune.dk/", "https://ny.example/", "http://ny.example/");
const written = fc.oneof(
  fc.record({
    url: urls,
    status: fc.constantFrom(200, 301, 302, 308, 300, 401, 403, 404, 500),
    location: fc.oneof(urls, fc.string()),
    certificate: fc.constantFrom("trusted", "trusted", "CERT_HAS_EXPIRED"),
  }),
  fc.record({ url: urls, cause: fc.constantFrom(...CAUSES) }),
);

test("whatever the walk, HTTPS is reached only by redirects all the way and an answer that holds", () => {
  fc.assert(
    fc.property(fc.array(written, { maxLength: 12 }), (hops) => {
      const { hops: recorded } = walk("front", ...hops);
      const found = plainEnding(recorded);
      if (found.kind !== "https") return;
      const before = recorded.slice(0, found.redirects);
      expect(before.length).toBeGreaterThan(0);
      expect(before.length).toBeLessThanOrEqual(3);
      for (const { url, answer } of before) {
        expect(url.startsWith("http:")).toBe(true);
        expect(answer.state === "observed" && [301, 302, 303, 307, 308].includes(answer.value.status)).toBe(true);
      }
      const first = recorded[found.redirects];
      expect(first?.url).toMatch(/^https:/);
      expect(first?.answer).toMatchObject({ state: "observed", value: { tls: { verification: { trusted: true } } } });
    }),
    { numRuns: 3000 },
  );
});
