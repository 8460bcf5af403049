import type { Cause } from "../../core/cause.ts";
import type { Finding } from "../../core/finding.ts";
import type { Reading } from "../../core/requirement-id.ts";
import { undecided } from "../../core/unobserved.ts";
import { readMxSet } from "../../mail/gateway-mx.ts";
import { auditSpf, type SpfAudit } from "../../mail/spf/audit.ts";
import type { DnsAnswer, DnsView } from "../../mail/spf/dns-view.ts";
import { gatewaysBelow } from "../../mail/spf/gateways-below.ts";
import { EXISTENCE_TYPES, MAX_NAMES_BELOW } from "../../mail/spf/wants.ts";
import type { Name } from "../../wire/name.ts";
import { plainName, plainNames } from "./dmarc-wording.ts";
import { type MakeSpf, recordFindings } from "./spf-record-findings.ts";
import { plainQuestion, plainTerms } from "./spf-wording.ts";
import { type spfMessages, spfOutcome } from "./spf-messages.ts";

/** Failures of a record that receivers can use, but that turns nobody down. */
const OPEN_TAGS: ReadonlySet<string> = new Set<keyof typeof spfMessages>([
  "S23_SPF_PASSES_ALL",
  "S23_SPF_NEUTRAL",
  "S23_SPF_OPEN_END",
  "S23_SPF_EVERY_ADDRESS",
  "S23_SPF_FOREIGN_PASSES",
]);

/** What stands at a name where no record was heard of. */
const UNHEARD: ReadonlySet<SpfAudit["policy"]["state"]> = new Set<SpfAudit["policy"]["state"]>([
  "none",
  "failed",
  "bogus",
]);

const OUR_CAUSES: ReadonlySet<Cause> = new Set<Cause>(["internal", "tool-limit", "vantage-blocked"]);

interface Below {
  readonly domain: Name;
  readonly dns: DnsView;
  readonly reading: Reading;
  readonly finding: MakeSpf;
}

/** What is known of one name: whether it must have a record, and what became of the question. */
interface NameBelow {
  readonly name: Name;
  readonly audit: SpfAudit;
  /** `unsaid`: DNS does not say whether it receives mail. `unknown`: the answer that decides was not had; `gap` is it. */
  readonly state: "must" | "may" | "absent" | "unsaid" | "unknown";
  readonly gap: Finding | null;
}

/**
 * Row 23.16: SPF is not inherited. By the municipal text names that receive mail must have a record, other names that exist
 * should; by the state text every name that exists must, and the domain's own mail servers are such names. Where DNS does not
 * answer for MX, nobody can say that the name receives mail: a word about it by the municipal text, open by the state text.
 */
export function belowFindings(names: readonly Name[], below: Below): readonly Finding[] {
  const { domain, reading, finding } = below;
  const isState = reading === "stat-2024-10";
  const gateways = isState ? gatewaysBelow(domain, names, below.dns) : [];
  const looked = [...names.slice(0, MAX_NAMES_BELOW), ...gateways].map((name) => lookAt(name, below));
  const without = looked.filter(({ audit, state }) => audit.policy.state === "none" && state === "must");
  const optional = looked.filter(({ audit, state }) => audit.policy.state === "none" && state === "may");
  const unsaid = looked.filter(({ audit, state }) => state === "unsaid" && UNHEARD.has(audit.policy.state));
  const listed = (list: readonly NameBelow[]): { domain: string; count: number; names: string } => ({
    domain: plainName(domain),
    count: list.length,
    names: plainNames(list.map(({ name }) => plainName(name))),
  });
  return [
    ...(isState && without.length > 0 ? [finding("S23_SPF_BELOW_MISSING_STATE", listed(without))] : []),
    ...(isState
      ? []
      : without.map(({ name }) =>
          finding("S23_SPF_BELOW_MISSING", { name: plainName(name), domain: plainName(domain) }),
        )),
    ...together(looked.flatMap((one) => ownFindings(one, below))),
    ...(optional.length > 0 ? [finding("S23_SPF_BELOW_WITHOUT", listed(optional))] : []),
    ...(unsaid.length > 0 ? [finding("S23_SPF_BELOW_UNKNOWN", listed(unsaid))] : []),
    ...unseen(names, domain),
  ];
}

