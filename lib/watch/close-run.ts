import { isConfirmSlot } from "../core/slot.ts";
import type { AssetState } from "../core/state.ts";
import type { Alert } from "./alert.ts";
import { type Closing, fileAlert, frameOf } from "./closing.ts";
import { doubtAlert } from "./compose-alerts.ts";
import { forecastAlerts } from "./forecasts.ts";
import { isNewDoubt, suspicionOf } from "./guard.ts";
import type { Memory, Stored } from "./memory.ts";
import { publishAll } from "./publish.ts";
import type { Run } from "./run.ts";
import { snapshotRows, summarise } from "./summarise.ts";
import { tellDigest } from "./tell-digest.ts";
import { tellGaps } from "./tell-gaps.ts";
import { removeTold, tellNotices } from "./tell-notices.ts";
import type { WatchedFamily } from "./watched.ts";
import type { WatchIo } from "./watch-io.ts";

/** What a close came to. */
export interface Closed {
  readonly run: Run;
  /** Those filed by this call; a close that is repeated files nothing twice. */
  readonly alerts: readonly Alert[];
  /** What came out otherwise in this run, and from when on (epoch milliseconds) a second look confirms it. */
  readonly secondLooks: { readonly assets: readonly string[]; readonly due: number } | null;
}

export type ClosingIo = Pick<WatchIo, "memory" | "onEvent">;

/** Runs looked back at, second looks among them: enough to pass over those that were doubted or are still open. */
const RUNS_BEFORE = 24;
const DATE_LENGTH = "2026-11-23".length;

/** The close under way of each memory: two at once would each tell half of what belongs together. */
const underWay = new WeakMap<Memory, Promise<unknown>>();

/**
 * Closes a run: publishes, doubts, tells, summarises, and marks it closed last. A close that died at any point is repeated as
 * a whole and files the same alerts, with the same ids, once. Closing a closed run changes nothing. Closes over one memory
 * take turns within a process; more than one process must not close for one municipality.
 */
export async function closeRun(run: Stored<Run>, watched: WatchedFamily, io: ClosingIo, now: number): Promise<Closed> {
  const turn = (underWay.get(io.memory) ?? Promise.resolve()).then(() => close(run.value, watched, io, now));
  underWay.set(
    io.memory,
    turn.catch(() => undefined),
  );
  return turn;
}

async function close(planned: Run, watched: WatchedFamily, io: ClosingIo, now: number): Promise<Closed> {
  const { memory, onEvent } = io;
  const { municipality, family } = planned;
  const { value: current } = await currentOf(planned, memory);
  if (current.closedAt !== null) return closedAs(current, [], await statesOf(watched, memory), watched);
  const requirements = watched.requirements.map(({ id }) => id);
  await publishAll(municipality, requirements, memory);
  const states = await statesOf(watched, memory);
  const earlier = (await memory.runs.newest(municipality, family, RUNS_BEFORE)).map(({ value }) => value);
  const run = await guarded(planned, earlier, memory);
  const closing: Closing = { run, watched, memory, onEvent, now, states };
  const alerts = await tell(closing, isNewDoubt(run, earlier));
  await remember(closing, newestOf(run, earlier));
  const closedAt = new Date(now).toISOString();
  const closed = await change(run, memory, (latest) => ({ ...latest, closedAt }));
  return closedAs(closed, alerts, states, watched);
}

function closedAs(run: Run, alerts: readonly Alert[], states: readonly AssetState[], watched: WatchedFamily): Closed {
  return { run, alerts, secondLooks: secondLooksOf(run, states, watched) };
}

/** Notes a doubt in the run before anything is told, so that a repeated close comes to the same. */
async function guarded(planned: Run, earlier: readonly Run[], memory: Memory): Promise<Run> {
  const { value: run } = await currentOf(planned, memory);
  const suspect = suspicionOf(run, earlier);
  return suspect === run.suspect ? run : change(run, memory, (current) => ({ ...current, suspect }));
}

