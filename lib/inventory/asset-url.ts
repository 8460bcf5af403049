import { isIP } from "node:net";
import type { AsciiName } from "./dns-name.ts";
import { parseHostName } from "./dns-name.ts";
import { parseAddress } from "./address-range.ts";
import { accepted, expected, type Leaf } from "./leaf.ts";

/** Ports that the IANA registry gives these URL schemes: left out of ids. */
const DEFAULT_PORTS: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
  ftp: 21,
  ftps: 990,
  sftp: 22,
  ssh: 22,
  smtp: 25,
  submission: 587,
  submissions: 465,
  smtps: 465,
  imap: 143,
  imaps: 993,
  pop3: 110,
  pop3s: 995,
  ldap: 389,
  ldaps: 636,
  sip: 5060,
  sips: 5061,
  mqtt: 1883,
  mqtts: 8883,
  xmpp: 5222,
  rdp: 3389,
  dns: 53,
  dot: 853,
  ntp: 123,
  sieve: 4190,
};
const HIGHEST_PORT = 65_535;
const LONGEST_URL = 2_000;
const PARTS =
  /^(?<scheme>[a-z][a-z0-9+.-]*):\/\/(?<host>\[[^\]]*\]|[^/:?#@[\]]+)(?::(?<port>\d{1,5}))?(?<rest>[/?].*)?$/iu;
const UNRESERVED = /^[A-Za-z0-9._~-]$/u;

/** A URL in normal form. `host` is null when it names an address. */
export interface AssetUrl {
  readonly host: AsciiName | null;
  /** For ids: without a default port. */
  readonly value: string;
  /** For visiting: as `value`, but a service always with its port. */
  readonly url: string;
}

/** Reads an http or https URL: host in A-labels, default port dropped, path percent-encoded with its letter case kept. */
export function parseWebUrl(text: string): Leaf<AssetUrl> {
  const wanted = expected(
    "en webadresse, f.eks. https://min.example.dk/login, uden brugernavn og #-del",
    "a web address such as https://min.example.dk/login, without a user name and # part",
  );
  const parts = partsOf(text);
  if (parts === null || !["http", "https"].includes(parts.scheme)) return wanted;
  const origin = originOf(parts);
  if (!origin.ok) return origin;
  let rest: string;
  try {
    const whole = new URL(parts.rest === "" ? "/" : parts.rest.replace(/^\?/u, "/?"), "https://base.invalid");
    rest = whole.pathname + whole.search;
  } catch {
    return wanted;
  }
  const url = origin.value.text + normalEscapes(rest);
  return accepted({ host: origin.value.host, value: url, url });
}

/** Reads a service such as imap://mail.example.dk:143: a scheme, a host, and a port unless the scheme has its own. */
export function parseServiceUrl(text: string): Leaf<AssetUrl> {
  const parts = partsOf(text);
  if (parts === null || !["", "/"].includes(parts.rest)) {
    return expected(
      "protokol, vært og port, f.eks. imap://mail.example.dk:143",
      "protocol, host and port, such as imap://mail.example.dk:143",
    );
  }
  const port = parts.port ?? DEFAULT_PORTS[parts.scheme];
  if (port === undefined) {
    return expected(
      `en port, for ${parts.scheme} har ingen kendt standardport`,
      `a port, since ${parts.scheme} has no known default port`,
    );
  }
  const origin = originOf(parts);
  if (!origin.ok) return origin;
  const { host, text: value } = origin.value;
  return accepted({ host, value, url: port === DEFAULT_PORTS[parts.scheme] ? `${value}:${port}` : value });
}

interface Parts {
  readonly scheme: string;
  readonly host: string;
  readonly port: number | undefined;
  readonly rest: string;
}

/** Splits strictly where a browser would repair: no blanks, control characters, backslashes, user names or fragments. */
function partsOf(text: string): Parts | null {
  if (text.length > LONGEST_URL || /[\s\\#\p{Cc}]/u.test(text)) return null;
  const match = PARTS.exec(text)?.groups;
  if (match === undefined) return null;
  const port = match.port === undefined ? undefined : Number(match.port);
  if (port !== undefined && (port < 1 || port > HIGHEST_PORT)) return null;
  return { scheme: (match.scheme ?? "").toLowerCase(), host: match.host ?? "", port, rest: match.rest ?? "" };
}

function originOf(parts: Parts): Leaf<{ host: AsciiName | null; text: string }> {
  const bare = parts.host.replace(/^\[|\]$/gu, "");
  const isAddress = isIP(bare) !== 0 || parts.host.startsWith("[");
  const host = isAddress ? parseAddress(bare) : parseHostName(bare);
  if (!host.ok) return host;
  const shown = host.value.includes(":") ? `[${host.value}]` : host.value;
  const port = parts.port === undefined || parts.port === DEFAULT_PORTS[parts.scheme] ? "" : `:${parts.port}`;
  return accepted({ host: isAddress ? null : host.value, text: `${parts.scheme}://${shown}${port}` });
}

/** RFC 3986 section 6.2.2: upper-case hexadecimal, and no escape where none is needed. */
function normalEscapes(text: string): string {
  return text.replace(/%[0-9a-f]{2}/giu, (escape) => {
    const character = String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    return UNRESERVED.test(character) ? character : escape.toUpperCase();
  });
}
