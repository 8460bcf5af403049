import type { Look } from "./look.ts";
import type { AssetState, Candidate } from "./state.ts";
import { sealTransition, type Subject, type Transition, type TransitionKind } from "./transition.ts";
import type { Verdict } from "./verdict.ts";

export interface ReducePolicy {
  /** Milliseconds that must lie between the first look at another verdict and the one that confirms it. */
  readonly confirmAfter: number;
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
  const answered = isAnswer(look);
  const { observedAt, cause, slot } = look;
  const empty: AssetState = {
    ...{ municipality: subject.municipality, requirement: subject.requirement, asset: subject.asset },
    ...{ revision: 1, verdict: look.verdict, cause, since: observedAt, deciding: [], warnings: [], rules: look.rules },
    ...{ evidence: look.evidence, judgement: look.judgement, evidenceAt: observedAt, slot },
    ...{ observedAt: answered ? observedAt : null, unanswered: null, candidate: null, newWarnings: null },
    ...{ openRegression: null, last: 0, link: "", outbox: [] },
  };
  const baseline = settle(empty, look, "baseline", firstSeen(look));
  return answered ? baseline : withoutAnswer(baseline, look);
}

/** Silence confirms nothing and refutes nothing: candidate, streak and verdict stay as they are. */
function withoutAnswer(state: AssetState, { cause, observedAt }: Look): AssetState {
  const reason = cause ?? "internal";
  const { since, looks } = state.unanswered ?? { since: observedAt, looks: 0 };
  const unanswered = { since, cause: reason, looks: looks + 1 };
  // Nothing is known yet: the verdict's cause is then that of the latest try.
  return state.observedAt === null ? { ...state, cause: reason, unanswered } : { ...state, unanswered };
}

/** Where the rules changed, first records what they alone change: the old evidence, judged by the new rules. */
function underRules(state: AssetState, look: Look): AssetState {
  if (look.rules === state.rules) return state;
  const { rejudged } = look;
  if ((rejudged ?? look).verdict === state.verdict) return { ...state, rules: look.rules };
  if (rejudged === null) return settle(state, look, "rule-change", firstSeen(look));
  const { evidence, evidenceAt } = state;
  return settle(state, { ...look, ...rejudged, evidence }, "rule-change", firstSeen(look), evidenceAt);
}

function judged(state: AssetState, look: Look, { confirmAfter }: ReducePolicy): AssetState {
  if (look.verdict === state.verdict) return withWarnings({ ...refreshed(state, look), candidate: null }, look);
  const earlier = state.candidate?.verdict === look.verdict ? state.candidate : null;
  const candidate: Candidate = {
    verdict: look.verdict,
    cause: look.cause,
    slot: earlier?.slot ?? look.slot,
    since: earlier?.since ?? look.observedAt,
    looks: (earlier?.looks ?? 0) + 1,
    deciding: look.deciding,
  };
  const isConfirmed =
    look.isCertain || (earlier !== null && Date.parse(look.observedAt) - Date.parse(earlier.since) >= confirmAfter);
  if (!isConfirmed) return { ...state, candidate };
  return settle(state, look, kindOf(state.verdict, look.verdict), candidate);
}

function kindOf(from: Verdict, to: Verdict): TransitionKind {
  if (to === "fail") return "regression";
  return from === "fail" ? "recovery" : "change";
}

/** Warnings are confirmed by being the same in two looks running, so that one that comes and goes is not told each time. */
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
  const opened = kind === "regression" ? recorded.last : null;
  return {
    ...refreshed(recorded, look, evidenceAt),
    verdict: look.verdict,
    cause: look.cause,
    since: first.since,
    rules: look.rules,
    warnings: look.warnings,
    candidate: null,
    newWarnings: null,
    openRegression: look.verdict === "fail" ? (opened ?? state.openRegression) : null,
  };
}

function refreshed(state: AssetState, look: Look, evidenceAt = look.observedAt): AssetState {
  const { deciding, evidence, judgement } = look;
  return { ...state, deciding, evidence, judgement, evidenceAt };
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
    closes: look.verdict === "fail" || kind === "baseline" ? null : state.openRegression,
    previous: state.last === 0 ? null : state.link,
  });
  return { ...state, last: transition.number, link: transition.hash, outbox: [...state.outbox, transition] };
}