/** Of a doubted run the operator is told, nobody else: urgent notices wait until one that is believed is closed. */
async function tell(closing: Closing, isDoubtTold: boolean): Promise<readonly Alert[]> {
  const { run, watched, now } = closing;
  await removeTold(closing);
  const transitions = run.suspect === null ? await tellNotices(closing) : [];
  const doubts = isDoubtTold ? await tellDoubt(closing) : [];
  const gaps = await tellGaps(closing);
  const forecasts: Alert[] = [];
  for (const forecast of forecastAlerts(watched.inventory, now, frameOf(closing))) {
    const filed = await fileAlert(forecast, closing);
    if (filed !== null) forecasts.push(filed);
  }
  return [...doubts, ...transitions, ...gaps, ...forecasts, ...(await tellDigest(closing))];
}

async function tellDoubt(closing: Closing): Promise<readonly Alert[]> {
  const { run } = closing;
  if (run.suspect === null) return [];
  const alert = await fileAlert(doubtAlert(run, run.suspect, frameOf(closing)), closing);
  return alert === null ? [] : [alert];
}

/** The run that the summary is to name: a later one that was closed before this one stays the newest. */
function newestOf(run: Run, earlier: readonly Run[]): Run {
  return earlier.find(({ slot, closedAt }) => closedAt !== null && slot > run.slot) ?? run;
}

/** Writes the summary, and the family's part of the day's snapshot: the day's last close stands. */
async function remember({ watched, memory, states, now }: Closing, run: Run): Promise<void> {
  const { municipality, inventory } = run;
  const before = await memory.days.summary(municipality);
  await memory.days.putSummary(summarise({ run, watched, states, now }, before));
  const closedAt = new Date(now).toISOString();
  const date = closedAt.slice(0, DATE_LENGTH);
  for (const { id } of watched.requirements) {
    const about = states.filter(({ requirement }) => requirement === id);
    const rows = snapshotRows(about, now, watched.cadence);
    await memory.days.putSnapshot(municipality, date, id, { closedAt, inventory, rows });
  }
}

/** States of the assets that are in the inventory, for the requirements that apply to them. */
async function statesOf(
  { municipality, requirements, inventory }: WatchedFamily,
  memory: Memory,
): Promise<readonly AssetState[]> {
  const kindOf = new Map(inventory.assets.map(({ id, kind }) => [id, kind]));
  const states = await Promise.all(
    requirements.map(async ({ id, appliesTo }) => {
      const all = await memory.states.all(municipality.id, id);
      return all.filter(({ asset }) => appliesTo.some((kind) => kind === kindOf.get(asset)));
    }),
  );
  return states.flat();
}

/** First looks of this run that came out otherwise than what is confirmed. A run that is doubted is not asked again. */
function secondLooksOf(
  { slot, suspect }: Run,
  states: readonly AssetState[],
  { inventory }: WatchedFamily,
): Closed["secondLooks"] {
  if (suspect !== null || isConfirmSlot(slot)) return null;
  const found = states.flatMap(({ asset, candidate }) =>
    candidate?.slot === slot ? [{ asset, since: Date.parse(candidate.since) }] : [],
  );
  if (found.length === 0) return null;
  const due = Math.max(...found.map(({ since }) => since)) + inventory.settings.confirmAfter;
  return { assets: [...new Set(found.map(({ asset }) => asset))].sort(), due };
}

async function currentOf({ municipality, id }: Run, memory: Memory): Promise<Stored<Run>> {
  const run = await memory.runs.of(municipality, id);
  if (run === null) throw new Error(`the run ${id} is gone from the store`);
  return run;
}

/** Late batches write into the run too, so it is tried until it fits. */
async function change(run: Run, memory: Memory, to: (current: Run) => Run): Promise<Run> {
  for (;;) {
    const current = await currentOf(run, memory);
    const next = to(current.value);
    if (await memory.runs.put(next, current.revision)) return next;
  }
}
