import type { Bilingual, Language } from "../core/messages.ts";
import { printable } from "../reports/printable.ts";
import type { Paint, Tone } from "../reports/paint.ts";
import { CAUSE_WORDS } from "../reports/words.ts";
import { dkimTerms } from "../requirements/s23/dkim-terms.ts";
import type {
  DkimSeen,
  DmarcPicture,
  DmarcSeen,
  RulingSeen,
  SpfEndingSeen,
  SpfSeen,
  Unheard,
} from "./dmarc-picture.ts";
import type { SpfNode } from "./dmarc-spf-tree.ts";
import {
  AUTHOR_WORDS,
  BELOW_WORDS,
  SENDING_WORDS,
  SPF_STATE_WORDS,
  VIOLATION_WORDS,
  WHY_WORDS,
} from "./dmarc-words.ts";
import { STATUS_WORDS } from "./dnssec-words.ts";

/** RFC 7208 section 4.6.4. */
const MOST_LOOKUPS = 10;
const MOST_VOIDS = 2;
const SPF_STATES: Readonly<Record<string, Bilingual>> = SPF_STATE_WORDS;
const VIOLATIONS: Readonly<Record<string, Bilingual>> = VIOLATION_WORDS;
const WHYS: Readonly<Record<string, Bilingual>> = WHY_WORDS;
const KEY_FAULTS: Readonly<Record<string, Bilingual>> = dkimTerms;
const CAUSES: Readonly<Record<string, Bilingual>> = CAUSE_WORDS;
/** Ranks of evidence, strongest first; A, a received mail, is not looked for. */
const RANKS: Readonly<Record<string, readonly [letter: string, words: Bilingual]>> = {
  reported: ["B", { da: "set i rapporter", en: "seen in reports" }],
  declared: ["C", { da: "i fortegnelsen", en: "in the inventory" }],
  provider: ["D", { da: "almindelig", en: "common" }],
};

interface Pen {
  readonly paint: Paint;
  readonly language: Language;
  readonly say: (da: string, en: string) => string;
}

/** The mail policy of one domain for people: DMARC by both RFCs, SPF as a tree, DKIM by rank. All from outside is escaped. */
export function dmarcLines(picture: DmarcPicture, language: Language, paint: Paint): readonly string[] {
  const say = (da: string, en: string): string => (language === "da" ? da : en);
  const pen: Pen = { paint, language, say };
  const { name, observedAt, dmarc, spf, dkim } = picture;
  const when = observedAt.slice(0, 16).replace("T", " ");
  return [
    paint("heading", say(`DMARC, SPF og DKIM for ${name}, ${when} UTC`, `DMARC, SPF and DKIM of ${name}, ${when} UTC`)),
    ...["", paint("heading", "DMARC"), ...("cause" in dmarc ? unheardLines(dmarc, pen) : policyLines(dmarc, pen))],
    ...["", paint("heading", "SPF"), ...("cause" in spf ? unheardLines(spf, pen) : spfLines(spf, pen))],
    ...["", paint("heading", "DKIM"), ...("cause" in dkim ? unheardLines(dkim, pen) : dkimLines(dkim, pen))],
  ];
}

function unheardLines({ cause, detail }: Unheard, { paint, language }: Pen): readonly string[] {
  const words = `? ${STATUS_WORDS.indeterminate[language]}`;
  return [`  ${paint("unsure", words)}  ${CAUSE_WORDS[cause][language]}: ${printable(detail)}`];
}

