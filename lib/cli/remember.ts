import { slotAt } from "../core/slot.ts";
import type { Municipality } from "../inventory/inventory.ts";
import type { InventoryFiles } from "../inventory/read-inventory.ts";
import type { DataFolder } from "../ports.ts";
import { openJobs, planRun } from "../watch/plan-run.ts";
import { closeRound } from "../watch/round.ts";
import type { WatchedFamily } from "../watch/watched.ts";
import type { Looking } from "../watch/watch-io.ts";
import { workJob } from "../watch/work-job.ts";
import type { JudgedAsset } from "../verify/verification.ts";
import { CliError } from "./cli-error.ts";
import { EXIT } from "./exit-code.ts";
import { holdingLeaseIfFree } from "./hold-lease.ts";
import { openWatch, type Watch } from "./open-watch.ts";
import type { JudgingServices } from "./services.ts";

export interface Remembered {
  readonly files: InventoryFiles;
  readonly data: DataFolder;
  readonly shownFolder: string | null;
  readonly judged: readonly JudgedAsset[];
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

/**
 * Takes a verification that was made just now into what is remembered, as a run of its own. Where a service watches from the
 * same folder, the telling is left to it; else the run is closed here, and who is to be told is told.
 */
export async function rememberVerification(found: Remembered, services: JudgingServices): Promise<void> {
  const { files, data, shownFolder } = found;
  const municipality = municipalityIn(files);
  const watch = await openWatch({ files, municipality, data, shownFolder, controls: null }, services);
  const isTold = await holdingLeaseIfFree(data, async (isHeld) => {
    for (const watched of watch.families) await rememberFamily(watched, found, watch, isHeld);
    return isHeld();
  });
  if (!isTold) {
    services.terminal.say({
      da: "Husket. En tjeneste overvåger ud fra samme datamappe og giver besked ved sin næste runde, hvis der er noget at sige.",
      en: "Remembered. A service watches from the same data folder and tells at its next run, if there is anything to say.",
    });
  }
}

async function rememberFamily(
  watched: WatchedFamily,
  { judged, startedAt }: Remembered,
  { io }: Watch,
  isToClose: () => boolean,
): Promise<void> {
  const requirements = new Set(watched.requirements.map(({ id }) => id));
  const own = judged.filter(({ evaluation }) => requirements.has(evaluation.requirement.id));
  const known = new Set(watched.inventory.assets.map(({ id }) => id));
  const only = [...new Set(own.map(({ evaluation }) => evaluation.asset.id))].filter((id) => known.has(id));
  if (only.length === 0) return;
  const { value: run } = await planRun(watched, slotAt(startedAt), io, only);
  const replay: Looking = {
    look: ({ assets }) => Promise.resolve(own.filter(({ evaluation }) => assets.includes(evaluation.asset.id))),
    // What was seen has been shown as it is; the service's own next look doubts itself.
    checkControls: () => Promise.resolve("unknown"),
    close: () => undefined,
  };
  const uninterrupted = new AbortController().signal;
  for (const job of openJobs(run)) await workJob(job, watched, replay, io, uninterrupted);
  if (isToClose()) await closeRound(run, watched, io);
}

/** The municipality that an inventory is of. Ends with 66 where it names none: what is remembered is remembered for one. */
export function municipalityIn({ inventory }: InventoryFiles): Municipality {
  if (inventory.municipality !== null) return inventory.municipality;
  const file = inventory.file ?? "";
  throw new CliError(EXIT.input, {
    da: `${file}: municipality mangler. Det, der huskes, huskes for en kommune: municipality: { id: "0101", name: ... }`,
    en: `${file}: municipality is missing. What is remembered is remembered for one: municipality: { id: "0101", name: ... }`,
  });
}