function lookAt(name: Name, { dns, reading }: Below): NameBelow {
  const audit = auditSpf(name, dns);
  const answers = EXISTENCE_TYPES.map((type) => ({ type, answer: dns({ name, type }) }));
  const usesMail = answers.some(({ type, answer }) => type === "MX" && hasMx(answer));
  const isThere = answers.some(({ answer }) => answer.state === "records") || audit.policy.state !== "none";
  const deciding = reading === "stat-2024-10" ? answers : answers.filter(({ type }) => type === "MX");
  const must = reading === "stat-2024-10" ? isThere : usesMail;
  const open = deciding.find(({ answer }) => answer.state !== "records" && answer.state !== "void");
  if (must) return { name, audit, state: "must", gap: null };
  if (open !== undefined && reading !== "stat-2024-10" && isTheirs(open.answer)) {
    return { name, audit, state: "unsaid", gap: null };
  }
  if (open !== undefined) return { name, audit, state: "unknown", gap: gapOf({ name, type: open.type }, open.answer) };
  return { name, audit, state: isThere ? "may" : "absent", gap: null };
}

/** Whether it is their DNS that does not answer, and not we who have not asked. */
function isTheirs(answer: DnsAnswer): boolean {
  return answer.state === "bogus" || (answer.state === "failed" && !OUR_CAUSES.has(answer.cause));
}

function hasMx(answer: DnsAnswer): boolean {
  return answer.state === "records" && readMxSet(answer.records).exchanges.length > 0;
}

function gapOf(question: { readonly name: Name; readonly type: string }, answer: DnsAnswer): Finding {
  const why =
    answer.state === "failed"
      ? { cause: answer.cause, detail: answer.detail }
      : ({ cause: "dns-servfail", detail: "the answer does not validate" } as const);
  return undecided("S23", plainQuestion(question), why);
}

/** Of a name that has a record, or whose record was not had. */
function ownFindings({ name, audit, state, gap }: NameBelow, { finding }: Below): readonly Finding[] {
  const { policy } = audit;
  if (policy.state === "none") return gap === null ? [] : [gap];
  if (state === "unsaid" && UNHEARD.has(policy.state)) return [];
  const found =
    policy.state === "several"
      ? [finding("S23_SPF_SEVERAL", { domain: plainName(name), count: policy.count })]
      : recordFindings(name, audit, finding);
  if (state === "must") return found;
  if (found.every(({ tag }) => spfOutcome(tag) === "warn")) return [];
  if (gap !== null) return [gap];
  if (!found.some(({ tag }) => spfOutcome(tag) === "fail")) return [];
  const isOpen = found.every(({ tag }) => spfOutcome(tag) !== "fail" || OPEN_TAGS.has(tag));
  return [finding("S23_SPF_BELOW_FAULTY", { name: plainName(name), fault: isOpen ? "spf-open" : "spf-error" })];
}

/** What is the same of several names is said once, of them all: which name it is stands as `domain` or as `name`. */
function together(findings: readonly Finding[]): readonly Finding[] {
  const groups = Map.groupBy(findings, ({ tag, evidence }) => {
    const rest = Object.entries(evidence).filter(([key]) => key !== "domain" && key !== "name");
    return JSON.stringify([tag, rest]);
  });
  return [...groups.values()].flatMap(([first, ...more]) => {
    if (first === undefined || more.length === 0) return first ?? [];
    const key = "domain" in first.evidence ? "domain" : "name";
    const names = [first, ...more].flatMap(({ evidence: { [key]: name } }) => (typeof name === "string" ? [name] : []));
    return [{ ...first, evidence: { ...first.evidence, [key]: plainTerms(names) } }];
  });
}

/** A bound on our side must not make names pass that nobody looked at. */
function unseen(names: readonly Name[], domain: Name): readonly Finding[] {
  const left = names.length - MAX_NAMES_BELOW;
  if (left <= 0) return [];
  const detail = `${String(left)} names below were not looked at, more than ${String(MAX_NAMES_BELOW)} are known`;
  return [undecided("S23", `SPF *.${plainName(domain)}`, { cause: "tool-limit", detail })];
}
