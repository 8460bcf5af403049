import type { Deciding, Transition } from "../core/transition.ts";
import type { Alert } from "./alert.ts";
import { familyOf } from "./cadence.ts";
import { type Closing, fileAlert, frameOf } from "./closing.ts";
import { transitionAlert } from "./compose-alerts.ts";
import { groupNotices, type NoticeGroup, primaryOf } from "./group-notices.ts";
import type { Memory, Stored } from "./memory.ts";
import { newsOf, WITHDRAWN } from "./news.ts";
import type { Notice } from "./notice.ts";
import { isOver } from "./plan-run.ts";
import type { Run } from "./run.ts";

/**
 * Tells of every urgent notice of the family, whatever run it came from: withdraws what is no longer true, groups the rest,
 * claims it, files the alerts, and removes what is told. Returns the alerts that are new.
 */
export async function tellNotices(closing: Closing): Promise<readonly Alert[]> {
  const { memory, run } = closing;
  const { claimed, subjects } = await readyNotices(closing);
  const news = subjects.map(newsOf);
  for (const { withdrawn } of news) await withdraw(withdrawn, memory);
  const told = [...claimed, ...news.flatMap((each) => each.told)];
  const decided = await decidedBefore(told, memory);
  const groups = groupNotices(told, {
    municipality: run.municipality,
    run: run.id,
    closedBy: (transition) => decided.get(transition.hash) ?? null,
  });
  const alerts: Alert[] = [];
  for (const group of groups) alerts.push(...(await tellGroup(group, closing)));
  return alerts;
}

/** Removes notices that an alert has told of: what a close left that died between filing the alert and removing them. */
export async function removeTold({ memory, run: { municipality } }: Pick<Closing, "memory" | "run">): Promise<void> {
  const claimed = (await memory.notices.all(municipality)).filter(isClaimed);
  for (const [alert, notices] of Map.groupBy(claimed, ({ value }) => value.alert ?? "")) {
    if ((await memory.alerts.of(municipality, alert)) === null) continue;
    for (const { value } of notices) await memory.notices.remove(value);
  }
}

/** Claimed for an alert that is to be filed. */
export function isClaimed({ value: { alert } }: Stored<Notice>): boolean {
  return alert !== null && alert !== WITHDRAWN;
}

/** What there is to tell at this close. */
interface Ready {
  /** What a close that died had claimed for an alert that it did not file: whoever closes next files that alert. */
  readonly claimed: readonly Stored<Notice>[];
  /** Everything else, by subject. */
  readonly subjects: readonly (readonly Stored<Notice>[])[];
}

/**
 * The urgent notices of the family, and the calm ones beside them. Those of another run that is still under way wait for it,
 * and the subject with them, so that its news are not told in pieces; one that nobody works on any more is not waited for.
 */
async function readyNotices({ memory, run, now }: Closing): Promise<Ready> {
  const notices = (await memory.notices.all(run.municipality)).filter(
    ({ value }) => familyOf(value.transition.requirement) === run.family,
  );
  const isCalm = ({ value }: Stored<Notice>): boolean => value.digest;
  const urgent = notices.filter((notice) => !isCalm(notice));
  const open = await otherOpenRuns(urgent, run, memory, now);
  const free = notices.filter((notice) => isCalm(notice) || !isClaimed(notice));
  const subjects = Map.groupBy(free, ({ value: { transition } }) => `${transition.requirement} ${transition.asset}`);
  return {
    claimed: urgent.filter(isClaimed),
    subjects: [...subjects.values()].filter((subject) =>
      subject.every((notice) => isCalm(notice) || !open.has(notice.value.run)),
    ),
  };
}

async function otherOpenRuns(
  notices: readonly Stored<Notice>[],
  { id, municipality }: Run,
  memory: Memory,
  now: number,
): Promise<ReadonlySet<string>> {
  const open = new Set<string>();
  for (const run of new Set(notices.map(({ value }) => value.run))) {
    if (run !== id && (await isOpen(municipality, run, memory, now))) open.add(run);
  }
  return open;
}

async function isOpen(municipality: string, id: string, memory: Memory, now: number): Promise<boolean> {
  const run = await memory.runs.of(municipality, id);
  return run !== null && !isOver(run.value, now);
}

/** All are claimed before the first is removed: a close that dies in between leaves nothing that could be told alone. */
async function withdraw(notices: readonly Stored<Notice>[], memory: Memory): Promise<void> {
  for (const notice of notices) {
    if (notice.value.alert === null) await memory.notices.claim(notice, WITHDRAWN);
  }
  for (const { value } of notices) await memory.notices.remove(value);
}

/** What decided the regressions that these notices tell the end of, by the hash of the transition that ended them. */
async function decidedBefore(
  notices: readonly Stored<Notice>[],
  memory: Memory,
): Promise<ReadonlyMap<string, Deciding>> {
  const closers = notices.map(({ value }) => value.transition).filter(({ closes }) => closes !== null);
  const found = new Map<string, Deciding>();
  for (const closer of closers) {
    const regression = await regressionOf(closer, memory);
    if (regression !== undefined) found.set(closer.hash, primaryOf(regression));
  }
  return found;
}

async function regressionOf(closer: Transition, memory: Memory): Promise<Transition | undefined> {
  const { municipality, requirement, asset, closes } = closer;
  const history = await memory.transitions.history({ municipality, requirement, asset });
  return history.find(({ number }) => number === closes);
}

/** An alert with the group's id that stands already tells only of what it had claimed; the rest waits for the next close. */
async function tellGroup(group: NoticeGroup, closing: Closing): Promise<readonly Alert[]> {
  const { memory, run } = closing;
  if ((await memory.alerts.of(run.municipality, group.id)) !== null) return [];
  const claimed = await claimAll(group.notices, group.id, memory);
  if (claimed.length === 0) return [];
  const alert = await fileAlert(transitionAlert(group, claimed, frameOf(closing)), closing);
  for (const notice of claimed) await memory.notices.remove(notice);
  return alert === null ? [] : [alert];
}

/** Those that this alert may tell of. */
export async function claimAll(
  notices: readonly Stored<Notice>[],
  alert: string,
  memory: Memory,
): Promise<readonly Notice[]> {
  const claimed: Notice[] = [];
  for (const notice of notices) {
    if (notice.value.alert === alert || (await memory.notices.claim(notice, alert))) claimed.push(notice.value);
  }
  return claimed;
}
