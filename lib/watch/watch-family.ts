import { firstSlotOf, isConfirmSlot, scheduledAt, slotAt } from "../core/slot.ts";
import { nextSlotAfter, slotFor } from "./cadence.ts";
import type { Stored } from "./memory.ts";
import { assetsWatched, isOfInventory, isOver } from "./plan-run.ts";
import { publishAll } from "./publish.ts";
import { closeRound, runRound } from "./round.ts";
import type { Run } from "./run.ts";
import { type SecondLook, secondLooksOf } from "./second-looks.ts";
import type { WatchedFamily } from "./watched.ts";
import type { WatchIo } from "./watch-io.ts";

/** The clock stands before what the store already holds: looks made now would count as older than those. */
export class ClockError extends Error {
  override readonly name = "ClockError";
  readonly now: string;
  readonly newest: string;

  constructor(now: number, newest: number) {
    super("the clock stands before the newest round in the store");
    this.now = new Date(now).toISOString();
    this.newest = new Date(newest).toISOString();
  }
}

/** Clocks are set right by less than this without anybody noticing. */
const CLOCK_TOLERANCE_MS = 300_000;
/** Waiting is done in pieces, so that a clock that was set is noticed soon. */
const LONGEST_NAP_MS = 30_000;
/** Wall clock and elapsed time that part by more than this in one nap: the clock was set, or the machine slept. */
const JUMP_MS = 60_000;
/** How many of the newest runs are looked through at once. */
const RUNS_REVISITED = 20;

/**
 * Watches one family until the signal aborts: first finishes what an earlier process left, then a round at every slot and the
 * second looks between. Rejects with ClockError when the clock stands before the store's newest round.
 */
export async function watchFamily(watched: WatchedFamily, io: WatchIo, signal: AbortSignal): Promise<void> {
  await takeUp(watched, io, signal);
  while (!signal.aborted) {
    await checkClock(watched, io);
    const slot = await dueSlot(watched, io);
    if (slot !== null) await runRound(watched, slot, io, signal);
    await closeOthers(watched, io);
    if (await secondLooks(watched, io, signal))
      await napUntil(nextSlotAfter(io.clock.now(), watched.cadence), io, signal);
  }
}

/** Finishes what a process that died left: unpublished transitions, open runs, alerts that were not handed over. */
export async function takeUp(watched: WatchedFamily, io: WatchIo, signal: AbortSignal): Promise<void> {
  const { municipality, requirements, cadence } = watched;
  await checkClock(watched, io);
  await publishAll(
    municipality.id,
    requirements.map(({ id }) => id),
    io.memory,
  );
  const runs = await runsBack(watched, io);
  const closedAt = runs[0]?.value.closedAt ?? null;
  const now = io.clock.now();
  if (closedAt !== null && now - Date.parse(closedAt) > 2 * cadence) {
    io.onEvent({ kind: "was-away", from: closedAt, to: new Date(now).toISOString() });
  }
  for (const { value: run } of runs.filter(({ value }) => value.closedAt === null).reverse()) {
    // An older one is closed after the next round: closing it first would call everything stale that is about to be seen.
    // One of another inventory, too: what the rest of it came to could not be read back beside what it has sealed.
    const isCurrent = now - scheduledAt(run.slot) < cadence && isOfInventory(run, watched);
    if (isCurrent && !signal.aborted) await runRound(watched, run.slot, io, signal);
  }
  await io.tell();
}

/**
 * Closes what a process that died left half done, and what other commands of this machine have looked at beside the service:
 * they remember, and leave the telling to it. What is still under way elsewhere is closed ten minutes after its start, or with
 * the next round.
 */
export async function closeOthers(watched: WatchedFamily, io: WatchIo): Promise<void> {
  const runs = await runsBack(watched, io);
  const newestClosed = runs.find(({ value }) => value.closedAt !== null)?.value.slot ?? "";
  for (const { value: run } of runs.filter(({ value }) => value.closedAt === null).reverse()) {
    const isIn = run.done.length === run.batches.length;
    if (isIn || isOver(run, io.clock.now()) || run.slot < newestClosed) await closeRound(run, watched, io);
  }
}

