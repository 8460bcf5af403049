import { type Evaluation, evaluate } from "../core/evaluate.ts";
import type { Requirement } from "../core/requirement.ts";
import type { Reading } from "../core/requirement-id.ts";
import type { Inventory } from "../inventory/inventory.ts";
import type { TlsProfile } from "../tls/profile.ts";
import type { Loss, Recall } from "./recall.ts";

/** Stored evidence that is to be judged again: whose, what was seen, and when. */
export interface StoredLook {
  /** The asset's id. */
  readonly asset: string;
  readonly evidence: string;
  /** UTC, ISO 8601 with milliseconds. */
  readonly evidenceAt: string;
}

export type JudgedEvidence =
  | { readonly ok: true; readonly evaluation: Evaluation }
  /** `not-declared`: the inventory does not have the asset, so what was declared of it is not known. */
  | { readonly ok: false; readonly why: "not-declared" }
  | { readonly ok: false; readonly why: "evidence"; readonly loss: Loss };

/**
 * Judges what was seen then as of when it was seen, by the rules of now. What the inventory declared of the asset, and which
 * statements it held, are part of what is judged. Nothing is looked at and nothing is written.
 */
export async function judgeEvidence(
  look: StoredLook,
  by: {
    readonly requirement: Requirement;
    readonly reading: Reading;
    readonly inventory: Inventory;
    /** Unset: the inventory's. */
    readonly profile?: TlsProfile | undefined;
  },
  recall: Recall,
): Promise<JudgedEvidence> {
  const { requirement, reading, inventory } = by;
  const asset = inventory.assets.find(({ id }) => id === look.asset);
  if (asset === undefined) return { ok: false, why: "not-declared" };
  const seen = await recall.observations(look.evidence, look.evidenceAt);
  if (!seen.ok) return { ok: false, why: "evidence", loss: seen };
  const kinds = new Set(requirement.checks.flatMap(({ needs }) => needs));
  const observations = seen.value.filter((each) => each.asset === asset.id && kinds.has(each.kind));
  const asOf = Date.parse(look.evidenceAt);
  const profile = by.profile ?? inventory.settings.tlsProfile;
  const input = { asset, observations, reading, statements: inventory, asOf, profile };
  return { ok: true, evaluation: evaluate(requirement, input) };
}
