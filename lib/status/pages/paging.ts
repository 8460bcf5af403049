import { sayIn } from "../../reports/alert-body.ts";
import { hereWith, html, type Html } from "../html.ts";
import type { View } from "../page.ts";
import { nextHref } from "./links.ts";

/** The way to the next part of a list, and back to its beginning; nothing for a list that is whole. */
export function pagingPart(next: string | null, view: View): Html | null {
  const say = sayIn(view.language);
  const isLater = new URLSearchParams(view.here.split("?")[1] ?? "").has("cursor");
  if (next === null && !isLater) return null;
  const first = html`<a class="button button-secondary" href="${hereWith(view.here, { cursor: null })}"
    >${say("Fra begyndelsen", "From the beginning")}</a
  >`;
  const more =
    next === null
      ? html`<p>${say("Listen slutter her.", "The list ends here.")}</p>`
      : html`<a class="button button-secondary" href="${nextHref(next, view)}" rel="next"
          >${say("Vis de næste", "Show the next")}</a
        >`;
  return html`<nav class="paging" aria-label="${say("Bladring", "Paging")}">${more}${isLater ? first : null}</nav>`;
}
