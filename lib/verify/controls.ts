import { S18_CONTROLS } from "../../data/controls.ts";
import { ROOT_ANCHORS } from "../../data/root-anchors.ts";
import type { DomainAsset } from "../core/asset.ts";
import type { Requirement } from "../core/requirement.ts";
import type { Reading, RequirementId } from "../core/requirement-id.ts";
import type { Verdict } from "../core/verdict.ts";
import type { TrustAnchor } from "../dnssec/trust-anchor.ts";
import { inventoryOfAssets } from "../inventory/inventory.ts";
import type { Name } from "../wire/name.ts";
import { verifyAssets, type VerifyIo } from "./verify-assets.ts";

/** Domains whose verdict is known beforehand: `good` ones pass, `bad` ones fail. */
export interface Controls {
  readonly good: readonly Name[];
  readonly bad: readonly Name[];
}

/**
 * `sound`: what is well looks well and what is broken looks broken. `doubtful`: something came out the wrong way round, so
 * what we see of others deserves no belief. `unknown`: too little was seen to say either.
 */
export type ControlsVerdict = "sound" | "doubtful" | "unknown";

/** What the controls are known for. */
const REQUIREMENT: RequirementId = "S18";

/** The controls that hold under these trust anchors; null unless all of them are IANA's. */
export function controlsUnder(anchors: readonly TrustAnchor[]): Controls | null {
  const isIanas = (anchor: TrustAnchor): boolean => ROOT_ANCHORS.some((known) => isSame(anchor, known));
  return anchors.length > 0 && anchors.every(isIanas) ? S18_CONTROLS : null;
}

function isSame(a: TrustAnchor, b: TrustAnchor): boolean {
  const sameDigest = a.digestType === b.digestType && a.digest.toUpperCase() === b.digest.toUpperCase();
  return a.zone === b.zone && a.keyTag === b.keyTag && a.algorithm === b.algorithm && sameDigest;
}

/** Verifies the controls like anybody's domains. Without S18 among the requirements nothing is asked: `unknown`. */
export async function checkControls(
  { good, bad }: Controls,
  requirements: readonly Requirement[],
  reading: Reading,
  io: VerifyIo,
): Promise<ControlsVerdict> {
  const wanted = requirements.filter(({ id }) => id === REQUIREMENT);
  if (wanted.length === 0) return "unknown";
  const assets = [...new Set([...good, ...bad])].map(controlAsset);
  const { judged } = await verifyAssets(
    {
      inventory: inventoryOfAssets(assets),
      requirements: wanted,
      requested: [REQUIREMENT],
      reading,
      onProgress: () => undefined,
    },
    io,
  );
  const verdicts = new Map(judged.map(({ evaluation: { asset, verdict } }) => [asset.id, verdict]));
  const of = (domains: readonly Name[]): readonly Verdict[] =>
    domains.map((domain) => verdicts.get(controlAsset(domain).id) ?? "indeterminate");
  return judgeControls(of(good), of(bad));
}

/**
 * What the verdicts of the controls say of ourselves. Silence says nothing: one that was not seen is passed over. A good one
 * that fails while more of them pass has more likely an accident of its own, and must not silence every alarm.
 */
export function judgeControls(good: readonly Verdict[], bad: readonly Verdict[]): ControlsVerdict {
  const failed = good.filter((verdict) => verdict === "fail").length;
  const passed = good.filter((verdict) => verdict === "pass").length;
  if ((failed > 0 && failed >= passed) || bad.includes("pass")) return "doubtful";
  const seenBroken = bad.length === 0 || bad.includes("fail");
  return good.includes("pass") && seenBroken ? "sound" : "unknown";
}

/** The id says whose it is, so that its label and its observations are never taken for an asset of the municipality. */
function controlAsset(domain: Name): DomainAsset {
  const text = domain.replace(/\.$/u, "");
  return { kind: "domain", id: `control:${text}`, name: text, domain };
}
