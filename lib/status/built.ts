import type { Requirement } from "../core/requirement.ts";
import type { RequirementId } from "../core/requirement-id.ts";
import { missing } from "./refusal.ts";
import type { StatusContext } from "./status-context.ts";

/** The requirement as it is built; refuses one that is not, with 404. */
export function builtRequirement(id: RequirementId, { requirements }: StatusContext): Requirement {
  const found = requirements.find((requirement) => requirement.id === id);
  if (found !== undefined) return found;
  const all = requirements.map((requirement) => requirement.id).join(", ");
  throw missing(
    "unknown-requirement",
    `${id} overvåges endnu ikke her. Det gør: ${all}.`,
    `${id} is not watched here yet. What is: ${all}.`,
  );
}