function policyLines({ records, authors }: DmarcSeen, pen: Pen): readonly string[] {
  const { paint, say, language } = pen;
  const rows = authors.map(({ kind, base, rfc9989, rfc7489 }) => ({
    who: printable(AUTHOR_WORDS[kind][language].replaceAll("{name}", () => base)),
    rulings: [rfc9989, rfc7489],
  }));
  const width = Math.max(0, ...rows.map(({ who }) => who.length));
  const shown = rows.map(({ who, rulings: [current, former] }) => {
    const first = current === undefined ? "" : rulingWords(current, pen);
    const second = former === undefined ? "" : rulingWords(former, pen);
    return `  ${who.padEnd(width)}  ${first === second ? first : `RFC 9989: ${first}  RFC 7489: ${second}`}`;
  });
  return [
    ...records.map(({ at, state, text, secure }) => {
      const signed = secure ? paint("good", say("  signeret", "  signed")) : "";
      return `  _dmarc.${printable(at)}  ${recordWords(state, text, pen)}${state === "one" ? signed : ""}`;
    }),
    ...shown,
  ];
}

function recordWords(state: DmarcSeen["records"][number]["state"], text: string | null, { paint, say }: Pen): string {
  const quoted = text === null ? "" : ` «${printable(text)}»`;
  switch (state) {
    case "one":
      return quoted.trimStart();
    case "many":
      return paint("bad", say("✗ flere poster: ingen gælder", "✗ several records: none counts"));
    case "none":
      return (
        paint(
          "bad",
          text === null ? say("✗ ingen post", "✗ no record") : say("✗ ingen gyldig post", "✗ no valid record"),
        ) + quoted
      );
    case "bogus":
      return paint("bad", say("✗ signaturen holder ikke", "✗ the signature does not hold"));
    case "unknown":
      return paint("unsure", say("? intet brugbart svar", "? no usable answer"));
  }
}

function rulingWords({ state, at, policy, tag, why }: RulingSeen, { paint, say, language }: Pen): string {
  switch (state) {
    case "record": {
      const reason = why === null ? undefined : WHYS[why]?.[language];
      const because = reason === undefined ? "" : `: ${reason}`;
      const tone: Tone = policy === "reject" ? "good" : "bad";
      return `${paint(tone, `${policy === "reject" ? "✓" : "✗"} ${policy ?? ""}`)} (${tag ?? ""} ${say("ved", "at")} ${printable(at)}${because})`;
    }
    case "nothing":
      return paint("bad", say("✗ ingen politik", "✗ no policy"));
    case "bogus":
      return paint("bad", say(`✗ brudt ved ${printable(at)}`, `✗ bogus at ${printable(at)}`));
    case "unknown":
      return paint("unsure", say(`? kan ikke afgøres ved ${printable(at)}`, `? not known at ${printable(at)}`));
  }
}

function spfLines(spf: SpfSeen, pen: Pen): readonly string[] {
  const { paint, say, language } = pen;
  const { tree, lookups, voids, endings, violations, gaps, below } = spf;
  const counted = (value: number, most: number): string => paint(value > most ? "bad" : "good", `${value}/${most}`);
  const counts = say(
    `  Opslag ${counted(lookups, MOST_LOOKUPS)}, tomme ${counted(voids.length, MOST_VOIDS)}`,
    `  Look-ups ${counted(lookups, MOST_LOOKUPS)}, void ${counted(voids.length, MOST_VOIDS)}`,
  );
  const lines = [...treeLines(tree, "  ", pen)];
  if (tree.state === "policy") lines.push([counts, ...endings.map((ending) => endingWords(ending, pen))].join(", "));
  for (const { kind, owner, about } of violations) {
    const words = (VIOLATIONS[kind]?.[language] ?? kind).replaceAll("{about}", () => about);
    lines.push(`  ${paint("bad", "✗")} ${printable(owner)}: ${printable(words)}`);
  }
  for (const { name, type, cause } of gaps) {
    const why = cause === null ? SPF_STATE_WORDS.bogus[language] : CAUSE_WORDS[cause][language];
    lines.push(`  ${paint("unsure", "?")} ${type} ${printable(name)}: ${why}`);
  }
  const told = below.filter(({ state }) => state !== "no-name");
  if (told.length > 0)
    lines.push(say("  Navne under domænet (SPF arves ikke):", "  Names below (SPF is not inherited):"));
  for (const { name, state, text } of told) {
    const words =
      text === null ? paint("faint", `– ${SPF_STATES[state]?.[language] ?? state}`) : `«${printable(text)}»`;
    lines.push(`    ${printable(name)}  ${words}`);
  }
  return lines;
}

