import type { DomainAsset } from "../../lib/core/asset.ts";
import { evaluate } from "../../lib/core/evaluate.ts";
import type { Rehearsal } from "../../lib/core/scenario.ts";
import { confirmSlotOf } from "../../lib/core/slot.ts";
import { inventoryOfAssets } from "../../lib/inventory/inventory.ts";
import { REQUIREMENTS } from "../../lib/requirements/index.ts";
import { s18 } from "../../lib/requirements/s18/requirement.ts";
import type { StatusContext } from "../../lib/status/status-context.ts";
import { sealInventory } from "../../lib/verify/evidence.ts";
import type { JudgedAsset } from "../../lib/verify/verification.ts";
import { watchedFamilies } from "../../lib/watch/families.ts";
import { runId } from "../../lib/watch/job.ts";
import type { Memory } from "../../lib/watch/memory.ts";
import { createMemory } from "../../lib/watch/memory/create-memory.ts";
import { recordLooks } from "../../lib/watch/record-looks.ts";
import type { Run } from "../../lib/watch/run.ts";
import { summarise, snapshotRows } from "../../lib/watch/summarise.ts";
import { createMemoryEvidence, createMemoryTable } from "../support/memory-table.ts";
import { openRehearsal } from "../support/rehearsal.ts";

/** When the pages are looked at: twelve minutes after the latest close. */
export const NOW = Date.parse("2026-11-23T10:24:00.000Z");

const TOWN = { id: "0101", name: "Øvelseskommune" };
const HOUR = 3_600_000;
const CONFIRM_AFTER = 600_000;

const HEALTHY = (
  "signed signed-with-one-key ds-standby key-rollover algorithm-rollover key-revoked rsa-2048 rsa-4096 rsa-1024 rsasha512 " +
  "ecdsa-p384 ed25519 ed448 ds-sha1-beside-sha256 ds-sha384 nsec3 nsec3-salt nsec3-iterations-100 nsec3-opt-out child-insecure " +
  "empty-non-terminal wildcard wildcard-nsec3 cname-into-unsigned dname mixed-case large-txt one-server-older bare one-lame " +
  "one-silent ns-mismatch child-secure zone-below other-top-level idn"
).split(" ");
/** Fulfilled until a round shows them as they are. */
const BREAKING = ["expired", "ds-of-other-key", "one-server-unsigned", "ds-digest-wrong"];
const TOWNS = [...HEALTHY, ...BREAKING, "all-silent"];

/** Slots, what is broken in each, and whether the second look was made. */
const ROUNDS: readonly { readonly slot: string; readonly broken: readonly string[]; readonly isFirstOnly?: true }[] = [
  { slot: "2026-10-01T10:00:00.000Z", broken: ["one-server-unsigned"] },
  { slot: "2026-11-04T08:00:00.000Z", broken: ["one-server-unsigned", "ds-of-other-key"] },
  { slot: "2026-11-05T13:00:00.000Z", broken: ["one-server-unsigned"] },
  { slot: "2026-11-22T07:00:00.000Z", broken: ["one-server-unsigned", "ds-of-other-key"] },
  { slot: "2026-11-23T06:00:00.000Z", broken: ["one-server-unsigned", "ds-of-other-key", "expired"] },
  { slot: "2026-11-23T10:00:00.000Z", broken: BREAKING, isFirstOnly: true },
];

