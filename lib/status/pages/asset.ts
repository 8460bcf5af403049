import { assetWords } from "../../reports/alert-assets.ts";
import { sayIn } from "../../reports/alert-body.ts";
import type { AssetBody } from "../forms.ts";
import { html, type Html } from "../html.ts";
import type { View } from "../page.ts";
import { alertBox } from "./alert-box.ts";
import { candidateWords } from "./asset-verdict.ts";
import { findingsPart } from "./findings.ts";
import type { PageParts } from "./layout.ts";
import { evidenceLink, historyHref, linkTo } from "./links.ts";
import { momentAndAge } from "./moments.ts";
import { facts } from "./table.ts";
import { VERDICT_ORDER } from "./verdict-counts.ts";
import { verdictMark } from "./verdict-mark.ts";

type OfAsset = AssetBody["verdicts"][number];

/** One asset: for each requirement the verdict, what was found, what to do, and the proof. */
export function assetPage({ asset, verdicts }: AssetBody, view: View): PageParts {
  const say = sayIn(view.language);
  const title = assetWords(asset.id, view.language);
  const sorted = verdicts.toSorted((a, b) => VERDICT_ORDER.indexOf(a.verdict) - VERDICT_ORDER.indexOf(b.verdict));
  const main = html`<h1 class="asset-name"><bdi>${title}</bdi></h1>
    <p class="under-title">
      <span>${say("Aktiv", "Asset")} <code>${asset.id}</code></span>
    </p>
    ${sorted.map((one) => verdictSection(asset.id, one, view))}
    ${sorted.length === 0 ? html`<p>${say("Aktivet er ikke bedømt endnu.", "The asset has not been judged yet.")}</p>` : null}`;
  const crumbs = [{ words: say("Aktiver", "Assets"), href: linkTo(["assets"], view) }];
  return { title, place: "assets", crumbs, main };
}

function verdictSection(asset: string, one: OfAsset, view: View): Html {
  const { requirement, title, verdict, cause } = one;
  const name = title === requirement ? requirement : `${requirement} ${title}`;
  return html`<section aria-labelledby="${requirement}">
    <div class="case-head">
      <h2 id="${requirement}"><a href="${linkTo(["requirements", requirement], view)}">${name}</a></h2>
      <p>${verdictMark(verdict, cause, view.language)}</p>
    </div>
    ${doubtsPart(one, view)} ${facts(factsOf(asset, one, view))} ${findingsPart(one, view)}
  </section> `;
}

/** What makes the verdict less than certain. */
function doubtsPart({ candidate, stale, observedAt }: OfAsset, view: View): Html {
  const say = sayIn(view.language);
  const seen =
    candidate === null
      ? null
      : alertBox(
          "info",
          candidateWords(candidate, view),
          html`<p class="alert-text">
            ${say("Første gang", "The first time")} ${momentAndAge(candidate.since, view)}.
            ${say(
              "Afgørelsen ændres først, når det er set igen.",
              "The verdict changes only when it has been seen again.",
            )}
          </p>`,
          view.language,
          3,
        );
  if (!stale) return html`${seen}`;
  const last =
    observedAt === null
      ? say("Aktivet har aldrig givet et brugbart svar.", "The asset has never given a usable answer.")
      : html`${say("Seneste brugbare svar var", "The latest usable answer was")} ${momentAndAge(observedAt, view)}.`;
  const heading = say("Forældet: ikke set i to runder", "Out of date: not seen for two rounds");
  return html`${seen}${alertBox("warning", heading, html`<p class="alert-text">${last}</p>`, view.language, 3)}`;
}

function factsOf(asset: string, one: OfAsset, view: View): Parameters<typeof facts>[0] {
  const { requirement, since, observedAt, openRegression, evidence, judgement } = one;
  const say = sayIn(view.language);
  const never = say("aldrig", "never");
  const open = say(`nr. ${openRegression ?? ""}, ikke afsluttet`, `no. ${openRegression ?? ""}, not closed`);
  const proofs = [
    evidenceLink(say("observationer", "observations"), evidence),
    evidenceLink(say("bedømmelse", "judgement"), judgement),
    html`<a href="${historyHref(asset, requirement, view)}"
      >${say("sådan er det gået", "what became of it")}<span class="sr-only"> (${requirement})</span></a
    >`,
  ];
  return [
    [say("Uændret siden", "Unchanged since"), momentAndAge(since, view)],
    [say("Senest set", "Last seen"), observedAt === null ? never : momentAndAge(observedAt, view)],
    [say("Åben forringelse", "Open regression"), openRegression === null ? null : open],
    [say("Bevis og historik", "Proof and history"), proofs.map((each) => html`<span class="proofs">${each}</span>`)],
  ];
}
