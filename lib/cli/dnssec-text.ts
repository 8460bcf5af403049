import type { Language } from "../core/messages.ts";
import type { Unobserved } from "../core/observation.ts";
import type { Classification } from "../dnssec/classification.ts";
import type { Bogus, Indeterminate, SignatureUse } from "../dnssec/outcome.ts";
import type { WalkStatus, ZoneStep, ZoneWalk } from "../dnssec/zone-walk.ts";
import { printable } from "../reports/printable.ts";
import type { Paint, Tone } from "../reports/paint.ts";
import { CAUSE_WORDS } from "../reports/words.ts";
import { bogusTerms } from "../requirements/bogus-terms.ts";
import type { Question, ResourceRecord } from "../wire/message.ts";
import type { Name } from "../wire/name.ts";
import { formatRdata } from "../wire/presentation.ts";
import { algorithmName, digestName, INSECURE_WORDS, momentText, STATUS_WORDS } from "./dnssec-words.ts";

/** What protects one name, as of one moment: the way from the trust anchor, and the records at the name. */
export interface DnssecPicture {
  readonly name: Name;
  readonly observedAt: string;
  /** Set when nothing at all was heard. */
  readonly unobserved: Unobserved | null;
  readonly walk: ZoneWalk | null;
  readonly records: readonly { readonly question: Question; readonly classification: Classification }[];
}

const TONES: Readonly<Record<WalkStatus, Tone>> = {
  secure: "good",
  insecure: "bad",
  bogus: "bad",
  indeterminate: "unsure",
  need: "unsure",
};
const MARKS: Readonly<Record<WalkStatus, string>> = {
  secure: "✓",
  insecure: "✗",
  bogus: "✗",
  indeterminate: "?",
  need: "?",
};
const LONGEST_RECORD = 100;
const MOST_RECORDS = 20;

interface Pen {
  readonly paint: Paint;
  readonly language: Language;
  readonly say: (da: string, en: string) => string;
  /** Why the chain ends: not repeated for every record. */
  readonly chainEnd: string;
}

/** Draws the picture from the root downwards, then the records at the name. Whatever came from the network is escaped. */
export function dnssecText(picture: DnssecPicture, language: Language, paint: Paint): string {
  const { name, observedAt, walk, unobserved } = picture;
  const say = (da: string, en: string): string => (language === "da" ? da : en);
  const last = walk?.steps.at(-1)?.failure ?? walk?.failure ?? null;
  const pen: Pen = { paint, language, say, chainEnd: last === null ? "" : reasonOf(last, language) };
  const when = observedAt.slice(0, 16).replace("T", " ");
  const heading = paint("heading", pen.say(`DNSSEC for ${name}, ${when} UTC`, `DNSSEC of ${name}, ${when} UTC`));
  if (walk === null) {
    const why =
      unobserved === null ? "" : `${CAUSE_WORDS[unobserved.cause][language]}: ${printable(unobserved.detail)}`;
    return `${heading}\n\n${paint("unsure", `? ${STATUS_WORDS.indeterminate[language]}`)}  ${why}\n`;
  }
  const lines = [heading, "", ...chainLines(walk, pen), "", ...recordLines(picture, pen), "", verdictLine(walk, pen)];
  return `${lines.join("\n")}\n`;
}

function chainLines(walk: ZoneWalk, pen: Pen): readonly string[] {
  const steps = walk.steps.flatMap((step, index) => stepLines(step, index === 0, pen));
  if (walk.failure !== null) steps.push(`  ${reasonOf(walk.failure, pen.language)}`);
  if (walk.uncut.length > 0) {
    const names = walk.uncut.map(printable).join(", ");
    steps.push(pen.paint("faint", pen.say(`Ingen zone begynder ved ${names}.`, `No zone begins at ${names}.`)));
  }
  return steps;
}

function stepLines(step: ZoneStep, isFirst: boolean, pen: Pen): readonly string[] {
  const { zone, status, ds, keys, signatures, entry, insecure, failure } = step;
  const { paint, say, language } = pen;
  const signed = signatures.filter(({ type }) => type === "DNSKEY");
  const delegated = signatures.filter(({ type }) => type !== "DNSKEY");
  const label = step.provenBy === "anchor" ? say("tillidsanker", "trust anchor") : "DS";
  const mark = paint(TONES[status], `${MARKS[status]} ${STATUS_WORDS[status][language]}`);
  const lines = isFirst ? [] : [`  │`];
  lines.push(`${isFirst ? "" : "  ▼  "}${paint("heading", printable(zone))}  ${mark}`);
  for (const each of ds) {
    const isUsed = entry !== null && entry.keyTag === each.keyTag && entry.digestType === each.digestType;
    const used = isUsed ? say("  ← passer til en nøgle", "  ← matches a key") : "";
    lines.push(`     ${label} ${each.keyTag}  ${algorithmName(each.algorithm)}, ${digestName(each.digestType)}${used}`);
  }
  lines.push(...delegated.map((use) => `       ${signatureText(use, pen)}`));
  for (const key of keys) {
    const role = key.sep ? "KSK" : "ZSK";
    const bits = key.bits === null ? "" : `, ${key.bits} bit`;
    const revoked = key.revoked ? say(", tilbagekaldt", ", revoked") : "";
    lines.push(`     DNSKEY ${key.keyTag}  ${role}, ${algorithmName(key.algorithm)}${bits}${revoked}`);
  }
  lines.push(...signed.map((use) => `       ${signatureText(use, pen)}`));
  if (insecure !== null) lines.push(`     ${INSECURE_WORDS[insecure][language]}`);
  if (failure !== null) lines.push(`     ${reasonOf(failure, language)}`);
  return lines;
}

