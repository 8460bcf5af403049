import type { Scenario, WorldZone } from "../../core/scenario.ts";
import { name } from "../../wire/name.ts";
import { goodDomain, goodZone } from "./base-world.ts";
import { fails, inWorld, notKnown, passes, provider, published, unknown } from "./spf-world.ts";

const ten = (term: string): string => Array<string>(10).fill(term).join(" ");

/** The good domain's key, for post.kommune.dk. */
const KEY_OF_POST = goodZone()
  .records.filter((record) => record.startsWith("selector1."))
  .join("")
  .replace(" ", ".post ");

/** Row 23.11: one record, found as RFC 7208 section 4.5 says. */
const SELECTED: readonly Scenario[] = [
  inWorld("SPF: mx and -all", { zones: [goodZone()] }, passes()),
  published("SPF: no record", [], fails("S23_SPF_MISSING")),
  inWorld(
    "SPF: an alias to nothing",
    {
      zones: [goodZone({ records: ["post CNAME x.afsender.dk.", KEY_OF_POST] }), { name: "afsender.dk", records: [] }],
    },
    {
      tags: ["S23_SPF_MISSING"],
      verdict: "fail",
    },
    { ...goodDomain, id: "domain:post.kommune.dk", name: "post.kommune.dk", domain: name("post.kommune.dk") },
  ),
  published("SPF: other versions only", ["v=spf10 -all", "spf2.0/pra -all", "v=spf1;-all"], fails("S23_SPF_MISSING")),
  published("SPF: the obsolete type 99 only", [], fails("S23_SPF_MISSING"), {
    changes: { records: ['@ SPF "v=spf1 -all"'] },
  }),
  published("SPF: two records", ["v=spf1 mx -all", "v=spf1 ip4:192.0.2.25 -all"], fails("S23_SPF_SEVERAL")),
  published("SPF: strings joined without a space, in capitals", [], passes(), {
    changes: { records: ['@ TXT "V=SPF1 m" "X -A" "LL"', '@ TXT "verification=1234"'] },
  }),
  published("SPF: SERVFAIL for the record", ["v=spf1 mx -all"], unknown("dns-servfail"), {
    changes: { failing: ["@ TXT"] },
  }),
  published("SPF: no answer about the record", ["v=spf1 mx -all"], unknown("dns-timeout"), {
    changes: { silent: ["@ TXT"] },
  }),
  published("SPF: the record does not validate", ["v=spf1 mx -all"], fails("S23_SPF_BOGUS"), {
    changes: { spoilt: ["@ TXT"] },
  }),
];

