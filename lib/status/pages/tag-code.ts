import { html, type Html, raw } from "../html.ts";

const BREAK = raw`<wbr />`;

/** A tag as code; where there is little room it breaks after an underscore. */
export function tagCode(tag: string): Html {
  const parts = tag.split("_");
  return html`<code class="tag-code">${parts.map((part, index) => (index === 0 ? part : [`_`, BREAK, part]))}</code>`;
}
