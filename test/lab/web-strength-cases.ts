import {
  BOGUS_RECORD_ZONE,
  LIST_ZONE,
  UNSIGNED_WEB_ZONE,
  WEB_ZONE,
  type WebExpected,
  type WebLabCase,
  type WebPlace,
} from "./web-case.ts";

const PASS: WebExpected = { verdict: "pass", without: "K11_STRONG" };
const STRONG: WebExpected = { verdict: "pass", tags: ["K11_STRONG"] };
const WEAK: WebExpected = { verdict: "fail", tags: ["K11_NOT_STRONG"] };
const UNKNOWN: WebExpected = { verdict: "indeterminate", causes: ["not-observable"] };
const SHUT: WebPlace = { plain: "closed" };
const IN_FORCE = "requirements 4.12, part 2, level strong";

type Row = readonly [
  name: string,
  standard: WebExpected,
  demanded: WebExpected,
  reason: string,
  more: Pick<WebLabCase, "asset" | "records"> & Partial<Pick<WebLabCase, "places">>,
];

function recordOf(name: string, data: string, zone: string = WEB_ZONE): readonly string[] {
  return [`${name}.${zone}. HTTPS ${data}`];
}

function elsewhere(name: string, zone: string, data: string): Row[4] {
  return { asset: { host: `${name}.${zone}` }, records: recordOf(name, data, zone) };
}

/** What is more than the header alone; each host is otherwise as it should be. */
const ROWS: readonly Row[] = [
  ["plain-header", PASS, WEAK, `${IN_FORCE}: none of the three ways`, {}],
  ["no-http", STRONG, STRONG, `${IN_FORCE}: port 80 closed`, { places: [SHUT] }],
  [
    "no-http-both",
    STRONG,
    STRONG,
    `${IN_FORCE}: port 80 closed at every address`,
    { places: [SHUT, { ...SHUT, family: "ipv6" }] },
  ],
  ["http-at-ipv6", STRONG, WEAK, `${IN_FORCE}: visitors by IPv6 meet port 80`, { places: [SHUT, { family: "ipv6" }] }],
  ["record", STRONG, STRONG, "RFC 9460 section 9.5, signed", { records: recordOf("record", "1 .") }],
  [
    "record-alias",
    STRONG,
    STRONG,
    "RFC 9460 section 9.5: any AliasMode record",
    { records: recordOf("record-alias", `0 good.${WEB_ZONE}.`) },
  ],
  [
    "record-mandatory",
    PASS,
    WEAK,
    "RFC 9460 sections 8 and 9.5: browsers leave an incompatible record alone",
    { records: recordOf("record-mandatory", '1 . mandatory=key65333 key65333="x"') },
  ],
  [
    "record-unsigned",
    PASS,
    WEAK,
    "requirements 4.12: signed; anybody can take away what is not",
    elsewhere("record-unsigned", UNSIGNED_WEB_ZONE, "1 ."),
  ],
  [
    "record-bogus",
    PASS,
    { verdict: "fail", acceptable: ["indeterminate"], causes: ["not-observable", "dns-servfail"] },
    "RFC 4035 section 5.5: what does not validate is no record",
    elsewhere("record-bogus", BOGUS_RECORD_ZONE, "1 ."),
  ],
  ["listed", STRONG, STRONG, "requirements 4.12: on the preload list", {}],
  ["listed-above", STRONG, STRONG, "requirements 4.12: entries inherit to subdomains", {}],
  ["list-other-entry", PASS, UNKNOWN, "an entry that does not cover the name is no answer", {}],
  ["list-removal", PASS, UNKNOWN, "what is on its way out may or may not protect", {}],
  ["list-broken", PASS, UNKNOWN, "an error is no answer", {}],
];

const CASES = ROWS.map(([name, standard, demanded, reason, { places = [{}], ...more }]): WebLabCase => ({
  name,
  places,
  ...more,
  expected: { K11: standard },
  under: { strong: { K11: demanded }, strict: { K11: demanded } },
  reason,
}));

/** What the list answers about names that it knows (`Status` in the list's own repository), by the name of the case. */
const LISTED: Readonly<Record<string, readonly [status: string, entry: string]>> = {
  listed: ["preloaded", `listed.${WEB_ZONE}`],
  "listed-above": ["preloaded", WEB_ZONE],
  "list-other-entry": ["preloaded", "drejebaenk-oevelse.dk"],
  "list-removal": ["pending-automated-removal", ""],
};

/** The list, as far as this internet has it. It is no case. */
export const PRELOAD_LIST: WebLabCase = {
  name: "list",
  asset: { host: LIST_ZONE },
  places: [
    {
      secure: [
        "location = /api/v2/status {",
        "default_type application/json;",
        ...Object.entries(LISTED).map(
          ([name, [status, entry]]) =>
            `if ($arg_domain = ${name}.${WEB_ZONE}) { return 200 '${answer(status, entry)}'; }`,
        ),
        `if ($arg_domain = list-broken.${WEB_ZONE}) { return 500; }`,
        `return 200 '${answer("unknown", "")}';`,
        "}",
      ],
    },
  ],
  expected: {},
  reason: "",
};

function answer(status: string, preloadedDomain: string): string {
  return JSON.stringify({ name: "$arg_domain", status, bulk: false, preloadedDomain });
}

export const STRENGTH_LAB_CASES: readonly WebLabCase[] = CASES;
