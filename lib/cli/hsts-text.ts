import { detailWords } from "../core/detail-words.ts";
import type { Bilingual, Language } from "../core/messages.ts";
import { printable } from "../reports/printable.ts";
import type { Paint, Tone } from "../reports/paint.ts";
import { CAUSE_WORDS } from "../reports/words.ts";
import { terms } from "../requirements/k11/terms.ts";
import type { HstsHost, HstsPicture, ShownAnswer } from "./hsts-picture.ts";

const LONGEST_FIELD = 100;
/** Labels align up to here; a longer one pushes its own line only. */
const WIDEST_LABEL = 60;

/** How an answer counts, in a word: RFC 6797 section 8.1. */
const POLICY_WORDS: Readonly<Record<ShownAnswer["state"], readonly [Tone, string, Bilingual]>> = {
  noted: ["good", "✓", { da: "gælder", en: "is noted" }],
  ended: ["bad", "✗", { da: "slår HSTS fra", en: "switches HSTS off" }],
  ignored: ["bad", "✗", { da: "browsere ser bort fra den", en: "browsers ignore it" }],
  absent: ["bad", "✗", { da: "mangler", en: "is missing" }],
};

const WHY_WORDS: Readonly<Record<string, Bilingual | undefined>> = {
  insecure: { da: "over HTTP", en: "over HTTP" },
  certificate: { da: "certifikatet er der fejl i", en: "the certificate is in error" },
  address: { da: "værten er en IP-adresse", en: "the host is an IP address" },
  "not-web": { da: "ikke en webadresse", en: "no web address" },
};

const ROLE_WORDS: Readonly<Record<NonNullable<HstsHost["role"]>, Bilingual>> = {
  own: { da: "", en: "" },
  entry: { da: "navnet ved siden af", en: "the name beside it" },
  "random-label": { da: "et navn, ingen har oprettet: wildcard", en: "a name that nobody has made: wildcard" },
};

const PORT_WORDS: Readonly<Record<string, Bilingual>> = {
  open: { da: "åben", en: "open" },
  closed: { da: "lukket", en: "closed" },
  silent: { da: "tavs", en: "silent" },
};

const PRELOAD_WORDS: Readonly<Record<NonNullable<HstsPicture["preload"]>["state"], Bilingual>> = {
  preloaded: { da: "på browsernes liste (preload)", en: "on browsers' list (preload)" },
  pending: { da: "på vej på browsernes liste (preload)", en: "on its way to browsers' list (preload)" },
  absent: { da: "ikke på browsernes liste (preload)", en: "not on browsers' list (preload)" },
  unknown: { da: "browsernes liste (preload) kunne ikke spørges", en: "browsers' list (preload) could not be asked" },
};

/** HSTS on a host and the names beside it, for people: every answer that was seen. All from outside is escaped. */
export function hstsLines({ hosts, preload }: HstsPicture, language: Language, paint: Paint): readonly string[] {
  return [
    ...hosts.flatMap((host) => [...hostLines(host, language, paint), ""]),
    ...(preload === null ? [] : [preloadLine(preload, language, paint)]),
  ];
}

function hostLines(host: HstsHost, language: Language, paint: Paint): readonly string[] {
  const role = host.role === null ? "" : ROLE_WORDS[host.role][language];
  const ports = host.ports.map(({ port, state }) => `${String(port)} ${PORT_WORDS[state]?.[language] ?? state}`);
  const rest = [role, ...ports].filter(Boolean).join(", ");
  const heading = `${paint("heading", printable(host.target))}${rest === "" ? "" : `  ${paint("faint", rest)}`}`;
  if (host.state === "unobserved") {
    const why = host.cause === null ? "" : CAUSE_WORDS[host.cause][language];
    return [
      heading,
      `  ${paint("unsure", `? ${why}`)} ${paint("faint", `(${printable(detailWords(host.detail, language))})`)}`,
    ];
  }
  const width = columnOf(host);
  const unseen = host.unseen.map(({ label, cause, detail }) => {
    const why = paint("faint", `(${printable(detailWords(detail, language))})`);
    return `  ${printable(label).padEnd(width)} ${paint("unsure", `? ${CAUSE_WORDS[cause][language]}`)} ${why}`;
  });
  return [
    heading,
    ...host.answers.map((answer) => `  ${answerWords(answer, width, language, paint)}`),
    // The same page over HTTP/1.1 and HTTP/2 may have failed in the same way.
    ...new Set(unseen),
  ];
}

function columnOf({ answers, unseen }: HstsHost): number {
  const names = [...answers.map(answerName), ...unseen.map(({ label }) => printable(label))];
  return Math.max(0, ...names.map(({ length }) => length).filter((length) => length <= WIDEST_LABEL));
}

function answerName({ url, label }: ShownAnswer): string {
  return `${url.startsWith("https:") ? "https" : "http "} ${printable(label)}`;
}

function answerWords(answer: ShownAnswer, width: number, language: Language, paint: Paint): string {
  const { url, field, fields, state, why } = answer;
  const name = answerName(answer).padEnd(width);
  const isPlain = !url.startsWith("https:");
  // On plain HTTP the field must not stand (RFC 6797 section 7.2): its absence is right.
  if (isPlain && state === "absent")
    return `${name} ${paint("faint", language === "da" ? "– ingen, som det skal være" : "– none, as it should be")}`;
  const [tone, mark, words] = POLICY_WORDS[state];
  const reason =
    why === null
      ? ""
      : `: ${(WHY_WORDS[why] ?? (terms as Readonly<Record<string, Bilingual>>)[why])?.[language] ?? why}`;
  const shown = field === null ? "" : `  ${paint("faint", `«${printable(field.slice(0, LONGEST_FIELD))}»`)}`;
  const more = fields > 1 ? `  ${paint("unsure", `(${String(fields)})`)}` : "";
  return `${name} ${paint(isPlain ? "unsure" : tone, `${isPlain ? "!" : mark} ${words[language]}${reason}`)}${shown}${more}`;
}

function preloadLine(preload: NonNullable<HstsPicture["preload"]>, language: Language, paint: Paint): string {
  const { state, entry, source, asOf, detail } = preload;
  const of = entry === null ? "" : ` ${printable(entry)}`;
  const from = [source, asOf, detailWords(detail, language)].filter((part) => part !== "").map(printable);
  const tone: Tone = state === "preloaded" ? "good" : "faint";
  return `${paint(tone, `${PRELOAD_WORDS[state][language]}${of}`)} ${paint("faint", `(${from.join(", ")})`)}`;
}
