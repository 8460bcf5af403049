import { assetWords } from "../../reports/alert-assets.ts";
import { sayIn } from "../../reports/alert-body.ts";
import { historyCommand } from "../../reports/alert-command.ts";
import type { HistoryBody } from "../forms.ts";
import { html, type Html } from "../html.ts";
import type { View } from "../page.ts";
import { alertBox } from "./alert-box.ts";
import { findingsPart } from "./findings.ts";
import type { PageParts } from "./layout.ts";
import { evidenceLink, linkTo, requirementLink } from "./links.ts";
import { momentAndAge, momentPart } from "./moments.ts";
import { pagingPart } from "./paging.ts";
import { facts } from "./table.ts";
import { kindMark, transitionWords } from "./transition-words.ts";

type OfHistory = HistoryBody["transitions"][number];

/** What became of one asset for one requirement, the newest first, with the proof and whether it holds together. */
export function historyPage(
  { asset, requirement, title, transitions, chain, next }: HistoryBody,
  view: View,
): PageParts {
  const say = sayIn(view.language);
  const name = assetWords(asset.id, view.language);
  const about = title === requirement ? requirement : `${requirement} ${title}`;
  const sorted = transitions.toSorted((a, b) => b.number - a.number);
  const main = html`<h1 class="asset-name">${say("Historik for", "History of")} <bdi>${name}</bdi></h1>
    <p class="under-title"><span>${requirementLink(requirement, about, view)}</span></p>
    ${chainPart(chain, asset.id, requirement, view)}
    <section aria-labelledby="transitions">
      <h2 id="transitions">${say("Sådan er det gået", "What became of it")}</h2>
      <ol class="timeline unstyled-list no-max-width" reversed>
        ${sorted.map((one) => transitionPart(one, view))}
      </ol>
      ${sorted.length === 0 ? html`<p>${say("Der er ingen hændelser endnu.", "Nothing has happened yet.")}</p>` : null}
      ${pagingPart(next, view)}
    </section>`;
  const crumbs = [
    { words: say("Aktiver", "Assets"), href: linkTo(["assets"], view) },
    { words: name, href: linkTo(["assets", asset.id], view) },
  ];
  return {
    title: say(`Historik, ${requirement}: ${name}`, `History, ${requirement}: ${name}`),
    place: "assets",
    crumbs,
    main,
  };
}

function chainPart(
  { holds, problem }: HistoryBody["chain"],
  asset: string,
  requirement: HistoryBody["requirement"],
  view: View,
): Html {
  const say = sayIn(view.language);
  const state = holds
    ? alertBox(
        "success",
        say("Kæden holder", "The chain holds"),
        html`<p class="alert-text">
          ${say(
            "Hver hændelse peger på den før med en hash, og alle passer.",
            "Each event points to the one before it by a hash, and all of them fit.",
          )}
        </p>`,
        view.language,
      )
    : alertBox(
        "error",
        say("Kæden er brudt", "The chain is broken"),
        html`<p class="alert-text">
          ${problem ?? say("Hændelserne passer ikke sammen.", "The events do not fit together.")}
        </p>`,
        view.language,
      );
  return html`${state}
    <p>
      ${say(
        "Efterprøv selv historikken mod beviserne på maskinen med Kravvagt:",
        "Verify the history against its evidence yourself, on the machine with Kravvagt:",
      )}
    </p>
    <pre class="command"><code>${historyCommand(asset, requirement, { data: null })}</code></pre>`;
}

function transitionPart(one: OfHistory, view: View): Html {
  const { number, kind, since, confirmedAt } = one;
  const { language } = view;
  const say = sayIn(language);
  return html`<li class="event event-${kind}" id="nr-${number}">
    <article aria-labelledby="event-${number}">
      <p class="event-head">${kindMark(kind, language)} <span class="age">${say("nr.", "no.")} ${number}</span></p>
      <h3 id="event-${number}">${transitionWords(one, language)}</h3>
      <p class="event-when">
        ${say("Først set", "First seen")} ${momentAndAge(since, view)}.
        ${confirmedAt === since ? null : html`${say("Bekræftet", "Confirmed")} ${momentPart(confirmedAt, view)}.`}
      </p>
      ${findingsPart(one, view)} ${proofPart(one, view)}
    </article>
  </li> `;
}

function proofPart(one: OfHistory, view: View): Html {
  const { number, evidence, evidenceAt, judgement, rules, previous, hash, closes } = one;
  const say = sayIn(view.language);
  return html`<details class="details">
    <summary class="details-summary">
      <span class="details-summary-text">${say("Bevis og hash", "Proof and hash")}</span
      ><span class="sr-only"> ${say("for nr.", "of no.")} ${number}</span>
    </summary>
    <div class="details-text">
      ${facts([
        [say("Observationer", "Observations"), evidenceLink(say("Vis", "Show"), evidence)],
        [say("Observeret", "Observed"), momentPart(evidenceAt, view)],
        [say("Bedømmelse", "Judgement"), evidenceLink(say("Vis", "Show"), judgement)],
        [say("Regler", "Rules"), html`<code>${rules}</code>`],
        [
          say("Afslutter", "Closes"),
          closes === null
            ? null
            : html`<a href="#nr-${closes}">${say("forringelse nr.", "regression no.")} ${closes}</a>`,
        ],
        [
          say("Hash før", "Hash before"),
          previous === null
            ? say("ingen, dette er den første", "none, this is the first")
            : html`<code>${previous}</code>`,
        ],
        [say("Hash", "Hash"), html`<code>${hash}</code>`],
      ])}
    </div>
  </details>`;
}
