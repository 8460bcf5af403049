import type { Bilingual, Language } from "../core/messages.ts";
import { printable } from "../reports/printable.ts";
import type { Paint, Tone } from "../reports/paint.ts";
import { CAUSE_WORDS } from "../reports/words.ts";
import { terms } from "../requirements/s20/terms.ts";
import type {
  DaneHandshake,
  DaneHost,
  DanePicture,
  DaneRecord,
  DaneRoute,
  DaneVisit,
  Protected,
} from "./dane-picture.ts";
import { MISMATCH_WORDS, ROUTE_WORDS, TLSA_WORDS } from "./dane-words.ts";
import { STATUS_WORDS } from "./dnssec-words.ts";

const LONGEST_DATA = 32;
const DAY_LENGTH = "2026-11-23".length;
const LONGEST_REPLY = 80;

const MARKS: Readonly<Record<Protected["status"], readonly [Tone, string, keyof typeof STATUS_WORDS]>> = {
  secure: ["good", "✓", "secure"],
  insecure: ["bad", "✗", "insecure"],
  bogus: ["bad", "✗", "bogus"],
  unknown: ["unsure", "?", "indeterminate"],
};

/** Writes in one language. */
interface Pen {
  readonly paint: Paint;
  readonly language: Language;
  readonly say: (da: string, en: string) => string;
}

/** The gateways of one domain for people: routes, hosts, records, and what each address presents. All from outside is escaped. */
export function daneLines(picture: DanePicture, language: Language, paint: Paint): readonly string[] {
  const say = (da: string, en: string): string => (language === "da" ? da : en);
  const pen: Pen = { paint, language, say };
  const { name, observedAt, unobserved, routes, gateways } = picture;
  const when = observedAt.slice(0, 16).replace("T", " ");
  const heading = paint("heading", say(`DANE for ${name}, ${when} UTC`, `DANE of ${name}, ${when} UTC`));
  if (unobserved !== null) {
    const why = `${CAUSE_WORDS[unobserved.cause][language]}: ${printable(unobserved.detail)}`;
    return [heading, "", paint("unsure", `? ${STATUS_WORDS.indeterminate[language]}`), `  ${why}`];
  }
  return [
    heading,
    "",
    ...routes.flatMap((route) => routeLines(route, pen)),
    ...gateways.flatMap((gateway) => ["", ...hostLines(gateway, pen)]),
  ];
}

function routeLines({ mailDomain, form, mx, hosts, leftOut }: DaneRoute, pen: Pen): readonly string[] {
  const { say, language, paint } = pen;
  const protection = mx === null ? "" : `  ${protectedWords(mx, pen)}`;
  const left = say(`    og ${leftOut} mere, som ikke er set`, `    and ${leftOut} more that were not looked at`);
  return [
    `${say("Mail til", "Mail to")} ${printable(mailDomain)}: ${ROUTE_WORDS[form][language]}${protection}`,
    ...hosts.map(({ name, preferences }) => `    ${[...preferences, printable(name)].join(" ")}`),
    ...(leftOut > 0 ? [paint("unsure", left)] : []),
  ];
}

function protectedWords({ status, zone, cause, detail }: Protected, { paint, language }: Pen): string {
  const [tone, mark, words] = MARKS[status];
  const where = zone === null ? "" : ` ${printable(zone)}`;
  const why = cause === null ? detail : `${CAUSE_WORDS[cause][language]}: ${detail}`;
  const text = paint(tone, `${mark} ${STATUS_WORDS[words][language]}${where}`);
  return why === "" ? text : `${text} ${paint("faint", `(${printable(why)})`)}`;
}

function hostLines({ name, a, aaaa, addresses, aliases, tlsa, visits }: DaneHost, pen: Pen): readonly string[] {
  const { paint, say, language } = pen;
  const isSame = a.status === aaaa.status && a.zone === aaaa.zone;
  const lines = [paint("heading", printable(name))];
  lines.push(...aliases.map(({ from, to, by }) => `  ${printable(from)} ${by} ${printable(to)}`));
  if (isSame) lines.push(`  A, AAAA  ${protectedWords(a, pen)}`);
  else lines.push(`  A  ${protectedWords(a, pen)}`, `  AAAA  ${protectedWords(aaaa, pen)}`);
  if (addresses.length === 0) lines.push(say("  ingen adresser", "  no addresses"));
  const { state, owner, zone, cause, detail, records, unreadable } = tlsa;
  const tone: Tone = state === "secure" ? "good" : state === "unheard" ? "unsure" : "bad";
  const mark = state === "secure" ? "✓" : state === "unheard" ? "?" : "✗";
  const where = zone === null ? "" : ` ${printable(zone)}`;
  const why = cause === null ? detail : `${CAUSE_WORDS[cause][language]}: ${detail}`;
  const because = why === "" ? "" : ` ${paint("faint", `(${printable(why)})`)}`;
  lines.push(`  TLSA ${printable(owner)}  ${paint(tone, `${mark} ${TLSA_WORDS[state][language]}${where}`)}${because}`);
  lines.push(...records.map((record) => `    ${recordWords(record, pen)}`));
  if (unreadable > 0) lines.push(paint("bad", say(`    ${unreadable} ulæselige`, `    ${unreadable} unreadable`)));
  return [...lines, ...visits.flatMap((visit) => visitLines(visit, pen))];
}

