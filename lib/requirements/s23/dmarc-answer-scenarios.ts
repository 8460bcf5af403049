import type { Scenario } from "../../core/scenario.ts";
import { fails, passes, REPORTS, texts, weak, zones } from "./dmarc-scenario-worlds.ts";

/** How the answer comes: aliases, DNSSEC, and answers that do not come. */
const ANSWERS: readonly Scenario[] = [
  zones(
    "DMARC: a CNAME to a vendor",
    { without: ["_dmarc TXT"], records: ["_dmarc CNAME kommune.dmarc-leverandoer.dk."] },
    passes(),
    { others: [{ name: "dmarc-leverandoer.dk", records: [`kommune TXT "v=DMARC1; p=reject; ${REPORTS}"`] }] },
  ),
  zones(
    "DMARC: a CNAME to a name that is gone",
    { without: ["_dmarc TXT"], records: ["_dmarc CNAME kommune.dmarc-leverandoer.dk."] },
    fails("S23_DMARC_ALIAS_GONE", "S23_DMARC_NO_POLICY"),
    { others: [{ name: "dmarc-leverandoer.dk", records: [] }] },
  ),
  zones(
    "DMARC: a CNAME that goes in a circle",
    { without: ["_dmarc TXT"], records: ["_dmarc CNAME b.kommune.dk.", "b CNAME _dmarc.kommune.dk."] },
    fails("S23_DMARC_ALIAS_LOOP", "S23_DMARC_NO_POLICY"),
  ),
  zones("DMARC: a record that does not validate", { spoilt: ["_dmarc TXT"] }, fails("S23_DMARC_BOGUS")),
  zones("DMARC: an unsigned zone", { state: "unsigned" }, passes("S23_DMARC_UNSIGNED")),
  zones(
    "DMARC: SERVFAIL",
    { failing: ["_dmarc TXT"] },
    { tags: ["S23_UNOBSERVED_DNS_SERVFAIL"], verdict: "indeterminate", cause: "dns-servfail" },
  ),
  zones(
    "DMARC: silence",
    { silent: ["_dmarc TXT"] },
    { tags: ["S23_UNOBSERVED_DNS_TIMEOUT"], verdict: "indeterminate", cause: "dns-timeout" },
  ),
  zones(
    "DMARC: SERVFAIL about a subdomain's record",
    { records: ["skole A 192.0.2.10"], failing: ["_dmarc.skole TXT"] },
    { tags: ["S23_DMARC_PRESENT", "S23_UNOBSERVED_DNS_SERVFAIL"], verdict: "indeterminate", cause: "dns-servfail" },
    { below: ["skole.kommune.dk"] },
  ),
  zones(
    "DMARC: SERVFAIL about a subdomain's record, and p=none",
    {
      without: ["_dmarc TXT"],
      records: [`_dmarc TXT "v=DMARC1; p=none; ${REPORTS}"`, "skole A 192.0.2.10"],
      failing: ["_dmarc.skole TXT"],
    },
    weak("S23_DMARC_POLICY_ALL", "S23_UNOBSERVED_DNS_SERVFAIL"),
    { below: ["skole.kommune.dk"] },
  ),
  zones("DMARC: a domain that neither sends nor receives", { without: ["@ MX"], records: ["@ MX 0 ."] }, passes()),
];

const reportsTo = (uris: string): readonly string[] => [`v=DMARC1; p=reject; rua=${uris}`];

/** Fact 23.9: reports. */
const REPORTING: readonly Scenario[] = [
  texts("DMARC: no reports", ["v=DMARC1; p=reject"], passes("S23_DMARC_NO_REPORTS")),
  texts(
    "DMARC: a report address without mailto:",
    reportsTo("dmarc@kommune.dk"),
    passes("S23_DMARC_NO_REPORTS", "S23_DMARC_REPORTS_INVALID"),
  ),
  texts("DMARC: reports to another who agrees", reportsTo("mailto:k@rapport.dk!10m"), passes(), {
    others: [{ name: "rapport.dk", records: ['kommune.dk._report._dmarc TXT "v=DMARC1"'] }],
  }),
  texts("DMARC: reports to another who agrees to all", reportsTo("mailto:k@rapport.dk"), passes(), {
    others: [{ name: "rapport.dk", records: ['*._report._dmarc TXT "v=DMARC1;"'] }],
  }),
  texts(
    "DMARC: reports to another who does not agree",
    reportsTo("mailto:k@rapport.dk"),
    passes("S23_DMARC_REPORTS_REFUSED"),
    { others: [{ name: "rapport.dk", records: [] }] },
  ),
  texts(
    "DMARC: reports to another who does not answer",
    reportsTo("mailto:k@rapport.dk"),
    passes("S23_DMARC_REPORTS_UNANSWERED"),
    { others: [{ name: "rapport.dk", records: [], state: "failing" }] },
  ),
];

/** What aliases, DNSSEC, missing answers and report addresses make of a record. */
export const DMARC_ANSWER_SCENARIOS: readonly Scenario[] = [...ANSWERS, ...REPORTING];
