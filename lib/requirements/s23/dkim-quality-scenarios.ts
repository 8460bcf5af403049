import type { Scenario } from "../../core/scenario.ts";
import { SCENARIO_KEYS } from "./dkim-scenario-keys.ts";
import {
  at1,
  bare,
  dkim,
  fails,
  MICROSOFT,
  MICROSOFT_MX,
  NOT_DECLARED,
  type Options,
  passes,
  report,
  SELECTOR1,
  TENANT,
  TENANT_ZONE,
  txt,
} from "./dkim-scenario-worlds.ts";

/** How good the keys are: fact 23.21. */
export const DKIM_QUALITY_SCENARIOS: readonly Scenario[] = [
  dkim("RSA of 512 bits", at1(`v=DKIM1; p=${SCENARIO_KEYS.rsa512}`), fails("S23_DKIM_KEY_SHORT")),
  dkim(
    "RSA of 1024 bits",
    at1(`v=DKIM1; p=${SCENARIO_KEYS.rsa1024}`),
    passes("S23_DKIM_DECLARED", "S23_DKIM_KEY_WEAK"),
  ),
  dkim(
    "RSA of 4608 bits",
    at1(`v=DKIM1; p=${SCENARIO_KEYS.rsa4608}`),
    passes("S23_DKIM_DECLARED", "S23_DKIM_KEY_LONG"),
  ),
  dkim(
    "Ed25519 alone",
    at1(`v=DKIM1; k=ed25519; p=${SCENARIO_KEYS.ed25519}`),
    passes("S23_DKIM_DECLARED", "S23_DKIM_ED25519_ALONE"),
  ),
  dkim("SHA-1 only", at1(`v=DKIM1; h=sha1; p=${SCENARIO_KEYS.rsa1024}`), fails("S23_DKIM_SHA1_ONLY")),
  dkim(
    "marked as a test",
    at1(`v=DKIM1; t=y; p=${SCENARIO_KEYS.rsa1024}`),
    passes("S23_DKIM_DECLARED", "S23_DKIM_KEY_WEAK", "S23_DKIM_TESTING"),
  ),
  dkim(
    "two records at one selector",
    { records: ['selector1._domainkey TXT "v=DKIM1; p="'] },
    passes("S23_DKIM_DECLARED", "S23_DKIM_SEVERAL_RECORDS"),
  ),
  dkim("the only key revoked", at1("v=DKIM1; p="), fails("S23_DKIM_REVOKED")),
  dkim(
    "a key that is cut short",
    at1(`v=DKIM1; p=${SCENARIO_KEYS.rsa1024.slice(0, 120)}`),
    fails("S23_DKIM_KEY_UNREADABLE"),
  ),
  dkim(
    "a declared selector revoked beside a good one",
    { records: ['gammel._domainkey TXT "v=DKIM1; p="'] },
    passes("S23_DKIM_DECLARED", "S23_DKIM_SELECTOR_UNUSABLE"),
    { asset: { dkimSelectors: ["gammel", "selector1"] } },
  ),
  dkim("a declared selector missing beside a good one", {}, passes("S23_DKIM_DECLARED", "S23_DKIM_SELECTOR_MISSING"), {
    asset: { dkimSelectors: ["selector1", "forsvundet"] },
  }),
  dkim(
    "a CNAME to a provider that has no key",
    {
      without: ["@ MX", SELECTOR1],
      records: [...MICROSOFT_MX, `selector1._domainkey CNAME ${TENANT}.onmicrosoft.com.`],
    },
    fails("S23_DKIM_ALIAS_BROKEN"),
    { ...NOT_DECLARED, others: [MICROSOFT, TENANT_ZONE] },
  ),
  dkim("a key whose signature is broken", { spoilt: [SELECTOR1] }, fails("S23_DKIM_BOGUS")),
  ...(["declared", "reported"] as const).flatMap((by) => {
    const other = { short: `v=DKIM1; p=${SCENARIO_KEYS.rsa512}`, sha1: `v=DKIM1; h=sha1; p=${SCENARIO_KEYS.rsa1024}` };
    const named: Options =
      by === "declared"
        ? { asset: { dkimSelectors: ["selector1", "gammel"] } }
        : { reported: [report("gammel", "2026-11-20")] };
    return [
      dkim(
        `RSA of 512 bits at a ${by} selector beside a good one`,
        { records: [txt("gammel._domainkey", other.short)] },
        fails("S23_DKIM_DECLARED", "S23_DKIM_KEY_SHORT"),
        named,
      ),
      dkim(
        `SHA-1 only at a ${by} selector beside a good one`,
        { records: [txt("gammel._domainkey", other.sha1)] },
        fails("S23_DKIM_DECLARED", "S23_DKIM_SHA1_ONLY"),
        named,
      ),
    ];
  }),
  dkim(
    "RSA of 512 bits at one of the provider's selectors beside a good one",
    {
      without: ["@ MX", SELECTOR1],
      records: [
        ...MICROSOFT_MX,
        txt("selector1._domainkey", `v=DKIM1; p=${SCENARIO_KEYS.rsa1024}`),
        txt("selector2._domainkey", `v=DKIM1; p=${SCENARIO_KEYS.rsa512}`),
      ],
    },
    fails("S23_DKIM_FOUND", "S23_DKIM_KEY_SHORT", "S23_DKIM_KEY_WEAK"),
    { ...NOT_DECLARED, others: [MICROSOFT] },
  ),
  dkim(
    "RSA of 512 bits at a common selector that nobody named, beside a good one",
    { records: [txt("default._domainkey", `v=DKIM1; p=${SCENARIO_KEYS.rsa512}`)] },
    passes("S23_DKIM_GUESSED"),
    NOT_DECLARED,
  ),
  dkim(
    "RSA of 512 bits at one declared selector, and no usable answer about the other",
    { ...at1(`v=DKIM1; p=${SCENARIO_KEYS.rsa512}`), failing: ["tavs._domainkey TXT"] },
    fails("S23_DKIM_KEY_SHORT"),
    { asset: { dkimSelectors: ["selector1", "tavs"] } },
  ),
  dkim(
    "RSA of 512 bits from a wildcard at the declared selector",
    bare(txt("*._domainkey", `v=DKIM1; p=${SCENARIO_KEYS.rsa512}`)),
    fails("S23_DKIM_KEY_SHORT"),
  ),
  dkim(
    "a wildcard with a key for every selector",
    bare(txt("*._domainkey", `v=DKIM1; p=${SCENARIO_KEYS.rsa1024}`)),
    passes("S23_DKIM_GUESSED", "S23_DKIM_KEY_WEAK"),
    NOT_DECLARED,
  ),
  dkim(
    "the declared selector missing, and a key at the provider's",
    {
      without: ["@ MX", SELECTOR1],
      records: [...MICROSOFT_MX, txt("selector2._domainkey", `v=DKIM1; p=${SCENARIO_KEYS.rsa1024}`)],
    },
    passes("S23_DKIM_FOUND", "S23_DKIM_KEY_WEAK", "S23_DKIM_SELECTOR_MISSING"),
    { asset: { dkimSelectors: ["forsvundet"] }, others: [MICROSOFT] },
  ),
];
