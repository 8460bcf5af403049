import type { Scenario } from "../../core/scenario.ts";
import { SCENARIO_KEYS } from "./dkim-scenario-keys.ts";
import {
  bare,
  dkim,
  fails,
  HIDDEN,
  NOT_DECLARED,
  NULL_KEY,
  open,
  passes,
  report,
  txt,
} from "./dkim-scenario-worlds.ts";

const HINT = ["S23_DKIM_HINT", "S23_DKIM_SELECTOR_WANTED"] as const;

/** When no key is found: facts 23.18 to 23.20. */
export const DKIM_HINT_SCENARIOS: readonly Scenario[] = [
  dkim("something below _domainkey, at an unknown selector", bare(HIDDEN), passes(...HINT), NOT_DECLARED),
  dkim(
    "the same, in compact denial with NXNAME",
    { ...bare(HIDDEN), compactDenial: true },
    passes(...HINT),
    NOT_DECLARED,
  ),
  dkim(
    "the declared selector missing, and something below _domainkey",
    bare(HIDDEN),
    open("no-inventory", "S23_DKIM_DECLARED_MISSING"),
  ),
  dkim("signed proof that nothing is below _domainkey", bare(), fails("S23_DKIM_MISSING"), NOT_DECLARED),
  dkim("nothing below _domainkey, and SPF alone says that it sends", bare(), fails("S23_DKIM_MISSING"), {
    asset: { dkimSelectors: [], sendsMail: "unknown" },
  }),
  dkim(
    "nothing below _domainkey, compact denial",
    { ...bare(), compactDenial: true },
    open("no-inventory", "S23_DKIM_UNKNOWN"),
    NOT_DECLARED,
  ),
  dkim(
    "an unsigned zone whose servers agree and know empty non-terminals",
    { ...bare('_smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@kommune.dk"'), state: "unsigned" },
    fails("S23_DKIM_MISSING_UNSIGNED"),
    NOT_DECLARED,
  ),
  dkim(
    "an unsigned zone in which nothing shows how it answers",
    { ...bare(), state: "unsigned" },
    open("no-inventory", "S23_DKIM_UNKNOWN"),
    NOT_DECLARED,
  ),
  dkim(
    "an unsigned zone that denies empty non-terminals",
    {
      ...bare(HIDDEN, '_smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@kommune.dk"'),
      state: "unsigned",
      deniesEmptyNonTerminals: true,
    },
    open("no-inventory", "S23_DKIM_UNKNOWN"),
    NOT_DECLARED,
  ),
  dkim(
    "a wildcard that answers every selector with something else",
    bare('* TXT "v=spf1 -all"'),
    open("no-inventory", "S23_DKIM_UNKNOWN"),
    NOT_DECLARED,
  ),
  dkim(
    "the same wildcard in an unsigned zone",
    { ...bare('* TXT "v=spf1 -all"'), state: "unsigned" },
    open("no-inventory", "S23_DKIM_UNKNOWN"),
    NOT_DECLARED,
  ),
  dkim(
    "a revoked key at a common selector, which may be long out of use",
    bare('default._domainkey TXT "v=DKIM1; p="'),
    open("no-inventory", "S23_DKIM_UNKNOWN"),
    NOT_DECLARED,
  ),
  dkim(
    "only an author policy below _domainkey, which is no key",
    bare('_adsp._domainkey TXT "dkim=all"'),
    open("no-inventory", "S23_DKIM_UNKNOWN"),
    NOT_DECLARED,
  ),
  dkim(
    "only a wish for reports below _domainkey, in an unsigned zone",
    { ...bare('_report._domainkey TXT "ra=dkim"'), state: "unsigned" },
    open("no-inventory", "S23_DKIM_UNKNOWN"),
    NOT_DECLARED,
  ),
  dkim(
    "an unknown selector, and no answer about what else could be below _domainkey",
    { ...bare(HIDDEN), failing: ["_adsp._domainkey TXT"] },
    open("dns-servfail", "S23_UNOBSERVED_DNS_SERVFAIL"),
    NOT_DECLARED,
  ),
  dkim(
    "the declared selector missing, and signed proof that nothing is below _domainkey",
    bare(),
    fails("S23_DKIM_MISSING", "S23_DKIM_SELECTOR_MISSING"),
  ),
  dkim(
    "the declared selector missing, and a key at a common one",
    bare(txt("default._domainkey", `v=DKIM1; k=ed25519; p=${SCENARIO_KEYS.ed25519}`)),
    open("no-inventory", "S23_DKIM_DECLARED_MISSING"),
  ),
  dkim(
    "the declared selector missing, and a wildcard with something else",
    bare('* TXT "v=spf1 -all"'),
    open("no-inventory", "S23_DKIM_DECLARED_MISSING"),
  ),
  dkim("the declared selector has only the wildcard's revoked key", bare(NULL_KEY), fails("S23_DKIM_REVOKED")),
  dkim(
    "a wildcard's revoked key, and no selector named",
    bare(NULL_KEY),
    open("no-inventory", "S23_DKIM_UNKNOWN"),
    NOT_DECLARED,
  ),
  dkim(
    "the declared selector revoked, and a key at a common one",
    bare(
      'selector1._domainkey TXT "v=DKIM1; p="',
      txt("default._domainkey", `v=DKIM1; k=ed25519; p=${SCENARIO_KEYS.ed25519}`),
    ),
    fails("S23_DKIM_REVOKED"),
  ),
  dkim(
    "the declared selector's CNAME leads nowhere, and something else is below _domainkey",
    bare("selector1._domainkey CNAME selector1.drift.dk.", HIDDEN),
    fails("S23_DKIM_ALIAS_BROKEN"),
    { others: [{ name: "drift.dk", records: ["@ A 192.0.2.70"] }] },
  ),
  dkim("a reported selector's key is gone, and one at a common selector", {}, passes("S23_DKIM_GUESSED"), {
    ...NOT_DECLARED,
    reported: [report("kx7ab3", "2026-11-20")],
  }),
];
