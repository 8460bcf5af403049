import { isConfirmSlot } from "../../core/slot.ts";
import { sayIn } from "../../reports/alert-body.ts";
import { FAMILY_WORDS } from "../../reports/alert-doubt.ts";
import type { RunsBody } from "../forms.ts";
import { html, type Html, type Part } from "../html.ts";
import type { View } from "../page.ts";
import { icon } from "./icon.ts";
import type { PageParts } from "./layout.ts";
import { momentAndAge, roughly } from "./moments.ts";
import { table } from "./table.ts";

type OfRun = RunsBody["runs"][number];

/** The latest runs: what was looked at, how much of it answered, and whether the run doubted itself. */
export function runsPage({ runs }: RunsBody, view: View): PageParts {
  const say = sayIn(view.language);
  const title = say("Runder", "Runs");
  const headings = [
    ...[say("Runde", "Run"), say("Begyndt", "Started"), say("Afsluttet", "Closed")],
    ...[say("Svar", "Answers"), say("Blev værre", "Got worse"), say("Dele", "Batches")],
  ];
  const main = html`<h1>${title}</h1>
    <p class="under-title">
      <span
        >${say(
          "Hver runde ser alle aktiver i en gruppe én gang. Det, der ser værre ud, får et nyt kig.",
          "Each run looks at every asset of a group once. What looks worse gets a second look.",
        )}</span
      >
    </p>
    ${
      runs.length === 0
        ? html`<p>${say("Ingen runder er begyndt endnu.", "No runs have started yet.")}</p>`
        : table(
            title,
            headings,
            runs.map((run) => runRow(run, view)),
          )
    }`;
  return { title, place: "runs", crumbs: [], main };
}

function runRow(run: OfRun, view: View): readonly Part[] {
  const { counts, batches, startedAt } = run;
  const say = sayIn(view.language);
  return [
    html`${familyWords(run.family, view)}${isConfirmSlot(run.slot) ? html` <span class="age">${say("nyt kig", "second look")}</span>` : null}${suspectNote(run, view)}`,
    momentAndAge(startedAt, view),
    closedCell(run, view),
    say(`${counts.answers} af ${counts.looks}`, `${counts.answers} of ${counts.looks}`),
    say(`${counts.worse} af ${counts.well}, der var i orden`, `${counts.worse} of ${counts.well} that were in order`),
    say(`${batches.done} af ${batches.planned}`, `${batches.done} of ${batches.planned}`),
  ];
}

function closedCell({ startedAt, closedAt }: OfRun, { language }: View): Part {
  const say = sayIn(language);
  if (closedAt === null) return say("ikke endnu", "not yet");
  const taken = Date.parse(closedAt) - Date.parse(startedAt);
  const words = taken < 60_000 ? say("under et minut", "less than a minute") : roughly(taken, language);
  return html`<time datetime="${closedAt}">${say(`efter ${words}`, `after ${words}`)}</time>`;
}

function suspectNote({ suspect }: OfRun, { language }: View): Html | null {
  if (suspect === null) return null;
  const say = sayIn(language);
  const why =
    suspect === "mass"
      ? say("Vi tvivler på den: det meste så pludselig værre ud", "We doubt it: most of it suddenly looked worse")
      : say(
          "Vi tvivler på den: kontrolnavne faldt anderledes ud end ventet",
          "We doubt it: control names came out otherwise",
        );
  return html`<p class="note">${icon("warning")}<span>${why}</span></p>`;
}

function familyWords(family: string, { language }: View): string {
  const known = Object.entries(FAMILY_WORDS).find(([name]) => name === family);
  const words = known?.[1][language] ?? family;
  return words.charAt(0).toUpperCase() + words.slice(1);
}
