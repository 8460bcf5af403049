import { sayIn } from "../../reports/alert-body.ts";
import type { ComplianceReport } from "../../reports/compliance-report.ts";
import { html, type Html } from "../html.ts";
import type { View } from "../page.ts";
import { alertBox } from "./alert-box.ts";
import { findingsPart } from "./findings.ts";
import type { PageParts } from "./layout.ts";
import { assetLink, historyHref, requirementLink } from "./links.ts";
import { datePart, momentPart } from "./moments.ts";
import { notJudged } from "./not-judged.ts";
import { facts, table } from "./table.ts";
import { VERDICT_ORDER } from "./verdict-counts.ts";
import { verdictMark } from "./verdict-mark.ts";
import { VERDICT_WORDS } from "../../reports/words.ts";

type OfAsset = ComplianceReport["verdicts"][number];

const DATE_LENGTH = "2026-11-23".length;

/** What was so on a day, requirement by requirement and asset by asset; made to be printed too. */
export function reportPage(report: ComplianceReport, view: View): PageParts {
  const { municipality, asOf, requirements, verdicts, closedAt, engine, problems } = report;
  const say = sayIn(view.language);
  const name = municipality.name ?? municipality.id;
  const title = say("Rapport", "Report");
  const day = asOf.length === DATE_LENGTH ? datePart(asOf, view) : momentPart(asOf, view);
  const main = html`<h1>${title}: <bdi>${name}</bdi></h1>
    <p class="under-title">
      <span>${say("Sådan så det ud", "How it stood on")} ${day}</span>
      <span>${say("Bedømt af Kravvagt", "Judged by Kravvagt")} ${engine}</span>
    </p>
    ${problems.length === 0 ? null : problemsPart(problems, view)}
    <section aria-labelledby="summary">
      <h2 id="summary">${say("Krav for krav", "Requirement by requirement")}</h2>
      ${requirementsTable(report, view)}
    </section>
    ${requirements.map(({ requirement, title: words }) => {
      const own = verdicts.filter((one) => one.requirement === requirement);
      return own.length === 0
        ? null
        : assetsPart(words === requirement ? requirement : `${requirement} ${words}`, own, view);
    })}
    ${notJudged(
      requirements.map(({ requirement }) => requirement),
      view,
    )}`;
  return { title: `${title}: ${name}`, place: "report", crumbs: [], main, closedAt };
}

function problemsPart(problems: readonly string[], view: View): Html {
  const heading = sayIn(view.language)(
    "Noget kan ikke læses tilbage fra beviserne",
    "Some of the evidence cannot be read back",
  );
  return alertBox(
    "warning",
    heading,
    html`<ul>
      ${problems.map((each) => html`<li>${each}</li>`)}
    </ul>`,
    view.language,
  );
}

function requirementsTable({ requirements }: ComplianceReport, view: View): Html {
  const say = sayIn(view.language);
  return table(
    say("Kravene og deres afgørelser", "The requirements and their verdicts"),
    [
      ...[say("Krav", "Requirement"), say("Afgørelse", "Verdict"), say("Aktiver", "Assets")],
      say("Mindst siden", "At least since"),
    ],
    requirements.map(({ requirement, title, verdict, cause, assets, since }) => [
      requirementLink(requirement, title === requirement ? requirement : `${requirement} ${title}`, view),
      verdictMark(verdict, cause, view.language),
      VERDICT_ORDER.filter((each) => (assets[each] ?? 0) > 0)
        .map((each) => `${assets[each]} ${VERDICT_WORDS[each][view.language]}`)
        .join(", "),
      since === null ? say("ikke set", "not seen") : momentPart(since, view),
    ]),
  );
}

function assetsPart(words: string, verdicts: readonly OfAsset[], view: View): Html {
  const sorted = verdicts.toSorted((a, b) => VERDICT_ORDER.indexOf(a.verdict) - VERDICT_ORDER.indexOf(b.verdict));
  return html`<section>
    <h2>${words}</h2>
    ${sorted.map((one) => assetPart(one, view))}
  </section> `;
}

function assetPart(one: OfAsset, view: View): Html {
  const { asset, verdict, cause, since, observedAt, rules } = one;
  const say = sayIn(view.language);
  return html`<article class="reported">
    <div class="case-head">
      <h3>${assetLink(asset.id, view)}</h3>
      <p>${verdictMark(verdict, cause, view.language)}</p>
    </div>
    ${facts([
      [say("Uændret siden", "Unchanged since"), since === null ? null : momentPart(since, view)],
      [say("Senest set", "Last seen"), observedAt === null ? say("aldrig", "never") : momentPart(observedAt, view)],
      [say("Regler", "Rules"), rules === null ? null : html`<code>${rules}</code>`],
      // What was never judged has none.
      [say("Historik", "History"), rules === null ? null : historyLink(one, view)],
    ])}
    ${findingsPart(one, view)}
  </article> `;
}

function historyLink({ asset, requirement }: OfAsset, view: View): Html {
  const say = sayIn(view.language);
  return html`<a href="${historyHref(asset.id, requirement, view)}"
    >${say("Vis", "Show")}<span class="sr-only"> ${asset.name}</span></a
  >`;
}
