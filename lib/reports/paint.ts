import type { Verdict } from "../core/verdict.ts";

/** What a piece of text means, for whoever can show it by colour. */
export type Tone = "bad" | "unsure" | "good" | "faint" | "heading";

export type Paint = (tone: Tone, text: string) => string;

/** Leaves text as it is. */
export const plain: Paint = (_, text) => text;

export const VERDICT_TONES: Readonly<Record<Verdict, Tone>> = {
  fail: "bad",
  indeterminate: "unsure",
  attested: "good",
  pass: "good",
  "not-applicable": "faint",
};