function recordWords({ form, data, unusable, heeded }: DaneRecord, { paint, say, language }: Pen): string {
  const shown = data.length > LONGEST_DATA ? `${data.slice(0, LONGEST_DATA)}…` : data;
  if (unusable !== null) {
    return `${form} ${shown}  ${paint("bad", say("✗ bruges ikke", "✗ not used"))}: ${terms[unusable][language]}`;
  }
  if (!heeded)
    return `${form} ${shown}  ${paint("faint", say("– en stærkere digest går forud", "– a stronger digest comes first"))}`;
  return `${form} ${shown}  ${paint("good", say("✓ kan bruges", "✓ can be used"))}`;
}

function visitLines(visit: DaneVisit, pen: Pen): readonly string[] {
  const { paint, say, language } = pen;
  const { address, state, cause, detail, greeting, startTls, offersStartTls, injected, handshakes } = visit;
  if (state === "not-visited") return [`  ${address}  ${paint("faint", say("– ikke besøgt", "– not visited"))}`];
  if (state === "not-here") {
    return [`  ${address}  ${paint("faint", say("– ingen rute herfra", "– no route from here"))}`];
  }
  if (state === "unobserved") {
    const why = cause === null ? "" : CAUSE_WORDS[cause][language];
    return [`  ${address}  ${paint("unsure", `? ${why}`)} ${paint("faint", `(${printable(detail)})`)}`];
  }
  const reply = greeting === null ? "" : `${greeting.code} ${greeting.lines[0] ?? ""}`.slice(0, LONGEST_REPLY);
  const refused = startTls === null ? "" : ` (${startTls.code})`;
  const tls = offersStartTls
    ? paint(startTls?.code === READY ? "good" : "bad", `STARTTLS${startTls?.code === READY ? "" : refused}`)
    : paint("bad", say("intet STARTTLS", "no STARTTLS"));
  return [
    `  ${address}  ${paint("faint", printable(reply))}  ${tls}`,
    ...(injected
      ? [paint("bad", say("    ✗ tekst i klar efter STARTTLS", "    ✗ text in the clear after STARTTLS"))]
      : []),
    ...handshakes.map((handshake) => `    ${handshakeWords(handshake, pen)}`),
  ];
}

/** RFC 3207 section 4: go ahead. */
const READY = 220;

function handshakeWords(handshake: DaneHandshake, { paint, say, language }: Pen): string {
  const { certificate, outcome, cause, detail, protocol, match, names, notAfter } = handshake;
  const type = certificate.toUpperCase();
  if (outcome === "not-offered") return `${type}  ${paint("faint", say("– tilbydes ikke", "– not offered"))}`;
  if (outcome !== "completed") {
    const why = cause === null ? say("TLS kom ikke i stand", "TLS did not come about") : CAUSE_WORDS[cause][language];
    const tone: Tone = outcome === "failed" ? "bad" : "unsure";
    return `${type}  ${paint(tone, `${outcome === "failed" ? "✗" : "?"} ${why}`)} ${paint("faint", `(${printable(detail)})`)}`;
  }
  const day = notAfter?.slice(0, DAY_LENGTH) ?? "?";
  const more = [protocol ?? "", say(`udløber ${day}`, `expires ${day}`), ...names].filter((part) => part !== "");
  return `${type}  ${matchWords(match, paint, language)}  ${paint("faint", printable(more.join(", ")))}`;
}

function matchWords(match: DaneHandshake["match"], paint: Paint, language: Language): string {
  const say = (words: Bilingual): string => words[language];
  if (match === null) return paint("faint", say({ da: "– intet at sammenligne med", en: "– nothing to compare with" }));
  if (match.state === "unmatched") {
    const words = MISMATCH_WORDS[match.why as keyof typeof MISMATCH_WORDS] as Bilingual | undefined;
    return paint("bad", `✗ ${words === undefined ? match.why : say(words)}`);
  }
  const { form, depth } = match;
  const what: Bilingual =
    depth === 0
      ? { da: "serverens eget certifikat", en: "the server's own certificate" }
      : { da: `led ${depth} over certifikatet`, en: `link ${depth} above the certificate` };
  return paint("good", `✓ ${say({ da: `passer til ${form}`, en: `matches ${form}` })} (${say(what)})`);
}
