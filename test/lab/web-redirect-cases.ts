import type { Expected } from "../../lib/practice/practice-case.ts";
import { FOREIGN_WEB_ZONE, OTHER_WEB_ZONE, WEB_ZONE, type WebLabCase } from "./web-case.ts";

const PASS: Expected = { verdict: "pass" };
const WARNED = (...tags: readonly string[]): Expected => ({ verdict: "pass", tags });
const fails = (...tags: readonly string[]): Expected => ({ verdict: "fail", tags });
const to = (location: string, code = 301): readonly string[] => [`return ${String(code)} ${location};`];
const PAGE = "location / { return 200 '<!doctype html><title>side</title>ukrypteret'; }";
const SAME = "https://$host$request_uri";
const OWN = `https://good.${WEB_ZONE}/`;

/** What port 80 of a host under .dk says: each row of requirements 4.9, S27(a). */
const PLAIN: readonly (readonly [name: string, plain: readonly string[], expected: Expected, reason: string])[] = [
  ...[302, 303, 307, 308].map(
    (code) => [`plain-${String(code)}`, to(SAME, code), PASS, "RFC 9110 section 15.4"] as const,
  ),
  ["plain-other-https", to(OWN), WARNED("S27_PLAIN_OTHER_HOST"), "another https host: the first cannot set HSTS"],
  ["plain-detour", to(`http://plain-302.${WEB_ZONE}/`), WARNED("S27_PLAIN_HOPS"), "plaintext hops on an own name"],
  ["plain-third-party", to("http://fremmed.example/"), fails("S27_PLAIN_THIRD_PARTY"), "a hop to a third party"],
  ["plain-content", [PAGE], fails("S27_PLAIN_CONTENT"), "200 with content"],
  [
    "plain-refresh",
    [`location / { return 200 '<meta http-equiv="refresh" content="0;url=https://plain-refresh.${WEB_ZONE}/">'; }`],
    fails("S27_PLAIN_REFRESH"),
    "a meta refresh is content",
  ],
  ["plain-404", ["return 404;"], WARNED("S27_PLAIN_ERRORS"), "4xx without content on every path"],
  [
    "plain-front-only",
    [`location = / { return 301 ${SAME}; }`, PAGE],
    fails("S27_PLAIN_PATHS"),
    "a redirect on / only",
  ],
  ["plain-403", ["return 403;"], { verdict: "indeterminate", causes: ["vantage-blocked"] }, "403 may be for us alone"],
  [
    "plain-closed-target",
    to(`https://closed-443.${WEB_ZONE}/`),
    { verdict: "indeterminate", causes: ["connection-refused"], acceptable: ["fail"] },
    "another host refuses, which may be for us alone",
  ],
  [
    "plain-bad-target",
    to(`https://expired.${WEB_ZONE}/`),
    fails("S27_PLAIN_TARGET_INSECURE"),
    "certificate after redirect",
  ],
  ["plain-own-elsewhere", to(`http://www.${OTHER_WEB_ZONE}/`), WARNED("S27_PLAIN_HOPS"), "an own host by another name"],
  ["plain-capitals", to("HTTPS://$host$request_uri"), PASS, "RFC 3986 section 3.1: schemes in any case"],
  ["plain-300", to(SAME, 300), fails("S27_PLAIN_ASTRAY"), "RFC 9110 section 15.4.1: nobody is redirected"],
  ["plain-own-port", to("http://$host:81/"), fails("S27_PLAIN_TARGET_CLOSED"), "in clear to a port that refuses"],
  ["plain-204", ["return 204;"], fails("S27_PLAIN_CONTENT"), "the service was used in clear"],
  [
    "plain-frames",
    [`location / { return 200 '<frameset><frame src="${OWN}"></frameset>'; }`],
    fails("S27_PLAIN_CONTENT"),
    "a frame is content, whatever is in it",
  ],
  ["plain-relative", to("/velkommen"), fails(), "RFC 9110 section 10.2.2: it stays in clear, and it is a loop"],
];

const PLAIN_CASES = PLAIN.map(([name, plain, expected, reason]): WebLabCase => ({
  name,
  places: [{ plain }],
  expected: { S27: expected },
  reason: `requirements 4.9, S27(a): ${reason}`,
}));

const CLOSED_TARGET: WebLabCase = {
  name: "closed-target",
  places: [{ secure: "closed" }],
  expected: { S27: fails("S27_PLAIN_TARGET_CLOSED"), K11: fails() },
  reason: "requirements 4.9, S27(a): nobody is where the redirect leads",
};

const DOWNGRADE: WebLabCase = {
  name: "downgrade",
  places: [{ secure: to(`http://good.${WEB_ZONE}/`) }],
  expected: { S27: fails("S27_PLAIN_DOWNGRADE") },
  reason: "requirements 4.9, S27(a): https leads back to http",
};

