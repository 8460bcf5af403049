import { createHash } from "node:crypto";
import { type LeavingHints, SCANNED_LENGTH, scanForLeaving } from "../../parsers/meta-refresh-scan.ts";
import { fieldValues, type HopBody } from "../../web/hop.ts";
import type { PageReferences } from "../../web/page-references.ts";
import type { HttpLimits } from "./http-limits.ts";
import { scanReferences } from "./scan-references.ts";
import { unpack } from "./unpack.ts";
import type { RawAnswer } from "./web-connection.ts";

/** Unpacks what came, and reads it if it is a page. `url`: where it came from. */
export async function readContent(raw: RawAnswer, url: string, { maxBodyOctets }: HttpLimits): Promise<HopBody> {
  const codings = fieldValues(raw, "content-encoding").join(",");
  const { octets, cut } = await unpack(raw.content, codings, { maxOctets: maxBodyOctets, isWhole: raw.cut === null });
  const sha256 = createHash("sha256").update(octets).digest("hex");
  const page = isPage(raw) ? readPage(octets, encodingOf(octets, typeOf(raw)), { sha256, url }) : null;
  return {
    octets: raw.content.length,
    sha256,
    // An empty answer has no coding to undo, whatever it says.
    cut: raw.cut ?? (raw.content.length === 0 ? null : cut),
    leaving: page?.leaving ?? null,
    references: page?.references ?? null,
  };
}

interface PageRead {
  readonly leaving: LeavingHints;
  readonly references: PageReferences;
}

/** What pages said, by their hash and URL: the same one comes several times in a visit, at several addresses and over HTTP/2. */
const pagesRead = new Map<string, PageRead>();
const MOST_PAGES = 64;

function readPage(
  octets: Buffer,
  encoding: PageEncoding,
  { sha256, url }: { readonly sha256: string; readonly url: string },
): PageRead {
  const key = `${sha256} ${encoding} ${url}`;
  const known = pagesRead.get(key);
  if (known !== undefined) return known;
  const text = new TextDecoder(encoding).decode(octets);
  const read = { leaving: scanForLeaving(text.slice(0, SCANNED_LENGTH)), references: scanReferences(text, url) };
  if (pagesRead.size >= MOST_PAGES) pagesRead.clear();
  pagesRead.set(key, read);
  return read;
}

/** A type that browsers show as a page, or none at all, which they guess to be one. */
function isPage(raw: RawAnswer): boolean {
  const type = typeOf(raw)?.split(";", 1)[0]?.trim().toLowerCase();
  return type === undefined || ["", "text/html", "application/xhtml+xml"].includes(type);
}

function typeOf(raw: RawAnswer): string | undefined {
  return fieldValues(raw, "content-type").at(-1);
}

type PageEncoding = "utf-8" | "utf-16le" | "utf-16be";

const MARKS: readonly (readonly [mark: Buffer, encoding: PageEncoding])[] = [
  [Buffer.from([0xef, 0xbb, 0xbf]), "utf-8"],
  [Buffer.from([0xff, 0xfe]), "utf-16le"],
  [Buffer.from([0xfe, 0xff]), "utf-16be"],
];
const CHARSET = /;[\t ]*charset[\t ]*=[\t ]*"?([^\t ;"]{1,40})/i;
const WIDE = new Map<string, PageEncoding>([
  ...["utf-16", "utf-16le", "ucs-2", "iso-10646-ucs-2", "unicode", "unicodefeff", "csunicode"].map(
    (label) => [label, "utf-16le"] as const,
  ),
  ...["utf-16be", "unicodefffe"].map((label) => [label, "utf-16be"] as const),
]);

/**
 * Markup is ASCII in every encoding that browsers know but UTF-16. They tell that by the first octets or else the field (HTML,
 * "determining the character encoding"; labels: Encoding, section 4.2), and never by the page's own words.
 */
function encodingOf(octets: Buffer, type = ""): PageEncoding {
  const marked = MARKS.find(([mark]) => octets.subarray(0, mark.length).equals(mark));
  return marked?.[1] ?? WIDE.get(CHARSET.exec(type)?.[1]?.toLowerCase() ?? "") ?? "utf-8";
}
