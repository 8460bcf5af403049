import type { Cause } from "./cause.ts";
import type { Json } from "./json.ts";

export type Language = "da" | "en";

/** Danish first: it is what users read. Both sides use the same {arguments}. */
export interface Bilingual {
  readonly da: string;
  readonly en: string;
}

/**
 * What a finding's tag says. A failing message without Danish, English or a remedy does not compile, nor does an
 * indeterminate one without a cause.
 */
export type Message =
  | {
      readonly outcome: "pass" | "not-applicable";
      readonly text: Bilingual;
      readonly remedy?: never;
      readonly cause?: never;
    }
  | { readonly outcome: "warn"; readonly text: Bilingual; readonly remedy: Bilingual; readonly cause?: never }
  | (Shared & {
      readonly outcome: "fail";
      readonly text: Bilingual;
      readonly remedy: Bilingual;
      readonly cause?: never;
      /** True where the fact is signed or recorded, so that a second look could only see it again. */
      readonly certain?: true;
    })
  | (Shared & {
      readonly outcome: "indeterminate";
      readonly cause: Cause;
      readonly text: Bilingual;
      readonly remedy: Bilingual;
    });

interface Shared {
  /** The argument that names what many assets may have in common (a zone, a gateway): one fault there is one alert. */
  readonly about?: string;
}

export type Messages = Readonly<Record<string, Message>>;

export type Outcome = Message["outcome"];

/** The names between braces in a template: "Zonen {zone}" has "zone". */
export type ArgumentsOf<Template extends string> = Template extends `${string}{${infer Argument}}${infer Rest}`
  ? Argument | ArgumentsOf<Rest>
  : never;

type TextsOf<M extends Message> =
  M["text"]["da" | "en"] | (M extends { remedy: infer R extends Bilingual } ? R["da" | "en"] : never);

/** Evidence must at least hold every argument that the message's texts use; it may hold more. */
export type EvidenceFor<M extends Message> = Readonly<Record<ArgumentsOf<TextsOf<M>>, string | number>> &
  Readonly<Record<string, Json>>;

/** Declares a requirement's messages; keys are tags such as S18_UNSIGNED. */
export function defineMessages<const M extends Messages>(messages: M): M {
  return messages;
}

const ARGUMENT = /\{([a-zA-Z]+)\}/g;

export function argumentsOf(template: string): readonly string[] {
  // Stryker disable next-line ArrayDeclaration: equivalent, the pattern's group takes part in every match
  return [...template.matchAll(ARGUMENT)].flatMap((match) => match[1] ?? []);
}

/** Fills a template from evidence, codes by what `nameOf` calls them. A missing argument is our own bug and throws. */
export function render(
  template: string,
  evidence: Readonly<Record<string, Json>>,
  nameOf: (code: string) => string = (code) => code,
): string {
  return template.replaceAll(ARGUMENT, (_, argument: string) => {
    const value = evidence[argument];
    if (typeof value !== "string" && typeof value !== "number") {
      throw new Error(`evidence lacks the argument "${argument}" of "${template}"`);
    }
    return nameOf(String(value));
  });
}
