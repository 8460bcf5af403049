import type { Finding } from "../../core/finding.ts";
import type { SpfAudit, SpfEnding, SpfGrant } from "../../mail/spf/audit.ts";
import { coversEverything } from "../../mail/spf/coverage.ts";
import { isAtOrBelow, type Name } from "../../wire/name.ts";
import { plainName } from "./dmarc-wording.ts";
import type { MakeSpf } from "./spf-record-findings.ts";
import { plainTerm, plainTerms } from "./spf-wording.ts";

const IPV4_OCTETS = 4;
const IPV6_OCTETS = 16;

/**
 * Networks wider than this deserve a question. The widest that a large mail provider publishes is a /14 (52.100.0.0/14 of
 * spf.protection.outlook.com), so a /11 and more is nobody's mail servers; and an IPv6 allocation wider than /29 takes a
 * justification at RIPE (ripe-738 section 5.1.2).
 */
const WIDEST_IPV4 = 12;
const WIDEST_IPV6 = 29;

/** Rows 23.13 and the failing part of 23.15: what becomes of a sender that nobody has named. */
export function policyFindings(name: Name, audit: SpfAudit, finding: MakeSpf): readonly Finding[] {
  return [
    ...audit.endings.flatMap((ending) => endingFindings(name, ending, audit.senderDependent, finding)),
    ...everyAddress(name, audit.grants, finding),
  ];
}

function endingFindings(
  name: Name,
  ending: SpfEnding,
  senderDependent: readonly string[],
  finding: MakeSpf,
): readonly Finding[] {
  const about = { domain: plainName(name), owner: plainName(ending.owner) };
  switch (ending.kind) {
    case "open":
      return [finding("S23_SPF_OPEN_END", about)];
    case "unknown":
      if (!ending.dependsOnSender) return [];
      return [finding("S23_SPF_ENDING_UNKNOWN", { ...about, terms: plainTerms(senderDependent) })];
    case "matched": {
      const { qualifier } = ending;
      if (qualifier === "-" || qualifier === "~") return [];
      const term = plainTerm(ending.term);
      return [finding(qualifier === "+" ? "S23_SPF_PASSES_ALL" : "S23_SPF_NEUTRAL", { ...about, term })];
    }
  }
}

/** Row 23.13 for terms that depend on the sender: what a sender gets whom the domain does not know. */
export function foreignFindings(name: Name, audit: SpfAudit, finding: MakeSpf): readonly Finding[] {
  const domain = plainName(name);
  const [first = "", ...more] = new Set(audit.senderDependent);
  const term = more.length === 0 ? plainTerm(first) : `${plainTerm(first)} (+${String(more.length)})`;
  return (["pass", "neutral", "permerror"] as const).flatMap((result) => {
    const tried = audit.foreign.filter((one) => one.result === result);
    if (tried.length === 0) return [];
    const senders = tried.map(({ ip }) => ip).join(", ");
    if (result === "permerror") return [finding("S23_SPF_FOREIGN_ERROR", { domain, term, senders })];
    return [finding("S23_SPF_FOREIGN_PASSES", { domain, term, senders, result })];
  });
}

/** 0.0.0.0/0 or ::/0, or several networks that come to the same. */
function everyAddress(name: Name, grants: readonly SpfGrant[], finding: MakeSpf): readonly Finding[] {
  return ([IPV4_OCTETS, IPV6_OCTETS] as const).flatMap((octets) => {
    if (!coversEverything(grants, octets)) return [];
    const own = grants.filter(({ network }) => network.length === octets);
    const whole = own.filter(({ prefix }) => prefix === 0);
    const terms = plainTerms((whole.length > 0 ? whole : own).map(({ term }) => term));
    const family = octets === IPV4_OCTETS ? "IPv4" : "IPv6";
    return [finding("S23_SPF_EVERY_ADDRESS", { domain: plainName(name), family, terms })];
  });
}

/** The warnings of row 23.15. What is odd without doing harm is told of own records only, since nobody else can change others'. */
export function remarkFindings(name: Name, { grants, remarks }: SpfAudit, finding: MakeSpf): readonly Finding[] {
  const domain = plainName(name);
  const wide = grants.filter(({ network, prefix }) => {
    const widest = network.length === IPV4_OCTETS ? WIDEST_IPV4 : WIDEST_IPV6;
    return prefix > 0 && prefix < widest;
  });
  const told = remarks.filter(({ kind, owner }) => kind === "ptr" || isAtOrBelow(owner, name));
  return [
    ...wide.map(({ owner, term }) =>
      finding("S23_SPF_WIDE", { domain, owner: plainName(owner), term: plainTerm(term) }),
    ),
    ...told.map((remark) => {
      const about = { domain, owner: plainName(remark.owner), term: plainTerm(remark.term) };
      switch (remark.kind) {
        case "ptr":
          return finding("S23_SPF_PTR", about);
        case "mistyped":
          return finding("S23_SPF_MISTYPED", about);
        case "ignored":
          return finding("S23_SPF_IGNORED", about);
        case "neighbours":
          return finding("S23_SPF_NEIGHBOURS", about);
        case "alias":
          return finding("S23_SPF_SHARED_HOST", about);
      }
    }),
  ];
}
