import { detailWords } from "../core/detail-words.ts";
import type { Bilingual, Language } from "../core/messages.ts";
import { printable } from "../reports/printable.ts";
import type { Paint, Tone } from "../reports/paint.ts";
import { CAUSE_WORDS } from "../reports/words.ts";
import { terms } from "../requirements/s27/terms.ts";
import type { VersionTrial } from "../tls/observations.ts";
import type { ProfileVerdict, TlsProfile } from "../tls/profile.ts";
import type { GradedLine, ShownCertificate, TlsPicture } from "./tls-picture.ts";
import { GRADE_WORDS, OTHER_NAME_WORDS, PARAMETER_WORDS, SETTING_WORDS, STATE_WORDS } from "./tls-words.ts";

const DAY_LENGTH = "2026-11-23".length;
const MARKS: Readonly<Record<ProfileVerdict, readonly [Tone, string]>> = {
  pass: ["good", "✓"],
  warn: ["unsure", "!"],
  fail: ["bad", "✗"],
};

/** One server at one address for people: versions, certificates, and every parameter with its grade. All from outside is escaped. */
export function tlsLines(
  picture: TlsPicture,
  profile: TlsProfile,
  language: Language,
  paint: Paint,
): readonly string[] {
  const pen: Pen = { paint, language, say: (da, en) => (language === "da" ? da : en) };
  const heading = paint("heading", `${printable(picture.target)}${picture.startTls === null ? "" : " (STARTTLS)"}`);
  if (picture.state !== "visited") return [heading, `  ${stateWords(picture, pen)}`];
  const { connections, rootStore } = picture;
  const used =
    connections === 1
      ? pen.say("1 forbindelse", "1 connection")
      : pen.say(`${connections} forbindelser`, `${connections} connections`);
  const inferred = profile.isInferred ? pen.say(" (udledt profil)", " (inferred profile)") : "";
  return [
    `${heading}  ${paint("faint", `${used}, ${printable(`${profile.id} ${profile.version}`)}${inferred}`)}`,
    ...picture.versions.map((trial) => `  ${versionWords(trial, picture.lines, pen)}`),
    ...picture.certificates.map((certificate) => `  ${certificateWords(certificate, pen)}`),
    ...tableLines(picture.lines, pen),
    ...picture.open.map(({ what, cause, detail }) => {
      const why = paint("faint", `(${printable(detailWords(detail, language))})`);
      return `  ${paint("unsure", "?")} ${printable(detailWords(what, language))}: ${CAUSE_WORDS[cause][language]} ${why}`;
    }),
    ...picture.otherNames.map(({ indicated, outcome }) =>
      paint("faint", `  – ${OTHER_NAME_WORDS[indicated][language]}: ${OTHER_NAME_WORDS[outcome][language]}`),
    ),
    ...(rootStore === null ? [] : [paint("faint", `  – ${storeWords(rootStore, pen)}`)]),
    paint(
      "faint",
      `  – ${pen.say("kilder i parentes", "sources in parentheses")}: ${sourceWords(profile.source, pen)}`,
    ),
  ];
}

/** Writes in one language. */
interface Pen {
  readonly paint: Paint;
  readonly language: Language;
  readonly say: (da: string, en: string) => string;
}

function stateWords({ state, cause, detail }: TlsPicture, { paint, language }: Pen): string {
  const words = cause === null ? STATE_WORDS[state][language] : CAUSE_WORDS[cause][language];
  const tone: Tone = state === "unobserved" ? "unsure" : state === "no-tls" || state === "closed" ? "bad" : "faint";
  const why = detail === "" ? "" : ` ${paint("faint", `(${printable(detailWords(detail, language))})`)}`;
  return `${paint(tone, words)}${why}`;
}

function versionWords({ version, outcome, undecided }: VersionTrial, lines: readonly GradedLine[], pen: Pen): string {
  const { paint, language, say } = pen;
  const name = version.replace("TLSv", "TLS ").replace("SSLv", "SSL ").padEnd(COLUMN);
  if (outcome === "refused") return `${name}${paint("faint", say("– afvist", "– refused"))}`;
  if (outcome === "undecided") {
    const why = undecided === null ? "" : `: ${CAUSE_WORDS[undecided.cause][language]}`;
    return `${name}${paint("unsure", `? ${say("uafgjort", "not known")}${why}`)}`;
  }
  const line = lines.find(({ parameter, value }) => parameter === "version" && value === name.trim());
  return `${name}${line === undefined ? "" : gradeText(line, pen)}`;
}

