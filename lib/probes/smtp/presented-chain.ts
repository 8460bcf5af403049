import { createDecipheriv, createHmac } from "node:crypto";
import { malformed, parsed, type Parsed } from "../../wire/parsed.ts";

/** What the server sent in a handshake that came about, and what it takes to read it. */
export interface SeenHandshake {
  /** All octets from the server, from the first of the handshake on. */
  readonly octets: Uint8Array;
  /** As Node names it. */
  readonly protocol: string;
  /** The standard name of the suite. */
  readonly suite: string;
  /** SERVER_HANDSHAKE_TRAFFIC_SECRET of TLS 1.3 (draft-ietf-tls-keylogfile); null before TLS 1.3. */
  readonly secret: Uint8Array | null;
}

/** Content types and handshake types: RFC 8446 sections 5.1 and 4. */
const HANDSHAKE = 22;
const APPLICATION_DATA = 23;
const CHANGE_CIPHER_SPEC = 20;
const CERTIFICATE = 11;
const CERTIFICATE_STATUS = 22;
/** RFC 6066 sections 8 and 10. */
const STATUS_REQUEST = 5;
const OCSP = 1;
const RECORD_HEADER = 5;
const MESSAGE_HEADER = 4;
const TAG_OCTETS = 16;
const NONCE_OCTETS = 12;

const AEADS: Readonly<Record<string, { readonly cipher: string; readonly hash: string; readonly keyOctets: number }>> =
  {
    TLS_AES_128_GCM_SHA256: { cipher: "aes-128-gcm", hash: "sha256", keyOctets: 16 },
    TLS_AES_256_GCM_SHA384: { cipher: "aes-256-gcm", hash: "sha384", keyOctets: 32 },
    TLS_CHACHA20_POLY1305_SHA256: { cipher: "chacha20-poly1305", hash: "sha256", keyOctets: 32 },
  };

/** What a server presents: its certificates in its order, all of them, in DER, and the OCSP response for the first one. */
export interface Presented {
  readonly chain: readonly Buffer[];
  /** In DER; null where none came. */
  readonly staple: Buffer | null;
}

const NOTHING: Presented = { chain: [], staple: null };

/**
 * The certificates as the server sent them, all of them and in its order, in DER. Node itself shows them sorted and thinned out
 * (`getPeerCertificate`) or loses some kilobytes for each (`getPeerX509Certificate`), which a watch of months cannot bear.
 */
export function presentedChain(seen: SeenHandshake): Parsed<readonly Buffer[]> {
  const presented = presentedIn(seen);
  return presented.ok ? parsed(presented.value.chain) : presented;
}

/** The same, with the OCSP response that a client has to ask for. */
export function presentedIn(seen: SeenHandshake): Parsed<Presented> {
  const isTls13 = seen.protocol === "TLSv1.3";
  const messages = isTls13 ? decrypted(seen) : parsed(inClear(seen.octets));
  if (!messages.ok) return messages;
  const message = firstOfType(CERTIFICATE, messages.value);
  if (message === null) return malformed("no Certificate message among the server's");
  if (isTls13) return certificates(message.subarray(1 + (message[0] ?? 0)), true);
  const presented = certificates(message, false);
  const staple = responseIn(firstOfType(CERTIFICATE_STATUS, messages.value));
  return presented.ok ? parsed({ ...presented.value, staple }) : presented;
}

/**
 * The same of a handshake that did not come about, in whatever protocol and suite it was meant to be; empty where the server
 * presented nothing, or nothing that can be read.
 */
export function presentedBeforeBreaking({ octets, secret }: Pick<SeenHandshake, "octets" | "secret">): Presented {
  // Where there is a secret of TLS 1.3, only one of its suites decrypts.
  const guesses = secret === null ? [""] : Object.keys(AEADS);
  const protocol = secret === null ? "TLSv1.2" : "TLSv1.3";
  const tries = guesses.map((suite) => presentedIn({ octets, secret, protocol, suite }));
  return tries.flatMap((each) => (each.ok && each.value.chain.length > 0 ? [each.value] : []))[0] ?? NOTHING;
}

interface TlsRecord {
  readonly type: number;
  readonly header: Buffer;
  readonly body: Buffer;
}

function recordsOf(octets: Uint8Array): readonly TlsRecord[] {
  const all = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength);
  const records: TlsRecord[] = [];
  for (let at = 0; at + RECORD_HEADER <= all.length;) {
    const header = all.subarray(at, at + RECORD_HEADER);
    const end = at + RECORD_HEADER + header.readUInt16BE(3);
    if (end > all.length) break;
    records.push({ type: header.readUInt8(0), header, body: all.subarray(at + RECORD_HEADER, end) });
    at = end;
  }
  return records;
}

/** Handshake messages up to the point from which they are encrypted. */
function inClear(octets: Uint8Array): Buffer {
  const records = recordsOf(octets);
  const until = records.findIndex(({ type }) => type === CHANGE_CIPHER_SPEC);
  const before = until < 0 ? records : records.slice(0, until);
  return Buffer.concat(before.filter(({ type }) => type === HANDSHAKE).map(({ body }) => body));
}

