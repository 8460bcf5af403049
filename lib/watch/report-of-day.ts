import type { Requirement } from "../core/requirement.ts";
import type { AssetState } from "../core/state.ts";
import { isValidAt } from "../core/statements.ts";
import type { Judged, Verdict } from "../core/verdict.ts";
import { DEFAULT_SETTINGS, type Inventory } from "../inventory/inventory.ts";
import type { StoredJudgement } from "../verify/evidence.ts";
import { municipalityVerdict } from "../verify/municipality-verdict.ts";
import { cadenceOf, familyOf } from "./cadence.ts";
import type { PastIo } from "./history-of-asset.ts";
import { createRecall, type Loss, type Recall, type Recalled } from "./recall.ts";
import { snapshotRows } from "./summarise.ts";
import type { SnapshotRow } from "./summary.ts";

/** What was so for one requirement at one moment: of a past day by its snapshot, of now by the states. */
export interface RequirementOfDay extends Judged {
  readonly requirement: Requirement;
  /** The date (UTC) of the snapshot and the close that wrote it; null for now, and where there is none. */
  readonly date: string | null;
  readonly closedAt: string | null;
  readonly inventory: Recalled<Inventory> | null;
  /** Since when this has at least been so (UTC, ISO 8601); null when nothing was seen. */
  readonly since: string | null;
  readonly rows: readonly RowOfDay[];
}

/** One asset's verdict. `row` is null for a declared asset that nothing is remembered of: not looked at is not known. */
export interface RowOfDay extends Judged {
  readonly asset: string;
  readonly row: SnapshotRow | null;
  readonly judgement: Recalled<StoredJudgement> | null;
}

/** What was so on a day (YYYY-MM-DD, UTC): the latest snapshot on or before it. A requirement without one has no rows. */
export async function requirementOfDay(
  requirement: Requirement,
  { municipality, date }: { readonly municipality: string; readonly date: string },
  io: PastIo,
): Promise<RequirementOfDay> {
  const snapshot = await io.memory.days.snapshot(municipality, date, requirement.id);
  if (snapshot === null) return ofRows(requirement, { date: null, closedAt: null, inventory: null, rows: [], asOf: 0 });
  const recall = createRecall(io.evidence);
  const { closedAt } = snapshot;
  const inventory = await recall.inventory(snapshot.inventory);
  const rows = await withJudgements(snapshot.rows, recall);
  return ofRows(requirement, { date: snapshot.date, closedAt, inventory, rows, asOf: Date.parse(closedAt) });
}

/** What is so at `now` (epoch milliseconds), of the assets that the family was last verified by. */
export async function requirementOfNow(
  requirement: Requirement,
  { municipality, now }: { readonly municipality: string; readonly now: number },
  io: PastIo,
): Promise<RequirementOfDay> {
  const recall = createRecall(io.evidence);
  const present = await statesNow(requirement, municipality, io, recall);
  const settings = present.inventory?.ok === true ? present.inventory.value.settings : DEFAULT_SETTINGS;
  const cadence = cadenceOf(settings, familyOf(requirement.id));
  const rows = await withJudgements(snapshotRows(present.states, now, cadence), recall);
  return ofRows(requirement, { date: null, closedAt: present.closedAt, inventory: present.inventory, rows, asOf: now });
}

/** Enough to pass over those that are under way or were cut short. */
const RUNS_LOOKED_AT = 10;

/** The states of the assets in the inventory that the requirement's family was last verified by. */
export async function statesNow(
  requirement: Requirement,
  municipality: string,
  { memory }: PastIo,
  recall: Recall,
): Promise<{
  readonly states: readonly AssetState[];
  readonly inventory: Recalled<Inventory> | null;
  /** The latest close; a verification that is going on has none yet. Null while there was none. */
  readonly closedAt: string | null;
}> {
  const runs = await memory.runs.newest(municipality, familyOf(requirement.id), RUNS_LOOKED_AT);
  const newest = runs[0];
  const states = await memory.states.all(municipality, requirement.id);
  if (newest === undefined) return { states, inventory: null, closedAt: null };
  const inventory = await recall.inventory(newest.value.inventory);
  const declared = inventory.ok ? new Set(inventory.value.assets.map(({ id }) => id)) : null;
  const closedAt = runs.find(({ value }) => value.closedAt !== null)?.value.closedAt ?? null;
  return { states: states.filter(({ asset }) => declared?.has(asset) ?? true), inventory, closedAt };
}

