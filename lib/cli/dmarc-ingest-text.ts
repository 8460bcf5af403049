import type { Language } from "../core/messages.ts";
import { KEPT_DAYS } from "../mail/reports/days.ts";
import type { ReportedSelector } from "../mail/observations.ts";
import { printable } from "../reports/printable.ts";
import type { Paint } from "../reports/paint.ts";
import { KEPT, type IngestProblem, type IngestTally } from "./dmarc-ingest.ts";

const MOST_SELECTORS = 20;

/** What an ingest came to: its tally, and for each domain concerned its selectors now and which of them are new. */
export interface IngestReport extends Omit<IngestTally, "domains"> {
  readonly municipality: string;
  readonly interrupted: boolean;
  readonly domains: readonly IngestedDomain[];
}

export interface IngestedDomain {
  /** Without final dot. */
  readonly domain: string;
  readonly messages: number;
  readonly passed: number;
  readonly blocks: number;
  readonly newSelectors: readonly string[];
  readonly selectors: readonly ReportedSelector[];
}

/** The summary for people. Whatever came from reports is escaped. */
export function ingestText(report: IngestReport, language: Language, paint: Paint): string {
  const pen = penFor(language, paint);
  const { count } = pen;
  const { reports, passedOver, problems, domains } = report;
  const read = reports.new + reports.known + reports.old;
  const { known, old } = reports;
  const parts = [
    count(reports.new, "ny", "nye", "new", "new"),
    ...(known === 0 ? [] : [count(known, "talt med før", "talt med før", "counted before", "counted before")]),
    ...(old === 0 ? [] : [`${count(old, "ældre", "ældre", "older", "older")} ${OLDER[language]}`]),
  ];
  const head = count(read, "rapport læst", "rapporter læst", "report read", "reports read");
  const lines = [paint("heading", `${head}: ${parts.join(", ")}.`)];
  if (problems.length > 0) lines.push(paint("bad", count(problems.length, ...UNREAD)));
  if (passedOver > 0) lines.push(count(passedOver, ...PASSED_OVER));
  for (const each of domains) lines.push("", ...domainLines(each, pen));
  if (domains.length > 0) lines.push("", paint("faint", HINT[language]), paint("faint", KEPT[language]));
  return `${lines.join("\n")}\n`;
}

type Words = readonly [daOne: string, daMany: string, enOne: string, enMany: string];

const UNREAD: Words = [
  "kunne ikke læses, se ovenfor.",
  "kunne ikke læses, se ovenfor.",
  "could not be read, see above.",
  "could not be read, see above.",
];
const PASSED_OVER: Words = [
  "anden fil i mapperne er sprunget over.",
  "andre filer i mapperne er sprunget over.",
  "other file in the folders was passed over.",
  "other files in the folders were passed over.",
];
const MAILS: Words = ["mail", "mails", "message", "messages"];
const BLOCKS: Words = ["netblok", "netblokke", "address block", "address blocks"];
const OLDER: Readonly<Record<Language, string>> = { da: `end ${KEPT_DAYS} dage`, en: `than ${KEPT_DAYS} days` };

interface Pen {
  readonly say: (da: string, en: string) => string;
  /** A number and what there are so many of. */
  readonly count: (value: number, ...words: Words) => string;
  readonly paint: Paint;
}

function penFor(language: Language, paint: Paint): Pen {
  const say = (da: string, en: string): string => (language === "da" ? da : en);
  return {
    say,
    paint,
    count: (value, daOne, daMany, enOne, enMany) => {
      const number = value.toLocaleString(say("da-DK", "en-GB"));
      return `${number} ${value === 1 ? say(daOne, enOne) : say(daMany, enMany)}`;
    },
  };
}

function domainLines(of: IngestedDomain, { say, count, paint }: Pen): readonly string[] {
  const { domain, messages, passed, blocks, newSelectors, selectors } = of;
  const from = `${count(messages, ...MAILS)} ${say("fra", "from")} ${count(blocks, ...BLOCKS)}`;
  const passedOnes = count(passed, "godkendt", "godkendt", "passed", "passed");
  const shown = selectors.slice(0, MOST_SELECTORS).map((each) => {
    const isNew = newSelectors.includes(each.selector) ? paint("good", say("  ny", "  new")) : "";
    const by = each.reporters.map(printable).join(", ");
    const days = `${each.firstDay} – ${each.lastDay}`;
    return `    ${printable(each.selector)}  ${count(each.passed, ...MAILS)}, ${days}, ${by}${isNew}`;
  });
  const more = selectors.length - shown.length;
  const none = say("  Ingen DKIM-selektorer er set signere.", "  No DKIM selectors were seen to sign.");
  const heading = say("  DKIM-selektorer, der er set signere:", "  DKIM selectors that were seen to sign:");
  return [
    paint("heading", printable(domain)),
    say(`  ${from}, heraf ${passedOnes} af DMARC`, `  ${from}, of which ${passedOnes} DMARC`),
    shown.length === 0 ? none : heading,
    ...shown,
    ...(more > 0 ? [say(`    og ${more} mere`, `    and ${more} more`)] : []),
  ];
}

/** Where a problem is, and what was expected: "mail.zip › a.xml, linje 3: forventede …". One line in both languages. */
export function problemWords({ file, member, line, words }: IngestProblem): {
  readonly da: string;
  readonly en: string;
} {
  const place = member === null ? printable(file) : `${printable(file)} › ${printable(member)}`;
  const at = (word: string): string => (line === null ? place : `${place}, ${word} ${line}`);
  return { da: `${at("linje")}: ${words.da}.`, en: `${at("line")}: ${words.en}.` };
}

const HINT: Readonly<Record<Language, string>> = {
  da: "Enhver kan skrive en rapport: en selektor tæller først som bevis, når dens nøgle også er offentliggjort i DNS.",
  en: "Anybody can write a report: a selector counts as evidence only when its key is also published in DNS.",
};
