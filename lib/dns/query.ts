import { randomBytes, randomInt } from "node:crypto";
import { decodeMessage, encodeQuery } from "../wire/codec.ts";
import type { Question, Reply } from "../wire/message.ts";
import { toWire } from "../wire/name.ts";
import { RCODE } from "../wire/rcode.ts";

/** The header flags that differ between what we ask; DO is always set. */
export interface QueryFlags {
  readonly recursionDesired: boolean;
  readonly checkingDisabled: boolean;
}

/** `datagram`: random id, mixed case. `stream`: random id. `doh`: id 0 and padding (RFC 8484 section 4.1, RFC 8467). */
export type Carrier = "datagram" | "stream" | "doh";

/** What a received message is to the query. `foreign` is no answer to it: another id, question, class or opcode, or no response. */
export type Match =
  | { readonly kind: "foreign" }
  | { readonly kind: "malformed"; readonly problem: string }
  | { readonly kind: "case-changed" }
  | { readonly kind: "reply"; readonly reply: Reply };

/** What ends the wait for an answer. */
export type Heard = Exclude<Match, { readonly kind: "foreign" }>;

export interface OutgoingQuery {
  readonly bytes: Uint8Array;
  match(message: Uint8Array): Match;
}

/** Fits the common path without fragmentation (DNS Flag Day 2020; RFC 9715 section 3.1). */
const UDP_PAYLOAD_SIZE = 1232;
const CLASS_IN = 1;
const OPCODE_QUERY = 0;
const HEADER_OCTETS = 12;
const ID_SPACE = 0x10000;
const PADDING_BLOCK = 128;
/** A name has at most 255 octets, so fewer letters than this: one random bit for each. */
const CASE_OCTETS = 32;

const FOREIGN: Match = { kind: "foreign" };

/** A query for class IN and the test for its answer. Throws a TypeError for a type that cannot be encoded. */
export function makeQuery(question: Question, flags: QueryFlags, carrier: Carrier): OutgoingQuery {
  const id = carrier === "doh" ? 0 : randomInt(ID_SPACE);
  const bits = carrier === "datagram" ? randomBytes(CASE_OCTETS) : null;
  const bytes = encodeQuery({
    id,
    question,
    ...flags,
    dnssecOk: true,
    udpPayloadSize: UDP_PAYLOAD_SIZE,
    ...(bits === null ? {} : { mixCase: (letter: number) => isBitSet(bits, letter) }),
    ...(carrier === "doh" ? { padTo: PADDING_BLOCK } : {}),
  });
  const nameSent = bytes.slice(HEADER_OCTETS, HEADER_OCTETS + toWire(question.name).length);
  return { bytes, match: (message) => matchReply(message, id, question, carrier === "datagram" ? nameSent : null) };
}

function matchReply(message: Uint8Array, id: number, question: Question, nameSent: Uint8Array | null): Match {
  if (readId(message) !== id) {
    return FOREIGN;
  }
  const decoded = decodeMessage(message);
  if (!decoded.ok) {
    return { kind: "malformed", problem: decoded.problem };
  }
  const { isResponse, opcode, questionClass, questionWire, reply } = decoded.value;
  if (!isResponse || opcode !== OPCODE_QUERY) {
    return FOREIGN;
  }
  if (reply.question === null) {
    // A server that could not read the query may leave the question out; an answer must repeat it (RFC 1035 section 7.3).
    const isAnswer = reply.rcode === RCODE.NOERROR || reply.rcode === RCODE.NXDOMAIN;
    return isAnswer ? { kind: "malformed", problem: "the answer has no question section" } : { kind: "reply", reply };
  }
  if (questionClass !== CLASS_IN || reply.question.name !== question.name || reply.question.type !== question.type) {
    return FOREIGN;
  }
  const hasKeptCase = nameSent === null || Buffer.compare(nameSent, questionWire) === 0;
  return hasKeptCase ? { kind: "reply", reply } : { kind: "case-changed" };
}

/** Null when the message is too short to have one. */
function readId(message: Uint8Array): number | null {
  const [high, low] = message;
  return high === undefined || low === undefined ? null : high * 0x100 + low;
}

function isBitSet(bits: Uint8Array, index: number): boolean {
  return (((bits[index >> 3] ?? 0) >> (index & 7)) & 1) === 1;
}
