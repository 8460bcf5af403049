import type { Bilingual, Language } from "../core/messages.ts";

/** One thing that is wrong with an inventory file, and what should have stood there. */
export interface InventoryProblem {
  readonly file: string;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
  /** Where in the data: `assets[3].domain`; empty for the file as a whole. */
  readonly field: string;
  /** May hold what the file holds, control characters included: escape it where it is shown. */
  readonly found: Bilingual;
  readonly expected: Bilingual;
}

/** Keys and list positions that lead to a value. */
export type FieldPath = readonly (string | number)[];

/** `["assets", 3, "domain"]` as `assets[3].domain`. */
export function fieldOf(path: FieldPath): string {
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");
}

/** Sorted by line and column. */
export function inFileOrder(problems: readonly InventoryProblem[]): readonly InventoryProblem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

/** The same words in both languages, such as a quoted value. */
export function untranslated(text: string): Bilingual {
  return { da: text, en: text };
}

/** One line for people: file, line and column, field, what was found and what was expected. Not yet escaped. */
export function renderProblem(problem: InventoryProblem, lang: Language): string {
  const where = `${problem.file}:${problem.line}:${problem.column}:`;
  const field = problem.field === "" ? "" : ` ${problem.field}:`;
  const [found, wanted] = lang === "da" ? ["fandt", "forventede"] : ["found", "expected"];
  return `${where}${field} ${found} ${problem.found[lang]}; ${wanted} ${problem.expected[lang]}`;
}

const LONGEST_QUOTE = 80;

/** A short quotation of a value for a problem's "found". */
export function quoted(value: unknown): Bilingual {
  if (value === undefined) return { da: "ingenting (feltet mangler)", en: "nothing (the field is missing)" };
  if (value === null) return { da: "et tomt felt", en: "an empty field" };
  if (Array.isArray(value)) return { da: `en liste med ${value.length}`, en: `a list of ${value.length}` };
  if (typeof value === "object") return { da: "felter", en: "fields" };
  return untranslated(shortened(JSON.stringify(value)));
}

/** At most as much of a text as a problem's line has room for. */
export function shortened(text: string): string {
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}
