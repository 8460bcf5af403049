import type { Cause } from "./cause.ts";
import type { Look } from "./look.ts";
import type { AssetState, Candidate } from "./state.ts";
import { sealTransition, type Subject, type Transition, type TransitionKind } from "./transition.ts";
import type { Verdict } from "./verdict.ts";

export interface ReducePolicy {
  /** Milliseconds that must lie between the first look at another verdict and the one that confirms it. */
  readonly confirmAfter: number;
  /**
   * Milliseconds beyond `confirmAfter` in which a candidate must be confirmed, or it begins anew at the next look that shows it:
   * two looks with a long silence between them do not speak of the same event. Left out: it waits for ever.
   */
  readonly candidateExpires?: number;
}

/**
 * Takes one look into account. Pure, and the only place where a verdict is remembered: the same looks in whatever order and
 * however often lead to the state of the newest. Returns the state itself when the look adds nothing.
 */
export function reduce(state: AssetState | null, subject: Subject, look: Look, policy: ReducePolicy): AssetState {
  if (state === null) return firstState(subject, look);
  if (look.slot <= state.slot) return state;
  const next = { ...state, revision: state.revision + 1, slot: look.slot };
  if (!isAnswer(look)) return withoutAnswer(next, look);
  const answered: AssetState = { ...next, unanswered: null, observedAt: look.observedAt };
  if (state.observedAt === null) return settle(answered, look, "baseline", firstSeen(look));
  return judged(underRules(answered, look), look, policy);
}

/** Whether a look says something of the asset, or of what is recorded about it: a lapsed statement is a fact, not silence. */
export function isAnswer({ verdict, cause }: Pick<Look, "verdict" | "cause">): boolean {
  return verdict !== "indeterminate" || cause === "attestation-expired" || cause === "no-attestation";
}

function firstState(subject: Subject, look: Look): AssetState {
  const isAnswered = isAnswer(look);
  const seen = isAnswered ? look : { ...look, cause: reasonOf(look) };
  const { observedAt, verdict, cause, deciding, warnings, rules, evidence, judgement, slot } = seen;
  const empty: AssetState = {
    ...{ municipality: subject.municipality, requirement: subject.requirement, asset: subject.asset },
    ...{ revision: 1, verdict, cause, since: observedAt, deciding, warnings, rules },
    ...{ evidence, judgement, evidenceAt: observedAt, slot },
    ...{ observedAt: isAnswered ? observedAt : null, unanswered: null, candidate: null, newWarnings: null },
    // Stryker disable next-line StringLiteral: equivalent, because the baseline puts its hash there
    ...{ openRegression: null, last: 0, link: "", outbox: [] },
  };
  const baseline = settle(empty, seen, "baseline", firstSeen(seen));
  return isAnswered ? baseline : withoutAnswer(baseline, seen);
}

/** Silence confirms nothing and refutes nothing: candidate, streak and verdict stay as they are, and so do the rules. */
function withoutAnswer(state: AssetState, look: Look): AssetState {
  const cause = reasonOf(look);
  const { since, looks } = state.unanswered ?? { since: look.observedAt, looks: 0 };
  const unanswered = { since, cause, looks: looks + 1 };
  if (state.observedAt !== null) return { ...state, unanswered };
  // Nothing is known yet: then the latest try says why.
  return { ...refreshed(state, { ...look, cause }), unanswered };
}

/** A look that says neither what is so nor why it cannot tell is a fault of our own. */
function reasonOf({ cause }: Look): Cause {
  return cause ?? "internal";
}

/**
 * Where the rules changed, first records what they alone change: the old evidence, judged by the new rules. Old evidence
 * that gives the new rules no answer tells nothing; the state then keeps its rules until a verdict by the new ones counts.
 */
function underRules(state: AssetState, look: Look): AssetState {
  const { rules, rejudged } = look;
  if (rules === state.rules || rejudged === null || !isAnswer(rejudged)) return state;
  const { evidence, evidenceAt } = state;
  const old: Look = { ...look, ...rejudged, evidence };
  if (rejudged.verdict !== state.verdict) return settle(state, old, "rule-change", firstSeen(look), evidenceAt);
  // What the rules alone warn of is no change of the asset. Unconfirmed warnings of that evidence are: they wait their turn.
  const warnings = state.newWarnings === null ? rejudged.warnings : state.warnings;
  return { ...refreshed(state, old, evidenceAt), warnings };
}

