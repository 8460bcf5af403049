import type { Cause } from "./cause.ts";
import type { Json } from "./json.ts";
import type { EvidenceFor, Messages, Outcome } from "./messages.ts";

export type Evidence = Readonly<Record<string, Json>>;

/** What a check concludes about one thing it looked at: a tag and what it rests on. Text comes later, at the edge. */
export interface Finding {
  readonly tag: string;
  readonly evidence: Evidence;
}

/** A finding in its place: which check made it, about which clause, and what it weighs. */
export interface JudgedFinding extends Finding {
  readonly check: string;
  readonly clause: string;
  readonly outcome: Outcome;
  /** Set exactly when `outcome` is indeterminate. */
  readonly cause: Cause | null;
  /** Set when a valid exemption covers a fail. */
  readonly exempted?: { readonly reason: string; readonly by: string; readonly validUntil: string };
}

/** Makes findings of one requirement's messages; the compiler knows each tag and the evidence its texts need. */
export type FindingMaker<M extends Messages> = <T extends keyof M & string>(
  tag: T,
  evidence: EvidenceFor<M[T]>,
) => Finding;
