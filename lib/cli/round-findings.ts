import { type Observation, unobserved } from "../core/observation.ts";
import type { Inventory } from "../inventory/inventory.ts";
import type { Requirement } from "../core/requirement.ts";
import type { Cost, JudgedAsset, Verification } from "../verify/verification.ts";
import { type PlannedProbe, planVerification } from "../verify/plan.ts";
import { frame, judgePlan } from "../verify/verify-assets.ts";
import type { Looked } from "../watch/looking.ts";

/** Gathers what the batches of one round found, so that the round can be shown like any verification. */
export class RoundFindings {
  readonly #startedAt: number;
  readonly #judged = new Map<string, JudgedAsset>();
  #cost: Omit<Cost, "seconds"> = { dnsQueries: 0, connections: 0, bytesIn: 0, bytesOut: 0 };
  #notSeen: Verification["notSeen"] = [];
  #withoutResolver = false;

  constructor(startedAt: number) {
    this.#startedAt = startedAt;
  }

  add({ judged, cost, notSeen, withoutResolver }: Looked): void {
    for (const each of judged) {
      const subject = subjectOf(each);
      // What stayed silent is looked at again: an answer is not taken back by a silence.
      const isAnswer = each.evaluation.verdict !== "indeterminate";
      if (isAnswer || !this.#judged.has(subject)) this.#judged.set(subject, each);
    }
    this.#cost = cost;
    this.#notSeen = notSeen;
    this.#withoutResolver = withoutResolver;
  }

  /** Whether no resolver at all could be used: then the round says nothing of the assets. */
  get withoutResolver(): boolean {
    return this.#withoutResolver;
  }

  verification(
    inventory: Inventory,
    requirements: readonly Requirement[],
    { now, interrupted }: { readonly now: number; readonly interrupted: boolean },
  ): Verification {
    const requested = requirements.map(({ id }) => id);
    const request = { inventory, requirements, requested, reading: inventory.reading, onProgress: () => undefined };
    // What an interrupted round did not get to is not known, which is not the same as not being there.
    const plan = planVerification(inventory.assets, requirements);
    const missed = plan.probes.map((probe) => missedBy(probe, now));
    const unseen = judgePlan(plan, missed, request, now);
    return {
      ...frame(request, this.#startedAt),
      finishedAt: new Date(now).toISOString(),
      notSeen: this.#notSeen,
      interrupted,
      judged: unseen.map((each) => this.#judged.get(subjectOf(each)) ?? each),
      cost: { seconds: (now - this.#startedAt) / 1000, ...this.#cost },
    };
  }
}

function missedBy({ kind, asset }: PlannedProbe, now: number): Observation {
  const about = { kind, asset: asset.id, target: asset.id, observedAt: new Date(now).toISOString() };
  return { ...about, result: unobserved("internal", "interrupted before it was looked at") };
}

function subjectOf({ evaluation: { requirement, asset } }: JudgedAsset): string {
  return `${requirement.id} ${asset.id}`;
}
