/** One record of a master file in its full form: absolute owner, TTL in seconds, class IN, type, and its data as text. */
export interface ZoneLine {
  readonly owner: string;
  readonly ttl: number;
  readonly type: string;
  readonly data: string;
}

const BASE64_TAIL_FROM: Readonly<Record<string, number>> = { DNSKEY: 3, CDNSKEY: 3, RRSIG: 8, DS: 3, CDS: 3 };

/**
 * Reads what `dnssec-signzone -O full` and ldns-signzone write: one record a line. Throws on anything else.
 * Blanks inside keys, signatures and digests are removed, so that each of them is one word.
 */
export function parseZoneLines(text: string): readonly ZoneLine[] {
  return text
    .split("\n")
    .map((line) =>
      line
        .replace(/^;.*$/u, "")
        .replace(/(?<=\s);.*$/u, "")
        .trim(),
    )
    .filter((line) => line !== "" && !line.startsWith("$"))
    .map(parseLine);
}

/** Writes records one a line, words separated by one blank. */
export function formatZoneLines(lines: readonly ZoneLine[]): string {
  return lines.map((line) => `${line.owner} ${String(line.ttl)} IN ${line.type} ${line.data}\n`).join("");
}

/** The type that an RRSIG covers; null for other records. */
export function coveredType(line: ZoneLine): string | null {
  return line.type === "RRSIG" ? (line.data.split(" ")[0] ?? null) : null;
}

function parseLine(line: string): ZoneLine {
  const match = /^(\S+)\s+(\d+)\s+IN\s+(\S+)\s+(.+)$/u.exec(line);
  if (match === null) throw new Error(`not a full zone line: ${line}`);
  const [, owner = "", ttl = "", type = "", data = ""] = match;
  return { owner, ttl: Number(ttl), type, data: joinTail(type, data) };
}

function joinTail(type: string, data: string): string {
  const from = BASE64_TAIL_FROM[type];
  if (from === undefined) return type === "TXT" ? data : data.replace(/\s+/gu, " ");
  const words = data.split(/\s+/u);
  return [...words.slice(0, from), words.slice(from).join("")].join(" ");
}
