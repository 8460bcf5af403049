import { malformed, parsed } from "../wire/parsed.ts";
import type { Reading } from "./reading.ts";

/** PostgreSQL's SSLRequest: its length, and a number in the place of a version ("SSL Session Encryption" in its manual). */
export const POSTGRES_SSL_REQUEST: Uint8Array = Uint8Array.of(0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f);

const LETTER_S = 0x53;
const LETTER_N = 0x4e;
const LETTER_E = 0x45;

/** One letter: S for yes, N for no; servers from before TLS answer with an error, E. What follows it is not read. */
export const readPostgresAnswer: Reading<"accepted" | "refused"> = (octets) => {
  const [letter] = octets;
  if (letter === undefined) return parsed(null);
  if (letter === LETTER_S) return parsed({ value: "accepted", used: 1 });
  if (letter === LETTER_N || letter === LETTER_E) return parsed({ value: "refused", used: octets.length });
  return malformed("neither yes nor no");
};

/** What a MySQL server opens with: whether it has TLS, or the number of the error with which it turns us away. */
export type MysqlOpening = { readonly hasTls: boolean } | { readonly error: number };

const HEADER_OCTETS = 4;
const PROTOCOL = 10;
const ERROR = 0xff;
const CLIENT_SSL = 0x0800;
/** Between the version's end and the lower capabilities: connection id, first part of the challenge, filler. */
const TO_CAPABILITIES = 13;
const MOST_OCTETS = 1_024;

/** Protocol::HandshakeV10 or ERR_Packet of MySQL's client/server protocol. */
export const readMysqlOpening: Reading<MysqlOpening> = (octets) => {
  if (octets.length < HEADER_OCTETS) return parsed(null);
  const [low = 0, middle = 0, high = 0] = octets;
  const used = HEADER_OCTETS + low + middle * 0x100 + high * 0x1_0000;
  if (used > MOST_OCTETS) return malformed("a greeting of more octets than any has");
  if (octets.length < used) return parsed(null);
  const packet = octets.subarray(HEADER_OCTETS, used);
  const [kind, first = 0, second = 0] = packet;
  if (kind === ERROR) return parsed({ value: { error: first + second * 0x100 }, used });
  if (kind !== PROTOCOL) return malformed("no greeting of version 10");
  const at = packet.indexOf(0, 1) + 1 + TO_CAPABILITIES;
  const [lowFlags, highFlags] = packet.subarray(at, at + 2);
  if (at <= TO_CAPABILITIES || lowFlags === undefined || highFlags === undefined) {
    return malformed("a greeting without capabilities");
  }
  return parsed({ value: { hasTls: ((lowFlags + highFlags * 0x100) & CLIENT_SSL) !== 0 }, used });
};

/** CLIENT_PROTOCOL_41 and CLIENT_SECURE_CONNECTION: without them, newer servers hang up. */
const CAPABILITIES = 0x0000_8200 | CLIENT_SSL;
const UTF8 = 33;
const SSL_REQUEST_OCTETS = 32;
const MOST_PACKET = 0x00ff_ffff;

/** Protocol::SSLRequest, after which the server waits for a TLS hello. It names no user. */
export function mysqlSslRequest(): Uint8Array {
  const packet = new DataView(new ArrayBuffer(HEADER_OCTETS + SSL_REQUEST_OCTETS));
  packet.setUint32(0, SSL_REQUEST_OCTETS, true);
  packet.setUint8(3, 1);
  packet.setUint32(HEADER_OCTETS, CAPABILITIES, true);
  packet.setUint32(HEADER_OCTETS + 4, MOST_PACKET, true);
  packet.setUint8(HEADER_OCTETS + 8, UTF8);
  return new Uint8Array(packet.buffer);
}
