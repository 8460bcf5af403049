import type { Language } from "../../core/messages.ts";
import { sayIn } from "../../reports/alert-body.ts";
import { html, type Html, type Part } from "../html.ts";
import { icon } from "./icon.ts";

export type Weight = "error" | "warning" | "info" | "success";

/** What must not be overlooked. A heading of `level` 2 or 3, words, an icon and a colour. */
export function alertBox(weight: Weight, heading: string, content: Part, language: Language, level: 2 | 3 = 2): Html {
  const spoken = html`<span class="sr-only">${spokenWeight(weight, language)}: </span>`;
  const head =
    level === 2
      ? html`<h2 class="alert-heading">${spoken}${heading}</h2>`
      : html`<h3 class="alert-heading">${spoken}${heading}</h3>`;
  return html`<div class="alert alert-${weight}">
    ${icon(weight, "alert-icon")}
    <div class="alert-body">${head} ${content}</div>
  </div> `;
}

function spokenWeight(weight: Weight, language: Language): string {
  const say = sayIn(language);
  switch (weight) {
    case "error":
      return say("Fejl", "Failure");
    case "warning":
      return say("Advarsel", "Warning");
    case "info":
      return say("Oplysning", "Information");
    case "success":
      return say("I orden", "In order");
  }
}
