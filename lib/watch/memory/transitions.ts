import { canonicalJson, type Subject, type Transition } from "../../core/transition.ts";
import type { Item, Table } from "../../ports.ts";
import { changeKey, changesKey, historyKey, numberText } from "../keys.ts";
import type { TransitionMemory } from "../memory.ts";
import { fittedKey } from "./fitted-key.ts";
import { createOpenRegressions } from "./open-regressions.ts";
import { corrupt, readBody, requireKey } from "./stored-item.ts";
import { transitionForm } from "./transition-form.ts";

/** History for ever, changes by month, and the regressions that are open. */
export function createTransitionMemory(table: Table): TransitionMemory {
  const history = async (subject: Subject, from = 1): Promise<readonly Transition[]> =>
    (await table.query(historyKey(subject), { from: numberText(from) })).map(historyIn);
  const regressions = createOpenRegressions(table, history);
  return {
    publish: async (transition) => {
      // History comes first: what is open is decided by it.
      await putHistory(transition, table);
      const { pk, sk } = changeKeyOf(transition);
      await table.put({ pk, sk, revision: 1, body: transition }, "absent");
      await regressions.follow(transition);
    },
    history: (subject) => history(subject),
    changes: async (municipality, from, to) => {
      const [first, end] = [moment(from), moment(to)];
      const found: Transition[] = [];
      // A sort key goes on after its moment, so that none equals `end` and what lies at `end` sorts after it.
      for (const month of monthsOf(first, end)) {
        for (const item of await table.query(changesKey(municipality, month), { from: first, to: end }))
          found.push(changeIn(item));
      }
      return found;
    },
    open: (municipality) => regressions.all(municipality),
  };
}

async function putHistory(transition: Transition, table: Table): Promise<void> {
  const key = historyKeyOf(transition);
  if (await table.put({ ...key, revision: 1, body: transition }, "absent")) return;
  const standing = await table.get(key.pk, key.sk);
  if (canonicalJson(standing?.body ?? null) !== canonicalJson(transition))
    throw corrupt(key, "is taken by another transition under the same number");
}

function historyKeyOf(transition: Transition) {
  return { pk: historyKey(transition), sk: numberText(transition.number) };
}

function changeKeyOf(transition: Transition) {
  return fittedKey(changeKey(transition), transition.confirmedAt);
}

function historyIn(item: Item): Transition {
  const transition = readBody(item, transitionForm);
  requireKey(item, historyKeyOf(transition));
  return transition;
}

function changeIn(item: Item): Transition {
  const transition = readBody(item, transitionForm);
  requireKey(item, changeKeyOf(transition));
  return transition;
}

/** The moment in the form that keys have, whatever the precision and zone it was given in. Throws a RangeError for no moment. */
function moment(text: string): string {
  return new Date(text).toISOString();
}

/** A moment in every month from one to the other. */
function* monthsOf(from: string, to: string): Generator<string> {
  const at = new Date(from);
  at.setUTCDate(1);
  at.setUTCHours(0, 0, 0, 0);
  for (; at.getTime() < Date.parse(to); at.setUTCMonth(at.getUTCMonth() + 1)) yield at.toISOString();
}
