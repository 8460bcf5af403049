import type { DmarcPolicy, DmarcRecord } from "../../parsers/dmarc.ts";

/** The two specifications that receivers follow; RFC 9989 obsoletes RFC 7489 since May 2026. */
export type DmarcRfc = "RFC 9989" | "RFC 7489";

/**
 * Why the policy is what it is. `asked`: the tag says so. `testing`: t=y. `percent`: pct is not 100. `p-missing` and
 * `tag-invalid`: receivers act as if p=none, or do nothing (RFC 9989 section 4.10.1). `trouble`: they do not agree on what it says.
 */
export type Why = "asked" | "testing" | "percent" | "p-missing" | "tag-invalid" | "trouble";

/** What a record asks of receivers for one author domain. */
export interface Ruling {
  readonly policy: DmarcPolicy;
  readonly tag: "p" | "sp" | "np";
  readonly why: Why;
}

/** How the author domain stands to the record: its own, or a domain below that exists, or one that does not. */
export type Standing = "own" | "existing" | "missing";

/** The policy of a record under one of the RFCs. */
export function rulingOf(record: DmarcRecord, standing: Standing, rfc: DmarcRfc): Ruling {
  const { p, sp, percent, testing, trouble } = record;
  const np = rfc === "RFC 9989" ? record.np : null;
  if (trouble !== null) return { policy: "none", tag: "p", why: "trouble" };
  if (p === null) return { policy: "none", tag: "p", why: "p-missing" };
  if (p === "invalid") return { policy: "none", tag: "p", why: "tag-invalid" };
  if (sp === "invalid") return { policy: "none", tag: "sp", why: "tag-invalid" };
  if (np === "invalid") return { policy: "none", tag: "np", why: "tag-invalid" };
  const chosen = chooseTag({ p, sp, np }, standing);
  if (chosen.policy === "none") return { ...chosen, why: "asked" };
  if (rfc === "RFC 9989" && testing) return { ...chosen, policy: oneBelow(chosen.policy), why: "testing" };
  if (rfc === "RFC 7489" && percent !== null && percent !== 100) {
    return { ...chosen, policy: oneBelow(chosen.policy), why: "percent" };
  }
  return { ...chosen, why: "asked" };
}

interface Tags {
  readonly p: DmarcPolicy;
  readonly sp: DmarcPolicy | null;
  readonly np: DmarcPolicy | null;
}

/** `np` falls back to `sp`, and `sp` to `p` (RFC 9989 section 4.7). */
function chooseTag({ p, sp, np }: Tags, standing: Standing): Pick<Ruling, "policy" | "tag"> {
  if (standing === "missing" && np !== null) return { policy: np, tag: "np" };
  if (standing !== "own" && sp !== null) return { policy: sp, tag: "sp" };
  return { policy: p, tag: "p" };
}

/** What t=y asks for (RFC 9989 section 4.7), and what pct leaves for the rest of the mail (RFC 7489 section 6.6.4). */
function oneBelow(policy: DmarcPolicy): DmarcPolicy {
  return policy === "reject" ? "quarantine" : "none";
}
