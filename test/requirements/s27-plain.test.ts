/** S27's clause (a) and its head clause, for what scenarios do not show one by one: no false pass, whatever was seen. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Asset } from "../../lib/core/asset.ts";
import { CAUSES } from "../../lib/core/cause.ts";
import type { Finding } from "../../lib/core/finding.ts";
import { type Message, render } from "../../lib/core/messages.ts";
import { DEFAULT_TLS_PROFILE } from "../../data/tls-profiles/index.ts";
import { accessCheck } from "../../lib/requirements/s27/plain-access-check.ts";
import { plainCheck } from "../../lib/requirements/s27/plain-check.ts";
import { plainMessages } from "../../lib/requirements/s27/plain-messages.ts";
import { host, urlAsset } from "../../lib/requirements/s27/plain-scenario-world.ts";
import type { OriginVisit, WebVisit } from "../../lib/web/observations.ts";
import { openOrigin, shutOrigin, type UnseenHop, walk, type WrittenHop } from "../../lib/web/written-visit.ts";

const A = "http://www.kommune.dk/";
const S = "https://www.kommune.dk/";
const AT = { host: "www.kommune.dk", address: "192.0.2.80", role: "own" } as const;

type WebCheck = typeof plainCheck;
type Written = WrittenHop | UnseenHop;

function judge(check: WebCheck, visit: WebVisit, asset: Asset = host): readonly Finding[] {
  const context = { asset, reading: "kommune-2024", at: 0, targets: [], profile: DEFAULT_TLS_PROFILE } as const;
  return check.judge({ "web.visit": visit }, context);
}

const visit = (...origins: readonly OriginVisit[]): WebVisit => ({ ...AT, state: "visited", origins });
const tagsOf = (findings: readonly Finding[]): readonly string[] => findings.map(({ tag }) => tag);

function passes(findings: readonly Finding[]): boolean {
  const known: Readonly<Record<string, { readonly outcome: string } | undefined>> = plainMessages;
  const outcomes = findings.map(({ tag }) => known[tag]?.outcome ?? "indeterminate");
  return outcomes.includes("pass") && !outcomes.includes("fail") && !outcomes.includes("indeterminate");
}

const urls = fc.constantFrom(
  A,
  S,
  S,
  `${A}x`,
  `${S}x`,
  "http://kommune.dk/",
  "https://ny.example/",
  "http://ny.example/",
);
const answered = fc.record({
  url: urls,
  status: fc.constantFrom(200, 301, 301, 308, 300, 401, 403, 404, 500),
  location: urls,
  certificate: fc.constantFrom("trusted", "trusted", "CERT_HAS_EXPIRED"),
});
const hop = fc.oneof({ weight: 5, arbitrary: answered }, fc.record({ url: urls, cause: fc.constantFrom(...CAUSES) }));
const good = fc.constant([{ url: A, status: 301, location: S }, { url: S }]);
const walks = fc.array(
  fc
    .tuple(fc.constantFrom("front", "deep", "missing"), fc.oneof(good, fc.array(hop, { maxLength: 5 })))
    .map(([purpose, hops]) => walk(purpose, ...hops)),
  { maxLength: 4 },
);
const origin = fc
  .tuple(fc.constantFrom("http", "https"), fc.constantFrom("open", "open", "closed", "silent"), walks)
  .map(([scheme, state, written]) => (state === "open" ? openOrigin(scheme, written) : shutOrigin(scheme, state)));
const visits = fc.array(origin, { maxLength: 3 }).map((origins) => visit(...origins));

const REDIRECTS = [301, 302, 303, 307, 308];

/** As far as a reader of the specification would look: redirects, then an HTTPS answer that holds; or an error. */
function isProven({ walks: all }: OriginVisit): boolean {
  return all.every(({ hops }) => {
    const secure = hops.findIndex(({ url }) => url.startsWith("https:"));
    const statuses = hops.map(({ answer }) => (answer.state === "observed" ? answer.value.status : 0));
    const plain = secure < 0 ? statuses : statuses.slice(0, secure);
    const first = plain.find((status) => !REDIRECTS.includes(status)) ?? 0;
    if (first >= 400) return first !== 401 && first !== 403;
    const target = hops[secure]?.answer;
    const isTrusted = target?.state === "observed" && target.value.tls?.verification.trusted === true;
    return secure > 0 && statuses.slice(0, secure).every((status) => REDIRECTS.includes(status)) && isTrusted;
  });
}

