import type { Scenario } from "../../core/scenario.ts";
import type { ZoneChanges } from "./base-world.ts";
import { SCENARIO_KEYS } from "./dkim-scenario-keys.ts";
import { DKIM_HINT_SCENARIOS } from "./dkim-hint-scenarios.ts";
import { DKIM_QUALITY_SCENARIOS } from "./dkim-quality-scenarios.ts";
import {
  bare,
  dkim,
  fails,
  HIDDEN,
  MICROSOFT,
  MICROSOFT_MX,
  NOT_DECLARED,
  NULL_KEY,
  open,
  type Options,
  passes,
  report,
  SELECTOR1,
  TENANT,
  TENANT_ZONE,
  txt,
} from "./dkim-scenario-worlds.ts";

/** What shows that there is a key: fact 23.17. */
const PROVEN: readonly Scenario[] = [
  dkim("a declared selector", {}, passes("S23_DKIM_DECLARED")),
  dkim("in an unsigned zone", { state: "unsigned" }, passes("S23_DKIM_DECLARED")),
  dkim("a selector that reports show", {}, passes("S23_DKIM_REPORTED"), {
    asset: { dkimSelectors: [] },
    reported: [report("selector1", "2026-11-20")],
  }),
  dkim("a selector both declared and in reports", {}, passes("S23_DKIM_REPORTED"), {
    reported: [report("selector1", "2026-11-20")],
  }),
  dkim("reports that are too old to count", { records: [HIDDEN] }, passes("S23_DKIM_GUESSED"), {
    asset: { dkimSelectors: [] },
    reported: [report("kx7ab3", "2026-08-01")],
  }),
  dkim("a common selector that nobody named", {}, passes("S23_DKIM_GUESSED"), NOT_DECLARED),
  dkim(
    "the selector of the provider that MX shows, by CNAME into its zone",
    {
      without: ["@ MX", SELECTOR1],
      records: [...MICROSOFT_MX, `selector1._domainkey CNAME ${TENANT}.onmicrosoft.com.`],
    },
    passes("S23_DKIM_FOUND", "S23_DKIM_KEY_WEAK"),
    {
      ...NOT_DECLARED,
      others: [MICROSOFT, { ...TENANT_ZONE, records: [txt(TENANT, `v=DKIM1; k=rsa; p=${SCENARIO_KEYS.rsa1024}`)] }],
    },
  ),
  dkim("_domainkey delegated to another's servers", bare(), passes("S23_DKIM_DECLARED", "S23_DKIM_ED25519_ALONE"), {
    others: [
      { name: "_domainkey.kommune.dk", records: [txt("selector1", `v=DKIM1; k=ed25519; p=${SCENARIO_KEYS.ed25519}`)] },
    ],
  }),
  dkim(
    "_domainkey as a DNAME",
    bare("_domainkey DNAME dkim.drift.dk."),
    passes("S23_DKIM_DECLARED", "S23_DKIM_KEY_WEAK"),
    {
      others: [{ name: "drift.dk", records: [txt("selector1.dkim", `v=DKIM1; p=${SCENARIO_KEYS.rsa1024}`)] }],
    },
  ),
];

/** Answers that contradict each other, or are missing: edges 13 to 17. */
const ANSWERS: readonly Scenario[] = [
  dkim(
    "_domainkey denied although a key is below it",
    { deniesEmptyNonTerminals: true },
    fails("S23_DKIM_CUT_OFF", "S23_DKIM_DECLARED"),
  ),
  dkim(
    "the same in an unsigned zone",
    { deniesEmptyNonTerminals: true, state: "unsigned" },
    fails("S23_DKIM_CUT_OFF", "S23_DKIM_DECLARED"),
  ),
  dkim(
    "no usable answer about the declared selector",
    { failing: [SELECTOR1] },
    open("dns-servfail", "S23_UNOBSERVED_DNS_SERVFAIL"),
  ),
  dkim(
    "CNAMEs that lead round, for which resolvers answer SERVFAIL",
    bare("selector1._domainkey CNAME a.kommune.dk.", "a CNAME b.kommune.dk.", "b CNAME a.kommune.dk."),
    open("dns-servfail", "S23_UNOBSERVED_DNS_SERVFAIL"),
  ),
  dkim(
    "no answer at all about the declared selector",
    { silent: [SELECTOR1] },
    open("dns-timeout", "S23_UNOBSERVED_DNS_TIMEOUT"),
  ),
  dkim(
    "no usable answer about one declared selector, and a key at another",
    { records: ['tavs._domainkey TXT "v=DKIM1; p="'], failing: ["tavs._domainkey TXT"] },
    passes("S23_DKIM_DECLARED", "S23_DKIM_SELECTOR_UNANSWERED"),
    { asset: { dkimSelectors: ["tavs", "selector1"] } },
  ),
  dkim(
    "no usable answer about _domainkey, and no key elsewhere",
    { ...bare(), failing: ["_domainkey TXT"] },
    open("dns-servfail", "S23_UNOBSERVED_DNS_SERVFAIL"),
    NOT_DECLARED,
  ),
];

const SILENT: Options = { asset: { dkimSelectors: [], sendsMail: false } };
const CLOSED = (...records: string[]): ZoneChanges => ({
  without: [SELECTOR1, "@ TXT"],
  records: ['@ TXT "v=spf1 -all"', ...records],
});

/** Domains that send nothing: fact 23.22. */
const NOT_SENDING: readonly Scenario[] = [
  dkim("a domain that sends nothing", CLOSED(), passes("S23_DKIM_NOT_SENDING"), SILENT),
  dkim("a domain that sends nothing and says so", CLOSED(NULL_KEY), passes("S23_DKIM_NULL_KEY"), SILENT),
  dkim("a domain that sends nothing, strict", CLOSED(), fails("S23_DKIM_REQUIRED"), {
    asset: { ...SILENT.asset, strict: true },
  }),
  dkim("a domain that sends nothing and says so, strict", CLOSED(NULL_KEY), passes("S23_DKIM_NULL_KEY"), {
    asset: { ...SILENT.asset, strict: true },
  }),
  dkim(
    "a domain that sends nothing, which the inventory does not say",
    CLOSED(),
    open("no-inventory", "S23_DKIM_SENDING_UNDECLARED"),
    { asset: { dkimSelectors: [], sendsMail: "unknown" } },
  ),
  dkim(
    "a domain without a key of which nothing says whether it sends",
    {
      without: [SELECTOR1, "@ MX", "@ TXT"],
      records: ["@ MX 0 .", '@ TXT "v=spf1 ip4:192.0.2.25 -all"'],
    },
    open("no-inventory", "S23_DKIM_SENDING_UNKNOWN"),
    { asset: { dkimSelectors: [], sendsMail: "unknown" } },
  ),
  dkim(
    "a domain declared not to send, whose SPF lets somebody",
    bare(),
    open("no-inventory", "S23_DKIM_SENDING_CONTRADICTED"),
    SILENT,
  ),
];

/** What DKIM's check says; the tags of SPF and DMARC in these worlds stand beside the good domain's. */
export const DKIM_SCENARIOS: readonly Scenario[] = [
  ...PROVEN,
  ...DKIM_QUALITY_SCENARIOS,
  ...DKIM_HINT_SCENARIOS,
  ...ANSWERS,
  ...NOT_SENDING,
];
