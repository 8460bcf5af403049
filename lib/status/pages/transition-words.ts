import type { Bilingual, Language } from "../../core/messages.ts";
import { changeWords } from "../../reports/alert-verdicts.ts";
import type { ChangesBody } from "../forms.ts";
import { html, type Html } from "../html.ts";
import { icon, type Icon } from "./icon.ts";

export type ShownTransition = ChangesBody["changes"][number];

interface KindLook {
  readonly words: Bilingual;
  readonly badge: string;
  readonly icon: Icon;
}

const KINDS: Readonly<Record<ShownTransition["kind"], KindLook>> = {
  baseline: { words: { da: "Første måling", en: "First measurement" }, badge: "badge-none", icon: "info" },
  regression: { words: { da: "Forringelse", en: "Regression" }, badge: "badge-error", icon: "error" },
  recovery: { words: { da: "Genoprettet", en: "Recovery" }, badge: "badge-success", icon: "success" },
  change: { words: { da: "Ændring", en: "Change" }, badge: "badge-info", icon: "info" },
  "rule-change": { words: { da: "Regelændring", en: "Rule change" }, badge: "badge-info", icon: "assignment" },
};

/** What kind of change it was, as a badge. */
export function kindMark(kind: ShownTransition["kind"], language: Language): Html {
  const look = KINDS[kind];
  return html`<span class="badge ${look.badge} mark">${icon(look.icon)}${look.words[language]}</span>`;
}

/** "opfyldt → ikke opfyldt". */
export function transitionWords({ from, to, cause, kind, appeared }: ShownTransition, language: Language): string {
  return changeWords({ from, to, cause, kind, appeared }, language);
}
