import { sayIn } from "../../reports/alert-body.ts";
import { countWords } from "../../reports/alert-assets.ts";
import type { Status } from "../forms.ts";
import { html, type Html } from "../html.ts";
import type { View } from "../page.ts";
import { alertBox } from "./alert-box.ts";
import { requirementLink } from "./links.ts";
import { momentPart, roughly } from "./moments.ts";
import { totalOf } from "./verdict-counts.ts";

type OfRequirement = Status["requirements"][number];

/** What whoever answers for security must know at a glance: first what to doubt, then what is wrong, then what is not known. */
export function overviewLead(status: Status, view: View): Html {
  const stopped = stoppedBox(status, view);
  // What nothing is known of at all is said once.
  const doubts = stopped === null ? [unknownBox(status, view), staleBox(status, view)] : [];
  const boxes = [stopped, suspectBox(status, view), failBox(status, view), ...doubts, wellBox(status, view)];
  return html`${boxes}`;
}

/** The watch has not begun, or has not closed a round for so long that everything it knew is too old. */
function stoppedBox({ closedAt, requirements }: Status, view: View): Html | null {
  const say = sayIn(view.language);
  if (closedAt === null) {
    const text = say(
      "Kravvagt har ikke afsluttet sin første runde. Indtil da er intet afgjort.",
      "Kravvagt has not closed its first run. Until then nothing is decided.",
    );
    return alertBox("info", say("Vi ved ikke noget endnu", "Nothing is known yet"), paragraph(text), view.language);
  }
  if (!requirements.every(isAllStale) || requirements.length === 0) return null;
  const long = roughly(view.now - Date.parse(closedAt), view.language);
  return alertBox(
    "warning",
    say(`Ingen runde er afsluttet i ${long}`, `No run has closed for ${long}`),
    html`<p class="alert-text">
      ${say(
        "Derfor ved vi ikke længere, om kravene er opfyldt. Se, om overvågningen kører. Den seneste runde blev afsluttet",
        "So it is no longer known whether the requirements are fulfilled. See whether the watch is running. The latest run closed",
      )}
      ${momentPart(closedAt, view)}.
    </p>`,
    view.language,
  );
}

function isAllStale({ assets, stale }: OfRequirement): boolean {
  return stale > 0 && stale >= totalOf(assets);
}

function suspectBox({ suspect }: Status, { language }: View): Html | null {
  if (!suspect) return null;
  const say = sayIn(language);
  const text = say(
    "Noget i den seneste runde tyder på, at fejlen er hos os og ikke hos jer. Tag det, der er kommet til siden da, med forbehold, indtil en ny runde siger det samme.",
    "Something in the latest run suggests that the fault is ours and not yours. Treat what is new since then with reserve until another run says the same.",
  );
  const heading = say("Vi tvivler på vores egen seneste runde", "We doubt our own latest run");
  return alertBox("warning", heading, paragraph(text), language);
}

function failBox({ requirements }: Status, view: View): Html | null {
  const failing = requirements.filter(({ verdict }) => verdict === "fail");
  if (failing.length === 0) return null;
  const say = sayIn(view.language);
  const heading =
    failing.length === 1
      ? say("1 krav er ikke opfyldt", "1 requirement is not fulfilled")
      : say(`${failing.length} krav er ikke opfyldt`, `${failing.length} requirements are not fulfilled`);
  return alertBox("error", heading, reachList(failing, "fail", view), view.language);
}

function unknownBox({ requirements }: Status, view: View): Html | null {
  const unknown = requirements.filter(({ assets }) => (assets.indeterminate ?? 0) > 0);
  if (unknown.length === 0) return null;
  const say = sayIn(view.language);
  const heading =
    unknown.length === 1
      ? say("1 krav kan ikke afgøres for alle aktiver", "1 requirement is not known for every asset")
      : say(
          `${unknown.length} krav kan ikke afgøres for alle aktiver`,
          `${unknown.length} requirements are not known for every asset`,
        );
  return alertBox("warning", heading, reachList(unknown, "indeterminate", view), view.language);
}

function reachList(those: readonly OfRequirement[], verdict: "fail" | "indeterminate", view: View): Html {
  const say = sayIn(view.language);
  return html`<ul class="reach unstyled-list no-max-width">
    ${those.map(({ requirement, title, assets }) => {
      const all = countWords(totalOf(assets), requirement, view.language);
      const what =
        verdict === "fail"
          ? say("ikke opfyldt for", "not fulfilled for")
          : say("kan ikke afgøres for", "not known for");
      const reach = say(`${what} ${assets[verdict]} af ${all}`, `${what} ${assets[verdict]} of ${all}`);
      const name = title === requirement ? requirement : `${requirement}, ${title}`;
      return html`<li>${requirementLink(requirement, name, view)}: ${reach}</li> `;
    })}
  </ul>`;
}

function staleBox({ requirements }: Status, view: View): Html | null {
  const stale = requirements.filter((each) => each.stale > 0);
  if (stale.length === 0) return null;
  const say = sayIn(view.language);
  const count = stale.reduce((sum, each) => sum + each.stale, 0);
  const heading = say(
    `${count} ${count === 1 ? "afgørelse" : "afgørelser"} kan være forældet`,
    `${count} ${count === 1 ? "verdict" : "verdicts"} may be out of date`,
  );
  const text = say(
    "Aktiverne har ikke givet et brugbart svar i to runder. Det, vi husker om dem, gælder måske ikke længere:",
    "The assets have given no usable answer for two rounds. What we remember of them may no longer be so:",
  );
  const names = stale.map(
    ({ requirement, stale: own }, index) =>
      html`${index > 0 ? ", " : null}${requirementLink(requirement, requirement, view)} (${own})`,
  );
  return alertBox("warning", heading, html`<p class="alert-text">${text} ${names}.</p>`, view.language);
}

/** Said only when every verdict is good and nothing speaks against believing it. */
function wellBox(status: Status, view: View): Html | null {
  const { requirements, closedAt, suspect } = status;
  const isWell = requirements.every(({ verdict }) => ["pass", "attested", "not-applicable"].includes(verdict));
  if (!isWell || closedAt === null || suspect || requirements.length === 0) return null;
  if (requirements.some(({ stale }) => stale > 0)) return null;
  const say = sayIn(view.language);
  const statements = requirements.filter(({ verdict }) => verdict === "attested").length;
  const heading =
    requirements.length === 1
      ? say("Det krav, Kravvagt bedømmer, er opfyldt", "The requirement that Kravvagt judges is fulfilled")
      : say(
          `Alle ${requirements.length} krav, som Kravvagt bedømmer, er opfyldt`,
          `All ${requirements.length} requirements that Kravvagt judges are fulfilled`,
        );
  const text =
    statements === 0
      ? say("Det bygger på målinger af hvert aktiv.", "That rests on measurements of each asset.")
      : say(
          `For ${statements} af dem bygger det helt eller delvist på erklæringer, ikke på målinger.`,
          `For ${statements} of them it rests wholly or partly on statements, not on measurements.`,
        );
  return alertBox("success", heading, paragraph(text), view.language);
}

function paragraph(text: string): Html {
  return html`<p class="alert-text">${text}</p>`;
}
