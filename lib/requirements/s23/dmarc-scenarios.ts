import type { DomainAsset } from "../../core/asset.ts";
import type { Scenario } from "../../core/scenario.ts";
import { name } from "../../wire/name.ts";
import { goodDomain, goodZone } from "./base-world.ts";
import { DMARC_ANSWER_SCENARIOS } from "./dmarc-answer-scenarios.ts";
import { fails, inWorld, passes, REPORTS, texts, weak, zones } from "./dmarc-scenario-worlds.ts";

/** Which record applies: facts 23.1 and 23.8, and the spellings that receivers differ over. */
const RECORDS: readonly Scenario[] = [
  zones("DMARC: reject", {}, passes()),
  texts("DMARC: no record", [], fails("S23_DMARC_MISSING", "S23_DMARC_NO_POLICY")),
  texts(
    "DMARC: two records",
    [`v=DMARC1; p=reject; ${REPORTS}`, `v=DMARC1; p=none; ${REPORTS}`],
    fails("S23_DMARC_SEVERAL", "S23_DMARC_NO_POLICY"),
  ),
  texts("DMARC: dmarc1 in lower case", ["v=dmarc1; p=reject"], fails("S23_DMARC_VERSION", "S23_DMARC_NO_POLICY")),
  texts("DMARC: no semicolon", ["v=DMARC1p=reject"], fails("S23_DMARC_VERSION", "S23_DMARC_NO_POLICY")),
  texts("DMARC: v not first", ["p=reject; v=DMARC1"], fails("S23_DMARC_VERSION", "S23_DMARC_NO_POLICY")),
  texts("DMARC: white space around the equals sign", [`v = DMARC1 ; p = Reject ; ${REPORTS}`], passes()),
  texts(
    "DMARC: a tag twice",
    [`v=DMARC1; p=reject; ${REPORTS}; p=reject`],
    fails("S23_DMARC_TAG_REPEATED", "S23_DMARC_TAG_REPEATED"),
  ),
  texts("DMARC: tags in capitals", [`v=DMARC1; P=reject; ${REPORTS}`], fails("S23_DMARC_SPELLING")),
  texts("DMARC: a space in front", [` v=DMARC1; p=reject; ${REPORTS}`], fails("S23_DMARC_SPELLING")),
  zones(
    "DMARC: far too long",
    {
      without: ["_dmarc TXT"],
      records: [`_dmarc TXT "v=DMARC1; p=reject; ${REPORTS};" ${`"${" x=1;".repeat(40)}" `.repeat(4)}`],
    },
    fails("S23_DMARC_TOO_LONG"),
  ),
  zones(
    "DMARC: strings joined, unrelated text beside",
    {
      without: ["_dmarc TXT"],
      records: [
        `_dmarc TXT "v=DMARC1; p=rej" "ect; ${REPORTS}"`,
        '_dmarc TXT "v=spf1 -all"',
        '_dmarc TXT "token=4711"',
      ],
    },
    passes(),
  ),
  texts(
    "DMARC: another text that was meant as DMARC",
    [`v=DMARC1; p=reject; ${REPORTS}`, "v=dmarc1; p=none"],
    passes("S23_DMARC_TEXT_IGNORED"),
  ),
  texts(
    "DMARC: HTML in a value",
    [`v=DMARC1; p=reject; ${REPORTS}; adkim=<script>alert(1)</script>`],
    passes("S23_DMARC_TEXT_IGNORED"),
  ),
  texts("DMARC: p is not next to v", [`v=DMARC1; ${REPORTS}; p=reject`], passes("S23_DMARC_ORDER")),
];

