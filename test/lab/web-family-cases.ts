import { FOREIGN_WEB_ZONE, WEB_ZONE, type WebExpected, type WebLabCase, type WebPlace } from "./web-case.ts";

const PASS: WebExpected = { verdict: "pass" };
const SILENT: WebExpected = { verdict: "indeterminate", causes: ["tcp-timeout"] };
const fails = (...tags: readonly string[]): WebExpected => ({ verdict: "fail", tags });
const warned = (...tags: readonly string[]): WebExpected => ({ verdict: "pass", tags });

const PAGE = "location / { return 200 '<!doctype html><title>side</title>ukrypteret'; }";
const OWN = `https://good.${WEB_ZONE}/`;
const OLD_TLS: WebPlace = {
  tls: ["ssl_protocols TLSv1.1 TLSv1.2;", "ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-SHA;"],
};
const NO_HSTS: WebPlace = { secure: ["location = / { return 200 side; }", "location / { return 404; }"] };
const CLOSED: WebPlace = { secure: "closed", plain: "closed" };
const DROPS: WebPlace = { silent: true };
const LEADS: WebPlace = { secure: [`return 301 ${OWN};`], plain: [`return 301 ${OWN};`] };
const STAYS: WebPlace = { secure: [PAGE], plain: [PAGE] };

function over6(place: WebPlace = {}): WebPlace {
  return { ...place, family: "ipv6" };
}

/** Hosts of both families. Every address is one that visitors meet (requirements 4.1, 4.9 and 4.12). */
const FAMILY_CASES: readonly WebLabCase[] = [
  {
    name: "both-families",
    places: [{}, over6()],
    expected: { S17: PASS, S27: PASS, K11: PASS },
    reason: "requirements 4.9: per address; both are well",
  },
  {
    name: "ipv6-only",
    places: [over6()],
    expected: { S27: PASS, K11: PASS },
    under: { reachable: { S27: PASS, K11: PASS } },
    reason: "requirements 4.9: a host served by only IPv6",
  },
  {
    name: "ipv6-old-tls",
    places: [{}, over6(OLD_TLS)],
    expected: { S27: fails("S27_VERSION_OLD"), K11: PASS },
    reason: "requirements 4.9: per address; RFC 8996 section 5",
  },
  {
    name: "ipv6-no-hsts",
    places: [{}, over6(NO_HSTS)],
    expected: { S27: PASS, K11: fails("K11_HEADER_MISSING", "K11_ENTRY_WITHOUT_POLICY") },
    reason: "requirements 4.12: IPv4 and IPv6, the same header on all",
  },
  {
    name: "ipv6-other-certificate",
    places: [{}, over6({ certificates: ["other-name"] })],
    expected: { S27: fails("S27_CERTIFICATE_WRONG_NAME"), K11: fails("K11_ENTRY_DISTRUSTED") },
    reason: "requirements 4.9: per address; RFC 6797 section 8.1",
  },
  {
    name: "ipv6-in-clear",
    places: [{}, over6({ plain: [PAGE] })],
    expected: { S27: fails("S27_PLAIN_CONTENT", "S27_ACCESS_ALSO_PLAIN"), K11: PASS },
    reason: "requirements 4.9, S27(a): 200 with content, at one of its addresses",
  },
  {
    name: "ipv6-http-only",
    places: [{}, over6({ secure: "closed", plain: [PAGE] })],
    expected: { S27: fails("S27_ACCESS_HTTP_ONLY"), K11: fails("K11_ENTRY_PLAIN_ONLY") },
    reason: "requirements 4.9: HTTP only, 443 closed, at one of its addresses",
  },
  {
    name: "ipv6-other-way",
    places: [{}, over6({ plain: [`return 301 ${OWN};`] })],
    expected: { S27: warned("S27_PLAIN_OTHER_HOST"), K11: warned("K11_REDIRECT_ELSEWHERE") },
    reason: "requirements 4.9, S27(a): 30x to another https host directly is a warning",
  },
  {
    name: "ipv6-downgrade",
    places: [{}, over6({ secure: [`return 302 http://stays.${FOREIGN_WEB_ZONE}/;`] })],
    expected: { S27: fails("S27_PLAIN_DOWNGRADE"), K11: fails("K11_HEADER_MISSING") },
    reason: "requirements 4.9: redirects that downgrade",
  },
  {
    name: "ipv6-silent",
    places: [{}, over6(DROPS)],
    expected: { S27: SILENT, K11: SILENT },
    under: { reachable: { S27: warned("S27_IPV6_SILENT", "S27_TLS_IPV6_SILENT"), K11: warned("K11_IPV6_SILENT") } },
    reason:
      "requirements 4.9: broken IPv6 (timeouts): the reachable family decides, plus WARN; not where both are demanded",
  },
  {
    name: "ipv6-silent-ipv4-bad",
    places: [{ ...OLD_TLS, ...NO_HSTS }, over6(DROPS)],
    expected: { S27: fails("S27_VERSION_OLD"), K11: fails("K11_HEADER_MISSING") },
    under: { reachable: { S27: fails("S27_VERSION_OLD"), K11: fails("K11_HEADER_MISSING") } },
    reason: "requirements 4.0: one deciding fact that violates the rule is enough",
  },
  {
    name: "ipv6-only-silent",
    places: [over6(DROPS)],
    expected: { S27: SILENT, K11: SILENT },
    under: { reachable: { S27: SILENT, K11: SILENT } },
    reason: "requirements 4.0: silence is no answer, and there is no other family",
  },
  {
    name: "ipv6-refused",
    places: [{}, over6(CLOSED)],
    expected: { S27: PASS, K11: PASS },
    under: { reachable: { S27: PASS, K11: PASS } },
    reason: "requirements 4.1, 17.7: refused is an answer; nothing is offered there",
  },
  {
    name: "ipv4-silent",
    places: [DROPS, over6()],
    expected: { S27: SILENT, K11: SILENT },
    under: { reachable: { S27: SILENT, K11: SILENT } },
    reason: "requirements 4.0: many visitors have IPv4 alone, and what they meet was not seen",
  },
];

