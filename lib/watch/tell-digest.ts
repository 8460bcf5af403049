import type { Transition } from "../core/transition.ts";
import type { Alert } from "./alert.ts";
import { type Closing, fileAlert, frameOf } from "./closing.ts";
import { latestMorning, type Morning } from "./danish-morning.ts";
import { claimingMorning, digestAlert, digestId, isBefore, isDigestDue } from "./digest.ts";
import type { Stored } from "./memory.ts";
import type { Notice } from "./notice.ts";
import { claimAll, isClaimed } from "./tell-notices.ts";

/**
 * Tells of the calmer news of the whole municipality, at the first close after seven in the morning: what was confirmed before
 * it, and what is still open. A digest that an earlier close began is finished first. Returns the alerts that are new.
 */
export async function tellDigest(closing: Closing): Promise<readonly Alert[]> {
  const { memory, run, now } = closing;
  const latest = latestMorning(now);
  const today = digestId(run.municipality, latest);
  const pending = (await memory.notices.all(run.municipality)).filter(({ value }) => value.digest);
  const begun = Map.groupBy(pending.filter(isClaimed), ({ value }) => value.alert ?? "");
  const alerts: Alert[] = [];
  for (const [id, notices] of begun) {
    if (id !== today) alerts.push(...(await tell(id, beginning(notices, now) ?? latest, notices, closing)));
  }
  const due = pending.filter((notice) => !isClaimed(notice) && isBefore(notice.value.transition, latest));
  alerts.push(...(await tell(today, latest, [...(begun.get(today) ?? []), ...due], closing)));
  return alerts;
}

function beginning(notices: readonly Stored<Notice>[], now: number): Morning | null {
  return notices.map(({ value }) => claimingMorning(value, now)).find((morning) => morning !== null) ?? null;
}

/** Once a morning's digest is filed, whatever else was confirmed before that morning waits for the next. */
async function tell(
  id: string,
  morning: Morning,
  notices: readonly Stored<Notice>[],
  closing: Closing,
): Promise<readonly Alert[]> {
  const { memory, run } = closing;
  if ((await memory.alerts.of(run.municipality, id)) !== null) return [];
  const open = await openSince(morning, closing);
  const claimed = await claimAll(notices, id, memory);
  if (!isDigestDue(claimed.length, open.length, morning)) return [];
  const alert = await fileAlert(digestAlert(id, morning, claimed, open, frameOf(closing)), closing);
  for (const notice of claimed) await memory.notices.remove(notice);
  return alert === null ? [] : [alert];
}

/** Regressions from before the morning that are still open, of assets that are still in the inventory. */
async function openSince(morning: Morning, { memory, run, watched }: Closing): Promise<readonly Transition[]> {
  const known = new Set(watched.inventory.assets.map(({ id }) => id));
  const open = await memory.transitions.open(run.municipality);
  return open.filter((transition) => known.has(transition.asset) && isBefore(transition, morning));
}
