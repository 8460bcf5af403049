import { countWords } from "../../reports/alert-assets.ts";
import { sayIn } from "../../reports/alert-body.ts";
import type { RequirementBody } from "../forms.ts";
import { html, type Html } from "../html.ts";
import type { View } from "../page.ts";
import { historyLink, seenCell, tagCell, verdictCell } from "./asset-verdict.ts";
import type { PageParts } from "./layout.ts";
import { assetLink, linkTo } from "./links.ts";
import { momentPart } from "./moments.ts";
import { pagingPart } from "./paging.ts";
import { requirementFacts } from "./requirement-card.ts";
import { table } from "./table.ts";
import { tagWords } from "./tag-words.ts";
import { countsPart, totalOf, VERDICT_ORDER } from "./verdict-counts.ts";
import { verdictMark } from "./verdict-mark.ts";

/** One requirement: its own words, how it stands, and the assets, failing ones first. */
export function requirementPage(body: RequirementBody, view: View): PageParts {
  const { requirement, title, verdict, cause, assets, next } = body;
  const say = sayIn(view.language);
  const name = title === requirement ? requirement : `${requirement} ${title}`;
  const main = html`<h1>${name}</h1>
    <div class="standing case-${verdict}">
      <p class="standing-verdict">${verdictMark(verdict, cause, view.language)}</p>
      ${countsPart(assets, view.language)} ${requirementFacts(body, view)}
    </div>
    ${wordingPart(body, view)}
    <section aria-labelledby="assets">
      <h2 id="assets">
        ${say("Sådan står det til med", "How it stands with")}
        ${countWords(totalOf(assets), requirement, view.language)}
      </h2>
      ${assetsPart(body, view)} ${pagingPart(next, view)}
    </section>
    ${tagWords(
      body.verdicts.flatMap(({ tags, warnings }) => [...tags, ...warnings].map((tag) => [requirement, tag] as const)),
      view,
    )}`;
  const crumbs = [{ words: say("Krav", "Requirements"), href: linkTo(["requirements"], view) }];
  return { title: name, place: "requirements", crumbs, main };
}

function wordingPart({ wording, fulfilledWhen }: RequirementBody, { language }: View): Html {
  const say = sayIn(language);
  return html`<section aria-labelledby="wording">
    <h2 id="wording">${say("Kravets ordlyd", "The requirement's wording")}</h2>
    <blockquote class="wording" lang="da">
      <p>${wording}</p>
      <p>${fulfilledWhen}</p>
    </blockquote>
    <p class="source">
      ${say("Kilde:", "Source:")} <cite lang="da">Anbefalinger om tekniske minimumskrav i kommuner 2024</cite>
    </p>
  </section>`;
}

function assetsPart({ verdicts, requirement, next }: RequirementBody, view: View): Html {
  const say = sayIn(view.language);
  if (verdicts.length === 0) return html`<p>${say("Ingen aktiver er bedømt.", "No assets have been judged.")}</p>`;
  const rank = (one: RequirementBody["verdicts"][number]): number => VERDICT_ORDER.indexOf(one.verdict);
  const isPart = next !== null || view.here.includes("cursor=");
  const order = say(
    "Listen er delt op efter navn. På hver side står det, der ikke er opfyldt, øverst.",
    "The list is divided by name. On each page what is not fulfilled comes first.",
  );
  return html`${isPart ? html`<p>${order}</p>` : null}${table(
    say(`Aktiver og deres afgørelser for ${requirement}`, `Assets and their verdicts for ${requirement}`),
    [
      ...[say("Aktiv", "Asset"), say("Afgørelse", "Verdict"), say("Afgjort af", "Decided by")],
      ...[say("Uændret siden", "Unchanged since"), say("Senest set", "Last seen"), say("Historik", "History")],
    ],
    verdicts
      .toSorted((a, b) => rank(a) - rank(b))
      .map((one) => [
        ...[assetLink(one.asset.id, view), verdictCell(one, view), tagCell(one, view)],
        ...[momentPart(one.since, view), seenCell(one.observedAt, view)],
        historyLink(one.asset.id, one, one.asset.name, view),
      ]),
  )}`;
}
