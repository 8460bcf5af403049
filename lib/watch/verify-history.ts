import { canonicalJson, brokenLink, type Transition } from "../core/transition.ts";
import type { JudgedFinding } from "../core/finding.ts";
import { type Requirement, rulesOf } from "../core/requirement.ts";
import { READINGS, type Reading } from "../core/requirement-id.ts";
import type { AssetState } from "../core/state.ts";
import type { StoredJudgement } from "../verify/evidence.ts";
import { familyOf } from "./cadence.ts";
import type { AssetHistory, PastIo, RecalledTransition } from "./history-of-asset.ts";
import { runId } from "./job.ts";
import { judgeEvidence } from "./judge-evidence.ts";
import { createRecall, type Recall } from "./recall.ts";

/**
 * What was looked into: the chain of hashes, whether the state agrees with its end, whether observations and judgement are
 * there and fit their addresses, whether the judgement is of this transition, and whether judging again gives the same.
 */
export type HistoryCheck = "chain" | "state" | "evidence" | "judgement" | "recomputed";

/** Why something does not verify, or why it was left alone. */
export type HistoryProblem =
  | "broken"
  | "disagrees"
  | "missing"
  | "unfit"
  | "other-judgement"
  | "no-run"
  | "not-declared"
  | "differs"
  | "older-rules";

export interface CheckedPart {
  readonly check: HistoryCheck;
  /** The transition concerned; null for the history as a whole. */
  readonly number: number | null;
  /** `skipped` is no answer: the rules it was judged by are not those of this engine. */
  readonly outcome: "holds" | "broken" | "skipped";
  readonly problem: HistoryProblem | null;
  /** English, for the curious; empty when it holds. */
  readonly detail: string;
}

/** Checks a history against its own hashes, against what is kept as evidence, and against the engine. Writes nothing. */
export async function verifyHistory(
  { state, transitions }: AssetHistory,
  requirements: readonly Requirement[],
  io: PastIo,
): Promise<readonly CheckedPart[]> {
  const recall = createRecall(io.evidence);
  const parts: CheckedPart[] = [
    chainPart(transitions.map(({ transition }) => transition)),
    statePart(state, transitions),
  ];
  for (const each of transitions) parts.push(...(await transitionParts(each, requirements, io, recall)));
  return parts;
}

/** Pass is the last line: every part was looked into, and none is broken. */
export function verifies(parts: readonly CheckedPart[]): boolean {
  return parts.length > 0 && parts.every(({ outcome }) => outcome !== "broken");
}

function holds(check: HistoryCheck, number: number | null = null): CheckedPart {
  return { check, number, outcome: "holds", problem: null, detail: "" };
}

function broken(check: HistoryCheck, number: number | null, problem: HistoryProblem, detail: string): CheckedPart {
  return { check, number, outcome: "broken", problem, detail };
}

function chainPart(history: readonly Transition[]): CheckedPart {
  const link = brokenLink(history);
  return link === null ? holds("chain") : broken("chain", link.number, "broken", link.problem);
}

function statePart(state: AssetState, transitions: readonly RecalledTransition[]): CheckedPart {
  const last = transitions.at(-1)?.transition;
  const differing = [
    ...unequal("number", state.last, last?.number ?? 0),
    ...unequal("hash", state.link, last?.hash ?? ""),
    ...unequal("verdict", state.verdict, last?.to ?? state.verdict),
  ];
  return differing.length === 0 ? holds("state") : broken("state", null, "disagrees", differing.join("; "));
}

function unequal(what: string, state: string | number, history: string | number): readonly string[] {
  return state === history ? [] : [`${what}: the state has ${state}, the history ends with ${history}`];
}

async function transitionParts(
  { transition, judgement }: RecalledTransition,
  requirements: readonly Requirement[],
  io: PastIo,
  recall: Recall,
): Promise<readonly CheckedPart[]> {
  const { number, evidence, evidenceAt } = transition;
  const seen = await recall.observations(evidence, evidenceAt);
  const evidencePart = seen.ok ? holds("evidence", number) : broken("evidence", number, seen.loss, lossText(seen));
  if (!judgement.ok) return [evidencePart, broken("judgement", number, judgement.loss, lossText(judgement))];
  const foreign = foreignTo(transition, judgement.value);
  if (foreign !== "") return [evidencePart, broken("judgement", number, "other-judgement", foreign)];
  const judged = [evidencePart, holds("judgement", number)];
  return seen.ok ? [...judged, await recomputedPart(transition, judgement.value, requirements, io, recall)] : judged;
}

