import type { Alert } from "./alert.ts";
import { familyOf } from "./cadence.ts";
import { type Closing, fileAlert, frameOf } from "./closing.ts";
import { endedGaps, gapAlert, isGap, silentFrom, untoldGaps } from "./gaps.ts";

/** Tells once of each gap in the watch over the family, and forgets those that have ended. Returns the alerts that are new. */
export async function tellGaps(closing: Closing): Promise<readonly Alert[]> {
  const { memory, run, states, watched, now } = closing;
  const told = (await memory.gaps.all(run.municipality)).filter(
    ({ subject }) => familyOf(subject.requirement) === run.family,
  );
  for (const subject of endedGaps(states, told, now, watched.cadence)) await memory.gaps.remove(subject);
  const alerts: Alert[] = [];
  for (const gap of untoldGaps(states, told, now, watched.cadence)) {
    const alert = gapAlert(gap, frameOf(closing));
    const filed = await fileAlert(alert, closing);
    if (filed !== null) alerts.push(filed);
    const toldAt = filed === null ? await filedAt(alert.id, closing) : now;
    // An alert of an earlier try told of what was stale then; what became so since waits for the next close.
    const noted = gap.states.filter((state) => isGap(state, toldAt, watched.cadence));
    for (const state of noted) await memory.gaps.put(state, silentFrom(state));
  }
  return alerts;
}

async function filedAt(id: string, { memory, run }: Closing): Promise<number> {
  const filed = await memory.alerts.of(run.municipality, id);
  return filed === null ? Number.NaN : Date.parse(filed.value.alert.createdAt);
}