/** Whom the policy reaches, and by which tag: facts 23.2 to 23.7. */
const POLICIES: readonly Scenario[] = [
  texts("DMARC: quarantine", [`v=DMARC1; p=quarantine; ${REPORTS}`], weak("S23_DMARC_POLICY_ALL")),
  texts("DMARC: none", [`v=DMARC1; p=none; ${REPORTS}`], weak("S23_DMARC_POLICY_ALL")),
  texts(
    "DMARC: none for the domain, reject below",
    [`v=DMARC1; p=none; sp=reject; ${REPORTS}`],
    weak("S23_DMARC_POLICY_DOMAIN"),
  ),
  texts("DMARC: sp=none", [`v=DMARC1; p=reject; sp=none; ${REPORTS}`], weak("S23_DMARC_POLICY_BELOW")),
  texts(
    "DMARC: sp=none with np=reject",
    [`v=DMARC1; p=reject; sp=none; np=reject; ${REPORTS}`],
    weak("S23_DMARC_POLICY_BELOW", "S23_DMARC_RFCS_DIFFER"),
  ),
  texts(
    "DMARC: np=none",
    [`v=DMARC1; p=reject; np=none; ${REPORTS}`],
    weak("S23_DMARC_POLICY_NONEXISTENT", "S23_DMARC_RFCS_DIFFER"),
  ),
  zones(
    "DMARC: sp=none where denial is compact",
    {
      without: ["_dmarc TXT"],
      records: [`_dmarc TXT "v=DMARC1; p=reject; sp=none; np=reject; ${REPORTS}"`],
      compactDenial: true,
    },
    weak("S23_DMARC_POLICY_BELOW", "S23_DMARC_RFCS_DIFFER"),
  ),
  zones("DMARC: reject where denial is compact", { compactDenial: true }, passes()),
  texts("DMARC: t=y", [`v=DMARC1; p=reject; t=y; ${REPORTS}`], weak("S23_DMARC_TESTING", "S23_DMARC_RFCS_DIFFER")),
  texts(
    "DMARC: pct=50",
    [`v=DMARC1; p=reject; pct=50; ${REPORTS}`],
    weak("S23_DMARC_PERCENT", "S23_DMARC_RFCS_DIFFER"),
  ),
  texts("DMARC: pct=100", [`v=DMARC1; p=reject; pct=100; ${REPORTS}`], passes("S23_DMARC_PCT_OBSOLETE")),
  texts("DMARC: no p", [`v=DMARC1; ${REPORTS}`], weak("S23_DMARC_POLICY_ABSENT")),
  texts("DMARC: p is no policy", [`v=DMARC1; p=afvis; ${REPORTS}`], weak("S23_DMARC_POLICY_INVALID")),
  texts("DMARC: sp is no policy", [`v=DMARC1; p=reject; sp=afvis; ${REPORTS}`], weak("S23_DMARC_POLICY_INVALID")),
];

/** The good domain below the suffix of a hosting company. */
const hosted: DomainAsset = {
  ...goodDomain,
  id: "domain:kommune.azurewebsites.net",
  name: "kommune.azurewebsites.net",
  domain: name("kommune.azurewebsites.net"),
};

/** A record that is as it should be. */
const REJECT = `"v=DMARC1; p=reject; ${REPORTS}"`;

