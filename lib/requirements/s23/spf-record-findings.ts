import type { Finding, FindingMaker } from "../../core/finding.ts";
import { undecided } from "../../core/unobserved.ts";
import type { SpfAudit, SpfViolation } from "../../mail/spf/audit.ts";
import { MAX_COUNTED } from "../../mail/spf/audit-walk.ts";
import { MAX_LOOKUPS, MAX_VOIDS } from "../../mail/spf/limits.ts";
import type { Name } from "../../wire/name.ts";
import { plainName } from "./dmarc-wording.ts";
import { type spfMessages, spfOutcome } from "./spf-messages.ts";
import { foreignFindings, policyFindings, remarkFindings } from "./spf-policy-findings.ts";
import { plainQuestion, plainTerm, plainTerms } from "./spf-wording.ts";

export type MakeSpf = FindingMaker<typeof spfMessages>;

/** RFC 7208 section 3.4. */
const LONG_RECORD = 512;

/**
 * Rows 23.12, 23.13 and 23.15 for a domain that has one SPF record, readable or not. Empty of failures and gaps exactly when
 * every receiver can evaluate it for every sender and turns foreign ones down.
 */
export function recordFindings(domain: Name, audit: SpfAudit, finding: MakeSpf): readonly Finding[] {
  const about = [
    ...audit.violations.map((violation) => violationFinding(domain, violation, finding)),
    ...limitFindings(domain, audit, finding),
    ...audit.bogus.map(({ question, zone, reason }) => {
      const record = plainQuestion(question);
      return finding("S23_SPF_BOGUS", { domain: plainName(domain), record, zone: plainName(zone), reason });
    }),
    ...audit.gaps.map(({ question, cause, detail }) => undecided("S23", plainQuestion(question), { cause, detail })),
    ...policyFindings(domain, audit, finding),
    ...formFindings(domain, audit, finding),
  ];
  const isFailed = about.some(({ tag }) => spfOutcome(tag) === "fail");
  const foreign = isFailed ? [] : foreignFindings(domain, audit, finding);
  const kept = foreign.length === 0 ? about : about.filter(({ tag }) => !DEPENDING_TAGS.has(tag));
  return distinct([...foreign, ...kept, ...remarkFindings(domain, audit, finding)]);
}

/** What is said where nobody knows what terms come to that depend on the sender; a sender tried in vain settles it. */
const DEPENDING_TAGS: ReadonlySet<string> = new Set<keyof typeof spfMessages>([
  "S23_SPF_SENDER_DEPENDENT",
  "S23_SPF_VOIDS_UNKNOWN",
  "S23_SPF_ENDING_UNKNOWN",
]);

function violationFinding(domain: Name, violation: SpfViolation, finding: MakeSpf): Finding {
  const about = { domain: plainName(domain), owner: plainName(violation.owner) };
  switch (violation.kind) {
    case "syntax":
      return finding("S23_SPF_SYNTAX", { ...about, problem: violation.problem, term: plainTerm(violation.term) });
    case "missing":
      return finding("S23_SPF_TARGET_MISSING", { ...about, target: plainName(violation.target) });
    case "several":
      return finding("S23_SPF_TARGET_SEVERAL", {
        ...about,
        target: plainName(violation.target),
        count: violation.count,
      });
    case "loop":
      return finding("S23_SPF_LOOP", { ...about, target: plainName(violation.target) });
    case "mx-names":
      return finding("S23_SPF_MX_NAMES", { ...about, target: plainName(violation.target), count: violation.count });
  }
}

/** RFC 7208 section 4.6.4. What a sender's own address decides cannot be known to find something, nor to find nothing. */
function limitFindings(name: Name, audit: SpfAudit, finding: MakeSpf): readonly Finding[] {
  const { lookups, voids, voidQueries, senderDependent } = audit;
  const domain = plainName(name);
  if (lookups > MAX_LOOKUPS) {
    const counted = lookups > MAX_COUNTED ? `>${String(MAX_COUNTED)}` : lookups;
    return [finding("S23_SPF_LOOKUPS", { domain, lookups: counted })];
  }
  if (voids.length > MAX_VOIDS) {
    return [finding("S23_SPF_VOIDS", { domain, voids: voids.length, terms: plainTerms(voids) })];
  }
  if (voids.length + senderDependent.length > MAX_VOIDS) {
    return [finding("S23_SPF_VOIDS_UNKNOWN", { domain, voids: voids.length, terms: plainTerms(senderDependent) })];
  }
  if (voidQueries > MAX_VOIDS) return [finding("S23_SPF_VOIDS_SOME", { domain, voids: voidQueries })];
  return [];
}

function formFindings(name: Name, audit: SpfAudit, finding: MakeSpf): readonly Finding[] {
  const { policy, senderDependent } = audit;
  const domain = plainName(name);
  const octets = policy.state === "policy" || policy.state === "malformed" ? policy.text.length : 0;
  const isDecisive = audit.endings.some((ending) => ending.kind === "unknown" && ending.dependsOnSender);
  const isRemark =
    senderDependent.length > 0 && !isDecisive && audit.voids.length + senderDependent.length <= MAX_VOIDS;
  return [
    ...(octets > LONG_RECORD ? [finding("S23_SPF_LONG", { domain, octets })] : []),
    ...(isRemark ? [finding("S23_SPF_SENDER_DEPENDENT", { domain, terms: plainTerms(senderDependent) })] : []),
  ];
}

/** The same record may be reached twice. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((found) => [JSON.stringify(found), found])).values()];
}
