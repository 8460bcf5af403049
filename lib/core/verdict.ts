import { type Cause, firstCause } from "./cause.ts";
import type { JudgedFinding } from "./finding.ts";

export const VERDICTS = ["pass", "fail", "indeterminate", "not-applicable", "attested"] as const;

export type Verdict = (typeof VERDICTS)[number];

export interface Judged {
  readonly verdict: Verdict;
  /** Set exactly when the verdict is indeterminate. */
  readonly cause: Cause | null;
}

export interface ClauseVerdict extends Judged {
  readonly clause: string;
}

/**
 * The one rule by which parts become a whole, for clauses and for assets alike: any fail decides; else any
 * indeterminate; not-applicable only if all are; attested if any rests on a statement; pass only with a pass.
 * Nothing at all is indeterminate: an empty list proves nothing.
 */
export function combine(parts: readonly Judged[]): Judged {
  const has = (verdict: Verdict): boolean => parts.some((part) => part.verdict === verdict);
  if (has("fail")) return { verdict: "fail", cause: null };
  if (has("indeterminate")) {
    // Stryker disable next-line ArrayDeclaration: equivalent, firstCause passes over what is no cause
    return { verdict: "indeterminate", cause: firstCause(parts.flatMap((part) => part.cause ?? [])) ?? "internal" };
  }
  if (parts.length > 0 && parts.every((part) => part.verdict === "not-applicable")) {
    return { verdict: "not-applicable", cause: null };
  }
  if (has("attested")) return { verdict: "attested", cause: null };
  if (has("pass")) return { verdict: "pass", cause: null };
  return { verdict: "indeterminate", cause: "internal" };
}

/** Judges one clause by its findings. Warnings are set aside; an exempted fail rests on a statement. */
export function verdictOfFindings(
  clause: string,
  findings: readonly JudgedFinding[],
  attested: boolean,
): ClauseVerdict {
  const parts = findings.flatMap((finding): readonly Judged[] => {
    if (finding.outcome === "warn") return [];
    if (finding.exempted !== undefined) return [{ verdict: "attested", cause: null }];
    return [{ verdict: finding.outcome, cause: finding.cause }];
  });
  const measured = combine(parts);
  const open = measured.verdict === "indeterminate";
  return { clause, ...(attested && open ? { verdict: "attested", cause: null } : measured) };
}
