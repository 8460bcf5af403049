import type { RequirementId } from "../../core/requirement-id.ts";
import { sayIn } from "../../reports/alert-body.ts";
import { messageTemplate } from "../../reports/requirement-words.ts";
import { html, type Html } from "../html.ts";
import type { View } from "../page.ts";
import { tagCode } from "./tag-code.ts";

/** Anything else is no tag, whatever an object may have by that name. */
const TAG = /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/u;

/** What each code on the page means, once. Codes that this engine does not know are left out. */
export function tagWords(tags: readonly (readonly [RequirementId, string])[], { language }: View): Html | null {
  const known = new Map(
    tags.flatMap(([id, tag]) => {
      const message = TAG.test(tag) ? messageTemplate(id, tag) : undefined;
      return message === undefined ? [] : [[tag, withGaps(message.text[language])] as const];
    }),
  );
  if (known.size === 0) return null;
  return html`<section aria-labelledby="codes">
    <h2 id="codes" class="h3">${sayIn(language)("Hvad koderne betyder", "What the codes mean")}</h2>
    <dl class="codes">
      ${[...known]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(
          ([tag, words]) =>
            html`<div>
              <dt>${tagCode(tag)}</dt>
              <dd>${words}</dd>
            </div> `,
        )}
    </dl>
  </section>`;
}

/** The sentence without what differs from asset to asset. */
function withGaps(template: string): string {
  return template.replaceAll(/\{[a-zA-Z]+\}/gu, "…").replaceAll("….", "…");
}
