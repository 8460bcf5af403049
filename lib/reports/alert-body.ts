import type { Language } from "../core/messages.ts";
import { cut } from "./alert-assets.ts";
import { printable } from "./printable.ts";

/** What an alert says, in one language. Lines end in line feeds; a paragraph is one line, however long. */
export interface AlertText {
  /** One printable line of at most `LONGEST_SUBJECT` characters. */
  readonly subject: string;
  readonly body: string;
  /** What a terminal shows: what happened, why and what to do, a line each. */
  readonly brief: string;
}

export const LONGEST_SUBJECT = 150;
/** Lines that a terminal shows of one alert. */
const MOST_BRIEF = 8;

/** The parts of an alert before they are laid out. */
export interface AlertParts {
  readonly subject: string;
  /** The first paragraph: what happened, in a sentence or two. */
  readonly lead: string;
  /** "Label: value" lines under the lead. */
  readonly facts: readonly Fact[];
  readonly sections: readonly Section[];
  /** The last line: what the alert is called. */
  readonly footer: string;
}

export type Fact = readonly [label: string, value: string];

export interface Section {
  readonly heading: string;
  readonly lines: readonly string[];
  /** Whether a terminal shows it as well. */
  readonly isBrief?: boolean;
}

export type Say = (da: string, en: string) => string;

export function sayIn(language: Language): Say {
  return (da, en) => (language === "da" ? da : en);
}

/** Lays the parts out. Every line is made printable here, once more, so that no part can be forgotten. */
export function layOut({ subject, lead, facts, sections, footer }: AlertParts): AlertText {
  const shown = sections.filter(({ lines }) => lines.length > 0);
  const blocks = [
    [lead],
    facts.map(([label, value]) => `${label}: ${value}`),
    ...shown.map(({ heading, lines }) => [heading.toUpperCase(), ...lines]),
    [footer],
  ].filter((lines) => lines.length > 0);
  const brief = [lead, ...shown.filter(({ isBrief }) => isBrief === true).flatMap(({ lines }) => lines)];
  const kept = brief.length > MOST_BRIEF ? [...brief.slice(0, MOST_BRIEF - 1), "…"] : brief;
  return {
    subject: cut(printable(subject), LONGEST_SUBJECT),
    body: `${blocks.map((lines) => lines.map(printable).join("\n")).join("\n\n")}\n`,
    brief: kept.map(printable).join("\n"),
  };
}