/** Names below with records of their own, wildcards, and records above. */
const NAMES: readonly Scenario[] = [
  zones(
    "DMARC: a subdomain with p=none",
    { records: ["skole A 192.0.2.10", `_dmarc.skole TXT "v=DMARC1; p=none; ${REPORTS}"`] },
    weak("S23_DMARC_POLICY_NAMES"),
    { below: ["skole.kommune.dk"] },
  ),
  zones(
    "DMARC: sp=none in a subdomain's own record counts for nothing",
    { records: ["skole A 192.0.2.10", `_dmarc.skole TXT "v=DMARC1; p=reject; sp=none; ${REPORTS}"`] },
    passes(),
    { below: ["skole.kommune.dk", "elev.skole.kommune.dk"] },
  ),
  zones(
    "DMARC: a record in between counts for nothing",
    { records: ["a.mail A 192.0.2.10", `_dmarc.mail TXT "v=DMARC1; p=reject; sp=none; ${REPORTS}"`] },
    passes(),
    { below: ["a.mail.kommune.dk"] },
  ),
  zones(
    "DMARC: a record in between with psd=n",
    {
      records: [
        "mail A 192.0.2.9",
        "a.mail A 192.0.2.10",
        `_dmarc.mail TXT "v=DMARC1; p=reject; sp=none; psd=n; ${REPORTS}"`,
      ],
    },
    weak("S23_DMARC_POLICY_NAMES", "S23_DMARC_RFCS_DIFFER"),
    { below: ["mail.kommune.dk", "a.mail.kommune.dk"] },
  ),
  zones(
    "DMARC: a subdomain with two records",
    { records: ["skole A 192.0.2.10", `_dmarc.skole TXT ${REJECT}`, '_dmarc.skole TXT "v=DMARC1; p=reject"'] },
    weak("S23_DMARC_NO_POLICY", "S23_DMARC_RFCS_DIFFER"),
    { below: ["skole.kommune.dk"] },
  ),
  zones(
    "DMARC: a wildcard with p=none",
    { records: [`* TXT "v=DMARC1; p=none; ${REPORTS}"`] },
    weak("S23_DMARC_POLICY_WILDCARD"),
  ),
  zones("DMARC: a wildcard with another text", { records: ['* TXT "v=spf1 -all"'] }, passes()),
  inWorld(
    "DMARC: a domain below another, without a record of its own",
    {
      zones: [
        { name: "amt.dk", records: [`_dmarc TXT "v=DMARC1; p=reject; rua=mailto:dmarc@amt.dk"`] },
        goodZone({ name: "kommune.amt.dk", without: ["_dmarc TXT"] }),
      ],
    },
    passes(),
    { ...goodDomain, id: "domain:kommune.amt.dk", name: "kommune.amt.dk", domain: name("kommune.amt.dk") },
  ),
  inWorld(
    "DMARC: below a hosting company's suffix",
    {
      zones: [
        { name: "azurewebsites.net", records: [`_dmarc TXT "v=DMARC1; p=reject; rua=mailto:dmarc@azurewebsites.net"`] },
        goodZone({ name: "kommune.azurewebsites.net", without: ["_dmarc TXT"] }),
      ],
    },
    fails("S23_DMARC_NOT_FOUND_BY_ALL", "S23_DMARC_NO_POLICY", "S23_DMARC_RFCS_DIFFER"),
    hosted,
  ),
  inWorld(
    "DMARC: a hosting company's record for all below a domain with its own",
    {
      zones: [
        { name: "azurewebsites.net", records: [`_dmarc TXT "v=DMARC1; p=none; sp=quarantine; np=none"`] },
        goodZone({
          name: "kommune.azurewebsites.net",
          without: ["_dmarc TXT"],
          records: [`_dmarc TXT "v=DMARC1; p=reject; rua=mailto:dmarc@kommune.azurewebsites.net"`],
        }),
      ],
    },
    weak("S23_DMARC_POLICY_OTHERS", "S23_DMARC_RFCS_DIFFER"),
    hosted,
  ),
  inWorld(
    "DMARC: the same with psd=n",
    {
      zones: [
        { name: "azurewebsites.net", records: [`_dmarc TXT "v=DMARC1; p=none; sp=quarantine"`] },
        goodZone({
          name: "kommune.azurewebsites.net",
          without: ["_dmarc TXT"],
          records: [`_dmarc TXT "v=DMARC1; p=reject; psd=n; rua=mailto:dmarc@kommune.azurewebsites.net"`],
        }),
      ],
    },
    passes(),
    hosted,
  ),
  inWorld(
    "DMARC: more names below than are looked at",
    { zones: [goodZone()] },
    { tags: ["S23_DMARC_PRESENT", "S23_DMARC_NAMES_LEFT_OUT"], verdict: "indeterminate", cause: "tool-limit" },
    { ...goodDomain, delegations: Array.from({ length: 280 }, (_, index) => name(`n${String(index)}.kommune.dk`)) },
  ),
];

/** Every row and edge of the specification's section 4.7.1, and every tag of DMARC. */
export const DMARC_SCENARIOS: readonly Scenario[] = [...RECORDS, ...POLICIES, ...NAMES, ...DMARC_ANSWER_SCENARIOS];
