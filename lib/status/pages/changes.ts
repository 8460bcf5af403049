import { sayIn } from "../../reports/alert-body.ts";
import type { ChangesBody, RegressionsBody } from "../forms.ts";
import { html, type Html } from "../html.ts";
import type { View } from "../page.ts";
import { tagCell } from "./asset-verdict.ts";
import type { PageParts } from "./layout.ts";
import { assetLink, historyHref, linkTo, requirementLink } from "./links.ts";
import { momentAndAge, momentPart } from "./moments.ts";
import { pagingPart } from "./paging.ts";
import { table } from "./table.ts";
import { tagWords } from "./tag-words.ts";
import { kindMark, type ShownTransition, transitionWords } from "./transition-words.ts";

const DAY = 86_400_000;

/** What changed since a moment, for every asset and requirement. */
export function changesPage({ since, changes, next }: ChangesBody, view: View): PageParts {
  const say = sayIn(view.language);
  const title = say("Ændringer", "Changes");
  const sorted = changes.toSorted((a, b) => (a.confirmedAt < b.confirmedAt ? 1 : -1));
  const main = html`<h1>${title}</h1>
    <p class="under-title"><span>${say("Siden", "Since")} ${momentPart(since, view)}</span></p>
    ${spansPart(view)}
    ${sorted.length === 0 ? html`<p>${say("Intet er ændret i den tid.", "Nothing has changed in that time.")}</p>` : transitionsTable(sorted, title, view)}
    ${pagingPart(next, view)} ${tagWords(tagsOf(sorted), view)}`;
  return { title, place: "changes", crumbs: [], main };
}

/** What was fulfilled, is not any more, and is still open. */
export function regressionsPage({ regressions, next }: RegressionsBody, view: View): PageParts {
  const say = sayIn(view.language);
  const title = say("Åbne forringelser", "Open regressions");
  const none = say(
    "Ingen. Alt, hvad der har været opfyldt, er det så vidt vi ved stadig.",
    "None. Everything that was fulfilled still is, as far as we know.",
  );
  const main = html`<h1>${title}</h1>
    <p class="under-title">
      <span>${say("Det, der har været opfyldt og ikke er det længere.", "What was fulfilled and no longer is.")}</span>
    </p>
    ${regressions.length === 0 ? html`<p>${none}</p>` : transitionsTable(regressions, title, view)}
    ${pagingPart(next, view)} ${tagWords(tagsOf(regressions), view)}`;
  return { title, place: "regressions", crumbs: [], main };
}

function transitionsTable(transitions: readonly ShownTransition[], caption: string, view: View): Html {
  const say = sayIn(view.language);
  return table(
    caption,
    [
      ...[say("Aktiv", "Asset"), say("Krav", "Requirement"), say("Hvad skete", "What happened")],
      ...[say("Afgjort af", "Decided by"), say("Først set", "First seen"), say("Historik", "History")],
    ],
    transitions.map((one) => [
      ...[assetLink(one.asset.id, view), requirementLink(one.requirement, one.requirement, view)],
      html`${kindMark(one.kind, view.language)}
        <p class="note"><span>${transitionWords(one, view.language)}</span></p>`,
      ...[tagCell({ tags: one.tags, warnings: one.appeared }, view), momentAndAge(one.since, view)],
      html`<a href="${historyHref(one.asset.id, one.requirement, view)}#nr-${one.number}"
        >${say("Nr.", "No.")} ${one.number}<span class="sr-only">
          ${say("i historikken for", "in the history of")} ${one.asset.name}</span
        ></a
      >`,
    ]),
  );
}

function tagsOf(transitions: readonly ShownTransition[]): Parameters<typeof tagWords>[0] {
  return transitions.flatMap(({ requirement, tags, appeared }) =>
    [...tags, ...appeared].map((tag) => [requirement, tag] as const),
  );
}

/** Other spans, each a link: no form is needed to choose one. */
function spansPart(view: View): Html {
  const say = sayIn(view.language);
  const spans = [
    [say("Det seneste døgn", "The last day"), 1],
    [say("De seneste 7 dage", "The last 7 days"), 7],
    [say("De seneste 30 dage", "The last 30 days"), 30],
    [say("De seneste 365 dage", "The last 365 days"), 365],
  ] as const;
  return html`<nav class="spans" aria-label="${say("Vælg tidsrum", "Choose a span")}">
    <ul class="unstyled-list no-max-width">
      ${spans.map(([words, days]) => {
        const since = new Date(view.now - days * DAY).toISOString().slice(0, "2026-11-23".length);
        return html`<li><a href="${linkTo(["changes"], view, { since })}">${words}</a></li> `;
      })}
    </ul>
  </nav>`;
}
