/** Where the Location header field, or a refresh, leads: RFC 9110 section 10.2.2, resolved as browsers do (WHATWG URL). */

/** An absolute http or https URL, normalised, with neither user name nor fragment. */
export interface WebUrl {
  readonly url: string;
  readonly scheme: "http" | "https";
  /** Lower case, A-labels, without a final dot; IPv6 without brackets. */
  readonly host: string;
  readonly isAddress: boolean;
  readonly port: number;
}

/**
 * Why nothing can be followed. `control`: CR, LF or another control character. `scheme`: something else than http and https,
 * such as file:, data: or javascript:. `host`: no host that DNS or an address could name.
 */
export type LocationProblem = "empty" | "too-long" | "control" | "unreadable" | "scheme" | "host";

export type ParsedLocation =
  { readonly ok: true; readonly value: WebUrl } | { readonly ok: false; readonly problem: LocationProblem };

/** Characters; browsers take more, servers seldom write more than a tenth. */
const MAX_LENGTH = 8192;
const LONGEST_NAME = 253;
const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
const NUMBERS = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const DEFAULT_PORT = { http: 80, https: 443 } as const;

/** Reads a field value of one character per octet (latin1) against the absolute URL that it came from. */
export function parseLocation(field: string, base: string): ParsedLocation {
  if (field.length > MAX_LENGTH) return invalid("too-long");
  return resolveUrl(decoded(field), base);
}

/** The same for text that has been decoded already, such as an attribute of a page. */
export function resolveUrl(text: string, base: string): ParsedLocation {
  if (text.length > MAX_LENGTH) return invalid("too-long");
  // Browsers drop tabs and line breaks within a URL: nobody writes them there in good faith.
  if (/\p{Cc}/u.test(text)) return invalid("control");
  if (text.trim() === "") return invalid("empty");
  const url = URL.canParse(text, base) ? new URL(text, base) : null;
  return url === null ? invalid("unreadable") : fromUrl(url);
}

/** Reads an absolute URL. */
export function parseWebUrl(text: string): ParsedLocation {
  if (text.length > MAX_LENGTH) return invalid("too-long");
  const url = URL.canParse(text) ? new URL(text) : null;
  return url === null ? invalid("unreadable") : fromUrl(url);
}

function fromUrl(url: URL): ParsedLocation {
  const scheme = url.protocol === "http:" ? "http" : "https";
  if (url.protocol !== `${scheme}:`) return invalid("scheme");
  const isV6 = url.hostname.startsWith("[");
  const host = isV6 ? url.hostname.slice(1, -1) : url.hostname.replace(/\.$/, "");
  const isAddress = isV6 || NUMBERS.test(host);
  if (!isAddress && !isName(host)) return invalid("host");
  url.username = "";
  url.password = "";
  url.hash = "";
  if (url.href.length > MAX_LENGTH) return invalid("too-long");
  const port = url.port === "" ? DEFAULT_PORT[scheme] : Number(url.port);
  return { ok: true, value: { url: url.href, scheme, host, isAddress, port } };
}

/** What DNS can look up: the URL standard lets much more stand in a host than that. */
function isName(host: string): boolean {
  return host.length <= LONGEST_NAME && host.split(".").every((label) => LABEL.test(label));
}

/** Octets are read as UTF-8, as browsers do, or else escaped one by one. */
function decoded(field: string): string {
  const octets = Uint8Array.from(field, (character) => character.charCodeAt(0) & 0xff);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    return field.replace(/[\u0080-\u00ff]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  }
}

function invalid(problem: LocationProblem): ParsedLocation {
  return { ok: false, problem };
}