function lossText({ address, detail }: { readonly address: string; readonly detail: string }): string {
  return `${address}: ${detail}`;
}

/** A judgement that fits its address may still be another one's. */
function foreignTo(transition: Transition, judgement: StoredJudgement): string {
  const { requirement, asset, rules, cause } = transition;
  const wanted = { requirement, asset, rules, verdict: transition.to, cause };
  const differing = (["requirement", "asset", "rules", "verdict", "cause"] as const).filter(
    (field) => wanted[field] !== judgement[field],
  );
  return differing.map((field) => `${field} is ${String(judgement[field])}, not ${String(wanted[field])}`).join("; ");
}

async function recomputedPart(
  transition: Transition,
  stored: StoredJudgement,
  requirements: readonly Requirement[],
  { memory }: PastIo,
  recall: Recall,
): Promise<CheckedPart> {
  const { number, municipality, slot, rules } = transition;
  const requirement = requirements.find(({ id }) => id === transition.requirement);
  const reading = requirement === undefined ? null : readingOf(requirement, rules);
  if (requirement === undefined || reading === null) {
    return { check: "recomputed", number, outcome: "skipped", problem: "older-rules", detail: rules };
  }
  const id = runId(familyOf(transition.requirement), slot);
  const run = await memory.runs.of(municipality, id);
  if (run === null) return broken("recomputed", number, "no-run", id);
  const inventory = await recall.inventory(run.value.inventory);
  if (!inventory.ok) return broken("recomputed", number, inventory.loss, lossText(inventory));
  // Another TLS profile is another set of rules: it stands in the inventory of that run.
  if (rules !== rulesOf(requirement, reading, inventory.value.settings.tlsProfile)) {
    return { check: "recomputed", number, outcome: "skipped", problem: "older-rules", detail: rules };
  }
  const judged = await judgeEvidence(transition, { requirement, reading, inventory: inventory.value }, recall);
  if (!judged.ok) return broken("recomputed", number, judged.why === "evidence" ? judged.loss.loss : judged.why, id);
  const differing = differences(stored, judged.evaluation);
  return differing.length === 0
    ? holds("recomputed", number)
    : broken("recomputed", number, "differs", differing.join("; "));
}

/** The reading that the rules name, if they are those of the requirement as it is built now, whatever the TLS profile. */
function readingOf(requirement: Requirement, rules: string): Reading | null {
  const { usesTlsProfile, ...base } = requirement;
  return (
    READINGS.find((reading) => {
      const own = rulesOf(base, reading);
      return rules === own || (usesTlsProfile === true && rules.startsWith(`${own} `));
    }) ?? null
  );
}

type Concluded = Pick<StoredJudgement, "verdict" | "cause" | "findings">;

/**
 * Where two judgements of the same evidence part. One text stands for many looks (times to live, the random name and the order
 * of answers are no part of its address), so what findings quote of these is left aside; that they are there is not.
 */
export function differences(stored: Concluded, again: Concluded): readonly string[] {
  const [were, are] = [stored.findings.map(weightOf).sort(), again.findings.map(weightOf).sort()];
  return [
    ...(stored.verdict === again.verdict ? [] : [`verdict: ${stored.verdict} -> ${again.verdict}`]),
    ...(stored.cause === again.cause ? [] : [`cause: ${String(stored.cause)} -> ${String(again.cause)}`]),
    ...without(were, are).map((finding) => `not found again: ${finding}`),
    ...without(are, were).map((finding) => `found only now: ${finding}`),
  ];
}

function weightOf({ check, clause, tag, outcome, cause, exempted }: JudgedFinding): string {
  return canonicalJson([check, clause, tag, outcome, cause, exempted ?? null]);
}

/** What `all` has more of than `others`, counting repeats. */
function without(all: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return all.filter((each) => {
    const at = left.indexOf(each);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
