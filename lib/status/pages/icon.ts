import { html, type Html } from "../html.ts";
import { PAGE_ICONS } from "../static/page-icons.ts";

export type Icon = "success" | "error" | "help" | "warning" | "info" | "minus" | "assignment" | "chevron-right";

/** An icon beside words that say the same; `extra` are further classes. Its drawing is in the sprite of the page. */
export function icon(name: Icon, extra = ""): Html {
  const classes = extra === "" ? "icon-svg" : `icon-svg ${extra}`;
  return html`<svg class="${classes}" focusable="false" aria-hidden="true"><use href="#icon-${name}"></use></svg>`;
}

/** The drawings, once on each page. */
export const SPRITE: Html = html`<svg class="sprite" width="0" height="0" focusable="false" aria-hidden="true">
  ${Object.entries(PAGE_ICONS).map(
    ([name, path]) => html`<symbol id="icon-${name}" viewBox="0 -960 960 960"><path d="${path}"></path></symbol>`,
  )}
</svg>`;
