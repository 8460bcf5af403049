import { REQUIREMENT_IDS, type RequirementId } from "../../core/requirement-id.ts";
import { listWords } from "../../reports/alert-assets.ts";
import { sayIn } from "../../reports/alert-body.ts";
import { html, type Html } from "../html.ts";
import type { View } from "../page.ts";

/** Names the requirements that nothing is said of, so that nobody takes silence for fulfilment. */
export function notJudged(judged: readonly RequirementId[], { language }: View): Html | null {
  const others = REQUIREMENT_IDS.filter((id) => !judged.includes(id));
  if (others.length === 0) return null;
  const say = sayIn(language);
  const names = listWords(others, language);
  return html`<section class="not-judged" aria-labelledby="not-judged">
    <h2 id="not-judged" class="h3">${say("Bedømmes ikke", "Not judged")}</h2>
    <p>
      ${say(
        `Kravvagt kan endnu ikke efterprøve ${names}. Intet her siger, om de er opfyldt.`,
        `Kravvagt cannot verify ${names} yet. Nothing here says whether they are fulfilled.`,
      )}
    </p>
  </section>`;
}
