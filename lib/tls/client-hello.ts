import { padding } from "./client-extensions.ts";
import { EXTENSION, type Extension } from "./extension-types.ts";
import { concat, number, vector, vectorOfU16 } from "./presentation-octets.ts";
import { CONTENT, toRecords } from "./record-octets.ts";
import { compareVersions, VERSION_NUMBER, type RecordLayerVersion } from "./versions.ts";

/** What a client says first (RFC 8446 section 4.1.2), octet by octet as it is to be written: nothing is added or sorted. */
export interface ClientHello {
  /** The newest version that is offered; TLS 1.3 is written as 1.2 and needs `supportedVersions` among the extensions. */
  readonly version: RecordLayerVersion;
  /** 32 octets, from the caller: this code draws no lots. */
  readonly random: Uint8Array;
  /** Up to 32 octets. */
  readonly sessionId?: Uint8Array;
  readonly suites: readonly number[];
  /** 0 is none, 1 is DEFLATE (RFC 3749). Default: none. */
  readonly compressionMethods?: readonly number[];
  /** Without any, the field is left out, as SSLv3 servers expect. */
  readonly extensions?: readonly Extension[];
}

const CLIENT_HELLO = 1;
const RANDOM_OCTETS = 32;
const SESSION_ID_LIMIT = 32;
const EXTENSION_HEAD_OCTETS = 4;
const EXTENSIONS_LENGTH_OCTETS = 2;

function bodyOf(hello: ClientHello): Uint8Array {
  const { version, random, suites, sessionId = new Uint8Array(0), compressionMethods = [0], extensions = [] } = hello;
  if (random.length !== RANDOM_OCTETS) throw new RangeError("a client's random has 32 octets");
  if (sessionId.length > SESSION_ID_LIMIT) throw new RangeError("a session id has at most 32 octets");
  const legacy = version === "TLSv1.3" ? "TLSv1.2" : version;
  const written = extensions.map(({ type, body }) => concat(number(type, 2), vector(2, body)));
  return concat(
    number(VERSION_NUMBER[legacy], 2),
    random,
    vector(1, sessionId),
    vectorOfU16(2, suites),
    vector(1, Uint8Array.from(compressionMethods)),
    written.length === 0 ? new Uint8Array(0) : vector(2, ...written),
  );
}

/** The handshake message with its head. Throws a RangeError for what cannot be written. */
export function encodeClientHello(hello: ClientHello): Uint8Array {
  return concat(number(CLIENT_HELLO, 1), vector(3, bodyOf(hello)));
}

/**
 * The hello in records, ready to send. The record's own version is TLS 1.0 for anything newer (RFC 8446 section 5.1), which
 * old servers need, and SSLv3 for SSLv3.
 */
export function clientHelloRecords(hello: ClientHello): Uint8Array {
  const recordVersion = compareVersions(hello.version, "TLSv1.0") > 0 ? "TLSv1.0" : hello.version;
  return toRecords(CONTENT.handshake, recordVersion, encodeClientHello(hello));
}

/**
 * The hello with padding (RFC 7685) that makes the handshake message exactly this long, where that is possible: some
 * servers cannot read one of 256 to 511 octets. A hello that is too long for it comes back as it was.
 */
export function paddedTo(octets: number, hello: ClientHello): ClientHello {
  const extensions = (hello.extensions ?? []).filter(({ type }) => type !== EXTENSION.padding);
  const bare = { ...hello, extensions };
  const head = extensions.length === 0 ? EXTENSIONS_LENGTH_OCTETS : 0;
  const missing = octets - encodeClientHello(bare).length - head - EXTENSION_HEAD_OCTETS;
  return missing < 0 ? hello : { ...bare, extensions: [...extensions, padding(missing)] };
}