/** Row 23.12: the limits and the syntax, and what receivers cannot look up. */
const EVALUATED: readonly Scenario[] = [
  published("SPF: an address in an a term", ["v=spf1 a:192.0.2.25 -all"], fails("S23_SPF_SYNTAX")),
  published("SPF: an unknown term after all", ["v=spf1 mx -all moo"], fails("S23_SPF_SYNTAX")),
  published("SPF: a name that cannot be looked up", ["v=spf1 a:mail..kommune.dk -all"], fails("S23_SPF_SYNTAX")),
  published("SPF: ten lookups", [`v=spf1 ${ten("a:mx.kommune.dk")} -all`], passes()),
  published("SPF: eleven lookups", [`v=spf1 ${ten("a:mx.kommune.dk")} mx -all`], fails("S23_SPF_LOOKUPS")),
  published(
    "SPF: eleven lookups, ten of them in an include",
    ["v=spf1 include:_spf.afsender.dk -all"],
    {
      ...fails("S23_SPF_LOOKUPS"),
    },
    { others: [provider(`v=spf1 ${ten("a:mail.afsender.dk")} -all`, "mail A 192.0.2.26", "mail AAAA 2001:db8::26")] },
  ),
  published("SPF: two terms that find nothing", ["v=spf1 mx a:x.kommune.dk exists:y.kommune.dk -all"], passes()),
  published(
    "SPF: three terms that find nothing",
    ["v=spf1 mx a:x.kommune.dk exists:y.kommune.dk mx:z.kommune.dk -all"],
    {
      ...fails("S23_SPF_VOIDS"),
    },
  ),
  published(
    "SPF: hosts with IPv4 only",
    ["v=spf1 a:w1.kommune.dk a:w2.kommune.dk a:w3.kommune.dk -all"],
    passes("S23_SPF_VOIDS_SOME"),
    { changes: { records: ["w1 A 192.0.2.31", "w2 A 192.0.2.32", "w3 A 192.0.2.33"] } },
  ),
  published("SPF: eleven names of one mx term", ["v=spf1 mx:mange.kommune.dk -all"], fails("S23_SPF_MX_NAMES"), {
    changes: { records: Array.from({ length: 11 }, (_, at) => `mange MX ${String(at)} m${String(at)}.kommune.dk.`) },
  }),
  published(
    "SPF: an include without a record",
    ["v=spf1 mx include:_spf.afsender.dk -all"],
    {
      ...fails("S23_SPF_TARGET_MISSING"),
    },
    { others: [{ name: "afsender.dk", records: ['_spf TXT "hello"'] }] },
  ),
  published("SPF: a redirect to a name that is not there", ["v=spf1 mx redirect=_spf.kommune.dk"], {
    ...fails("S23_SPF_TARGET_MISSING"),
  }),
  published(
    "SPF: an include with two records",
    ["v=spf1 mx include:_spf.afsender.dk -all"],
    {
      ...fails("S23_SPF_TARGET_SEVERAL"),
    },
    { others: [provider("v=spf1 -all", '_spf TXT "v=spf1 ip4:192.0.2.26 -all"')] },
  ),
  published("SPF: includes in a circle", ["v=spf1 mx include:_spf.afsender.dk -all"], fails("S23_SPF_LOOP"), {
    others: [provider("v=spf1 include:kommune.dk -all")],
  }),
  published("SPF: a redirect to itself", ["v=spf1 mx redirect=kommune.dk"], fails("S23_SPF_LOOP")),
  published("SPF: a fault in an include", ["v=spf1 mx include:_spf.afsender.dk -all"], fails("S23_SPF_SYNTAX"), {
    others: [provider("v=spf1 ip4:192.0.2.300 -all")],
  }),
  published("SPF: SERVFAIL for an include", ["v=spf1 mx include:_spf.afsender.dk -all"], unknown("dns-servfail"), {
    others: [{ ...provider("v=spf1 -all"), failing: ["_spf TXT"] }],
  }),
  published(
    "SPF: SERVFAIL for an include, and ?all",
    ["v=spf1 mx include:_spf.afsender.dk ?all"],
    fails("S23_SPF_NEUTRAL", "S23_UNOBSERVED_DNS_SERVFAIL"),
    { others: [{ ...provider("v=spf1 -all"), failing: ["_spf TXT"] }] },
  ),
  published("SPF: no answer about a host", ["v=spf1 a:web.kommune.dk -all"], unknown("dns-timeout"), {
    changes: { records: ["web A 192.0.2.30"], silent: ["web A", "web AAAA"] },
  }),
  published(
    "SPF: an include that does not validate",
    ["v=spf1 mx include:_spf.afsender.dk -all"],
    {
      ...fails("S23_SPF_BOGUS"),
    },
    { others: [{ ...provider("v=spf1 -all"), state: "bogus" }] },
  ),
  published("SPF: macros that need no sender", ["v=spf1 include:%{d2}._spf.%{o1}.afsender.dk -all"], passes(), {
    others: [{ name: "afsender.dk", records: ['kommune.dk._spf.dk TXT "v=spf1 ip4:192.0.2.26 -all"'] }],
  }),
  published(
    "SPF: a record of more than 512 octets",
    [`v=spf1 mx ${Array.from({ length: 40 }, (_, at) => `ip4:192.0.2.${String(100 + at)}`).join(" ")} -all`],
    passes("S23_SPF_LONG"),
  ),
];

