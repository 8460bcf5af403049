import type { AssetState } from "../core/state.ts";
import type { JudgedAsset } from "../verify/verification.ts";

/** Whether a subject was known to be no fail, so that it could get worse. */
export function isWell({ verdict }: Pick<AssetState, "verdict">): boolean {
  return verdict !== "fail" && verdict !== "indeterminate";
}

/** The looks of a batch that came out worse than what is remembered. */
export function worseLooks(judged: readonly JudgedAsset[], states: readonly AssetState[]): readonly JudgedAsset[] {
  const well = new Set(states.filter(isWell).map(({ requirement, asset }) => `${requirement} ${asset}`));
  return judged.filter(
    ({ evaluation: { requirement, asset, verdict } }) =>
      verdict === "fail" && well.has(`${requirement.id} ${asset.id}`),
  );
}

/**
 * What is left of a batch when names whose state we know came out wrong: then what got worse may be our own doing, and is
 * no answer about the asset.
 */
export function doubted(judged: readonly JudgedAsset[], worse: readonly JudgedAsset[]): readonly JudgedAsset[] {
  return judged.map((each) =>
    worse.includes(each)
      ? { ...each, evaluation: { ...each.evaluation, verdict: "indeterminate", cause: "internal" } }
      : each,
  );
}
