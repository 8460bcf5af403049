import { createHash } from "node:crypto";
import type { Cause } from "./cause.ts";
import type { RequirementId } from "./requirement-id.ts";
import type { Verdict } from "./verdict.ts";

/** A tag that decided a verdict, and what it is about (a zone, a gateway, a certificate) when that may be shared. */
export interface Deciding {
  readonly tag: string;
  readonly about: string | null;
}

/** Which asset of which municipality, judged for which requirement: what one state is kept for. */
export interface Subject {
  readonly municipality: string;
  readonly requirement: RequirementId;
  /** The asset's id. */
  readonly asset: string;
}

/**
 * `baseline`: the first answer, told to nobody. `regression`: to fail. `recovery`: from fail to anything but
 * indeterminate. `change`: any other change of verdict, or warnings that appeared. `rule-change`: the same evidence is judged
 * otherwise by newer rules, or it cannot be told whether the rules or the asset changed.
 */
export type TransitionKind = "baseline" | "regression" | "recovery" | "change" | "rule-change";

/** One confirmed change, as history keeps it for ever. All moments are UTC, ISO 8601 with milliseconds. */
export interface Transition extends Subject {
  /** 1 for the first of its subject, then without gaps. */
  readonly number: number;
  readonly kind: TransitionKind;
  /** Null in the first one. Otherwise what the transition before led to. */
  readonly from: Verdict | null;
  readonly to: Verdict;
  /** Set exactly when `to` is indeterminate. */
  readonly cause: Cause | null;
  /** When the first look that showed `to` was made; where newer rules read older evidence, or warnings appeared: `confirmedAt`. */
  readonly since: string;
  /** When the look that settled it was made. */
  readonly confirmedAt: string;
  /** The slots of those two looks; the same where one look was enough. */
  readonly firstSlot: string;
  readonly slot: string;
  readonly deciding: readonly Deciding[];
  /** Warning tags that were not there before; empty unless the kind is `change`. */
  readonly appeared: readonly string[];
  /** Number of the regression that this ends; null when none was open. */
  readonly closes: number | null;
  /** The rules it was judged by, as `rulesOf` names them. */
  readonly rules: string;
  /** Content addresses of the observations and of the judgement. */
  readonly evidence: string;
  readonly judgement: string;
  /** When that evidence was seen: it is judged as of then. Earlier than `confirmedAt` only where newer rules read older evidence. */
  readonly evidenceAt: string;
  /** `hash` of the transition before; null in the first one. */
  readonly previous: string | null;
  /** SHA-256 over all the fields above, `sha256:` and hex. Whoever alters history must alter everything after it. */
  readonly hash: string;
}

/** Seals a transition: its hash covers every other field, the hash before it among them. */
export function sealTransition(content: Omit<Transition, "hash">): Transition {
  return { ...content, hash: hashOf(content) };
}

/** What is wrong with a history read in order, or null. It must begin at 1, be contiguous, and every link must hold. */
export function brokenLink(
  history: readonly Transition[],
): { readonly number: number; readonly problem: string } | null {
  let before: Transition | null = null;
  for (const transition of history) {
    const problem = linkProblem(transition, before);
    if (problem !== null) return { number: transition.number, problem };
    before = transition;
  }
  return null;
}

function linkProblem(transition: Transition, before: Transition | null): string | null {
  const { hash, ...content } = transition;
  if (transition.number !== (before?.number ?? 0) + 1) return `follows number ${before?.number ?? 0}`;
  if (transition.previous !== (before?.hash ?? null)) return "does not link to the one before";
  if (transition.from !== (before?.to ?? null)) return "does not begin where the one before ended";
  return hashOf(content) === hash ? null : "was altered: its hash does not fit its content";
}

function hashOf(content: Omit<Transition, "hash">): string {
  return `sha256:${createHash("sha256").update(canonicalJson(content)).digest("hex")}`;
}

/** JSON with the members of every object in code unit order: one text for one value, whatever stored it in between. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? // Stryker disable next-line EqualityOperator: equivalent, because no object has the same key twice
        Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