/** An asset that was declared after the last round. */
export const NOT_LOOKED_AT: Judged = { verdict: "indeterminate", cause: "probe-stale" };

async function withJudgements(rows: readonly SnapshotRow[], recall: Recall): Promise<readonly RowOfDay[]> {
  const recalled: RowOfDay[] = [];
  for (const row of rows) {
    const { asset, verdict, cause } = row;
    recalled.push({ asset, verdict, cause, row, judgement: await recall.judgement(row.judgement) });
  }
  return recalled;
}

interface Material extends Pick<RequirementOfDay, "date" | "closedAt" | "inventory" | "rows"> {
  /** Epoch milliseconds: statements count or lapse as of then. */
  readonly asOf: number;
}

function ofRows(requirement: Requirement, { asOf, ...material }: Material): RequirementOfDay {
  const unseen = unseenAssets(requirement, material.rows, material.inventory).map((asset): RowOfDay => ({
    asset,
    ...NOT_LOOKED_AT,
    row: null,
    judgement: null,
  }));
  const rows = [...material.rows, ...unseen].toSorted((a, b) => (a.asset < b.asset ? -1 : 1));
  const judged = verdictByInventory(rows, material.inventory, asOf);
  return { requirement, ...material, rows, ...judged, since: sinceOf(rows, judged.verdict) };
}

/** Ids of the declared assets that the requirement applies to and that nothing is remembered of. */
export function unseenAssets(
  requirement: Requirement,
  rows: readonly { readonly asset: string }[],
  inventory: Recalled<Inventory> | null,
): readonly string[] {
  const seen = new Set(rows.map(({ asset }) => asset));
  const declared = inventory?.ok === true ? inventory.value.assets : [];
  return declared.flatMap(({ id, kind }) => (requirement.appliesTo.includes(kind) && !seen.has(id) ? [id] : []));
}

/**
 * The municipality's verdict as of a moment (epoch milliseconds). An inventory that cannot be read leaves open which assets
 * there are: then nothing passes.
 */
export function verdictByInventory(
  rows: readonly Judged[],
  inventory: Recalled<Inventory> | null,
  asOf: number,
): Judged {
  const isLapsed = inventory?.ok === true && hasLapsed(inventory.value, asOf);
  const { verdict, cause } = municipalityVerdict(rows, isLapsed);
  const isOpen = verdict === "fail" || verdict === "indeterminate";
  return isOpen || inventory?.ok === true ? { verdict, cause } : { verdict: "indeterminate", cause: "internal" };
}

function hasLapsed({ inventoryAttestation }: Inventory, asOf: number): boolean {
  return inventoryAttestation !== null && !isValidAt(inventoryAttestation, asOf);
}

/**
 * A fail has lasted at least since its first failing asset failed, whatever the others did; any other verdict is certain only
 * since the last of its assets came to what it is.
 */
function sinceOf(rows: readonly RowOfDay[], verdict: Verdict): string | null {
  const deciding = verdict === "fail" ? rows.filter((row) => row.verdict === "fail") : rows;
  const moments = deciding.flatMap(({ row }) => row?.since ?? []).sort();
  return (verdict === "fail" ? moments.at(0) : moments.at(-1)) ?? null;
}

/** Everything of these days that could not be read back, each once. */
export function lossesOf(days: readonly RequirementOfDay[]): readonly Loss[] {
  const losses = days.flatMap(({ inventory, rows }) =>
    [inventory, ...rows.map(({ judgement }) => judgement)].flatMap((each) => (each?.ok === false ? [each] : [])),
  );
  return [...new Map(losses.map((each) => [each.address, each])).values()];
}
