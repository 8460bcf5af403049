import type { Asset } from "../core/asset.ts";
import type { Requirement } from "../core/requirement.ts";
import { unbuiltIds } from "./requirement-option.ts";
import type { JudgingServices } from "./services.ts";

const MOST_NAMED = 5;

/** Says what no answer is given about: assets that no chosen requirement applies to, and requirements not built yet. */
export function tellWhatIsLeftOut(
  assets: readonly Asset[],
  requirements: readonly Requirement[],
  { terminal, requirements: built }: JudgingServices,
  wereChosen: boolean,
): void {
  const idle = assets.filter(({ kind }) => !requirements.some(({ appliesTo }) => appliesTo.includes(kind)));
  if (idle.length > 0) {
    const named = idle.slice(0, MOST_NAMED).map(({ id }) => id);
    const more = idle.length - named.length;
    const list = named.join(", ");
    terminal.say({
      da: `Intet at efterprøve endnu for ${list}${more > 0 ? ` og ${more} flere` : ""}: de krav, der gælder dem, er ikke med.`,
      en: `Nothing to verify yet for ${list}${more > 0 ? ` and ${more} more` : ""}: the requirements that apply are not included.`,
    });
  }
  const missing = unbuiltIds(built);
  if (!wereChosen && missing.length > 0) {
    const list = missing.join(", ");
    terminal.say({
      da: `Ikke bygget endnu, og derfor ikke vurderet: ${list}.`,
      en: `Not built yet, and so not judged: ${list}.`,
    });
  }
}
