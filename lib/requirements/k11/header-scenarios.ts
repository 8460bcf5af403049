import type { Asset } from "../../core/asset.ts";
import type { Scenario } from "../../core/scenario.ts";
import { openOrigin, visited, walk } from "../../web/written-visit.ts";
import {
  APEX,
  fails,
  hostAsset,
  inKommune,
  inWorld,
  leavesOpen,
  passes,
  site,
  sts,
  WHOLE,
  WWW,
  WWW6,
  YEAR,
  ZONE,
} from "./scenario-site.ts";

const MISSING = "K11_HEADER_MISSING";
const HOLDS = "K11_ENTRY_HOLDS";
const ALL = "K11_HEADER_ON_ALL";

/** Every answer is a refusal. */
const REFUSED = Object.fromEntries(
  (["front", "front-h2", "missing", "robots", "favicon", "resource", "deep"] as const).map((purpose) => [
    purpose,
    { status: 403 },
  ]),
);

/** 111 and 118: every answer counts. */
const ANSWERS: readonly Scenario[] = [
  inKommune(passes("every answer has the header"), {}),
  inKommune(fails("no answer has the header", MISSING, "K11_ENTRY_WITHOUT_POLICY"), { www: site({ sts: [] }) }),
  ...(["missing", "robots", "favicon", "resource", "deep"] as const).map((purpose) =>
    inKommune(fails(`the header is missing at ${purpose} alone`, MISSING, HOLDS), {
      www: site({ at: { [purpose]: { fields: [] } } }),
    }),
  ),
  inKommune(fails("the header is missing at front-h2 alone", MISSING, "K11_ENTRY_WITHOUT_POLICY"), {
    www: site({ at: { "front-h2": { fields: [] } } }),
  }),
  inKommune(fails("an error of the load balancer has no header", MISSING, HOLDS), {
    www: site({ at: { missing: { status: 503, fields: [] } } }),
  }),
  inKommune(fails("a method that is not allowed has no header", MISSING, HOLDS), {
    www: site({ at: { resource: { status: 405, fields: [] } } }),
  }),
  inKommune(passes("a login page answers 401 with the header"), {
    www: site({ at: { front: { status: 401 }, deep: { status: 401 } } }),
  }),
  inKommune(fails("a login page answers 401 without the header", MISSING, HOLDS), {
    www: site({ at: { deep: { status: 401, fields: [] } } }),
  }),
  inKommune(
    fails("a firewall turns us away without the header", MISSING, "K11_ENTRY_WITHOUT_POLICY", "K11_ONLY_REFUSALS"),
    {
      www: site({ sts: [], at: REFUSED }),
    },
  ),
  inKommune(leavesOpen("a firewall turns us away with the header", "vantage-blocked", "K11_ONLY_REFUSALS", HOLDS), {
    www: site({ at: REFUSED }),
  }),
  inKommune(fails("a redirect on the same host has no header", MISSING, HOLDS), {
    www: site({
      at: { front: { location: "https://www.kommune.dk/da" } },
      then: [{ url: "https://www.kommune.dk/da" }],
    }),
  }),
  inKommune(fails("a redirect to the host with a trailing dot has no header", MISSING, HOLDS), {
    www: site({
      at: { front: { location: "https://www.kommune.dk./" } },
      then: [{ url: "https://www.kommune.dk./" }],
    }),
  }),
  inKommune(passes("a redirect to another host, whose answer is its own"), {
    www: site({
      at: { front: { location: "https://login.example.com/" } },
      then: [{ url: "https://login.example.com/" }],
    }),
  }),
  inKommune(fails("no header, and a page that writes one in its markup", MISSING, "K11_ENTRY_WITHOUT_POLICY"), {
    www: site({ sts: [], at: { front: { leaving: { refreshes: ["0"] } } } }),
  }),
];

/** What keeps us from saying "all". */
const UNSEEN: readonly Scenario[] = [
  inKommune(leavesOpen("one answer is not heard", "tcp-timeout", "K11_UNOBSERVED_TCP_TIMEOUT", HOLDS), {
    www: site({ at: { robots: { cause: "tcp-timeout" } } }),
  }),
  inKommune(fails("one answer is not heard, another has no header", MISSING, "K11_UNOBSERVED_TCP_TIMEOUT", HOLDS), {
    www: site({ at: { robots: { cause: "tcp-timeout" }, favicon: { fields: [] } } }),
  }),
  inKommune(leavesOpen("no page that is missing was asked for", "internal", "K11_UNOBSERVED_INTERNAL", HOLDS), {
    www: site({ without: ["missing"] }),
  }),
  inKommune(leavesOpen("the port for HTTPS is silent", "tcp-timeout", "K11_UNOBSERVED_TCP_TIMEOUT"), {
    www: site({ https: "silent" }),
  }),
  inWorld(
    { zones: [{ name: "kommune.dk", records: ZONE }], web: { [APEX]: site() } },
    leavesOpen("the host is silent", "tcp-timeout", "K11_UNOBSERVED_TCP_TIMEOUT"),
  ),
];

