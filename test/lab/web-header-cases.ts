import type { Expected } from "../../lib/practice/practice-case.ts";
import { OTHER_WEB_ZONE, WEB_ZONE, type WebLabCase } from "./web-case.ts";

const PAGE = 'location = / { return 200 "<!doctype html><title>side</title>"; }';
const NOT_FOUND = "location / { return 404; }";
const YEAR = hsts("max-age=31536000");
const PASS: Expected = { verdict: "pass" };
const FAIL: Expected = { verdict: "fail" };
const fails = (...tags: readonly string[]): Expected => ({ verdict: "fail", tags });

/** A field on every answer; nginx leaves it out of errors unless it says `always`. */
function hsts(value: string, when = " always"): string {
  return `add_header Strict-Transport-Security '${value}'${when};`;
}

/** Eleven values that header readers differ about: the value, whether it is valid, and what it fails by. */
const VALUES: readonly (readonly [name: string, value: string, expected: Expected, reason: string])[] = [
  ["year", "max-age=31536000", PASS, "RFC 6797 section 6.1.1"],
  ["no-number", "max-age=abc", fails("K11_HEADER_INVALID"), "RFC 6797 section 6.1.1: delta-seconds"],
  ["quoted", 'max-age="31536000"', PASS, "RFC 6797 section 6.2: a quoted-string"],
  ["quoted-day", 'max-age="86400"', fails("K11_ENTRY_SHORT"), "requirements 4.12, 113: part 2 wants a year"],
  ["letters-after", "max-age=31536000abc", fails("K11_HEADER_INVALID"), "RFC 6797 section 6.1.1: delta-seconds"],
  ["empty", "max-age=", fails("K11_HEADER_INVALID"), "RFC 6797 section 6.1: a value is a token or quoted-string"],
  ["blanks", "max-age = 31536000", PASS, "RFC 6797 section 6.1: implied *LWS (RFC 2616 section 2.1)"],
  ["capitals", "MAX-AGE=31536000", PASS, "RFC 6797 section 6.1: names are case-insensitive"],
  ["zero", "max-age=0", fails("K11_HEADER_OFF"), "RFC 6797 section 6.1.1: zero ends the policy"],
  ["other-name", "x-max-age=31536000", fails("K11_HEADER_INVALID"), "RFC 6797 section 6.1.1: max-age is REQUIRED"],
  ["twice", "max-age=31536000; max-age=0", fails("K11_HEADER_INVALID"), "RFC 6797 section 6.1: MUST NOT appear twice"],
];

const VALUE_CASES = VALUES.map(([name, value, expected, reason]): WebLabCase => {
  const isPass = expected.verdict === "pass";
  const places = [{ secure: [hsts(value), PAGE, NOT_FOUND] }];
  return { name: `hsts-${name}`, places, expected: { S27: PASS, K11: isPass ? PASS : expected }, reason };
});

