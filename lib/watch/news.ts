import type { Transition } from "../core/transition.ts";
import type { Stored } from "./memory.ts";
import type { Notice } from "./notice.ts";

/** The claim on a notice that nobody is to be told of: no alert has this id. */
export const WITHDRAWN = "0".repeat(32);

/** What becomes of urgent notices: those to tell, and those that time has taken back before anybody was told. */
export interface News {
  readonly told: readonly Stored<Notice>[];
  readonly withdrawn: readonly Stored<Notice>[];
}

/**
 * Sorts the notices that are pending for one subject, the calm ones among them for what they say of the others. Only what is
 * true now is told: a regression that has ended and what ended it are withdrawn together, and so is a change that was
 * followed by another or undone. Warnings that appeared are news of their own. Pure.
 */
export function newsOf(pending: readonly Stored<Notice>[]): News {
  const all = pending.toSorted((a, b) => numberOf(a) - numberOf(b));
  const transitions = all.map(({ value }) => value.transition);
  const urgent = all.filter(({ value }) => !value.digest);
  const isTold = ({ value }: Stored<Notice>): boolean =>
    value.alert !== WITHDRAWN && isTrueStill(value.transition, transitions);
  return { told: urgent.filter(isTold), withdrawn: urgent.filter((notice) => !isTold(notice)) };
}

function isTrueStill(transition: Transition, all: readonly Transition[]): boolean {
  const { kind, number, closes } = transition;
  if (!changesVerdict(transition)) return true;
  if (kind === "regression") return !all.some((other) => other.closes === number);
  const changes = all.filter(changesVerdict);
  const now = changes.at(-1)?.to;
  if (kind === "recovery") return now !== "fail" && !all.some((other) => other.number === closes);
  return changes.at(-1) === transition && changes[0]?.from !== now;
}

function changesVerdict({ from, to }: Transition): boolean {
  return from !== to;
}

function numberOf({ value }: Stored<Notice>): number {
  return value.transition.number;
}
