import type { Language } from "../core/messages.ts";
import type { RequirementId } from "../core/requirement-id.ts";
import { type DigestAlert, MOST_MEMBERS } from "../watch/alert.ts";
import { assetWords, countWords, requirementWords } from "./alert-assets.ts";
import { type AlertParts, sayIn, type Section } from "./alert-body.ts";
import type { AlertContext } from "./alert-context.ts";
import { dateWords, momentWords } from "./alert-time.ts";
import { changeWords } from "./alert-verdicts.ts";

/** The day's calmer news and what is still open. That nothing is listed is never said to mean that all is well. */
export function digestParts(alert: DigestAlert, { municipality }: AlertContext, language: Language): AlertParts {
  const { id, total, openTotal } = alert;
  const say = sayIn(language);
  const news =
    total === 0
      ? say("Intet nyt ud over det, der er meldt særskilt.", "Nothing new besides what was told on its own.")
      : newsWords(total, language);
  const still =
    openTotal === 0 ? say("Ingen åbne forringelser.", "No open regressions.") : openWords(openTotal, language);
  const caution = say(
    "Oversigten viser ændringer og åbne forringelser, ikke alt, der ikke er opfyldt.",
    "The digest shows changes and open regressions, not everything that is not fulfilled.",
  );
  return {
    subject: digestSubject(alert, language),
    lead: `${municipality}, ${dateOf(alert, language)}. ${news} ${still}`,
    facts: [],
    sections: [...openSections(alert, language), ...moreOpen(alert, language), ...newsSections(alert, language)],
    footer: `${caution} ${say(`Alarm ${id}.`, `Alert ${id}.`)}`,
  };
}

/** "Dagens oversigt 23. november 2026: 3 ændringer, 2 åbne forringelser". */
export function digestSubject(alert: DigestAlert, language: Language): string {
  const say = sayIn(language);
  const { total, openTotal } = alert;
  const changes = total === 1 ? say("1 ændring", "1 change") : say(`${total} ændringer`, `${total} changes`);
  const regressions =
    openTotal === 1
      ? say("1 åben forringelse", "1 open regression")
      : say(`${openTotal} åbne forringelser`, `${openTotal} open regressions`);
  return `${say("Dagens oversigt", "Daily digest")} ${dateOf(alert, language)}: ${changes}, ${regressions}`;
}

/** The date is a Danish one already; noon keeps it from sliding into its neighbour. */
function dateOf({ date }: DigestAlert, language: Language): string {
  return dateWords(`${date}T12:00:00Z`, language);
}

function newsWords(total: number, language: Language): string {
  return sayIn(language)(
    total === 1 ? "Én ændring, der ikke haster." : `${total} ændringer, der ikke haster.`,
    total === 1 ? "One change that is not urgent." : `${total} changes that are not urgent.`,
  );
}

function openWords(count: number, language: Language): string {
  return sayIn(language)(
    count === 1 ? "Én forringelse er stadig åben." : `${count} forringelser er stadig åbne.`,
    count === 1 ? "One regression is still open." : `${count} regressions are still open.`,
  );
}

function openSections({ open }: DigestAlert, language: Language): readonly Section[] {
  const say = sayIn(language);
  return grouped(open).map(([requirement, entries]) => {
    const lines = entries.slice(0, MOST_MEMBERS).map(({ asset, since }) => {
      const at = momentWords(since, language);
      return `- ${assetWords(asset, language)}: ${say(`siden ${at}`, `since ${at}`)}`;
    });
    const still = say("stadig ikke opfyldt", "still not fulfilled");
    return {
      heading: `${requirement} ${still}: ${countWords(entries.length, requirement, language)}`,
      lines: withMore(lines, entries.length - lines.length, language),
      isBrief: true,
    };
  });
}

/** Regressions that the alert counts and does not list. */
function moreOpen({ open, openTotal }: DigestAlert, language: Language): readonly Section[] {
  const more = openTotal - open.length;
  const say = sayIn(language);
  const rest = say(`og ${more} flere, se «npx kravvagt report»`, `and ${more} more, see "npx kravvagt report"`);
  return more > 0 ? [{ heading: say("Flere åbne forringelser", "More open regressions"), lines: [rest] }] : [];
}

function newsSections({ members, total }: DigestAlert, language: Language): readonly Section[] {
  const say = sayIn(language);
  const sections = grouped(members).map(([requirement, entries]): Section => ({
    heading: `${say("Ændret", "Changed")}: ${requirementWords(requirement, language)}`,
    lines: entries.map((member) => `- ${assetWords(member.asset, language)}: ${changeWords(member, language)}`),
    isBrief: true,
  }));
  const more = total - members.length;
  const rest = say(`og ${more} ændringer mere`, `and ${more} more changes`);
  return more > 0 ? [...sections, { heading: say("Desuden", "Besides"), lines: [rest] }] : sections;
}

function grouped<T extends { readonly requirement: RequirementId }>(
  entries: readonly T[],
): readonly (readonly [RequirementId, readonly T[]])[] {
  return [...Map.groupBy(entries, ({ requirement }) => requirement)];
}

function withMore(lines: readonly string[], more: number, language: Language): readonly string[] {
  return more > 0 ? [...lines, sayIn(language)(`og ${more} flere`, `and ${more} more`)] : lines;
}
