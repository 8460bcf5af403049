import type { Bilingual, Language } from "../core/messages.ts";
import type { HistoryReport } from "../reports/history-form.ts";
import { printable } from "../reports/printable.ts";
import type { Paint } from "../reports/paint.ts";
import type { HistoryCheck, HistoryProblem } from "../watch/verify-history.ts";

type Verification = NonNullable<HistoryReport["verification"]>;
type Part = Verification["parts"][number];

/** What was looked into, as a count of how often it held. */
const CHECK_WORDS: Readonly<Record<HistoryCheck, Bilingual>> = {
  chain: { da: "Kæden af hashværdier", en: "The chain of hashes" },
  state: { da: "Tilstanden og historikkens ende", en: "The state and the end of the history" },
  evidence: { da: "Observationerne og deres adresse", en: "The observations and their address" },
  judgement: { da: "Dommen og dens adresse", en: "The judgement and its address" },
  recomputed: { da: "Samme dom af samme observationer", en: "The same judgement of the same observations" },
};

const PROBLEM_WORDS: Readonly<Record<HistoryProblem, Bilingual>> = {
  broken: { da: "kæden er brudt", en: "the chain is broken" },
  disagrees: { da: "passer ikke sammen", en: "they do not agree" },
  missing: { da: "mangler i datamappen", en: "missing from the data folder" },
  unfit: { da: "passer ikke til sin adresse", en: "does not fit its address" },
  "other-judgement": { da: "er en anden dom", en: "is another judgement" },
  "no-run": { da: "runden, der så det, huskes ikke", en: "the run that saw it is not remembered" },
  "not-declared": { da: "aktivet stod ikke i rundens fortegnelse", en: "the asset was not in the run's inventory" },
  differs: { da: "giver nu en anden dom", en: "now gives another judgement" },
  "older-rules": { da: "dømt efter ældre regler, ikke beregnet igen", en: "judged by older rules, not recomputed" },
};

/** Per thing that was looked into: how often it held, then every break and every omission, a line each; the verdict last. */
export function verificationLines(
  { parts, verifies }: Verification,
  language: Language,
  paint: Paint,
): readonly string[] {
  const checks = Object.keys(CHECK_WORDS) as HistoryCheck[];
  const [da, en] = verifies
    ? ["Historikken holder.", "The history verifies."]
    : ["Historikken holder IKKE.", "The history does NOT verify."];
  return [
    paint("heading", language === "da" ? "Efterprøvet" : "Verified"),
    ...checks.flatMap((check) => checkLines(check, parts, language, paint)),
    paint(verifies ? "good" : "bad", language === "da" ? da : en),
  ];
}

function checkLines(check: HistoryCheck, parts: readonly Part[], language: Language, paint: Paint): readonly string[] {
  const own = parts.filter((part) => part.check === check);
  if (own.length === 0) return [];
  const held = own.filter(({ outcome }) => outcome === "holds").length;
  const isBroken = own.some(({ outcome }) => outcome === "broken");
  const mark = isBroken ? paint("bad", "✗") : held === own.length ? paint("good", "✓") : paint("unsure", "?");
  const of = language === "da" ? "af" : "of";
  return [
    `  ${mark} ${CHECK_WORDS[check][language]}: ${held} ${of} ${own.length}`,
    ...own.filter(({ outcome }) => outcome !== "holds").map((part) => `      ${partLine(part, language)}`),
  ];
}

function partLine({ number, problem, detail }: Part, language: Language): string {
  const which = number === null ? "" : language === "da" ? `nr. ${number}: ` : `no. ${number}: `;
  const words = problem === null ? "" : PROBLEM_WORDS[problem as HistoryProblem][language];
  return printable(`${which}${words}${detail === "" ? "" : ` (${detail})`}`);
}
