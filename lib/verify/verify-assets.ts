import { evaluate } from "../core/evaluate.ts";
import type { Observation } from "../core/observation.ts";
import type { Requirement } from "../core/requirement.ts";
import type { Reading, RequirementId } from "../core/requirement-id.ts";
import type { Bilingual } from "../core/messages.ts";
import { isValidAt } from "../core/statements.ts";
import type { Inventory } from "../inventory/inventory.ts";
import { runProbes } from "./run-probes.ts";
import { planVerification, type Plan } from "./plan.ts";
import type { ProbeContext } from "../probes/probe-context.ts";
import type { Cost, JudgedAsset, Verification } from "./verification.ts";

export interface Progress {
  readonly done: number;
  readonly total: number;
  /** Name of the asset whose visit was finished last. */
  readonly current: string;
}

/** What to verify. Which requirements are built is the caller's list, so that the same code serves every family. */
export interface VerifyRequest {
  readonly inventory: Inventory;
  /** Ids of the assets to look at; unset: all of the inventory. */
  readonly only?: ReadonlySet<string>;
  readonly requirements: readonly Requirement[];
  /** The ids asked for, in source order: one without assets is reported as such. */
  readonly requested: readonly RequirementId[];
  readonly reading: Reading;
  readonly onProgress: (progress: Progress) => void;
}

/** What a verification needs from the outside besides probes. */
export interface VerifyIo {
  readonly context: ProbeContext;
  readonly cost: () => Omit<Cost, "seconds">;
  readonly notSeen: () => readonly Bilingual[];
}

/** Visits every asset once, then judges. An abort ends it cleanly with what was found so far. */
export async function verifyAssets(
  request: VerifyRequest,
  io: VerifyIo,
): Promise<Verification & { readonly observations: readonly Observation[] }> {
  const { inventory, only, requirements, onProgress } = request;
  const { context } = io;
  const startedAt = context.now();
  const assets = inventory.assets.filter(({ id }) => only?.has(id) ?? true);
  const plan = planVerification(assets, requirements);
  const observations = await runProbes(plan.probes, inventory, context, onProgress);
  const interrupted = context.signal.aborted;
  const judged = judgePlan(plan, observations, request, startedAt);
  const finishedAt = context.now();
  return {
    ...frame(request, startedAt),
    finishedAt: new Date(finishedAt).toISOString(),
    notSeen: io.notSeen(),
    interrupted,
    judged,
    cost: { seconds: (finishedAt - startedAt) / 1000, ...io.cost() },
    observations,
  };
}

/** The parts of a verification that the request alone decides, as of a moment in epoch milliseconds. */
export function frame({ inventory, reading, requested }: VerifyRequest, startedAt: number) {
  const attestation = inventory.inventoryAttestation;
  return {
    municipality: inventory.municipality?.id ?? null,
    reading,
    startedAt: new Date(startedAt).toISOString(),
    vantage: "local" as const,
    requirements: requested,
    inventoryLapsed: attestation !== null && !isValidAt(attestation, startedAt),
  };
}

/** Judges every planned verdict from the observations of its asset. What has none is indeterminate by the engine's rule. */
export function judgePlan(
  plan: Plan,
  observations: readonly Observation[],
  { inventory, reading }: VerifyRequest,
  asOf: number,
): readonly JudgedAsset[] {
  const byAsset = Map.groupBy(observations, (observation) => observation.asset);
  return plan.verdicts.map(({ requirement, asset, kinds }) => {
    // Stored ones come by the names of their files: in one order whatever it was, so that judging again gives the very same.
    const own = (byAsset.get(asset.id) ?? [])
      .filter(({ kind }) => kinds.includes(kind))
      .toSorted((a, b) => (a.target < b.target ? -1 : a.target > b.target ? 1 : 0));
    const { attestations, exemptions } = inventory;
    const profile = inventory.settings.tlsProfile;
    const input = { asset, observations: own, reading, statements: { attestations, exemptions }, asOf, profile };
    return { evaluation: evaluate(requirement, input), observations: own };
  });
}
