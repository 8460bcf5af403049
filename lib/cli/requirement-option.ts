import type { Requirement } from "../core/requirement.ts";
import { REQUIREMENT_IDS, type RequirementId } from "../core/requirement-id.ts";
import { oneOf } from "../inventory/issue-words.ts";
import { notBuilt, usageError } from "./cli-error.ts";

/** Reads `--requirement S18,S20`: known, built, each once, in the order of the source text. Unset: all that are built. */
export function selectRequirements(option: string | undefined, built: readonly Requirement[]): readonly Requirement[] {
  if (option === undefined) return built;
  const wanted = option.split(",").map((part) => part.trim().toUpperCase());
  for (const id of wanted) {
    if (!isKnown(id)) {
      const all = oneOf(REQUIREMENT_IDS);
      throw usageError(
        `--requirement: ${id} findes ikke. Vælg blandt ${all.da}.`,
        `--requirement: there is no ${id}. Choose from ${all.en}.`,
      );
    }
    if (!built.some((requirement) => requirement.id === id)) throw notBuilt(`--requirement ${id}`);
  }
  return built.filter(({ id }) => wanted.includes(id));
}

/** The requirements of the source text that no answer is given about, because they are not built yet. */
export function unbuiltIds(built: readonly Requirement[]): readonly RequirementId[] {
  return REQUIREMENT_IDS.filter((id) => !built.some((requirement) => requirement.id === id));
}

function isKnown(id: string): id is RequirementId {
  return (REQUIREMENT_IDS as readonly string[]).includes(id);
}
