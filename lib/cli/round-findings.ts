import type { Inventory } from "../inventory/inventory.ts";
import type { Requirement } from "../core/requirement.ts";
import type { Cost, JudgedAsset, Verification } from "../verify/verification.ts";
import { frame } from "../verify/verify-assets.ts";
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
      const { requirement, asset, verdict } = each.evaluation;
      const subject = `${requirement.id} ${asset.id}`;
      // What stayed silent is looked at again: an answer is not taken back by a silence.
      if (verdict !== "indeterminate" || !this.#judged.has(subject)) this.#judged.set(subject, each);
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
    return {
      ...frame(request, this.#startedAt),
      finishedAt: new Date(now).toISOString(),
      notSeen: this.#notSeen,
      interrupted,
      judged: [...this.#judged.values()],
      cost: { seconds: (now - this.#startedAt) / 1000, ...this.#cost },
    };
  }
}
