import type { Cause } from "../../core/cause.ts";
import type { Bilingual, Language, Outcome } from "../../core/messages.ts";
import type { Verdict } from "../../core/verdict.ts";
import { CAUSE_WORDS, OUTCOME_WORDS, VERDICT_WORDS } from "../../reports/words.ts";
import { html, type Html } from "../html.ts";
import { icon, type Icon } from "./icon.ts";

interface Look {
  readonly badge: string;
  readonly icon: Icon;
}

/** Colour, icon and words say the same, so that any one of them may be missed. */
const LOOKS: Readonly<Record<Verdict | Outcome, Look>> = {
  pass: { badge: "badge-success", icon: "success" },
  fail: { badge: "badge-error", icon: "error" },
  indeterminate: { badge: "badge-warning", icon: "help" },
  warn: { badge: "badge-warning", icon: "warning" },
  attested: { badge: "badge-info", icon: "assignment" },
  "not-applicable": { badge: "badge-none", icon: "minus" },
};

/** A verdict as a badge; where there is no answer, why not. */
export function verdictMark(verdict: Verdict, cause: Cause | null, language: Language): Html {
  const why = cause === null ? null : html` <span class="cause">${CAUSE_WORDS[cause][language]}</span>`;
  return html`${mark(verdict, VERDICT_WORDS[verdict][language])}${why}`;
}

/** What one finding means, as a badge. */
export function outcomeMark(outcome: Outcome, cause: Cause | undefined, language: Language): Html {
  const why = cause === undefined ? null : html` <span class="cause">${CAUSE_WORDS[cause][language]}</span>`;
  return html`${mark(outcome, OUTCOME_WORDS[outcome][language])}${why}`;
}

/** A failure that somebody has granted an exemption for: it looks like the statement that it rests on. */
export function exemptedMark(language: Language): Html {
  return mark("attested", EXEMPTED[language]);
}

const EXEMPTED: Bilingual = { da: "undtaget fejl", en: "exempted failure" };

function mark(kind: Verdict | Outcome, words: string): Html {
  const look = LOOKS[kind];
  return html`<span class="badge ${look.badge} mark">${icon(look.icon)}${words}</span>`;
}
