import type * as z from "zod";
import { namesIn } from "../core/detail-words.ts";
import { argumentsOf, type Bilingual, type Language, render } from "../core/messages.ts";
import type { JudgedFinding } from "../core/finding.ts";
import type { Requirement } from "../core/requirement.ts";
import { allMessages } from "../core/unobserved.ts";
import type { resultForm } from "./result-form.ts";

/** A finding in the form of a result: evidence, and the words of one language. */
export type ToldFinding = z.infer<typeof resultForm>["verdicts"][number]["findings"][number];

/**
 * A finding out of a stored judgement, in words. It may be older than the words: one whose tag or arguments this engine does
 * not know keeps its tag for a text and has no remedy.
 */
export function storedFinding(
  requirement: Requirement | undefined,
  { tag, check, clause, outcome, cause, evidence, exempted }: JudgedFinding,
  language: Language,
): ToldFinding {
  const message = requirement === undefined ? undefined : allMessages(requirement)[tag];
  const say = (words: Bilingual | undefined): string | undefined => {
    const template = words?.[language];
    if (template === undefined) return undefined;
    const isWhole = argumentsOf(template).every((name) => ["string", "number"].includes(typeof evidence[name]));
    return isWhole ? render(template, evidence, namesIn(requirement, language)) : undefined;
  };
  const remedy = say(message?.remedy);
  return {
    ...{ tag, check, clause, outcome },
    ...(cause === null ? {} : { cause }),
    ...{ evidence: evidence as ToldFinding["evidence"], text: say(message?.text) ?? tag },
    ...(remedy === undefined ? {} : { remedy }),
    ...(exempted === undefined ? {} : { exempted }),
  };
}