function recordLines({ name, records }: DnssecPicture, pen: Pen): readonly string[] {
  const heading = pen.paint("heading", pen.say(`Poster ved ${name}`, `Records at ${name}`));
  return [
    heading,
    ...records.flatMap(({ question, classification }) => recordLine(name, question, classification, pen)),
  ];
}

function recordLine(name: Name, question: Question, classification: Classification, pen: Pen): readonly string[] {
  const { status, aliases } = classification;
  const { paint, say, language } = pen;
  const mark = paint(TONES[status], `${MARKS[status]} ${STATUS_WORDS[status][language]}`);
  const what = question.name === name ? question.type : `${question.type} ${printable(question.name)}`;
  const lines = [`  ${what}  ${mark}  ${classifiedText(classification, pen)}`.trimEnd()];
  for (const { from, to, by } of aliases) lines.push(`      ${printable(from)} ${by} ${printable(to)}`);
  if (classification.status === "secure" || classification.status === "insecure") {
    const { records } = classification;
    lines.push(...records.slice(0, MOST_RECORDS).map((record) => `      ${rdataText(record)}`));
    if (records.length > MOST_RECORDS) {
      const more = records.length - MOST_RECORDS;
      lines.push(`      ${say(`og ${more} mere`, `and ${more} more`)}`);
    }
  }
  if (classification.status === "secure") {
    lines.push(...distinctUses(classification.signatures).map((use) => `        ${signatureText(use, pen)}`));
  }
  return lines;
}

/** What was found in place of, or about, the records. */
function classifiedText(classification: Classification, pen: Pen): string {
  const { say, language } = pen;
  switch (classification.status) {
    case "secure": {
      const { answer, denial, wildcard } = classification;
      const proof =
        denial === null ? "" : say(`, bevist med ${denial.toUpperCase()}`, `, proven by ${denial.toUpperCase()}`);
      if (answer === "nodata") return `${say("findes ikke", "does not exist")}${proof}`;
      if (answer === "nxdomain") return `${say("navnet findes ikke", "the name does not exist")}${proof}`;
      return wildcard === null
        ? ""
        : say(`fra jokertegnet ${printable(wildcard)}`, `from the wildcard ${printable(wildcard)}`);
    }
    case "insecure":
      return `${printable(classification.zone)}: ${INSECURE_WORDS[classification.reason][language]}`;
    case "bogus":
    case "indeterminate": {
      const reason = reasonOf(classification, language);
      return reason === pen.chainEnd ? say("som kæden ovenfor", "like the chain above") : reason;
    }
    case "need":
      return "";
  }
}

function reasonOf(failure: Bogus | Indeterminate, language: Language): string {
  const record = `${failure.record.type} ${printable(failure.record.name)}`;
  const why = failure.status === "bogus" ? bogusTerms[failure.reason][language] : CAUSE_WORDS[failure.cause][language];
  return `${record}: ${why} (${printable(failure.detail)})`;
}

function signatureText({ zone, type, keyTag, algorithm, expiration }: SignatureUse, { say }: Pen): string {
  const by = `${printable(zone)} ${keyTag} (${algorithmName(algorithm)})`;
  const until = momentText(expiration);
  return say(`${type} signeret af ${by}, udløber ${until}`, `${type} signed by ${by}, expires ${until}`);
}

function distinctUses(uses: readonly SignatureUse[]): readonly SignatureUse[] {
  const byKey = new Map(uses.map((use) => [`${use.type} ${use.zone} ${use.keyTag} ${use.expiration}`, use]));
  return [...byKey.values()];
}

function rdataText(record: ResourceRecord): string {
  const text = printable(formatRdata(record));
  return text.length > LONGEST_RECORD ? `${text.slice(0, LONGEST_RECORD)}…` : text;
}

function verdictLine({ status, expiresAt }: ZoneWalk, { paint, say, language }: Pen): string {
  const verdict = paint(TONES[status], `${MARKS[status]} ${STATUS_WORDS[status][language]}`);
  const until = expiresAt === null ? "" : momentText(expiresAt);
  const first =
    until === ""
      ? ""
      : say(`  Kædens første signatur udløber ${until}.`, `  The chain's first signature expires ${until}.`);
  return `${say("Kæden fra roden:", "The chain from the root:")} ${verdict}${first}`;
}
