import { sayIn } from "../../reports/alert-body.ts";
import type { Status } from "../forms.ts";
import { html, type Html } from "../html.ts";
import type { View } from "../page.ts";
import { linkTo } from "./links.ts";
import { momentAndAge } from "./moments.ts";
import { facts } from "./table.ts";
import { countsPart } from "./verdict-counts.ts";
import { verdictMark } from "./verdict-mark.ts";

type OfRequirement = Status["requirements"][number];

/** A requirement as a whole, in a list of them. */
export function requirementCard(one: OfRequirement, view: View): Html {
  const { requirement, title, verdict, cause, assets } = one;
  return html`<li class="case case-${verdict}">
    <div class="case-head">
      <h3>
        <a href="${linkTo(["requirements", requirement], view)}"
          >${title === requirement ? requirement : `${requirement} ${title}`}</a
        >
      </h3>
      <p>${verdictMark(verdict, cause, view.language)}</p>
    </div>
    ${countsPart(assets, view.language)} ${requirementFacts(one, view)}
  </li> `;
}

/** Since when, how fresh, when next, and what stands open. */
export function requirementFacts(one: OfRequirement, view: View): Html {
  const { since, oldest, nextRound, stale, openRegressions } = one;
  const say = sayIn(view.language);
  const open = html`<a href="${linkTo(["regressions"], view)}"
    >${openRegressions}<span class="sr-only"> ${say("åbne forringelser", "open regressions")}</span></a
  >`;
  const late = html`<strong>${say(`${stale} ikke set i to runder`, `${stale} not seen for two rounds`)}</strong>`;
  const never = say("mangler for mindst ét aktiv", "missing for at least one asset");
  return facts([
    [
      say("Uændret siden", "Unchanged since"),
      since === null ? say("aldrig set", "never seen") : momentAndAge(since, view),
    ],
    [say("Ældste svar", "Oldest answer"), oldest === null ? never : momentAndAge(oldest, view)],
    [say("Næste runde", "Next round"), momentAndAge(nextRound, view)],
    [say("Åbne forringelser", "Open regressions"), openRegressions === 0 ? say("ingen", "none") : open],
    [say("Forældede", "Out of date"), stale === 0 ? null : late],
  ]);
}
