import { sayIn } from "../../reports/alert-body.ts";
import { html } from "../html.ts";
import type { View } from "../page.ts";
import type { Problem } from "../renderer.ts";
import type { PageParts } from "./layout.ts";
import { linkTo } from "./links.ts";

/** What went wrong, whose fault it is, and where to go from here. */
export function problemPage({ title, detail, status }: Problem, view: View): PageParts {
  const say = sayIn(view.language);
  const main = html`<h1>${title}</h1>
    <p>${detail}</p>
    <p>${whatNow(status, view)}</p>
    <p><a href="${linkTo(["status"], view)}">${say("Gå til overblikket", "Go to the overview")}</a></p>
    <p class="small-text">${say("Fejlkode", "Error code")} ${status}</p>`;
  return { title, place: null, crumbs: [], main };
}

function whatNow(status: number, { language }: View): string {
  const say = sayIn(language);
  if (status === 404) {
    return say(
      "Måske er adressen skrevet forkert, eller også er det, den førte til, ikke længere i fortegnelsen.",
      "The address may be misspelt, or what it led to is no longer in the inventory.",
    );
  }
  if (status >= 500) {
    return say(
      "Fejlen er hos os, ikke hos jer. Det siger intet om, hvorvidt kravene er opfyldt. Prøv igen om lidt.",
      "The fault is ours, not yours. It says nothing of whether the requirements are fulfilled. Try again shortly.",
    );
  }
  return say("Gå tilbage, og prøv igen.", "Go back and try again.");
}
