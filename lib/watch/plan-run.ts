import type { Asset } from "../core/asset.ts";
import { sealInventory } from "../verify/evidence.ts";
import type { Job } from "./job.ts";
import { runId } from "./job.ts";
import type { Stored } from "./memory.ts";
import { NO_COUNTS, type Run } from "./run.ts";
import type { WatchedFamily } from "./watched.ts";
import type { WatchIo } from "./watch-io.ts";

/** Small enough that a batch fits one function's time, large enough that the chain above the assets is fetched seldom. */
const BATCH = 25;
/** A run counts as over so long after its start, whatever of it is in. */
const OVER_AT_LATEST_MS = 600_000;

/**
 * The run of a family at a slot, made unless it is there already: planning twice is planning once. `only` names the assets of
 * a second look; unset: all that the family's requirements apply to.
 */
export async function planRun(
  watched: WatchedFamily,
  slot: string,
  io: Pick<WatchIo, "memory" | "evidence" | "clock">,
  only?: readonly string[],
): Promise<Stored<Run>> {
  const { family, municipality, inventory } = watched;
  const id = runId(family, slot);
  const existing = await io.memory.runs.of(municipality.id, id);
  if (existing !== null) return existing;
  const sealed = sealInventory(inventory);
  await io.evidence.put(sealed.address, sealed.text);
  const run: Run = {
    ...{ id, municipality: municipality.id, family, slot },
    startedAt: new Date(io.clock.now()).toISOString(),
    batches: inBatches(only ?? assetsWatched(watched).map((asset) => asset.id)),
    ...{ done: [], closedAt: null, suspect: null, counts: NO_COUNTS, inventory: sealed.address },
  };
  await io.memory.runs.put(run, null);
  const planned = await io.memory.runs.of(municipality.id, id);
  if (planned === null) throw new Error(`the run ${id} was written but is not there`);
  return planned;
}

/** The assets that at least one of the family's requirements applies to. */
export function assetsWatched({ inventory, requirements }: WatchedFamily): readonly Asset[] {
  return inventory.assets.filter(({ kind }) => requirements.some(({ appliesTo }) => appliesTo.includes(kind)));
}

/** Whether nobody works on the run any more: closed, or begun more than ten minutes before `now` (epoch milliseconds). */
export function isOver({ closedAt, startedAt }: Run, now: number): boolean {
  return closedAt !== null || now - Date.parse(startedAt) > OVER_AT_LATEST_MS;
}

/** Whether the run was planned over this very inventory: the evidence of its looks is read back beside the sealed one. */
export function isOfInventory(run: Run, { inventory }: WatchedFamily): boolean {
  return run.inventory === sealInventory(inventory).address;
}

/** The batches of a run that are not in yet. */
export function openJobs({ id, municipality, family, slot, batches, done }: Run): readonly Job[] {
  return batches.flatMap((assets, batch) =>
    done.includes(batch) ? [] : [{ run: id, municipality, family, slot, batch, batches: batches.length, assets }],
  );
}

function inBatches(assets: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(assets.length / BATCH);
  return Array.from({ length: count }, (_, batch) => assets.slice(batch * BATCH, (batch + 1) * BATCH));
}
