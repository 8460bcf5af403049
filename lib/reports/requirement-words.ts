import type { Language, Message } from "../core/messages.ts";
import type { Requirement } from "../core/requirement.ts";
import type { RequirementId } from "../core/requirement-id.ts";
import { allMessages } from "../core/unobserved.ts";
import { REQUIREMENTS } from "../requirements/index.ts";

/** The requirement as built, or undefined when it is not yet. */
export function builtRequirement(id: RequirementId): Requirement | undefined {
  return REQUIREMENTS.find((requirement) => requirement.id === id);
}

/** The requirement's short title; its number alone if it is not built. */
export function requirementTitle(id: RequirementId, language: Language): string {
  return builtRequirement(id)?.title[language] ?? id;
}

/** The message of a tag, with the place of each argument shown as <argument>. Undefined when no requirement has it. */
export function messageTemplate(id: RequirementId, tag: string): Message | undefined {
  const requirement = builtRequirement(id);
  return requirement === undefined ? undefined : allMessages(requirement)[tag];
}

/** A template for people: its arguments stand as <argument>. */
export function shownTemplate(template: string): string {
  return template.replaceAll(/\{([a-zA-Z]+)\}/gu, "<$1>");
}
