/** Where DMARC reports go (RFC 9989 sections 4.6 and 4.8, RFC 7489 section 6.2; RFC 3986, RFC 6068). */
import { type Name, parseName } from "../wire/name.ts";
import { excerptOf } from "./dmarc-excerpt.ts";
import { withoutMargins } from "./tag-list.ts";

/** One entry of `rua` or `ruf`. */
export interface ReportUri {
  /** As sent, printable and shortened. */
  readonly text: string;
  /** Whether it is a URI that a report could be sent to: other entries are ignored. */
  readonly valid: boolean;
  /** The domain of a mail address, or the host of another URI; null when invalid, an address literal or absent. */
  readonly host: Name | null;
}

/** More destinations than receivers serve; the rest is not read. */
const MAX_URIS = 32;
const MAX_URI_LENGTH = 512;

/** RFC 7489 section 6.2: the largest report wanted. RFC 9989 has receivers ignore it. */
const SIZE_SUFFIX = /![0-9]{1,20}[kmgt]?$/i;

/** RFC 3986 section 3: scheme, then its characters without "!" and ",", which must be percent-encoded here. */
const URI = /^([A-Za-z][A-Za-z0-9+.-]*):((?:[A-Za-z0-9._~:/?#[\]@$&'()*+;=-]|%[0-9A-Fa-f]{2})+)$/;
const AUTHORITY = /^\/\/(?:[^/?#@]*@)?([^/?#:@[\]]+)(?::\d{1,5})?(?:[/?#]|$)/;

/** Reads the value of `rua` or `ruf`, a list separated by commas. */
export function parseReportUris(value: string): readonly ReportUri[] {
  return value
    .split(",", MAX_URIS)
    .map((entry) => withoutMargins(entry))
    .map(parseReportUri);
}

function parseReportUri(entry: string): ReportUri {
  const text = excerptOf(entry);
  const invalid = { text, valid: false, host: null };
  if (entry.length > MAX_URI_LENGTH) return invalid;
  const [, scheme, rest] = URI.exec(entry.replace(SIZE_SUFFIX, "")) ?? [];
  if (scheme === undefined || rest === undefined) return invalid;
  if (scheme.toLowerCase() !== "mailto") return { text, valid: true, host: nameOf(AUTHORITY.exec(rest)?.[1]) };
  const address = rest.split("?", 1)[0] ?? "";
  const at = address.lastIndexOf("@");
  const host = nameOf(address.slice(at + 1));
  return at < 1 || host === null ? invalid : { text, valid: true, host };
}

function nameOf(text: string | undefined): Name | null {
  const name = text === undefined ? null : parseName(text);
  return name?.ok === true && name.value !== "." ? name.value : null;
}
