import type { Scenario } from "../../core/scenario.ts";
import { fails, passes, provider, published, type SpfSaid, unknown } from "./spf-world.ts";

/** Row 23.13: what becomes of senders that nobody has named. */
const ENDINGS: readonly Scenario[] = [
  published("SPF: +all", ["v=spf1 mx +all"], fails("S23_SPF_PASSES_ALL")),
  published("SPF: all without a sign", ["v=spf1 mx all"], fails("S23_SPF_PASSES_ALL")),
  published("SPF: ?all", ["v=spf1 mx ?all"], fails("S23_SPF_NEUTRAL")),
  published("SPF: no all", ["v=spf1 mx"], fails("S23_SPF_OPEN_END")),
  published("SPF: ~all", ["v=spf1 mx ~all"], passes()),
  published("SPF: -all through a redirect", ["v=spf1 redirect=_spf.kommune.dk"], passes(), {
    changes: { records: ['_spf TXT "v=spf1 ip4:192.0.2.25 -all"'] },
  }),
  published("SPF: ?all through a redirect", ["v=spf1 redirect=_spf.kommune.dk"], fails("S23_SPF_NEUTRAL"), {
    changes: { records: ['_spf TXT "v=spf1 ip4:192.0.2.25 ?all"'] },
  }),
  published("SPF: -all in an include only", ["v=spf1 mx include:_spf.afsender.dk"], fails("S23_SPF_OPEN_END"), {
    others: [provider("v=spf1 ip4:192.0.2.26 -all")],
  }),
  published("SPF: +all in an include", ["v=spf1 mx include:_spf.afsender.dk -all"], fails("S23_SPF_PASSES_ALL"), {
    others: [provider("v=spf1 ip4:192.0.2.26 +all")],
  }),
  published("SPF: an exists term that matches everyone", ["v=spf1 exists:mx.kommune.dk -all"], {
    ...fails("S23_SPF_PASSES_ALL"),
  }),
  published("SPF: a redirect beside all", ["v=spf1 mx redirect=_spf.kommune.dk -all"], passes("S23_SPF_IGNORED")),
  published("SPF: = for : in a term", ["v=spf1 mx ip4=192.0.2.26 -all"], passes("S23_SPF_MISTYPED")),
  published("SPF: terms after all", ["v=spf1 mx -all a:x.kommune.dk"], passes("S23_SPF_IGNORED")),
];

/** Row 23.14: a domain that sends no mail. */
const NO_MAIL: readonly Scenario[] = [
  published("SPF: sends no mail, v=spf1 -all", ["v=spf1 -all"], passes(), { asset: { sendsMail: false } }),
  published("SPF: sends no mail, and more is allowed", ["v=spf1 mx -all"], passes("S23_SPF_NO_MAIL_WIDER"), {
    asset: { sendsMail: false },
  }),
  published("SPF: null MX, and ~all", ["v=spf1 ~all"], passes("S23_SPF_NO_MAIL_WIDER"), {
    changes: { without: ["@ MX"], records: ["@ MX 0 ."] },
    asset: { sendsMail: "unknown" },
  }),
];

/** All but 0.0.0.0/8 and 224.0.0.0/3. */
const PUBLIC_IPV4 = [
  ...["ip4:1.0.0.0/8", "ip4:2.0.0.0/7", "ip4:4.0.0.0/6", "ip4:8.0.0.0/5", "ip4:16.0.0.0/4"],
  ...["ip4:32.0.0.0/3", "ip4:64.0.0.0/2", "ip4:128.0.0.0/2", "ip4:192.0.0.0/3"],
];

/** Row 23.15: how many addresses pass. */
const BREADTH: readonly Scenario[] = [
  published("SPF: every IPv4 address", ["v=spf1 ip4:0.0.0.0/0 -all"], fails("S23_SPF_EVERY_ADDRESS")),
  published("SPF: every IPv6 address", ["v=spf1 mx ip6:::/0 -all"], fails("S23_SPF_EVERY_ADDRESS")),
  published("SPF: every IPv4 address in two halves", ["v=spf1 ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all"], {
    ...fails("S23_SPF_EVERY_ADDRESS", "S23_SPF_WIDE", "S23_SPF_WIDE"),
  }),
  published("SPF: every IPv4 address that senders have", [`v=spf1 ${PUBLIC_IPV4.join(" ")} -all`], {
    ...fails("S23_SPF_EVERY_ADDRESS", ...PUBLIC_IPV4.map(() => "S23_SPF_WIDE")),
  }),
  published("SPF: every IPv6 address that senders have", ["v=spf1 mx ip6:2000::/3 -all"], {
    ...fails("S23_SPF_EVERY_ADDRESS", "S23_SPF_WIDE"),
  }),
  published("SPF: a /8", ["v=spf1 mx ip4:10.0.0.0/8 -all"], passes("S23_SPF_WIDE")),
  published("SPF: a /8 that is turned down", ["v=spf1 -ip4:10.0.0.0/8 mx -all"], passes()),
  published("SPF: ptr", ["v=spf1 mx ptr -all"], passes("S23_SPF_PTR")),
  published("SPF: a/24", ["v=spf1 a:mx.kommune.dk/24 -all"], passes("S23_SPF_NEIGHBOURS")),
  published("SPF: a host of somebody else's", ["v=spf1 a:sider.kommune.dk -all"], passes("S23_SPF_SHARED_HOST"), {
    changes: { records: ["sider CNAME webhotel.afsender.dk."] },
    others: [{ name: "afsender.dk", records: ["webhotel A 192.0.2.40", "webhotel AAAA 2001:db8::40"] }],
  }),
];