/** The newest runs first, as far back as some are open: until so many in a row are closed. */
async function runsBack({ municipality, family }: WatchedFamily, { memory }: WatchIo): Promise<readonly Stored<Run>[]> {
  for (let limit = RUNS_REVISITED; ; limit += RUNS_REVISITED) {
    const runs = await memory.runs.newest(municipality.id, family, limit);
    const oldest = runs.slice(-RUNS_REVISITED);
    if (runs.length < limit || oldest.every(({ value }) => value.closedAt !== null)) return runs;
  }
}

/**
 * Takes the second looks that are owed, each when it is due; one that is due only at `before`, the next slot, is left to that.
 * False when the clock was set meanwhile: then it must first be seen what is due now.
 */
export async function secondLooks(
  watched: WatchedFamily,
  io: WatchIo,
  signal: AbortSignal,
  before = nextSlotAfter(io.clock.now(), watched.cadence),
): Promise<boolean> {
  const taken = new Set<string>();
  for (;;) {
    const owed = (await secondLooksOf(watched, io)).find(({ slot }) => !taken.has(slot));
    if (owed === undefined || signal.aborted) return true;
    taken.add(owed.slot);
    const isInTime = owed.due < before;
    announce(owed, isInTime, watched, io);
    if (isInTime && !(await takeSecondLook(owed, watched, io, signal))) return false;
  }
}

/** Waits until a second look is due, and takes it. False when the clock was set before it was due. */
export async function takeSecondLook(
  { slot, due, assets }: SecondLook,
  watched: WatchedFamily,
  io: WatchIo,
  signal: AbortSignal,
): Promise<boolean> {
  await napUntil(due, io, signal);
  if (signal.aborted) return true;
  // One that is taken too early confirms nothing, and is not taken again.
  if (io.clock.now() < due) return false;
  await runRound(watched, slot, io, signal, assets);
  return true;
}

function announce({ slot, due, assets }: SecondLook, isInTime: boolean, { family }: WatchedFamily, io: WatchIo): void {
  io.onEvent({
    kind: "second-look-planned",
    run: `${family}/${firstSlotOf(slot)}`,
    assets,
    due: isInTime ? new Date(due).toISOString() : null,
  });
}

/**
 * The slot of the round that is due, or null: the scheduled one; where runs since then left assets out (names verified by
 * hand, an inventory that has grown), or one of another inventory was left open and is not carried on, one of this moment, so
 * that nothing waits a whole cadence to be seen.
 */
async function dueSlot(watched: WatchedFamily, { memory, clock }: WatchIo): Promise<string | null> {
  const { municipality, family, cadence } = watched;
  const scheduled = slotFor(clock.now(), cadence);
  const runs = (await memory.runs.newest(municipality.id, family, RUNS_REVISITED)).map(({ value }) => value);
  const since = runs.filter(({ slot }) => !isConfirmSlot(slot) && slot >= scheduled);
  if (since.length === 0) return scheduled;
  const isLeft = runs.some((run) => run.slot >= scheduled && run.closedAt === null && !isOfInventory(run, watched));
  if (isLeft) return slotAt(clock.now());
  const planned = new Set(since.flatMap(({ batches }) => batches.flat()));
  return assetsWatched(watched).every(({ id }) => planned.has(id)) ? null : slotAt(clock.now());
}

async function newestSlot({ municipality, family }: WatchedFamily, { memory }: WatchIo): Promise<string> {
  const runs = await memory.runs.newest(municipality.id, family, RUNS_REVISITED);
  return runs.map(({ value }) => value.slot).find((slot) => !isConfirmSlot(slot)) ?? "";
}

async function checkClock(watched: WatchedFamily, io: WatchIo): Promise<void> {
  const newest = await newestSlot(watched, io);
  const now = io.clock.now();
  if (newest !== "" && scheduledAt(newest) - now > CLOCK_TOLERANCE_MS) throw new ClockError(now, scheduledAt(newest));
}

/** Waits until the wall clock shows `moment`, or was set meanwhile. */
async function napUntil(moment: number, io: WatchIo, signal: AbortSignal): Promise<void> {
  for (;;) {
    const [now, elapsed] = [io.clock.now(), io.clock.elapsed()];
    if (signal.aborted || now >= moment) return;
    await io.clock.sleep(Math.min(moment - now, LONGEST_NAP_MS), signal);
    const jump = io.clock.now() - now - (io.clock.elapsed() - elapsed);
    if (Math.abs(jump) > JUMP_MS) {
      io.onEvent({ kind: "clock-jumped", seconds: Math.round(jump / 1000) });
      return;
    }
  }
}