/** Where the header is, and where not. */
export const HEADER_LAB_CASES: readonly WebLabCase[] = [
  ...VALUE_CASES,
  {
    name: "hsts-none",
    places: [{ secure: [PAGE, NOT_FOUND] }],
    expected: { S27: PASS, K11: fails("K11_HEADER_MISSING") },
    reason: "requirements 4.12, 111",
  },
  {
    name: "hsts-not-always",
    places: [{ secure: [hsts("max-age=31536000", ""), PAGE, NOT_FOUND] }],
    expected: { K11: fails("K11_HEADER_MISSING") },
    reason: "requirements 4.12, 111: the 404 has none; nginx adds fields to errors only with always",
  },
  {
    name: "hsts-lost-in-location",
    places: [{ secure: [YEAR, "location = / { add_header X-Side ja always; return 200 'side'; }", NOT_FOUND] }],
    expected: { K11: fails("K11_HEADER_MISSING") },
    reason: "requirements 4.12, 111: an add_header of nginx's location hides those above it",
  },
  {
    name: "hsts-not-on-robots",
    places: [{ secure: [YEAR, PAGE, "location = /robots.txt { add_header X-Side ja; return 200 ''; }", NOT_FOUND] }],
    expected: { K11: fails("K11_HEADER_MISSING") },
    reason: "requirements 4.12, 111: every answer",
  },
  {
    name: "hsts-two-good-first",
    places: [{ secure: [YEAR, hsts("max-age=0"), PAGE, NOT_FOUND] }],
    expected: { K11: { verdict: "pass", tags: ["K11_HEADER_REPEATED"] } },
    reason: "RFC 6797 section 8.1: the first field only",
  },
  {
    name: "hsts-two-bad-first",
    places: [{ secure: [hsts("max-age=x"), YEAR, PAGE, NOT_FOUND] }],
    expected: { K11: fails("K11_HEADER_INVALID") },
    reason: "RFC 6797 section 8.1: the first field only",
  },
  {
    name: "hsts-on-http",
    places: [{ plain: [YEAR, "return 301 https://$host$request_uri;"] }],
    expected: { S27: PASS, K11: { verdict: "pass", tags: ["K11_HEADER_ON_HTTP"] } },
    reason: "RFC 6797 section 7.2: MUST NOT over non-secure transport; ignored there",
  },
  {
    name: "hsts-not-on-http2",
    places: [
      {
        secure: ['if ($server_protocol != "HTTP/2.0") { set $sts "max-age=31536000"; }', hsts("$sts"), PAGE, NOT_FOUND],
      },
    ],
    expected: { K11: fails("K11_HEADER_MISSING") },
    reason: "requirements 4.12: HTTP/1.1 and HTTP/2",
  },
  {
    name: "hsts-second-address",
    places: [{}, { secure: [PAGE, NOT_FOUND] }],
    expected: { S27: PASS, K11: fails("K11_HEADER_MISSING") },
    reason: "requirements 4.12: every address",
  },
  {
    name: "joined-header",
    places: [{ secure: [hsts("max-age=31536000, max-age=31536000"), PAGE, NOT_FOUND] }],
    expected: { S27: PASS, K11: fails("K11_HEADER_INVALID") },
    reason: "RFC 6797 section 6.1: a comma separates no directives; proxies that join fields break them",
  },
  {
    name: "header-in-markup",
    places: [
      {
        secure: [
          `location = / { return 200 '<meta http-equiv="Strict-Transport-Security" content="max-age=31536000">'; }`,
          NOT_FOUND,
        ],
      },
    ],
    expected: { S27: PASS, K11: fails("K11_HEADER_MISSING") },
    reason: "RFC 6797 section 8.5: never from markup",
  },
  {
    name: "links-by-http",
    places: [
      { secure: [YEAR, `location = / { return 200 '<a href="http://good.${WEB_ZONE}/">side</a>'; }`, NOT_FOUND] },
    ],
    expected: { S27: PASS, K11: fails("K11_PLAIN_REFERENCES") },
    reason: "requirements 4.12, part 2: own pages that link by http to own hosts",
  },
  {
    name: "apex-without-header",
    asset: { host: `www.${WEB_ZONE}` },
    places: [{}],
    expected: { S27: PASS, K11: fails("K11_ENTRY_WITHOUT_POLICY") },
    reason: "requirements 4.12, part 2: the apex redirects without the header",
  },
  {
    name: "apex-with-header",
    asset: { host: `www.${OTHER_WEB_ZONE}` },
    places: [{}],
    expected: { S27: PASS, K11: PASS },
    reason: "requirements 4.12, part 2; RFC 6797 section 8.2",
  },
  {
    name: "closed-port-80",
    places: [{ plain: "closed" }],
    expected: { S27: PASS, K11: PASS },
    reason: "requirements 4.9, S27(a): HTTPS only",
  },
  {
    name: "closed-443",
    places: [{ secure: "closed", plain: [PAGE, NOT_FOUND] }],
    expected: { S27: FAIL, K11: FAIL },
    reason: "requirements 4.9: HTTP only, 443 closed",
  },
  {
    name: "closed-both",
    places: [{ secure: "closed", plain: "closed" }],
    expected: { S17: PASS, S27: { verdict: "not-applicable" }, K11: { verdict: "not-applicable" } },
    reason: "requirements 4.9: nothing is offered; refused is an answer",
  },
];