const DEPENDS = "S23_SPF_SENDER_DEPENDENT";
const BY_SENDER = "v=spf1 mx include:%{i}._spf.afsender.dk -all";
const THREE = "v=spf1 mx include:%{i}.a.afsender.dk include:%{l}.b.afsender.dk include:%{h}.c.afsender.dk -all";

/** The provider answers whoever asks, at any name below these. */
const anybody = (text: string, ...below: readonly string[]): { readonly others: readonly WorldZone[] } => ({
  others: [{ name: "afsender.dk", records: below.map((label) => `*.${label} TXT "${text}"`) }],
});

/** Rows 23.12 and 23.13: terms that depend on the sender, tried with senders whom nobody has allowed. */
const DEPENDING: readonly Scenario[] = [
  published("SPF: a macro that needs a sender", [BY_SENDER], passes("S23_SPF_SENDER_DEPENDENT"), {
    ...anybody("v=spf1 -all", "_spf"),
  }),
  published("SPF: an include by sender of which nothing is there", [BY_SENDER], fails("S23_SPF_FOREIGN_ERROR"), {
    others: [{ name: "afsender.dk", records: [] }],
  }),
  published("SPF: an include by sender that passes everyone", [BY_SENDER], fails("S23_SPF_FOREIGN_PASSES"), {
    ...anybody("v=spf1 +all", "_spf"),
  }),
  published("SPF: no answer about an include by sender", [BY_SENDER], unknown("dns-timeout", DEPENDS), {
    others: [{ name: "afsender.dk", records: [], state: "silent" }],
  }),
  published(
    "SPF: an exists by sender that finds everyone",
    ["v=spf1 exists:%{i}._spf.afsender.dk -all"],
    {
      ...fails("S23_SPF_FOREIGN_PASSES"),
    },
    { others: [{ name: "afsender.dk", records: ["*._spf A 127.0.0.2"] }] },
  ),
  published(
    "SPF: an exists by sender that finds nobody",
    ["v=spf1 mx exists:%{i}._spf.afsender.dk -all"],
    {
      ...passes(DEPENDS),
    },
    { others: [{ name: "afsender.dk", records: [] }] },
  ),
  published(
    "SPF: ?exists by sender that finds everyone",
    ["v=spf1 mx ?exists:%{i}._spf.afsender.dk -all"],
    {
      ...fails("S23_SPF_FOREIGN_PASSES"),
    },
    { others: [{ name: "afsender.dk", records: ["*._spf A 127.0.0.2"] }] },
  ),
  published(
    "SPF: three exists by sender that find nothing",
    ["v=spf1 exists:%{i}.a.afsender.dk exists:%{l}.b.afsender.dk exists:%{h}.c.afsender.dk -all"],
    fails("S23_SPF_FOREIGN_ERROR"),
    { others: [{ name: "afsender.dk", records: [] }] },
  ),
  published("SPF: three macros that need a sender", [THREE], notKnown("S23_SPF_VOIDS_UNKNOWN"), {
    ...anybody("v=spf1 -all", "a", "b", "c"),
  }),
  published(
    "SPF: a redirect that depends on the sender",
    ["v=spf1 mx redirect=%{i}._spf.afsender.dk"],
    {
      ...notKnown("S23_SPF_ENDING_UNKNOWN"),
    },
    anybody("v=spf1 -all", "_spf"),
  ),
  published(
    "SPF: a redirect by sender to nothing",
    ["v=spf1 mx redirect=%{i}._spf.afsender.dk"],
    {
      ...fails("S23_SPF_FOREIGN_ERROR"),
    },
    { others: [{ name: "afsender.dk", records: [] }] },
  ),
];

/** Rows 23.11 and 23.12. */
export const SPF_RECORD_SCENARIOS: readonly Scenario[] = [...SELECTED, ...EVALUATED, ...DEPENDING];
