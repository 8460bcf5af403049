import { Buffer } from "node:buffer";
import { EXTENSION, type Extension } from "./extension-types.ts";
import { concat, number, vector, vectorOfU16 } from "./presentation-octets.ts";
import { VERSION_NUMBER, type RecordLayerVersion } from "./versions.ts";

/** One extension per function, as a client writes it. All are deterministic. */

const HOST_NAME = 0;
const OCSP = 1;
const NOTHING = new Uint8Array(0);

/** RFC 6066 section 3. `host` is an A-label name without its last dot, never an address. */
export function serverName(host: string): Extension {
  const entry = concat(number(HOST_NAME, 1), vector(2, Buffer.from(host, "latin1")));
  return { type: EXTENSION.serverName, body: vector(2, entry) };
}

/** RFC 8446 section 4.2.7, RFC 7919, RFC 8422. */
export function supportedGroups(groups: readonly number[]): Extension {
  return { type: EXTENSION.supportedGroups, body: vectorOfU16(2, groups) };
}

/** RFC 8422 section 5.1.2; 0 is uncompressed. */
export function ecPointFormats(formats: readonly number[] = [0]): Extension {
  return { type: EXTENSION.ecPointFormats, body: vector(1, Uint8Array.from(formats)) };
}

/** RFC 8446 section 4.2.3. */
export function signatureAlgorithms(schemes: readonly number[]): Extension {
  return { type: EXTENSION.signatureAlgorithms, body: vectorOfU16(2, schemes) };
}

/** RFC 7301 section 3.1. */
export function alpn(protocols: readonly string[]): Extension {
  const names = protocols.map((protocol) => vector(1, Buffer.from(protocol, "latin1")));
  return { type: EXTENSION.alpn, body: vector(2, ...names) };
}

/** RFC 5077 section 3.2: empty asks for a ticket. */
export function sessionTicket(ticket: Uint8Array = NOTHING): Extension {
  return { type: EXTENSION.sessionTicket, body: ticket };
}

/** RFC 6066 section 8: asks for an OCSP response, from any responder. */
export function statusRequest(): Extension {
  return { type: EXTENSION.statusRequest, body: concat(number(OCSP, 1), vector(2), vector(2)) };
}

/** RFC 7627 section 5.1. */
export function extendedMasterSecret(): Extension {
  return { type: EXTENSION.extendedMasterSecret, body: NOTHING };
}

/** RFC 7366 section 2. */
export function encryptThenMac(): Extension {
  return { type: EXTENSION.encryptThenMac, body: NOTHING };
}

/** RFC 5746 section 3.2: empty in a first handshake. */
export function renegotiationInfo(verifyData: Uint8Array = NOTHING): Extension {
  return { type: EXTENSION.renegotiationInfo, body: vector(1, verifyData) };
}

/** RFC 8446 section 4.2.1. */
export function supportedVersions(versions: readonly RecordLayerVersion[]): Extension {
  const numbers = versions.map((version) => VERSION_NUMBER[version]);
  return { type: EXTENSION.supportedVersions, body: vectorOfU16(1, numbers) };
}

/** RFC 8446 section 4.2.8. Without shares a server of TLS 1.3 must answer HelloRetryRequest. */
export function keyShare(shares: readonly { readonly group: number; readonly key: Uint8Array }[] = []): Extension {
  const entries = shares.map(({ group, key }) => concat(number(group, 2), vector(2, key)));
  return { type: EXTENSION.keyShare, body: vector(2, ...entries) };
}

/** RFC 8446 section 4.2.9; 1 is psk_dhe_ke. */
export function pskKeyExchangeModes(modes: readonly number[] = [1]): Extension {
  return { type: EXTENSION.pskKeyExchangeModes, body: vector(1, Uint8Array.from(modes)) };
}

/** RFC 7685. */
export function padding(octets: number): Extension {
  return { type: EXTENSION.padding, body: new Uint8Array(octets) };
}