const COLUMN = 10;

function certificateWords(
  { kind, names, forHost, issuer, notAfter, inDate, sent, reachesRoot, stapled }: ShownCertificate,
  pen: Pen,
): string {
  const { paint, say } = pen;
  const day = notAfter?.slice(0, DAY_LENGTH) ?? "?";
  const [tone, mark] = reachesRoot && forHost && inDate ? (["good", "✓"] as const) : (["bad", "✗"] as const);
  const root = reachesRoot
    ? say("fører til en betroet rod", "leads to a trusted root")
    : say("fører ikke til en betroet rod", "leads to no trusted root");
  const rest = [
    ...(forHost ? [] : [say("gælder ikke for det navn, der blev spurgt efter", "not for the name that was asked for")]),
    root,
    say(`udstedt af ${printable(issuer)}`, `issued by ${printable(issuer)}`),
    inDate ? say(`udløber ${day}`, `expires ${day}`) : say(`ude af dato, slut ${day}`, `out of date, end ${day}`),
    sent === 1
      ? say("1 certifikat sendt", "1 certificate sent")
      : say(`${sent} certifikater sendt`, `${sent} certificates sent`),
    ...(stapled ? ["OCSP"] : []),
  ];
  return `${kind.padEnd(COLUMN)}${paint(tone, `${mark} ${printable(names)}`)}  ${paint("faint", rest.join(", "))}`;
}

/** The rest of the table: one heading for each parameter and version, the worst values first as the profile has them. */
function tableLines(lines: readonly GradedLine[], pen: Pen): readonly string[] {
  const rest = lines.filter(({ parameter }) => parameter !== "version");
  const groups = Map.groupBy(
    rest,
    ({ parameter, where }) => `${headingOf(parameter, pen)}${where === "" ? "" : `, ${placeWords(where, pen)}`}`,
  );
  return [...groups].flatMap(([heading, own]) => [
    `  ${pen.paint("heading", printable(heading))}`,
    // Certificates of two kinds may show the same.
    ...new Set(own.map((line) => `    ${valueOf(line, pen).padEnd(VALUE_COLUMN)} ${gradeText(line, pen)}`)),
  ]);
}

/** What a value was seen with: a version, or the kind of a certificate. Issuers in the reader's language. */
function placeWords(where: string, { say }: Pen): string {
  const { depth, kind = "" } = /^issuer (?<depth>\d+) of (?<kind>\w+)$/u.exec(where)?.groups ?? {};
  if (depth !== undefined) return say(`udsteder ${depth} (${kind})`, `issuer ${depth} (${kind})`);
  return where.replace(/ certificate$/u, "");
}

const VALUE_COLUMN = 48;

/** A suite is graded by the worst of its parts: they stand under one heading all the same. */
function headingOf(parameter: string, { language }: Pen): string {
  const key = parameter.startsWith("suite") ? "suite" : parameter;
  return PARAMETER_WORDS[key]?.[language] ?? key;
}

function valueOf({ value }: GradedLine, { language }: Pen): string {
  const term: Bilingual | undefined = terms[value] ?? SETTING_WORDS[value.slice(value.indexOf(": ") + 2)];
  return printable(term?.[language] ?? value.replace(/^[a-z-]+: /u, ""));
}

function gradeText({ grade, verdict, disputed, source }: GradedLine, pen: Pen): string {
  const { paint, language, say } = pen;
  const [tone, mark] = MARKS[verdict];
  const doubt = disputed ? say(", omstridt", ", disputed") : "";
  const why = verdict === "pass" ? "" : ` ${paint("faint", `(${sourceWords(source, pen)})`)}`;
  return `${paint(tone, `${mark} ${GRADE_WORDS[grade][language]}${doubt}`)}${why}`;
}

function sourceWords(source: string, { language }: Pen): string {
  return printable(terms[source]?.[language] ?? source);
}

function storeWords({ name, date, extra }: NonNullable<TlsPicture["rootStore"]>, { say }: Pen): string {
  const more = extra === 0 ? "" : say(` og ${extra} fra fortegnelsen`, ` and ${extra} of the inventory`);
  return say(
    `rødder: ${printable(name)}, ${printable(date)}${more}`,
    `roots: ${printable(name)}, ${printable(date)}${more}`,
  );
}
