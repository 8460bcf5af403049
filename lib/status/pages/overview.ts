import type { Reading } from "../../core/requirement-id.ts";
import { sayIn } from "../../reports/alert-body.ts";
import type { RequirementsBody, Status } from "../forms.ts";
import { html, type Html } from "../html.ts";
import type { View } from "../page.ts";
import type { PageParts } from "./layout.ts";
import { momentAndAge } from "./moments.ts";
import { notJudged } from "./not-judged.ts";
import { overviewLead } from "./overview-lead.ts";
import { requirementCard } from "./requirement-card.ts";

/** How the text is read, as people call it. */
const READING_WORDS: Readonly<Record<Reading, string>> = {
  "kommune-2024": "Anbefalinger om tekniske minimumskrav i kommuner 2024",
  "stat-2024-10": "Tekniske minimumskrav til statslige myndigheder, oktober 2024",
};

/** What must be known of the whole municipality at a glance. */
export function overviewPage(status: Status, view: View): PageParts {
  const { municipality, requirements, closedAt, reading } = status;
  const say = sayIn(view.language);
  const name = municipality.name ?? municipality.id;
  const closed =
    closedAt === null
      ? null
      : html`${say("Seneste runde afsluttet", "Latest run closed")} ${momentAndAge(closedAt, view)}`;
  const main = html`<h1><bdi>${name}</bdi></h1>
    <p class="under-title">
      ${[reading === null ? null : READING_WORDS[reading], closed]
        .filter((part) => part !== null)
        .map((part) => html`<span>${part}</span> `)}
    </p>
    ${overviewLead(status, view)}
    <section aria-labelledby="requirements">
      <h2 id="requirements">${say("Krav, der bedømmes", "Requirements that are judged")}</h2>
      ${cards(requirements, view)}
    </section>
    ${notJudged(judgedOf(requirements), view)}`;
  return { title: say(`Overblik: ${name}`, `Overview: ${name}`), place: "status", crumbs: [], main, closedAt };
}

/** All requirements, without what is only for a glance. */
export function requirementsPage({ requirements }: RequirementsBody, view: View): PageParts {
  const title = sayIn(view.language)("Krav", "Requirements");
  const main = html`<h1>${title}</h1>
    <h2 class="sr-only">${sayIn(view.language)("Krav, der bedømmes", "Requirements that are judged")}</h2>
    ${cards(requirements, view)} ${notJudged(judgedOf(requirements), view)}`;
  return { title, place: "requirements", crumbs: [], main };
}

function judgedOf(requirements: Status["requirements"]): readonly Status["requirements"][number]["requirement"][] {
  return requirements.map(({ requirement }) => requirement);
}

function cards(requirements: Status["requirements"], view: View): Html {
  if (requirements.length > 0) {
    return html`<ul class="cases unstyled-list no-max-width">
      ${requirements.map((each) => requirementCard(each, view))}
    </ul>`;
  }
  return html`<p>${sayIn(view.language)("Intet krav er bedømt endnu.", "No requirement has been judged yet.")}</p>`;
}
