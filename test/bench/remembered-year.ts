import type { DomainAsset } from "../../lib/core/asset.ts";
import type { JudgedFinding } from "../../lib/core/finding.ts";
import type { Look } from "../../lib/core/look.ts";
import { reduce } from "../../lib/core/reduce.ts";
import { rulesOf } from "../../lib/core/requirement.ts";
import { slotAt } from "../../lib/core/slot.ts";
import type { AssetState } from "../../lib/core/state.ts";
import { type Inventory, inventoryOfAssets } from "../../lib/inventory/inventory.ts";
import type { EvidenceStore } from "../../lib/ports.ts";
import { s18 } from "../../lib/requirements/s18/requirement.ts";
import { sealInventory, sealJudgement } from "../../lib/verify/evidence.ts";
import { runId } from "../../lib/watch/job.ts";
import type { Memory } from "../../lib/watch/memory.ts";
import { NO_COUNTS, type Run } from "../../lib/watch/run.ts";
import { snapshotRows, summarise } from "../../lib/watch/summarise.ts";
import { name } from "../../lib/wire/name.ts";

export const MUNICIPALITY = { id: "0101", name: "Eksempelkommune" };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;
const READING = "kommune-2024";
const POLICY = { confirmAfter: 10 * MINUTE };
const BATCH = 50;
/** Asset by asset in turn takes the database's latency; so many at once keep it busy. */
const AT_ONCE = 32;

/** How much is to be remembered. */
export interface Extent {
  readonly assets: number;
  /** Confirmed changes of each asset, spread over the year. */
  readonly changes: number;
  /** Rounds whose runs are kept: the latest of the year. */
  readonly runs: number;
}

/** Fills a memory with a year of S18 that ended at `now` (epoch milliseconds). Returns the ids of the assets. */
export async function rememberYear(
  { assets: count, changes, runs }: Extent,
  now: number,
  { memory, evidence }: { readonly memory: Memory; readonly evidence: EvidenceStore },
): Promise<readonly string[]> {
  const assets = Array.from({ length: count }, (_, index) =>
    domain(`navn-${String(index).padStart(5, "0")}-oevelse.dk`),
  );
  const inventory: Inventory = { ...inventoryOfAssets(assets), municipality: MUNICIPALITY, reading: READING };
  const sealed = sealInventory(inventory);
  await evidence.put(sealed.address, sealed.text);
  const states: AssetState[] = [];
  for (let start = 0; start < count; start += AT_ONCE) {
    const some = assets.slice(start, start + AT_ONCE).map((asset, index) => {
      const moments = Array.from({ length: changes }, (_, change) => momentOf(start + index, change, changes, now));
      return rememberAsset(asset, [...moments, lastRound(now)], { memory, evidence });
    });
    states.push(...(await Promise.all(some)));
  }
  const batches = Array.from({ length: Math.ceil(count / BATCH) }, (_, index) =>
    assets.slice(index * BATCH, (index + 1) * BATCH).map(({ id }) => id),
  );
  const last = await rememberRuns(runs, now, { batches, inventory: sealed.address }, memory);
  const watched = {
    municipality: MUNICIPALITY,
    inventory,
    requirements: [s18],
    family: "domains",
    cadence: HOUR,
  } as const;
  await memory.days.putSummary(summarise({ run: last, watched, states, now }, null));
  const rows = snapshotRows(states, now, HOUR);
  const closedAt = new Date(now).toISOString();
  await memory.days.putSnapshot(MUNICIPALITY.id, closedAt.slice(0, 10), "S18", {
    closedAt,
    inventory: sealed.address,
    rows,
  });
  return assets.map(({ id }) => id);
}

function domain(value: string): DomainAsset {
  return { kind: "domain", id: `domain:${value}`, name: value, domain: name(value) };
}

function lastRound(now: number): number {
  return Math.floor(now / HOUR) * HOUR;
}

/** Changes of one asset lie apart; those of different assets share hours now and then. */
function momentOf(asset: number, change: number, changes: number, now: number): number {
  const hours = Math.floor((asset * 37) % (YEAR / HOUR / changes));
  return lastRound(now) - YEAR + change * Math.floor(YEAR / changes / HOUR) * HOUR + hours * HOUR;
}

async function rememberAsset(
  asset: DomainAsset,
  moments: readonly number[],
  { memory, evidence }: { readonly memory: Memory; readonly evidence: EvidenceStore },
): Promise<AssetState> {
  const subject = { municipality: MUNICIPALITY.id, requirement: "S18", asset: asset.id } as const;
  let state: AssetState | null = null;
  for (const [index, moment] of moments.entries()) {
    // The last look sees what the one before it saw.
    const isPass = Math.min(index, moments.length - 2) % 2 === 0;
    const judgement = sealJudgement(evaluationOf(asset, isPass), rulesOf(s18, READING));
    await evidence.put(judgement.address, judgement.text);
    state = reduce(state, subject, lookOf(moment, isPass, judgement.address), POLICY);
  }
  if (state === null) throw new Error("an asset that was never looked at");
  for (const transition of state.outbox) await memory.transitions.publish(transition);
  const published: AssetState = { ...state, outbox: [] };
  if (!(await memory.states.commit(published, null))) throw new Error(`${asset.id} is remembered already`);
  return published;
}

function evaluationOf(asset: DomainAsset, isPass: boolean): Parameters<typeof sealJudgement>[0] {
  const verdict = isPass ? "pass" : "fail";
  const finding = {
    ...{ tag: isPass ? "S18_SIGNED" : "S18_UNSIGNED", check: "s18.chain", clause: "1", outcome: verdict, cause: null },
    evidence: { zone: asset.name, parent: "dk", provenBy: "nsec3" },
  } as const satisfies JudgedFinding;
  return {
    requirement: s18,
    asset,
    verdict,
    cause: null,
    clauses: [{ clause: "1", verdict, cause: null }],
    findings: [finding],
  };
}

function lookOf(moment: number, isPass: boolean, judgement: string): Look {
  return {
    ...{ slot: slotAt(moment), observedAt: new Date(moment + MINUTE).toISOString(), judgement, evidence: judgement },
    ...{
      verdict: isPass ? "pass" : "fail",
      cause: null,
      isCertain: true,
      rules: rulesOf(s18, READING),
      rejudged: null,
    },
    ...{ deciding: [{ tag: isPass ? "S18_SIGNED" : "S18_UNSIGNED", about: null }], warnings: [] },
  };
}

async function rememberRuns(
  count: number,
  now: number,
  { batches, inventory }: Pick<Run, "batches" | "inventory">,
  memory: Memory,
): Promise<Run> {
  let last: Run | null = null;
  for (let back = count - 1; back >= 0; back -= 1) {
    const slot = slotAt(lastRound(now) - back * HOUR);
    const done = batches.map((_, index) => index);
    last = {
      ...{ id: runId("domains", slot), municipality: MUNICIPALITY.id, family: "domains", slot, startedAt: slot },
      ...{ batches, done, closedAt: slotAt(lastRound(now) - back * HOUR + 2 * MINUTE), suspect: null },
      ...{ counts: NO_COUNTS, inventory },
    };
    await memory.runs.put(last, null);
  }
  if (last === null) throw new Error("a year without a run");
  return last;
}