function treeLines(node: SpfNode, indent: string, pen: Pen): readonly string[] {
  const { domain, by, state, text, lookups, children } = node;
  const { paint, say, language } = pen;
  const way = by === "domain" ? "" : `${by} `;
  const count = say(`${lookups} opslag`, `${lookups} look-up${lookups === 1 ? "" : "s"}`);
  const isFine = state === "policy" || state === "macro" || state === "left-out";
  const words =
    state === "policy"
      ? `«${printable(text ?? "")}»  ${paint("faint", count)}`
      : paint(isFine ? "faint" : "bad", SPF_STATES[state]?.[language] ?? state) +
        (text === null ? "" : ` «${printable(text)}»`);
  return [
    `${indent}${way}${printable(domain)}  ${words}`,
    ...children.flatMap((child) => treeLines(child, `${indent}  `, pen)),
  ];
}

function endingWords({ kind, qualifier, term }: SpfEndingSeen, { paint, say }: Pen): string {
  if (kind === "open") return paint("bad", say("ender åbent: ingen all", "ends open: no all"));
  if (kind === "unknown" || term === null)
    return paint("unsure", say("slutningen kendes ikke", "the end is not known"));
  const isClosed = qualifier === "-" || qualifier === "~";
  return paint(isClosed ? "good" : "bad", say(`ender med ${printable(term)}`, `ends with ${printable(term)}`));
}

function dkimLines({ sending, selectors, below }: DkimSeen, pen: Pen): readonly string[] {
  const { paint, say, language } = pen;
  const found = selectors.filter(({ state }) => state !== "absent");
  const missed = selectors.filter(({ state, origin }) => state === "absent" && origin !== "provider");
  const guessed = selectors.length - found.length - missed.length;
  const lines = [`  ${SENDING_WORDS[sending][language]}`];
  for (const each of [...found, ...missed]) {
    const [letter, words] = RANKS[each.origin] ?? ["?", { da: each.origin, en: each.origin }];
    const provider = each.provider === null ? "" : `, ${printable(each.provider)}`;
    lines.push(`  ${letter}  ${printable(each.selector)} (${words[language]}${provider})  ${keyWords(each, pen)}`);
  }
  if (guessed > 0) {
    lines.push(
      paint(
        "faint",
        say(
          `  D  ${guessed} almindelige selektorer uden nøgle: det beviser intet`,
          `  D  ${guessed} common selectors without a key: that proves nothing`,
        ),
      ),
    );
  }
  const tone: Tone = below.kind === "something" ? "good" : below.kind === "nothing" ? "bad" : "faint";
  const why = below.why === null ? "" : ` (${below.why})`;
  lines.push(`  E  _domainkey  ${paint(tone, BELOW_WORDS[below.kind as keyof typeof BELOW_WORDS][language])}${why}`);
  return lines;
}

function keyWords({ state, key, testing }: DkimSeen["selectors"][number], { paint, say, language }: Pen): string {
  switch (state) {
    case "usable": {
      const trial = testing ? paint("unsure", say("  t=y: på prøve", "  t=y: on trial")) : "";
      return `${paint("good", `✓ ${(key ?? "").toUpperCase()}`)}${trial}`;
    }
    case "faulty":
      return paint("bad", `✗ ${KEY_FAULTS[key ?? ""]?.[language] ?? key ?? ""}`);
    case "absent":
      return paint("bad", say("✗ ingen nøgle", "✗ no key"));
    case "bogus":
      return paint("bad", say("✗ signaturen holder ikke", "✗ the signature does not hold"));
    case "unknown":
      return paint("unsure", `? ${CAUSES[key ?? ""]?.[language] ?? say("kan ikke afgøres", "not known")}`);
  }
}
