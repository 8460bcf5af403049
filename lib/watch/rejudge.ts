import { evaluate } from "../core/evaluate.ts";
import type { Judgement } from "../core/look.ts";
import { isAnswer } from "../core/reduce.ts";
import { rulesOf } from "../core/requirement.ts";
import type { Reading } from "../core/requirement-id.ts";
import type { AssetState } from "../core/state.ts";
import type { Statements } from "../core/statements.ts";
import type { EvidenceStore } from "../ports.ts";
import type { TlsProfile } from "../tls/profile.ts";
import type { Sealed } from "../verify/evidence.ts";
import type { JudgedAsset } from "../verify/verification.ts";
import { judgementOf } from "./look-of.ts";
import { createRecall } from "./recall.ts";

/**
 * Judges what a state rests on by the rules of now, as of when it was seen, so that a rule change is told from a change of the
 * asset. Null when the evidence is not there any more, does not fit its address, or gives the new rules no answer.
 */
export async function rejudge(
  { evidence: address, evidenceAt }: AssetState,
  { evaluation: { requirement, asset } }: JudgedAsset,
  by: { readonly reading: Reading; readonly statements: Statements; readonly profile?: TlsProfile | undefined },
  evidence: EvidenceStore,
): Promise<{ readonly judgement: Judgement; readonly blob: Sealed } | null> {
  const seen = await createRecall(evidence).observations(address, evidenceAt);
  if (!seen.ok) return null;
  const { reading, statements, profile } = by;
  const asOf = Date.parse(evidenceAt);
  const again = evaluate(requirement, { asset, observations: seen.value, reading, statements, asOf, profile });
  return isAnswer(again) ? judgementOf(again, rulesOf(requirement, reading, profile)) : null;
}