/** What a municipality of 41 domains is remembered to have gone through; three of them fail, one is silent, one seen once. */
export async function openTown(): Promise<StatusContext> {
  const rehearsal = await openRehearsal();
  const [evidence, memory] = [createMemoryEvidence(), createMemory(createMemoryTable())];
  const inventory = { ...inventoryOfAssets(TOWNS.map((each) => rehearsal.asset(each))), municipality: TOWN };
  const sealed = sealInventory(inventory);
  await evidence.put(sealed.address, sealed.text);
  const judgedOnce = new Map<string, JudgedAsset>();
  for (const { slot, broken, isFirstOnly } of ROUNDS) {
    for (const [moment, own] of looksOf(slot, isFirstOnly)) {
      const judged: JudgedAsset[] = [];
      for (const each of TOWNS) {
        const isWell = BREAKING.includes(each) && !broken.includes(each);
        const key = `${each} ${String(isWell)}`;
        const known = judgedOnce.get(key) ?? (await judge(rehearsal, each, isWell));
        judgedOnce.set(key, known);
        judged.push(at(known, moment));
      }
      const about = { municipality: TOWN.id, slot: own, reading: "kommune-2024", statements: inventory } as const;
      await recordLooks(judged, { ...about, confirmAfter: CONFIRM_AFTER }, { memory, evidence });
      await close(memory, own, moment, sealed.address, inventory);
    }
  }
  const context = { municipality: TOWN.id, memory, evidence, now: () => NOW, secret: "a secret of tests" };
  return { ...context, requirements: REQUIREMENTS, language: "da" };
}

function looksOf(slot: string, isFirstOnly: boolean | undefined): readonly (readonly [string, string])[] {
  const second = new Date(Date.parse(slot) + CONFIRM_AFTER).toISOString();
  return isFirstOnly === true
    ? [[slot, slot]]
    : [
        [slot, slot],
        [second, confirmSlotOf(slot)],
      ];
}

const OBSERVED = "2026-11-23T10:00:00.000Z";

/** As the practice domain is, or as `signed` is under its name. */
async function judge(rehearsal: Rehearsal, practiceClass: string, isWell: boolean): Promise<JudgedAsset> {
  const asset = rehearsal.asset(practiceClass) as DomainAsset;
  const seen = await rehearsal.observe(isWell ? "signed" : practiceClass, { at: OBSERVED });
  const observations = seen.map((each) => ({ ...each, asset: asset.id, target: asset.id }));
  const input = { asset, observations, reading: "kommune-2024", asOf: Date.parse(OBSERVED) } as const;
  const none = inventoryOfAssets([asset]);
  const evaluation = evaluate(s18, { ...input, statements: none });
  const findings = isWell ? renamed(evaluation.findings, "oevelse.dk", asset.name) : evaluation.findings;
  return { evaluation: { ...evaluation, findings }, observations };
}

function renamed<T>(value: T, from: string, to: string): T {
  return JSON.parse(JSON.stringify(value).replaceAll(from, to)) as T;
}

/** The same, seen at another moment. */
function at(judged: JudgedAsset, moment: string): JudgedAsset {
  const { observations, evaluation } = judged;
  const asset = evaluation.asset;
  return {
    observations: renamed(observations, OBSERVED, moment),
    evaluation: { ...renamed(evaluation, OBSERVED, moment), requirement: s18, asset },
  };
}

async function close(
  memory: Memory,
  slot: string,
  moment: string,
  inventoryAddress: string,
  inventory: ReturnType<typeof inventoryOfAssets>,
): Promise<void> {
  const now = Date.parse(moment) + CONFIRM_AFTER / 5;
  const states = await memory.states.all(TOWN.id, s18.id);
  const run: Run & { readonly closedAt: string } = {
    ...{ id: runId("domains", slot), municipality: TOWN.id, family: "domains" as const, slot, startedAt: moment },
    ...{ batches: [TOWNS], done: [0], closedAt: new Date(now).toISOString(), suspect: null },
    counts: { looks: TOWNS.length, answers: TOWNS.length - 1, worse: 1, well: HEALTHY.length },
    inventory: inventoryAddress,
  };
  await memory.runs.put(run, null);
  const watched = watchedFamilies(TOWN, inventory, REQUIREMENTS).find(({ family }) => family === run.family);
  if (watched === undefined) throw new Error("nothing is watched");
  await memory.days.putSummary(summarise({ run, watched, states, now }, await memory.days.summary(TOWN.id)));
  const snapshot = { closedAt: run.closedAt, inventory: inventoryAddress, rows: snapshotRows(states, now, HOUR) };
  await memory.days.putSnapshot(TOWN.id, run.closedAt.slice(0, "2026-11-23".length), s18.id, snapshot);
}
