import type { Outcome } from "../../core/messages.ts";
import { sayIn } from "../../reports/alert-body.ts";
import type { ToldFinding } from "../../reports/stored-finding.ts";
import { html, type Html } from "../html.ts";
import type { View } from "../page.ts";
import { tagCode } from "./tag-code.ts";
import { alertBox } from "./alert-box.ts";
import { datePart } from "./moments.ts";
import { exemptedMark, outcomeMark } from "./verdict-mark.ts";

/** What can be acted on comes first. */
const ORDER: readonly Outcome[] = ["fail", "indeterminate", "warn", "pass", "not-applicable"];

/** What was found, or why that cannot be shown. `level` is that of the heading of a problem. */
export function findingsPart(
  { findings, problem }: { readonly findings: readonly ToldFinding[] | null; readonly problem: string | null },
  view: View,
): Html {
  const say = sayIn(view.language);
  if (findings === null) {
    const text = problem ?? say("Uden begrundelse.", "No reason is given.");
    const heading = say("Fundene kan ikke vises", "The findings cannot be shown");
    return alertBox("warning", heading, html`<p class="alert-text">${text}</p>`, view.language, 3);
  }
  if (findings.length === 0) return html`<p>${say("Ingen fund.", "No findings.")}</p>`;
  const rank = ({ outcome, exempted }: ToldFinding): number =>
    ORDER.indexOf(outcome) + (exempted === undefined ? 0 : 0.5);
  // Several checks may say the same.
  const keyOf = ({ tag, outcome, text, exempted }: ToldFinding): string =>
    JSON.stringify([tag, outcome, text, exempted]);
  const distinct = [...new Map(findings.map((finding) => [keyOf(finding), finding])).values()];
  const sorted = distinct.toSorted((a, b) => rank(a) - rank(b));
  return html`<ul class="findings unstyled-list no-max-width">
    ${sorted.map((finding) => findingPart(finding, view))}
  </ul>`;
}

function findingPart({ tag, outcome, cause, text, remedy, exempted }: ToldFinding, view: View): Html {
  const say = sayIn(view.language);
  return html`<li class="finding finding-${exempted === undefined ? outcome : "exempted"}">
    <p class="finding-head">
      ${exempted === undefined ? outcomeMark(outcome, cause, view.language) : exemptedMark(view.language)}
      ${tagCode(tag)}
    </p>
    <p class="finding-text">${text}</p>
    ${remedy === undefined ? null : html`<p class="remedy"><strong>${say("Gør dette:", "Do this:")}</strong> ${remedy}</p> `}${
      exempted === undefined ? null : exemptionPart(exempted, view)
    }
  </li> `;
}

function exemptionPart({ reason, by, validUntil }: NonNullable<ToldFinding["exempted"]>, view: View): Html {
  const say = sayIn(view.language);
  return html`<p class="remedy">
    <strong>${say("Dispensation:", "Exemption:")}</strong> ${reason} (${by}, ${say("til", "until")}
    ${datePart(validUntil, view)})
  </p> `;
}