/** RFC 8446 sections 5.2, 5.3 and 7.3. Records after those under the handshake's key do not decrypt: that is where it ends. */
function decrypted({ octets, suite, secret }: SeenHandshake): Parsed<Buffer> {
  const aead = AEADS[suite];
  if (aead === undefined || secret === null) return malformed("no key for the server's handshake records");
  const key = expand(aead.hash, secret, "key", aead.keyOctets);
  const iv = expand(aead.hash, secret, "iv", NONCE_OCTETS);
  const parts: Buffer[] = [];
  const records = recordsOf(octets).filter(({ type, body }) => type === APPLICATION_DATA && body.length > TAG_OCTETS);
  for (const [sequence, { header, body }] of records.entries()) {
    const nonce = Buffer.from(iv);
    nonce.writeUInt32BE((nonce.readUInt32BE(NONCE_OCTETS - 4) ^ sequence) >>> 0, NONCE_OCTETS - 4);
    const plain = opened(aead.cipher, { key, nonce, header, body });
    if (plain === null) break;
    const end = plain.findLastIndex((octet) => octet !== 0);
    if (plain[end] === HANDSHAKE) parts.push(plain.subarray(0, end));
  }
  return parsed(Buffer.concat(parts));
}

function opened(
  cipher: string,
  { key, nonce, header, body }: { key: Buffer; nonce: Buffer; header: Buffer; body: Buffer },
): Buffer | null {
  // Both kinds of AEAD are used in the same way; the types know only of GCM.
  const decipher = createDecipheriv(cipher as "aes-128-gcm", key, nonce, { authTagLength: TAG_OCTETS });
  decipher.setAAD(header, { plaintextLength: body.length - TAG_OCTETS });
  decipher.setAuthTag(body.subarray(-TAG_OCTETS));
  const plain = decipher.update(body.subarray(0, -TAG_OCTETS));
  try {
    return Buffer.concat([plain, decipher.final()]);
  } catch {
    // The tag does not fit: not sealed with this key, or altered. Whoever asks says what that means.
    return null;
  }
}

/** HKDF-Expand-Label with an empty context, for lengths of one block (RFC 8446 section 7.1). */
function expand(hash: string, secret: Uint8Array, label: string, length: number): Buffer {
  const name = Buffer.from(`tls13 ${label}`, "latin1");
  const info = Buffer.concat([Buffer.from([0, length, name.length]), name, Buffer.from([0, 1])]);
  return createHmac(hash, secret).update(info).digest().subarray(0, length);
}

function firstOfType(type: number, messages: Buffer): Buffer | null {
  for (let at = 0; at + MESSAGE_HEADER <= messages.length;) {
    const end = at + MESSAGE_HEADER + messages.readUIntBE(at + 1, 3);
    if (end > messages.length) return null;
    if (messages[at] === type) return messages.subarray(at + MESSAGE_HEADER, end);
    at = end;
  }
  return null;
}

/** `certificate_list` of RFC 5246 section 7.4.2, or of RFC 8446 section 4.4.2, where extensions follow each one. */
function certificates(list: Buffer, withExtensions: boolean): Parsed<Presented> {
  const chain: Buffer[] = [];
  let staple: Buffer | null = null;
  const total = list.length < 3 ? -1 : list.readUIntBE(0, 3);
  if (total + 3 !== list.length) return malformed("a Certificate message of another length than it says");
  for (let at = 3; at < list.length;) {
    const start = at + 3;
    const end = start > list.length ? Infinity : start + list.readUIntBE(at, 3);
    const next = withExtensions && end + 2 <= list.length ? end + 2 + list.readUInt16BE(end) : end;
    if (next > list.length) return malformed("a certificate beyond the end of its message");
    if (withExtensions && chain.length === 0) staple = stapledIn(list.subarray(end + 2, next));
    chain.push(list.subarray(start, end));
    at = next;
  }
  return parsed({ chain, staple });
}

/** The status among the extensions of a CertificateEntry (RFC 8446 section 4.4.2.1). */
function stapledIn(extensions: Buffer): Buffer | null {
  for (let at = 0; at + MESSAGE_HEADER <= extensions.length;) {
    const end = at + MESSAGE_HEADER + extensions.readUInt16BE(at + 2);
    if (extensions.readUInt16BE(at) === STATUS_REQUEST)
      return responseIn(extensions.subarray(at + MESSAGE_HEADER, end));
    at = end;
  }
  return null;
}

/** `CertificateStatus` of RFC 6066 section 8: the type, and the response with its length; null for any other. */
function responseIn(status: Buffer | null): Buffer | null {
  if (status === null || status.length < MESSAGE_HEADER || status[0] !== OCSP) return null;
  const response = status.subarray(MESSAGE_HEADER);
  return response.length === status.readUIntBE(1, 3) ? response : null;
}
