import { Buffer } from "node:buffer";

/** Content types of TLS records that answer a hello: alert and handshake (RFC 8446 section 5.1). */
const TLS_ANSWERS: ReadonlySet<number | undefined> = new Set([21, 22]);
const TLS_MAJOR = 3;
const LATEST_MINOR = 4;
const RECORD_HEADER_OCTETS = 5;
/** "Interpret as command", with which Telnet negotiates (RFC 854). */
const TELNET_IAC = 0xff;
const MYSQL_PROTOCOL = 10;
const MYSQL_HEADER_OCTETS = 4;
/** Nothing that tells protocols apart stands further in. */
const LOOKED_AT = 512;

/** Protocols by the first words of their servers, in the order of asking; names as the schemes of URLs. */
const FIRST_WORDS: readonly (readonly [string, RegExp])[] = [
  ["ssh", /^SSH-[12]\.\d+-/u],
  ["vnc", /^RFB \d{3}\.\d{3}\n/u],
  ["http", /^HTTP\/1\.[01] \d{3}/u],
  ["imap", /^\* (?:OK|PREAUTH|BYE)\b/iu],
  ["pop3", /^\+OK\b/u],
  ["smtp", /^(?:220|421|554)[ -][^\n]*\be?smtp\b/iu],
  ["ftp", /^(?:220|421|120)[ -][^\n]*ftp/iu],
  ["ftp", /^220[ -][^\n]*FileZilla/iu],
  ["redis", /^-(?:ERR|NOAUTH|DENIED|MISCONF|LOADING)\b/u],
  ["sieve", /^"IMPLEMENTATION" /u],
  ["rsync", /^@RSYNCD:/u],
  ["telnet", /^(?:[^\n]*\r?\n){0,8}[^\n]*\blogin: ?$/iu],
];

/** The protocol that a server's first octets speak, as the scheme of its URLs; null where they do not tell. */
export function protocolOfFirstWords(octets: Uint8Array): string | null {
  if (octets[0] === TELNET_IAC) return "telnet";
  const { length } = octets;
  if (length > MYSQL_HEADER_OCTETS && octets[3] === 0 && octets[MYSQL_HEADER_OCTETS] === MYSQL_PROTOCOL) return "mysql";
  const text = Buffer.from(octets.subarray(0, LOOKED_AT)).toString("latin1");
  return FIRST_WORDS.find(([, words]) => words.test(text))?.[0] ?? null;
}

/** Whether it is TLS that answers: the head of a record with an alert or a handshake. Null: more octets are needed. */
export function isTlsAnswer(octets: Uint8Array): boolean | null {
  const [type, major, minor = 0] = octets;
  if (octets.length > 0 && !TLS_ANSWERS.has(type)) return false;
  if (octets.length > 1 && major !== TLS_MAJOR) return false;
  if (octets.length < RECORD_HEADER_OCTETS) return null;
  return minor <= LATEST_MINOR;
}
