import { sayIn } from "../../reports/alert-body.ts";
import { CAUSE_WORDS, VERDICT_WORDS } from "../../reports/words.ts";
import type { RequirementBody } from "../forms.ts";
import { html, type Html } from "../html.ts";
import type { View } from "../page.ts";
import { tagCode } from "./tag-code.ts";
import { icon } from "./icon.ts";
import { historyHref } from "./links.ts";
import { ageWords } from "./moments.ts";
import { verdictMark } from "./verdict-mark.ts";

/** What is remembered of one asset for one requirement. */
export type AssetVerdict = Omit<RequirementBody["verdicts"][number], "asset">;

/** The verdict, and below it what makes it less than certain. */
export function verdictCell(one: AssetVerdict, view: View): Html {
  const { verdict, candidate, stale, cause, openRegression } = one;
  const say = sayIn(view.language);
  const why = cause === null ? null : note("help", CAUSE_WORDS[cause][view.language]);
  const open =
    openRegression === null
      ? null
      : note("error", say(`Åben forringelse nr. ${openRegression}`, `Open regression no. ${openRegression}`));
  return html`${verdictMark(verdict, null, view.language)}${why}${candidate === null ? null : note("info", candidateWords(candidate, view))}${
    stale ? note("warning", say("Forældet: ikke set i to runder", "Out of date: not seen for two rounds")) : null
  }${open}`;
}

/** "Set én gang som ikke opfyldt, afventer et nyt kig." */
export function candidateWords({ verdict }: NonNullable<AssetVerdict["candidate"]>, { language }: View): string {
  const words = VERDICT_WORDS[verdict][language];
  return sayIn(language)(`Set én gang: ${words}. Afventer et nyt kig.`, `Seen once: ${words}. Awaiting a second look.`);
}

function note(name: "help" | "info" | "warning" | "error", words: string): Html {
  return html`<p class="note">${icon(name)}<span>${words}</span></p>`;
}

/** How long ago the latest look with an answer was. */
export function seenCell(observedAt: string | null, view: View): Html {
  if (observedAt === null) return html`${sayIn(view.language)("aldrig", "never")}`;
  return html`<time datetime="${observedAt}">${ageWords(observedAt, view)}</time>`;
}

/** The codes of what decided it. Their words stand below the table. */
export function tagCell({ tags, warnings }: Pick<AssetVerdict, "tags" | "warnings">, view: View): Html {
  const say = sayIn(view.language);
  const deciding = tags.map((tag) => html`<li>${tagCode(tag)}</li>`);
  const others = warnings
    .filter((tag) => !tags.includes(tag))
    .map((tag) => html`<li>${tagCode(tag)} <span class="age">${say("advarsel", "warning")}</span></li>`);
  return html`<ul class="tags unstyled-list no-max-width">
    ${deciding}${others}
  </ul>`;
}

/** The way to how it came to be so. `name` is said to those who hear the link alone. */
export function historyLink(asset: string, one: AssetVerdict, name: string, view: View): Html {
  const say = sayIn(view.language);
  return html`<a href="${historyHref(asset, one.requirement, view)}"
    >${say("Historik", "History")}<span class="sr-only"> ${say(`for ${name}`, `of ${name}`)}</span></a
  >`;
}