/** Several addresses of one family behind a name: the worst counts, and what was not heard is not known. */
const ADDRESS_CASES: readonly WebLabCase[] = [
  {
    name: "third-address",
    places: [{}, {}, { certificates: ["expired"] }],
    expected: { S27: fails("S27_CERTIFICATE_EXPIRED"), K11: fails("K11_ENTRY_DISTRUSTED") },
    reason: "requirements 4.9: per address",
  },
  {
    name: "one-address-silent",
    places: [{}, DROPS],
    expected: { S27: SILENT, K11: SILENT },
    reason: "requirements 4.0: a deciding fact was not observed",
  },
  {
    name: "one-address-refuses",
    places: [{}, CLOSED],
    expected: { S27: PASS, K11: PASS },
    reason: "requirements 4.9: refused is an answer, and the other address is well",
  },
  {
    name: "well-silent-refusing",
    places: [{}, DROPS, CLOSED],
    expected: { S27: SILENT, K11: SILENT },
    reason: "requirements 4.0: a deciding fact was not observed",
  },
  {
    name: "bad-silent-refusing",
    places: [{ ...OLD_TLS, ...NO_HSTS }, DROPS, CLOSED],
    expected: { S27: fails("S27_VERSION_OLD"), K11: fails("K11_HEADER_MISSING") },
    reason: "requirements 4.0: one is enough, even when others are unknown",
  },
  {
    name: "many-addresses",
    places: [...Array.from({ length: 11 }, () => ({})), { ...OLD_TLS, ...NO_HSTS }],
    expected: {
      S27: { verdict: "fail", acceptable: ["indeterminate"], causes: ["tool-limit"] },
      K11: { verdict: "fail", acceptable: ["indeterminate"], causes: ["tool-limit"] },
    },
    reason: "requirements 2.4: every A and AAAA of every name; the twelfth is wrong",
  },
];

/** The same outside .dk, where the way to .dk is what counts (requirements 4.1: worst result counts). */
const FOREIGN: readonly (readonly [name: string, places: readonly WebPlace[], expected: WebExpected])[] = [
  ["families-lead", [LEADS, over6(LEADS)], PASS],
  ["ipv6-stays", [LEADS, over6(STAYS)], fails("S17_SERVICE_OUTSIDE_DK")],
  ["ipv6-hushed", [LEADS, over6(DROPS)], SILENT],
  ["one-hushed", [LEADS, DROPS], SILENT],
  ["one-stays", [LEADS, STAYS, DROPS], fails("S17_SERVICE_OUTSIDE_DK")],
  ["one-shut", [LEADS, CLOSED], warned("S17_ADDRESS_LEFT")],
];

const FOREIGN_CASES = FOREIGN.map(([name, places, S17]): WebLabCase => ({
  name,
  asset: { host: `${name}.${FOREIGN_WEB_ZONE}` },
  places,
  expected: { S17 },
  reason: "requirements 4.1: answers that differ by family or address: worst result counts",
}));

export const FAMILY_LAB_CASES: readonly WebLabCase[] = [...FAMILY_CASES, ...ADDRESS_CASES, ...FOREIGN_CASES];
