import type { Language } from "../core/messages.ts";
import type { Requirement } from "../core/requirement.ts";
import type { RequirementId } from "../core/requirement-id.ts";
import { lossWords } from "../reports/loss-words.ts";
import { storedFinding } from "../reports/stored-finding.ts";
import type { Recall } from "../watch/recall.ts";
import type { AssetBody } from "./forms.ts";

type Told = Pick<AssetBody["verdicts"][number], "findings" | "problem">;

/** What a judgement is looked up for. `judgement` is its content address. */
export interface Judged {
  readonly requirement: RequirementId;
  readonly asset: string;
  readonly judgement: string;
}

/** The findings behind a verdict in words, or why they cannot be had. `built`: undefined for a requirement that is no more. */
export async function toldFindings(
  { requirement, asset, judgement }: Judged,
  built: Requirement | undefined,
  language: Language,
  recall: Recall,
): Promise<Told> {
  const recalled = await recall.judgement(judgement);
  const say = (da: string, en: string): Told => ({ findings: null, problem: language === "da" ? da : en });
  if (!recalled.ok) {
    const why = lossWords(recalled);
    return say(`Fundene kan ikke læses: ${why.da}.`, `The findings cannot be read: ${why.en}.`);
  }
  if (recalled.value.asset !== asset || recalled.value.requirement !== requirement) {
    return say("Fundene hører til et andet aktiv.", "The findings belong to another asset.");
  }
  return { findings: recalled.value.findings.map((finding) => storedFinding(built, finding, language)), problem: null };
}