/** Hosts outside .dk: what they say at both ports, and what S17 makes of it (requirements 4.1). */
const FOREIGN: readonly (readonly [name: string, says: readonly string[], expected: Expected, reason: string])[] = [
  ["leads", to(OWN), PASS, "17.3"],
  ["leads-302", to(`http://good.${WEB_ZONE}/`, 302), PASS, "17.3"],
  ["leads-on", to(`https://leads.${FOREIGN_WEB_ZONE}/`), PASS, "a chain that ends under .dk"],
  ["leads-other-port", to(`https://rc4.${WEB_ZONE}:4431/`), PASS, "17.3: the final origin's host is under .dk"],
  ["stays", [PAGE], fails("S17_SERVICE_OUTSIDE_DK"), "17.4"],
  ["look-alike", to(`https://good.${WEB_ZONE}.stays.${FOREIGN_WEB_ZONE}/`), fails(), "the last label is not dk"],
  ["userinfo", to(`https://good.${WEB_ZONE}@stays.${FOREIGN_WEB_ZONE}/`), fails(), "RFC 3986 section 3.2.1"],
  [
    "query",
    to(`https://stays.${FOREIGN_WEB_ZONE}/?til=https://good.${WEB_ZONE}/.dk`),
    fails("S17_SERVICE_OUTSIDE_DK"),
    "a query",
  ],
  ["fragment", to(`https://stays.${FOREIGN_WEB_ZONE}/#.dk`), fails("S17_SERVICE_OUTSIDE_DK"), "RFC 3986 section 3.5"],
  [
    "refresh",
    [`location / { return 200 '<meta http-equiv="refresh" content="0;url=${OWN}">'; }`],
    WARNED("S17_META_REFRESH"),
    "17.5",
  ],
  [
    "script",
    [`location / { return 200 '<script>location.href="${OWN}"</script>'; }`],
    fails("S17_SCRIPT_ONLY"),
    "17.5",
  ],
  [
    "refresh-later",
    [`location / { return 200 '<meta http-equiv="refresh" content="5;url=${OWN}">'; }`],
    fails("S17_REFRESH_DELAYED"),
    "17.5: not at once",
  ],
  [
    "refresh-in-comment",
    [`location / { return 200 '<!-- <meta http-equiv="refresh" content="0;url=${OWN}"> -->'; }`],
    fails("S17_SERVICE_OUTSIDE_DK"),
    "17.4: a comment leads nowhere",
  ],
  [
    "frames",
    [`location / { return 200 '<frameset><frame src="${OWN}"></frameset>'; }`],
    fails("S17_SERVICE_OUTSIDE_DK"),
    "17.4: the address stays outside .dk",
  ],
  ["loop", to("https://$host/"), fails("S17_LOOP"), "17.3: never under .dk"],
  ["error", ["return 404;"], { verdict: "fail", acceptable: ["indeterminate"] }, "17.3: no redirect"],
];

const FOREIGN_CASES = FOREIGN.map(([name, says, expected, reason]): WebLabCase => ({
  name,
  asset: { host: `${name}.${FOREIGN_WEB_ZONE}` },
  places: [{ secure: says, plain: says }],
  expected: { S17: expected },
  reason: `requirements 4.1: ${reason}`,
}));

const NOT_IN_USE: WebLabCase = {
  name: "shut",
  asset: { host: `shut.${FOREIGN_WEB_ZONE}` },
  places: [{ secure: "closed", plain: "closed" }],
  expected: { S17: { verdict: "not-applicable", tags: ["S17_CLOSED"] } },
  reason: "requirements 4.1: 17.7, refused on both",
};

const PLAIN_ONLY_LEADS: WebLabCase = {
  name: "plain-leads",
  asset: { host: `plain-leads.${FOREIGN_WEB_ZONE}` },
  places: [{ certificates: ["expired"], secure: to(OWN), plain: to(OWN) }],
  expected: { S17: { verdict: "pass", acceptable: ["fail"] }, S27: { verdict: "fail" } },
  reason: "requirements 4.1: a TLS error at https and a good redirect at http is S27's matter",
};

const HTTP_ALONE_LEADS: WebLabCase = {
  name: "http-alone-leads",
  asset: { host: `http-alone-leads.${FOREIGN_WEB_ZONE}` },
  places: [{ secure: "closed", plain: to(OWN) }],
  expected: { S17: PASS },
  reason: "requirements 4.1: 17.3 at port 80; at 443 refused is an answer (17.7)",
};

export const REDIRECT_LAB_CASES: readonly WebLabCase[] = [
  HTTP_ALONE_LEADS,
  ...PLAIN_CASES,
  CLOSED_TARGET,
  DOWNGRADE,
  ...FOREIGN_CASES,
  NOT_IN_USE,
  PLAIN_ONLY_LEADS,
];

/** Hosts that are no cases: the apexes beside a `www`. */
export const APEXES: readonly WebLabCase[] = [
  {
    name: "apex",
    asset: { host: WEB_ZONE },
    places: [{ secure: [`return 301 https://www.${WEB_ZONE}$request_uri;`] }],
    expected: {},
    reason: "",
  },
  {
    name: "other-apex",
    asset: { host: OTHER_WEB_ZONE },
    places: [
      {
        secure: [
          "add_header Strict-Transport-Security 'max-age=31536000; includeSubDomains' always;",
          `return 301 https://www.${OTHER_WEB_ZONE}$request_uri;`,
        ],
      },
    ],
    expected: {},
    reason: "",
  },
];