/** 112: the form of the field, and which of several counts. */
const INVALID = ["K11_HEADER_INVALID", "K11_ENTRY_POLICY_INVALID"] as const;
const FORMS: readonly Scenario[] = [
  ...[
    ["max-age is no number", "max-age=abc"],
    ["max-age is a number and letters", "max-age=31536000abc"],
    ["max-age is empty", "max-age="],
    ["max-age has no value", "max-age"],
    ["max-age is negative", "max-age=-1"],
    ["another directive ends in max-age", "x-max-age=31536000"],
    ["a directive is repeated", "max-age=31536000; max-age=0"],
    ["includeSubDomains has a value", "max-age=31536000; includeSubDomains=true"],
    ["directives are separated by commas", "max-age=31536000, includeSubDomains"],
    ["a quoted number does not end", 'max-age="31536000'],
    ["the field is empty", ""],
  ].map(([name = "", value = ""]) => inKommune(fails(name, ...INVALID), { www: site({ sts: [value] }) })),
  ...[
    ["max-age is quoted", 'max-age="31536000"'],
    ["blanks stand around the sign", "max-age = 31536000"],
    ["the directive is in capitals", "MAX-AGE=31536000"],
    ["an unknown directive stands beside", "max-age=31536000; foo=bar"],
    ["directives are empty", "; max-age=31536000 ; ;"],
    ["the number is beyond all bounds", "max-age=99999999999999999999"],
  ].map(([name = "", value = ""]) => inKommune(passes(name), { www: site({ sts: [value] }) })),
  inKommune(passes("two fields, and the first is right", "K11_HEADER_REPEATED"), {
    www: site({ sts: [WHOLE, "max-age=0"] }),
  }),
  inKommune(fails("two fields, and the first is malformed", ...INVALID, "K11_HEADER_REPEATED"), {
    www: site({ sts: ["max-age=abc", WHOLE] }),
  }),
];

/** 113 to 115. */
const AGES: readonly Scenario[] = [
  inKommune(fails("max-age is 0", "K11_HEADER_OFF", "K11_ENTRY_SHORT"), { www: site({ sts: ["max-age=0"] }) }),
  inKommune(fails("one answer switches HSTS off", "K11_HEADER_OFF", HOLDS), {
    www: site({ at: { robots: { fields: sts("max-age=0") } } }),
  }),
  inKommune(fails("max-age is a day", ALL, "K11_HEADER_SHORT", "K11_ENTRY_SHORT"), {
    www: site({ sts: ['max-age="86400"'] }),
  }),
  inKommune(fails("max-age is a second less than a year", ALL, "K11_HEADER_SHORT", "K11_ENTRY_SHORT"), {
    www: site({ sts: ["max-age=31535999"] }),
  }),
  inKommune(passes("one answer that visitors do not enter by is short", "K11_HEADER_SHORT"), {
    www: site({ at: { robots: { fields: sts("max-age=300") } } }),
  }),
  inKommune(fails("the certificate has expired", "K11_HEADER_DISTRUSTED", "K11_ENTRY_DISTRUSTED"), {
    www: site({ certificate: "CERT_HAS_EXPIRED" }),
  }),
  inKommune(passes("the header on plain HTTP, too", "K11_HEADER_ON_HTTP"), {
    www: site({
      http: [
        { url: "http://www.kommune.dk/", location: "https://www.kommune.dk/", fields: sts(YEAR) },
        { url: "https://www.kommune.dk/", fields: sts(WHOLE) },
      ],
    }),
  }),
];

const literal: Asset = {
  kind: "url",
  id: "url:https://192.0.2.10/",
  name: "https://192.0.2.10/",
  host: null,
  url: "https://192.0.2.10/",
};
const atPort: Asset = {
  kind: "url",
  id: "url:https://min.kommune.dk:8443/login",
  name: "https://min.kommune.dk:8443/login",
  host: hostAsset("min.kommune.dk").host,
  url: "https://min.kommune.dk:8443/login",
};
const AT_PORT = "https://min.kommune.dk:8443";