describe("random visits", () => {
  test("clause (a) passes only where every walk over HTTP is proven", () => {
    let passed = 0;
    fc.assert(
      fc.property(visits, (seen) => {
        if (!passes(judge(plainCheck, seen))) return;
        passed += 1;
        const origins = seen.state === "visited" ? seen.origins : [];
        const plain = origins.filter(({ scheme, state }) => scheme === "http" && state === "open");
        expect(plain.length).toBeGreaterThan(0);
        expect(plain.filter((each) => !isProven(each))).toEqual([]);
      }),
      { numRuns: 5000 },
    );
    expect(passed).toBeGreaterThan(0);
  });

  test("the head clause passes only where the front page holds over HTTPS, and no walk over HTTP shows anything", () => {
    let passed = 0;
    fc.assert(
      fc.property(visits, (seen) => {
        if (!passes(judge(accessCheck, seen))) return;
        passed += 1;
        const origins = seen.state === "visited" ? seen.origins : [];
        const open = origins.filter(({ state }) => state === "open");
        const answers = open.flatMap(({ scheme, walks: all }) =>
          all.map(({ hops }) => ({ scheme, first: hops[0]?.answer })),
        );
        for (const { scheme, first } of answers.filter(({ scheme }) => scheme === "http")) {
          expect({ scheme, status: first?.state === "observed" ? first.value.status : null }).not.toEqual({
            scheme,
            status: 200,
          });
          expect(first?.state).toBe("observed");
        }
        const fronts = open
          .filter(({ scheme }) => scheme === "https")
          .map(({ walks: all }) => all.find(({ purpose }) => purpose === "front")?.hops[0]?.answer);
        expect(fronts.length).toBeGreaterThan(0);
        for (const front of fronts) {
          expect(front).toMatchObject({ state: "observed", value: { tls: { verification: { trusted: true } } } });
        }
      }),
      { numRuns: 5000 },
    );
    expect(passed).toBeGreaterThan(0);
  });

  test("both always say something, each thing once in clause (a)", () => {
    fc.assert(
      fc.property(visits, (seen) => {
        const tags = tagsOf(judge(plainCheck, seen));
        expect(new Set(tags).size).toBe(tags.length);
        expect(tags.length).toBeGreaterThan(0);
        expect(judge(accessCheck, seen).length).toBeGreaterThan(0);
      }),
      { numRuns: 1000 },
    );
  });
});

const REDIRECTED = [{ url: A, location: S }, { url: S }] as const;
const SECURE = openOrigin("https", [walk("front", { url: S })]);

describe("too little to judge", () => {
  const cases: readonly (readonly [string, WebVisit])[] = [
    ["the front page alone", visit(openOrigin("http", [walk("front", ...REDIRECTED)]), SECURE)],
    ["no front page", visit(openOrigin("http", [walk("missing", ...REDIRECTED)]), SECURE)],
    ["no walk at all", visit(openOrigin("http", []), SECURE)],
    ["no origin at all", visit()],
    ["silence everywhere", visit(shutOrigin("http", "silent"), shutOrigin("https", "silent"))],
    ["no visit of the port for HTTP", visit(SECURE)],
    [
      "no visit of the port for HTTPS",
      visit(openOrigin("http", [walk("front", ...REDIRECTED), walk("missing", ...REDIRECTED)])),
    ],
    ["another kind of asset", { state: "nothing-to-visit", why: "no-entry" }],
  ];
  test.each(cases)("%s", (_, seen) => {
    expect(tagsOf(judge(plainCheck, seen)).filter((tag) => tag.startsWith("S27_UNOBSERVED_"))).toHaveLength(1);
  });

  test("HTTPS whose front page was not asked for", () => {
    const seen = visit(shutOrigin("http", "closed"), openOrigin("https", []));
    expect(tagsOf(judge(accessCheck, seen))).toEqual(["S27_UNOBSERVED_INTERNAL"]);
  });

  test("HTTP of which nothing is known leaves the head clause open", () => {
    expect(tagsOf(judge(accessCheck, visit(openOrigin("http", []), SECURE)))).toEqual(["S27_UNOBSERVED_INTERNAL"]);
  });
});