const inState = (said: SpfSaid): SpfSaid => ({ ...said, reading: "stat-2024-10" });

const BELOW = {
  below: ["post.kommune.dk", "www.kommune.dk", "ukendt.kommune.dk"],
  changes: { records: ["www A 192.0.2.30", "post MX 10 mx.kommune.dk."] },
} as const;

/** The mail server is a name below, too. */
const GATEWAY = 'mx TXT "v=spf1 a -all"';

const COVERED = {
  below: BELOW.below,
  changes: { records: [...BELOW.changes.records, 'post TXT "v=spf1 mx -all"', 'www TXT "v=spf1 -all"'] },
} as const;

const SERVFAIL_MX = { below: ["post.kommune.dk"], changes: { records: [], failing: ["post MX"] } };

const IPV4_HOSTS = ["w1 A 192.0.2.31", "w2 A 192.0.2.32", "w3 A 192.0.2.33"];

/** Row 23.16: names below. */
const NAMES_BELOW: readonly Scenario[] = [
  published(
    "SPF: names below without records",
    ["v=spf1 mx -all"],
    fails("S23_SPF_SOUND", "S23_SPF_BELOW_MISSING", "S23_SPF_BELOW_WITHOUT"),
    BELOW,
  ),
  published(
    "SPF: names below without records, state reading",
    ["v=spf1 mx -all"],
    inState(fails("S23_SPF_SOUND", "S23_SPF_BELOW_MISSING_STATE")),
    BELOW,
  ),
  published("SPF: names below with records", ["v=spf1 mx -all"], passes(), COVERED),
  published("SPF: names below with records, state reading", ["v=spf1 mx -all"], inState(passes()), {
    below: COVERED.below,
    changes: { records: [...COVERED.changes.records, GATEWAY] },
  }),
  published(
    "SPF: a mail server below without a record, state reading",
    ["v=spf1 mx -all"],
    inState(fails("S23_SPF_SOUND", "S23_SPF_BELOW_MISSING_STATE")),
  ),
  published(
    "SPF: a wildcard does not cover names that are there",
    ["v=spf1 mx -all"],
    fails("S23_SPF_SOUND", "S23_SPF_BELOW_MISSING", "S23_SPF_BELOW_WITHOUT"),
    { below: BELOW.below, changes: { records: [...BELOW.changes.records, '* TXT "v=spf1 -all"'] } },
  ),
  published("SPF: a name below passes everyone", ["v=spf1 mx -all"], passes("S23_SPF_BELOW_FAULTY"), {
    below: ["www.kommune.dk"],
    changes: { records: ["www A 192.0.2.30", 'www TXT "v=spf1 +all"'] },
  }),
  published(
    "SPF: a name below with mail passes everyone",
    ["v=spf1 mx -all"],
    fails("S23_SPF_SOUND", "S23_SPF_PASSES_ALL"),
    { below: ["post.kommune.dk"], changes: { records: ["post MX 10 mx.kommune.dk.", 'post TXT "v=spf1 +all"'] } },
  ),
  published(
    "SPF: SERVFAIL for the MX of a name below",
    ["v=spf1 mx -all"],
    passes("S23_SPF_BELOW_UNKNOWN"),
    SERVFAIL_MX,
  ),
  published(
    "SPF: SERVFAIL for the MX of a name below, state reading",
    ["v=spf1 mx -all"],
    inState(unknown("dns-servfail", "S23_SPF_SOUND")),
    { ...SERVFAIL_MX, changes: { ...SERVFAIL_MX.changes, records: [GATEWAY] } },
  ),
  published(
    "SPF: www is an alias into a zone that does not answer",
    ["v=spf1 mx -all"],
    passes("S23_SPF_BELOW_UNKNOWN"),
    {
      changes: { records: ["www CNAME www.afsender.dk."] },
      others: [{ name: "afsender.dk", records: ["www A 192.0.2.30"], state: "silent" }],
    },
  ),
  published(
    "SPF: www is an alias into a zone that does not validate",
    ["v=spf1 mx -all"],
    passes("S23_SPF_BELOW_UNKNOWN"),
    {
      changes: { records: ["www CNAME www.afsender.dk."] },
      others: [{ name: "afsender.dk", records: ["www A 192.0.2.30"], state: "bogus" }],
    },
  ),
  published(
    "SPF: names below with the same include of hosts with IPv4 only",
    ["v=spf1 mx -all"],
    passes("S23_SPF_VOIDS_SOME"),
    {
      below: ["a.kommune.dk", "b.kommune.dk"],
      changes: {
        records: ["a", "b"].flatMap((label) => [
          `${label} MX 10 mx.kommune.dk.`,
          `${label} TXT "v=spf1 include:_spf.afsender.dk -all"`,
        ]),
      },
      others: [provider("v=spf1 a:w1.afsender.dk a:w2.afsender.dk a:w3.afsender.dk -all", ...IPV4_HOSTS)],
    },
  ),
];

/** Rows 23.13 to 23.16. */
export const SPF_POLICY_SCENARIOS: readonly Scenario[] = [...ENDINGS, ...NO_MAIL, ...BREADTH, ...NAMES_BELOW];
