import type { Language } from "../../core/messages.ts";
import { VERDICTS, type Verdict } from "../../core/verdict.ts";
import { VERDICT_WORDS } from "../../reports/words.ts";
import { html, type Html } from "../html.ts";

/** How many assets have each verdict, by verdict. */
export type Counts = Readonly<Record<Verdict, number>>;

/** What needs a person comes first. */
export const VERDICT_ORDER: readonly Verdict[] = ["fail", "indeterminate", "attested", "pass", "not-applicable"];

/** How many there are in all. */
export function totalOf(counts: Counts): number {
  return VERDICTS.reduce((sum, verdict) => sum + (counts[verdict] ?? 0), 0);
}

/** The shares as a bar and, in words, as a list; what nobody has is left out. */
export function countsPart(counts: Counts, language: Language): Html {
  const present = VERDICT_ORDER.filter((verdict) => (counts[verdict] ?? 0) > 0);
  return html`${bar(counts, present)}
    <ul class="counts unstyled-list no-max-width">
      ${present.map(
        (verdict) =>
          html`<li class="count count-${verdict}">
            <strong>${counts[verdict]}</strong> ${VERDICT_WORDS[verdict][language]}
          </li> `,
      )}
    </ul>`;
}

const BAR_WIDTH = 1000;
/** One failing asset among thousands is still seen. */
const NARROWEST = 12;

function bar(counts: Counts, present: readonly Verdict[]): Html {
  const total = Math.max(1, totalOf(counts));
  const widths = present.map((verdict) => Math.max(NARROWEST, (counts[verdict] / total) * BAR_WIDTH));
  const scale =
    BAR_WIDTH /
    Math.max(
      1,
      widths.reduce((sum, width) => sum + width, 0),
    );
  let from = 0;
  const parts = present.map((verdict, index) => {
    const width = (widths[index] ?? 0) * scale;
    const part = html`<rect
      class="share-${verdict}"
      x="${from.toFixed(1)}"
      y="0"
      width="${width.toFixed(1)}"
      height="10"
    ></rect>`;
    from += width;
    return part;
  });
  return html`<svg
    class="bar"
    viewBox="0 0 ${BAR_WIDTH} 10"
    preserveAspectRatio="none"
    focusable="false"
    aria-hidden="true"
  >
    ${parts}
  </svg>`;
}