/** 116, 117 and what else there is to look at. */
const PLACES: readonly Scenario[] = [
  inWorld(
    { zones: [], web: { [WWW]: site() } },
    { name: "an address instead of a name", tags: ["K11_IP_LITERAL"], verdict: "not-applicable" },
    literal,
  ),
  inWorld(
    {
      zones: [{ name: "kommune.dk", records: [`min A ${WWW}`] }],
      web: {
        [WWW]: (where) =>
          visited(where, [
            openOrigin(
              "https",
              [
                walk("front", { url: `${AT_PORT}/login`, fields: sts(YEAR) }),
                walk("missing", { url: `${AT_PORT}/findes-ikke`, status: 404, fields: sts(YEAR) }),
              ],
              8443,
            ),
          ]),
      },
    },
    passes("an interface at a port of its own", "K11_STRONG"),
    atPort,
  ),
  inWorld(
    {
      zones: [{ name: "visitkommune.com", records: [`www A ${WWW}`, `@ A ${APEX}`] }],
      web: { [WWW]: site({ sts: [] }), [APEX]: site() },
    },
    fails("a site outside .dk is judged like any other", MISSING, "K11_ENTRY_WITHOUT_POLICY"),
    hostAsset("www.visitkommune.com"),
  ),
  inWorld(
    { zones: [{ name: "kommune.dk", records: [`mta-sts A ${WWW}`] }], web: { [WWW]: site() } },
    passes("a policy host of MTA-STS is a web server as well"),
    hostAsset("mta-sts.kommune.dk"),
  ),
  inWorld(
    { zones: [{ name: "kommune.dk", records: ["selvbetjening TXT tom"] }] },
    { name: "the host has no address", tags: ["K11_NO_ADDRESS"], verdict: "not-applicable" },
    hostAsset("selvbetjening.kommune.dk"),
  ),
  inKommune(
    { name: "nobody listens", tags: ["K11_NO_WEB_SERVER"], verdict: "not-applicable" },
    { www: site({ https: "closed", http: "closed" }) },
  ),
  inKommune(passes("no route to IPv6 from here", "K11_ADDRESS_NOT_SEEN"), {
    world: { zones: [{ name: "kommune.dk", records: [...ZONE, `www AAAA ${WWW6}`] }], families: ["ipv4"] },
  }),
  inKommune(
    leavesOpen(
      "IPv6 is silent, IPv4 refuses everywhere",
      "tcp-timeout",
      ...["K11_NO_WEB_SERVER", "K11_UNOBSERVED_TCP_TIMEOUT"],
    ),
    {
      world: { zones: [{ name: "kommune.dk", records: [...ZONE, `www AAAA ${WWW6}`] }] },
      www: site({ https: "closed", http: "closed" }),
    },
  ),
  inKommune(passes("IPv6 is silent", "K11_IPV6_SILENT"), {
    world: { zones: [{ name: "kommune.dk", records: [...ZONE, `www AAAA ${WWW6}`] }] },
  }),
  inKommune(fails("IPv6 has no header", ALL, MISSING, HOLDS, "K11_ENTRY_WITHOUT_POLICY"), {
    world: {
      zones: [{ name: "kommune.dk", records: [...ZONE, `www AAAA ${WWW6}`] }],
      web: { [WWW6]: site({ sts: [] }) },
    },
  }),
];

/** HTTPS on other ports and addresses than the one looked at. */
const ELSEWHERE: readonly Scenario[] = [
  inKommune(fails("IPv6 has no HTTPS and redirects to it", ALL, HOLDS, "K11_NO_HTTPS", "K11_ENTRY_REDIRECT_ONLY"), {
    world: {
      zones: [{ name: "kommune.dk", records: [...ZONE, `www AAAA ${WWW6}`] }],
      web: {
        [WWW6]: site({
          https: "closed",
          http: [
            { url: "http://www.kommune.dk/", location: "https://www.kommune.dk/" },
            { url: "https://www.kommune.dk/", fields: sts(WHOLE), address: WWW },
          ],
        }),
      },
    },
  }),
  inKommune(fails("HTTPS at another port alone, with the header", ALL, "K11_ENTRY_REDIRECT_ONLY"), {
    www: site({
      https: "closed",
      http: [
        { url: "http://www.kommune.dk/", location: "https://www.kommune.dk:8443/" },
        { url: "https://www.kommune.dk:8443/", fields: sts(WHOLE) },
      ],
    }),
  }),
];

export const HEADER_SCENARIOS: readonly Scenario[] = [
  ...ANSWERS,
  ...UNSEEN,
  ...FORMS,
  ...AGES,
  ...PLACES,
  ...ELSEWHERE,
];