test("a certificate that is not trusted is told beside content in clear", () => {
  const untrusted = openOrigin("https", [walk("front", { url: S, certificate: "CERT_HAS_EXPIRED" })]);
  const seen = visit(openOrigin("http", [walk("front", { url: A }), walk("missing", { url: `${A}x` })]), untrusted);
  expect(tagsOf(judge(accessCheck, seen))).toEqual(["S27_ACCESS_ALSO_PLAIN", "S27_ACCESS_UNTRUSTED"]);
});

test("a long URL is cut, an IPv6 literal is bracketed, and a port of its own is named", () => {
  const url = `http://[2001:db8::1]:8080/${"x".repeat(200)}`;
  const origin8080 = openOrigin("http", [walk("front", { url }), walk("missing", { url })], 8080);
  const at = { host: "2001:db8::1", address: "2001:db8::1", role: "own" } as const;
  const asset = { ...urlAsset("http://[2001:db8::1]:8080/"), host: null };
  const [finding] = judge(plainCheck, { ...at, state: "visited", origins: [origin8080] }, asset);
  expect(finding).toMatchObject({ tag: "S27_PLAIN_CONTENT", evidence: { site: "[2001:db8::1]:8080" } });
  expect(finding?.evidence.page).toHaveLength(56);
});

describe("texts at a host of 21 letters and a long address", () => {
  const at = { host: "www.vesthimmerland.dk", address: "2a02:2350:5:104:cc80:40f6:2f1a:9c01", role: "own" } as const;
  const plain = "http://www.vesthimmerland.dk/";
  const secure = "https://www.vesthimmerland.dk/";
  const other = "www.vesthimmerlandkommune.dk";
  const redirected = [{ url: plain, location: secure }, { url: secure }];
  const untrusted = { url: secure, certificate: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" };
  const missing = `${plain}q7w8e9r0t1y2u3i4/q7w8e9r0t1y2u3i4`;
  const cases: readonly (readonly [string, readonly Written[], readonly Written[]])[] = [
    ["S27_PLAIN_PATHS", redirected, [{ url: missing }]],
    ["S27_PLAIN_OTHER_HOST", [{ url: plain, location: `https://${other}/` }, { url: `https://${other}/` }], redirected],
    ["S27_PLAIN_THIRD_PARTY", [{ url: plain, location: `http://${other}/` }], redirected],
    ["S27_PLAIN_TARGET_INSECURE", [{ url: plain, location: secure }, untrusted], redirected],
    [
      "S27_PLAIN_DOWNGRADE",
      [
        { url: plain, location: secure },
        { url: secure, location: missing },
      ],
      redirected,
    ],
    ["S27_PLAIN_ERROR_PAGE", redirected, [{ url: missing, status: 404, body: { octets: 40_000 } }]],
    ["S27_ACCESS_ALSO_PLAIN", [{ url: plain, status: 401 }], redirected],
  ];
  test.each(cases)("%s", (tag, front, deeper) => {
    const origins = [openOrigin("http", [walk("front", ...front), walk("missing", ...deeper)]), SECURE];
    const seen = { ...at, state: "visited", origins } as const;
    const findings = [...judge(plainCheck, seen), ...judge(accessCheck, seen)];
    expect(tagsOf(findings)).toContain(tag);
    const known: Readonly<Record<string, Message | undefined>> = plainMessages;
    for (const { tag: each, evidence } of findings) {
      const text = known[each]?.text;
      if (text === undefined) continue;
      for (const written of [text.da, text.en]) {
        expect(render(written, evidence, (code) => code).length).toBeLessThanOrEqual(150);
      }
    }
  });
});

test("only pages that lead to HTTPS count as redirected", () => {
  const origin80 = openOrigin("http", [walk("front", ...REDIRECTED), walk("missing", { url: `${A}x`, status: 404 })]);
  const [finding] = judge(plainCheck, visit(origin80, SECURE));
  expect(finding).toMatchObject({ tag: "S27_PLAIN_REDIRECTS", evidence: { pages: 1, tried: 2 } });
});

describe("HTTP without HTTPS", () => {
  const error = { url: A, status: 404 } as const;
  const elsewhere = [{ url: A, location: `${S}x` }, { url: `${S}x` }] as const;
  const cases: readonly (readonly [string, readonly Written[], "closed" | "silent" | "none", string])[] = [
    ["an error", [error], "closed", "S27_ACCESS_HTTP_ONLY"],
    ["an error", [error], "silent", "S27_UNOBSERVED_TCP_TIMEOUT"],
    ["an error at a port of its own", [error], "none", "S27_UNOBSERVED_NOT_OBSERVABLE"],
    ["content", [{ url: A }], "closed", "S27_ACCESS_HTTP_ONLY"],
    ["content", [{ url: A }], "silent", "S27_ACCESS_ALSO_PLAIN"],
    ["a redirect without Location", [{ url: A, status: 301 }], "closed", "S27_ACCESS_HTTP_ONLY"],
    ["a redirect to HTTPS", elsewhere, "closed", "S27_ACCESS_ELSEWHERE"],
    ["silence", [{ url: A, cause: "tcp-timeout" }], "closed", "S27_UNOBSERVED_TCP_TIMEOUT"],
  ];
  test.each(cases.map(([title, hops, state, tag]) => [title, state, hops, tag] as const))(
    "%s, HTTPS %s",
    (_, state, hops, tag) => {
      const walked = [walk("front", ...elsewhere), walk("missing", ...hops)];
      const alone = visit(openOrigin("http", walked, 8080));
      const findings =
        state === "none"
          ? judge(accessCheck, alone, urlAsset(`${A.slice(0, -1)}:8080/`))
          : judge(accessCheck, visit(openOrigin("http", walked), shutOrigin("https", state)));
      expect(tagsOf(findings)).toEqual([tag]);
    },
  );
});

describe("a page that leads out of HTTPS", () => {
  const cases: readonly (readonly [string, "front" | "front-h2" | "deep", Partial<WrittenHop>, boolean])[] = [
    ["the front page, to anybody", "front", { location: "http://partner.example/" }, true],
    ["the front page over HTTP/2, to anybody", "front-h2", { location: "http://partner.example/" }, true],
    ["a page deeper, to the own domain", "deep", { location: "http://kommune.dk/" }, true],
    ["a page deeper, at once", "deep", { leaving: { refreshes: [`0; url=${A}`] } }, true],
    ["a page deeper, to another", "deep", { location: "http://partner.example/" }, false],
    ["a page deeper, in time", "deep", { leaving: { refreshes: [`1800; url=${A}`] } }, false],
  ];
  test.each(cases)("%s", (_, purpose, leads, isFault) => {
    const page = walk(purpose, { url: `${S}x`, ...leads });
    const secure = openOrigin("https", purpose === "front" ? [page] : [walk("front", { url: S }), page]);
    const seen = visit(shutOrigin("http", "closed"), secure);
    expect(tagsOf(judge(plainCheck, seen)).includes("S27_PLAIN_DOWNGRADE")).toBe(isFault);
    expect(tagsOf(judge(accessCheck, seen)).includes("S27_ACCESS_ALSO_PLAIN")).toBe(isFault);
  });
});

test("a downgrade at any walk over HTTPS is found", () => {
  const secure = openOrigin("https", [
    walk("front", { url: S }),
    walk("robots", { url: `${S}robots.txt`, location: A }),
  ]);
  expect(tagsOf(judge(plainCheck, visit(shutOrigin("http", "closed"), secure)))).toEqual([
    "S27_PLAIN_CLOSED",
    "S27_PLAIN_DOWNGRADE",
  ]);
});
