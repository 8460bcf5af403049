import type { DomainAsset } from "../../lib/core/asset.ts";
import { evaluate } from "../../lib/core/evaluate.ts";
import type { Requirement } from "../../lib/core/requirement.ts";
import type { Reading } from "../../lib/core/requirement-id.ts";
import type { Rehearsal } from "../../lib/core/scenario.ts";
import { confirmSlotOf, slotAt } from "../../lib/core/slot.ts";
import { type Inventory, inventoryOfAssets } from "../../lib/inventory/inventory.ts";
import type { DataFolder, EvidenceStore, Table } from "../../lib/ports.ts";
import { s18 } from "../../lib/requirements/s18/requirement.ts";
import { sealInventory } from "../../lib/verify/evidence.ts";
import type { JudgedAsset } from "../../lib/verify/verification.ts";
import { runId } from "../../lib/watch/job.ts";
import type { Memory } from "../../lib/watch/memory.ts";
import { createMemory } from "../../lib/watch/memory/create-memory.ts";
import { noteMunicipality } from "../../lib/watch/municipalities.ts";
import { recordLooks } from "../../lib/watch/record-looks.ts";
import { NO_COUNTS } from "../../lib/watch/run.ts";
import { snapshotRows } from "../../lib/watch/summarise.ts";
import { createMemoryEvidence, createMemoryTable } from "./memory-table.ts";
import { openRehearsal } from "./rehearsal.ts";

export const MUNICIPALITY = { id: "0101", name: "Eksempelkommune" };

const MINUTE = 60_000;
const CADENCE = 60 * MINUTE;
const CONFIRM_AFTER = 10 * MINUTE;

/** What assets show in a round other than their own records: the class that stands in, by class. */
export type Shown = Readonly<Record<string, string>>;

export interface RoundOptions {
  readonly inventory?: Partial<Inventory>;
  readonly requirement?: Requirement;
  readonly reading?: Reading;
}

/** A municipality that is remembered in memory, round by round, through the code that the service remembers with. */
export interface RememberedMunicipality {
  readonly table: Table;
  readonly evidence: EvidenceStore;
  readonly memory: Memory;
  /** For `Services.openData`. */
  readonly open: () => Promise<DataFolder>;
  /** How often a folder was closed. */
  readonly closed: () => number;
  /**
   * Two looks at every asset, at `at` (ISO 8601) and ten minutes later, so that whatever they show is confirmed; then a
   * snapshot of the day. Assets are practice classes.
   */
  round(at: string, classes: readonly string[], shown?: Shown, options?: RoundOptions): Promise<void>;
  assetId(practiceClass: string): string;
}

export async function rememberedMunicipality(): Promise<RememberedMunicipality> {
  const rehearsal = await openRehearsal();
  const [table, evidence] = [createMemoryTable(), createMemoryEvidence()];
  const memory = createMemory(table);
  await noteMunicipality(table, MUNICIPALITY.id);
  let closed = 0;
  return {
    ...{ table, evidence, memory, closed: () => closed },
    assetId: (practiceClass) => rehearsal.asset(practiceClass).id,
    open: async () => ({
      ...{ path: "/data", table, evidence },
      close: async () => {
        closed += 1;
      },
    }),
    async round(at, classes, shown = {}, { inventory: more = {}, requirement = s18, reading = "kommune-2024" } = {}) {
      const assets = classes.map((each) => rehearsal.asset(each));
      const inventory = { ...inventoryOfAssets(assets), municipality: MUNICIPALITY, reading, ...more };
      const sealed = sealInventory(inventory);
      await evidence.put(sealed.address, sealed.text);
      const first = slotAt(Date.parse(at));
      const looks = [
        { slot: first, moment: at },
        { slot: confirmSlotOf(first), moment: slotAt(Date.parse(at) + CONFIRM_AFTER) },
      ];
      for (const { slot, moment } of looks) {
        const batches = [assets.map(({ id }) => id)];
        const run = { id: runId("domains", slot), municipality: MUNICIPALITY.id, family: "domains", slot } as const;
        const ended = { done: [0], closedAt: moment, suspect: null, counts: NO_COUNTS, inventory: sealed.address };
        await memory.runs.put({ ...run, startedAt: moment, batches, ...ended }, null);
        const by = { moment, inventory, requirement, reading };
        const judged = await Promise.all(classes.map((each) => judge(rehearsal, each, shown[each] ?? each, by)));
        const about = { municipality: MUNICIPALITY.id, slot, reading, statements: inventory };
        await recordLooks(judged, { ...about, confirmAfter: CONFIRM_AFTER }, { memory, evidence });
      }
      const closedAt = looks[1]?.moment ?? at;
      const all = await memory.states.all(MUNICIPALITY.id, requirement.id);
      const states = all.filter(({ asset }) => assets.some(({ id }) => id === asset));
      const rows = snapshotRows(states, Date.parse(closedAt), CADENCE);
      const snapshot = { closedAt, inventory: sealed.address, rows };
      await memory.days.putSnapshot(MUNICIPALITY.id, closedAt.slice(0, 10), requirement.id, snapshot);
    },
  };
}

interface By {
  readonly moment: string;
  readonly inventory: Inventory;
  readonly requirement: Requirement;
  readonly reading: Reading;
}

/** Looks at the records of one practice domain in the place of another's: the asset stays, what it shows changes. */
async function judge(rehearsal: Rehearsal, practiceClass: string, shown: string, by: By): Promise<JudgedAsset> {
  const asset = rehearsal.asset(practiceClass) as DomainAsset;
  const seen = await rehearsal.observe(shown, { at: by.moment });
  const observations = seen.map((each) => ({ ...each, asset: asset.id, target: asset.id }));
  const { reading, requirement, inventory: statements, moment } = by;
  const input = { asset, observations, reading, statements, asOf: Date.parse(moment) };
  return { evaluation: evaluate(requirement, input), observations };
}
