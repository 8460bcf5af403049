import { Buffer } from "node:buffer";
import { OctetReader, WireProblem } from "../wire/octet-reader.ts";
import { malformed, parsed, type Parsed } from "../wire/parsed.ts";
import { EXTENSION, type Extension } from "./extension-types.ts";
import { expectEnd, readVector } from "./presentation-octets.ts";
import { versionOf, type TlsVersion } from "./versions.ts";

/** What the server chose (RFC 8446 section 4.1.3, RFC 5246 section 7.4.1.3). */
export interface ServerHello {
  /** The version that is in force: of supported_versions where there is one. Null for a number nobody knows. */
  readonly version: TlsVersion | null;
  /** The same as a number. */
  readonly versionNumber: number;
  readonly random: Uint8Array;
  readonly sessionId: Uint8Array;
  readonly suite: number;
  readonly compressionMethod: number;
  readonly extensions: readonly Extension[];
  /** Whether this is a HelloRetryRequest, told by its fixed random. */
  readonly isRetryRequest: boolean;
  /** The group of key_share (TLS 1.3, both kinds of hello), else null. */
  readonly group: number | null;
  /** The version below which the server says that it was pressed (RFC 8446 section 4.1.3). */
  readonly downgrade: "below-tls13" | "below-tls12" | null;
  /** The protocol of ALPN; only in TLS 1.2 and older does it stand here. */
  readonly alpn: string | null;
  readonly hasRenegotiationInfo: boolean;
  readonly hasExtendedMasterSecret: boolean;
  readonly hasEncryptThenMac: boolean;
}

const RETRY_RANDOM = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";
const SENTINELS: Readonly<Record<string, ServerHello["downgrade"]>> = {
  "444f574e47524401": "below-tls13",
  "444f574e47524400": "below-tls12",
};
const RANDOM_OCTETS = 32;
const SENTINEL_OCTETS = 8;
const SESSION_ID_LIMIT = 32;
const EXTENSIONS_LIMIT = 64;

/** Reads a list of extensions to its end. Throws WireProblem; two of one type are one (RFC 8446 section 4.2). */
export function readExtensionList(octets: Uint8Array): readonly Extension[] {
  const reader = new OctetReader(octets);
  const found = new Map<number, Extension>();
  while (reader.left > 0) {
    const type = reader.u16("an extension's type");
    if (found.has(type)) throw new WireProblem(`extension ${type} stands twice`);
    if (found.size === EXTENSIONS_LIMIT) throw new WireProblem(`more than ${EXTENSIONS_LIMIT} extensions`);
    found.set(type, { type, body: readVector(reader, 2, "an extension") });
  }
  return [...found.values()];
}

/** What `read` makes of the extension's body, used up; null when there is no such extension. Throws WireProblem. */
function inside<T>(extensions: readonly Extension[], type: number, read: (reader: OctetReader) => T): T | null {
  const extension = extensions.find((each) => each.type === type);
  if (extension === undefined) return null;
  const reader = new OctetReader(extension.body);
  const value = read(reader);
  expectEnd(reader, `extension ${type}`);
  return value;
}

function readAlpn(reader: OctetReader): string {
  const list = new OctetReader(readVector(reader, 2, "the protocols"));
  const name = Buffer.from(readVector(list, 1, "a protocol"));
  expectEnd(list, "the protocols");
  return name.toString("latin1").replace(/[^\x21-\x7e]/g, "?");
}

function readKeyShare(reader: OctetReader, isRetryRequest: boolean): number {
  const group = reader.u16("the group");
  if (!isRetryRequest) readVector(reader, 2, "the key share");
  return group;
}

function read(reader: OctetReader): ServerHello {
  const legacy = reader.u16("the version");
  const random = reader.take(RANDOM_OCTETS, "the random");
  const sessionId = readVector(reader, 1, "the session id");
  if (sessionId.length > SESSION_ID_LIMIT) throw new WireProblem("the session id is too long");
  const suite = reader.u16("the suite");
  const compressionMethod = reader.u8("the compression method");
  const extensions = reader.left === 0 ? [] : readExtensionList(readVector(reader, 2, "the extensions"));
  expectEnd(reader, "the hello");
  const isRetryRequest = Buffer.from(random).toString("hex") === RETRY_RANDOM;
  const versionNumber = inside(extensions, EXTENSION.supportedVersions, (r) => r.u16("the version")) ?? legacy;
  const has = (type: number) => extensions.some((each) => each.type === type);
  return {
    ...{ version: versionOf(versionNumber), versionNumber, random, sessionId, suite, compressionMethod, extensions },
    isRetryRequest,
    group: inside(extensions, EXTENSION.keyShare, (r) => readKeyShare(r, isRetryRequest)),
    downgrade: SENTINELS[Buffer.from(random.subarray(-SENTINEL_OCTETS)).toString("hex")] ?? null,
    alpn: inside(extensions, EXTENSION.alpn, readAlpn),
    hasRenegotiationInfo: has(EXTENSION.renegotiationInfo),
    hasExtendedMasterSecret: has(EXTENSION.extendedMasterSecret),
    hasEncryptThenMac: has(EXTENSION.encryptThenMac),
  };
}

/** Reads the body of a ServerHello or HelloRetryRequest. Octets are views. Never throws. */
export function parseServerHello(body: Uint8Array): Parsed<ServerHello> {
  try {
    return parsed(read(new OctetReader(body)));
  } catch (error) {
    if (error instanceof WireProblem) return malformed(error.message);
    throw error;
  }
}