function judged(state: AssetState, look: Look, policy: ReducePolicy): AssetState {
  if (look.verdict === state.verdict) return withWarnings({ ...refreshed(state, look), candidate: null }, look);
  const { candidate, elapsed } = candidateWith(state.candidate, look, policy);
  const isConfirmed = look.isCertain || elapsed >= policy.confirmAfter;
  if (!isConfirmed) return { ...state, candidate };
  // The rules still differ only where it could not be told what they changed: nobody is blamed then.
  const kind = look.rules === state.rules ? kindOf(state.verdict, look.verdict) : "rule-change";
  return settle(state, look, kind, candidate);
}

/** The candidate that the look makes or strengthens, and the milliseconds since it was first seen: NaN when it is new. */
function candidateWith(
  before: Candidate | null,
  look: Look,
  { confirmAfter, candidateExpires = Number.POSITIVE_INFINITY }: ReducePolicy,
): { readonly candidate: Candidate; readonly elapsed: number } {
  const { verdict, cause, deciding, slot, observedAt } = look;
  const age = before?.verdict === verdict ? Date.parse(observedAt) - Date.parse(before.since) : Number.NaN;
  // A clock that was set back would make the candidate wait for a moment far ahead: it begins anew, as an expired one does.
  const isStanding = age >= 0 && age <= confirmAfter + candidateExpires;
  const earlier = isStanding ? before : null;
  const elapsed = isStanding ? age : Number.NaN;
  const { slot: firstSlot, since, looks } = earlier ?? { slot, since: observedAt, looks: 0 };
  return { candidate: { verdict, cause, slot: firstSlot, since, looks: looks + 1, deciding }, elapsed };
}

function kindOf(from: Verdict, to: Verdict): TransitionKind {
  if (to === "fail") return "regression";
  // That a fail can no longer be seen, and no statement stands in, has mended nothing.
  return from === "fail" && to !== "indeterminate" ? "recovery" : "change";
}

/**
 * Warnings are confirmed by being the same in two looks running that show the confirmed verdict, so that one that comes and
 * goes is not told each time.
 */
function withWarnings(state: AssetState, look: Look): AssetState {
  if (sameTags(look.warnings, state.warnings)) return { ...state, newWarnings: null };
  if (state.newWarnings === null || !sameTags(look.warnings, state.newWarnings))
    return { ...state, newWarnings: look.warnings };
  const appeared = look.warnings.filter((tag) => !state.warnings.includes(tag));
  const settled = { ...state, warnings: look.warnings, newWarnings: null };
  return appeared.length === 0
    ? settled
    : append(settled, look, {
        ...{ kind: "change", first: firstSeen(look), appeared, evidenceAt: look.observedAt },
      });
}

function sameTags(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((tag, index) => tag === b[index]);
}

/** Makes the look's verdict the confirmed one, and a transition of it. */
function settle(
  state: AssetState,
  look: Look,
  kind: TransitionKind,
  first: FirstSeen,
  evidenceAt = look.observedAt,
): AssetState {
  const recorded = append(state, look, { kind, first, appeared: [], evidenceAt });
  return {
    ...refreshed(recorded, look, evidenceAt),
    verdict: look.verdict,
    since: first.since,
    warnings: look.warnings,
    candidate: null,
    newWarnings: null,
    openRegression: kind === "regression" ? recorded.last : null,
  };
}

/** What the confirmed verdict rests on, and the rules it was judged by: always of one look, so that it can be judged again. */
function refreshed(state: AssetState, look: Look, evidenceAt = look.observedAt): AssetState {
  const { cause, deciding, rules, evidence, judgement } = look;
  return { ...state, cause, deciding, rules, evidence, judgement, evidenceAt };
}

type FirstSeen = Pick<Candidate, "slot" | "since">;

function firstSeen({ slot, observedAt }: Look): FirstSeen {
  return { slot, since: observedAt };
}

interface Occasion {
  readonly kind: TransitionKind;
  readonly first: FirstSeen;
  readonly appeared: readonly string[];
  readonly evidenceAt: string;
}

function append(state: AssetState, look: Look, { kind, first, appeared, evidenceAt }: Occasion): AssetState {
  const { municipality, requirement, asset } = state;
  const transition: Transition = sealTransition({
    ...{ municipality, requirement, asset, number: state.last + 1, kind },
    ...{ from: state.last === 0 ? null : state.verdict, to: look.verdict, cause: look.cause },
    ...{ since: first.since, confirmedAt: look.observedAt, firstSlot: first.slot, slot: look.slot },
    ...{ deciding: look.deciding, appeared, rules: look.rules },
    ...{ evidence: look.evidence, judgement: look.judgement, evidenceAt },
    closes: look.verdict === "fail" ? null : state.openRegression,
    previous: state.last === 0 ? null : state.link,
  });
  return { ...state, last: transition.number, link: transition.hash, outbox: [...state.outbox, transition] };
}
