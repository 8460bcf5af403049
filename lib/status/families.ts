import type { Requirement } from "../core/requirement.ts";
import { DEFAULT_SETTINGS, type Family, type Inventory } from "../inventory/inventory.ts";
import { cadenceOf, familyOf } from "../watch/cadence.ts";
import { createRecall, type Recalled } from "../watch/recall.ts";
import type { Run } from "../watch/run.ts";
import type { StatusContext } from "./status-context.ts";

/** How a family is watched at the moment, by its latest runs. */
export interface FamilyNow {
  /** What its newest run verifies; null before the first. */
  readonly inventory: Recalled<Inventory> | null;
  /** Milliseconds between rounds. */
  readonly cadence: number;
  /** The newest run that is closed; null while none is. */
  readonly closed: Run | null;
}

/** Finds out how a family is watched. Inventories are read once: their address says what is in them. */
export type Families = (family: Family) => Promise<FamilyNow>;

/** Mostly the newest run or the one before is closed; else it is looked back this far. */
const RUNS_FIRST = 2;
const RUNS_AT_MOST = 24;
/** Inventories at hand: one, and another while families change over. */
const MOST_INVENTORIES = 4;

export function createFamilies({ memory, evidence, municipality }: StatusContext): Families {
  const inventories = new Map<string, Recalled<Inventory>>();
  const inventoryAt = async (address: string): Promise<Recalled<Inventory>> => {
    const known = inventories.get(address);
    if (known !== undefined) return known;
    const recalled = await createRecall(evidence).inventory(address);
    // What is missing may still come.
    if (!recalled.ok) return recalled;
    const [oldest] = inventories.keys();
    if (oldest !== undefined && inventories.size >= MOST_INVENTORIES) inventories.delete(oldest);
    inventories.set(address, recalled);
    return recalled;
  };
  const newest = async (family: Family, limit: number): Promise<readonly Run[]> =>
    (await memory.runs.newest(municipality, family, limit)).map(({ value }) => value);
  return async (family) => {
    let runs = await newest(family, RUNS_FIRST);
    if (runs.length === RUNS_FIRST && !runs.some(isClosed)) runs = await newest(family, RUNS_AT_MOST);
    const inventory = runs[0] === undefined ? null : await inventoryAt(runs[0].inventory);
    const settings = inventory?.ok === true ? inventory.value.settings : DEFAULT_SETTINGS;
    return { inventory, cadence: cadenceOf(settings, family), closed: runs.find(isClosed) ?? null };
  };
}

function isClosed({ closedAt }: Run): boolean {
  return closedAt !== null;
}

/** The families of the requirements that are built, each once, in the order of the source text. */
export function familiesOf(requirements: readonly Requirement[]): readonly Family[] {
  return [...new Set(requirements.map(({ id }) => familyOf(id)))];
}

/** Whether an asset of this id is to be shown: it is declared, or it cannot be told what is. */
export function isDeclared(asset: string, { inventory }: Pick<FamilyNow, "inventory">): boolean {
  return inventory?.ok !== true || idsOf(inventory.value).has(asset);
}

const IDS = new WeakMap<Inventory, ReadonlySet<string>>();

function idsOf(inventory: Inventory): ReadonlySet<string> {
  const ids = IDS.get(inventory) ?? new Set(inventory.assets.map(({ id }) => id));
  IDS.set(inventory, ids);
  return ids;
}

const SORTED_IDS = new WeakMap<Inventory, Map<string, readonly string[]>>();

/** Ids of the declared assets that a requirement applies to, in the order of states. */
export function declaredFor({ id, appliesTo }: Requirement, { inventory }: Pick<FamilyNow, "inventory">) {
  if (inventory?.ok !== true) return [];
  const byRequirement = SORTED_IDS.get(inventory.value) ?? new Map<string, readonly string[]>();
  SORTED_IDS.set(inventory.value, byRequirement);
  const known = byRequirement.get(id);
  if (known !== undefined) return known;
  const ids = inventory.value.assets.flatMap((asset) => (appliesTo.includes(asset.kind) ? [asset.id] : [])).sort();
  byRequirement.set(id, ids);
  return ids;
}
