import type { Message } from "../core/messages.ts";
import type { Requirement } from "../core/requirement.ts";
import { allMessages } from "../core/unobserved.ts";
import { nearest } from "../inventory/nearest.ts";
import { shownTemplate } from "../reports/requirement-words.ts";
import { OUTCOME_WORDS } from "../reports/words.ts";
import { usageError } from "./cli-error.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import type { JudgingServices } from "./services.ts";

const MOST_SUGGESTIONS = 5;

/** What a finding means: its sentence, what it weighs, the remedy, and the requirement in its own Danish words. */
export async function explainCommand(tag: string, { terminal, requirements }: JudgingServices): Promise<ExitCode> {
  const wanted = tag.trim().toUpperCase();
  for (const requirement of requirements) {
    const message = allMessages(requirement)[wanted];
    if (message === undefined) continue;
    await terminal.result(`${explanation(wanted, message, requirement, terminal.language).join("\n")}\n`);
    return EXIT.pass;
  }
  throw unknownTag(tag, requirements);
}

function explanation(
  tag: string,
  message: Message,
  requirement: Requirement,
  language: "da" | "en",
): readonly string[] {
  const da = language === "da";
  const { id, title, wording, fulfilledWhen } = requirement;
  const remedy =
    message.remedy === undefined
      ? []
      : ["", da ? "Gør dette:" : "Do this:", `  ${shownTemplate(message.remedy[language])}`];
  return [
    `${tag}  (${OUTCOME_WORDS[message.outcome][language]})`,
    "",
    da ? "Det betyder:" : "What it means:",
    `  ${shownTemplate(message.text[language])}`,
    ...remedy,
    "",
    da ? `Kravet ${id}, ${title.da}:` : `The requirement ${id}, ${title.en}, in the words of the Danish text:`,
    `  »${wording}«`,
    `  »${fulfilledWhen}«`,
  ];
}

function unknownTag(tag: string, requirements: readonly Requirement[]) {
  const all = requirements.flatMap((requirement) => Object.keys(allMessages(requirement)));
  const wanted = tag.trim().toUpperCase();
  const near = nearest(wanted, all);
  const related = all.filter((each) => wanted.length > 2 && each.includes(wanted));
  const suggestions = [...new Set([...(near === null ? [] : [near]), ...related])].slice(0, MOST_SUGGESTIONS);
  const list = suggestions.join(", ");
  return suggestions.length === 0
    ? usageError(`Mærket ${tag} findes ikke.`, `There is no tag ${tag}.`)
    : usageError(`Mærket ${tag} findes ikke. Mente du ${list}?`, `There is no tag ${tag}. Did you mean ${list}?`);
}
