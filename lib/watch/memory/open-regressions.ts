import type { Subject, Transition } from "../../core/transition.ts";
import type { Item, Table } from "../../ports.ts";
import { regressionKey, regressionsKey } from "../keys.ts";
import { corrupt, readBody, requireKey } from "./stored-item.ts";
import { transitionForm } from "./transition-form.ts";

/** Reads a subject's history from a number on. */
type History = (subject: Subject, from: number) => Promise<readonly Transition[]>;

/** The regressions that are open: one item for each subject at most, with the regression's number as its revision. */
export interface OpenRegressions {
  /** Puts or removes what the transition opens or ends. It must stand in history already. Doing it again changes nothing. */
  follow(transition: Transition): Promise<void>;
  all(municipality: string): Promise<readonly Transition[]>;
}

/**
 * Several processes may publish at the same time, and each may stop for a while between any two of its writes. Therefore
 * numbers decide: an item gives way only to a newer regression, and whoever puts one looks into history afterwards whether
 * it has ended meanwhile. Who ends it writes history before removing the item, so that one of the two removes it.
 */
export function createOpenRegressions(table: Table, history: History): OpenRegressions {
  const isClosed = async (regression: Transition): Promise<boolean> =>
    (await history(regression, regression.number + 1)).some(({ closes }) => closes === regression.number);
  return {
    follow: async (transition) => {
      if (isEnd(transition)) await removeBefore(transition, transition.number, table);
      if (transition.kind !== "regression" || (await isClosed(transition))) return;
      await put(transition, table);
      if (await isClosed(transition)) await removeBefore(transition, transition.number + 1, table);
    },
    all: async (municipality) => (await table.query(regressionsKey(municipality))).map(regressionIn),
  };
}

function isEnd({ from, to, closes }: Transition): boolean {
  return closes !== null || (from === "fail" && to !== "fail");
}

/** Puts a regression unless it or a newer one stands there. */
async function put(regression: Transition, table: Table): Promise<void> {
  const { pk, sk } = regressionKey(regression);
  const { number: revision } = regression;
  for (;;) {
    const standing = await table.get(pk, sk);
    if (standing !== null && standing.revision >= revision) return;
    const condition = standing === null ? "absent" : { revision: standing.revision };
    if (await table.put({ pk, sk, revision, body: regression }, condition)) return;
  }
}

/** Removes the subject's regression unless it has this number or a higher one. */
async function removeBefore(subject: Subject, number: number, table: Table): Promise<void> {
  const { pk, sk } = regressionKey(subject);
  for (;;) {
    const standing = await table.get(pk, sk);
    if (standing === null || standing.revision >= number) return;
    if (await table.remove(pk, sk, { revision: standing.revision })) return;
  }
}

function regressionIn(item: Item): Transition {
  const transition = readBody(item, transitionForm);
  requireKey(item, regressionKey(transition));
  if (transition.number !== item.revision) throw corrupt(item, `was written as number ${String(item.revision)}`);
  return transition;
}
