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
  const page = isPage(raw) ? readPage(octets, sha256, url) : null;
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

function readPage(octets: Buffer, sha256: string, url: string): PageRead {
  const key = `${sha256} ${url}`;
  const known = pagesRead.get(key);
  if (known !== undefined) return known;
  const text = textOf(octets);
  const read = { leaving: scanForLeaving(text.slice(0, SCANNED_LENGTH)), references: scanReferences(text, url) };
  if (pagesRead.size >= MOST_PAGES) pagesRead.clear();
  pagesRead.set(key, read);
  return read;
}

/** A type that browsers show as a page, or none at all, which they guess to be one. */
function isPage(raw: RawAnswer): boolean {
  const type = fieldValues(raw, "content-type").at(-1)?.split(";", 1)[0]?.trim().toLowerCase();
  return type === undefined || ["", "text/html", "application/xhtml+xml"].includes(type);
}

const UTF16_LITTLE = Buffer.from([0xff, 0xfe]);
const UTF16_BIG = Buffer.from([0xfe, 0xff]);

/** Markup is ASCII in every encoding that browsers know but UTF-16, which they tell by its first octets. */
function textOf(octets: Buffer): string {
  const mark = octets.subarray(0, UTF16_BIG.length);
  if (mark.equals(UTF16_LITTLE)) return new TextDecoder("utf-16le").decode(octets);
  if (mark.equals(UTF16_BIG)) return new TextDecoder("utf-16be").decode(octets);
  return octets.toString("utf8");
}
