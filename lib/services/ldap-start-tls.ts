import { Buffer } from "node:buffer";
import { malformed, parsed, type Parsed } from "../wire/parsed.ts";
import type { Reading } from "./reading.ts";

const START_TLS_OID = "1.3.6.1.4.1.1466.20037";
const SEQUENCE = 0x30;
const INTEGER = 0x02;
const ENUMERATED = 0x0a;
/** [APPLICATION 23] and [APPLICATION 24], and the [0] of requestName (RFC 4511 section 4.12). */
const EXTENDED_REQUEST = 0x77;
const EXTENDED_RESPONSE = 0x78;
/** [APPLICATION 3], 4, 5 and 19 (RFC 4511 section 4.5). */
const SEARCH_REQUEST = 0x63;
const SEARCH_ENTRY = 0x64;
const SEARCH_DONE = 0x65;
const SEARCH_REFERENCE = 0x73;
const BOOLEAN = 0x01;
const OCTETS = 0x04;
/** The filter that asks whether an attribute is there (RFC 4511 section 4.5.1.7). */
const PRESENT = 0x87;
const REQUEST_NAME = 0x80;
const LONG_LENGTH = 0x80;
/** Active Directory writes every length in four octets. */
const MOST_LENGTH_OCTETS = 4;
const MOST_MESSAGE_OCTETS = 16_384;

/** Result codes (RFC 4511 appendix A.1): success; busy and unavailable. */
export const LDAP_SUCCESS = 0;
export const LDAP_FOR_NOW: readonly number[] = [51, 52];

/** The request for TLS, as message 1 (RFC 4511 section 4.14.1). Nobody is bound before it. */
export const LDAP_START_TLS: Uint8Array = message(EXTENDED_REQUEST, short(REQUEST_NAME, START_TLS_OID));

/** Whether the root DSE is there, without a word of it ("1.1"), as message 1: what any client asks of any server first (RFC 4512 section 5.1). */
export const LDAP_ROOT_QUESTION: Uint8Array = message(
  SEARCH_REQUEST,
  Buffer.concat([
    short(OCTETS, ""),
    Buffer.of(ENUMERATED, 1, 0, ENUMERATED, 1, 0, INTEGER, 1, 1, INTEGER, 1, 0, BOOLEAN, 1, 0),
    short(PRESENT, "objectClass"),
    short(SEQUENCE, short(OCTETS, "1.1")),
  ]),
);

function message(operation: number, request: Uint8Array): Uint8Array {
  return new Uint8Array(short(SEQUENCE, Buffer.concat([Buffer.of(INTEGER, 1, 1), short(operation, request)])));
}

/** An element of less than 128 octets. */
function short(tag: number, content: string | Uint8Array): Buffer {
  const octets = typeof content === "string" ? Buffer.from(content, "latin1") : content;
  return Buffer.concat([Buffer.of(tag, octets.length), octets]);
}

/** The result code of the extended response (RFC 4511 appendix A.1): 0 success, 2 protocolError, 13 confidentialityRequired ... */
export const readLdapResult: Reading<number> = (octets) => readResult(octets, [EXTENDED_RESPONSE]);

/** The result code of a search, whatever entries come before it; or of the notice with which a server hangs up. */
export const readLdapSearchResult: Reading<number> = (octets) => {
  let at = 0;
  for (; octets[at] === SEQUENCE;) {
    const whole = element(octets, at);
    if (!whole.ok || whole.value === null) return whole.ok ? parsed(null) : whole;
    const id = expected(octets.subarray(0, whole.value.end), whole.value.start, INTEGER);
    if (id === null || ![SEARCH_ENTRY, SEARCH_REFERENCE].includes(octets[id.end] ?? 0)) break;
    at = whole.value.end;
  }
  const result = readResult(octets.subarray(at), [SEARCH_DONE, EXTENDED_RESPONSE]);
  if (!result.ok || result.value === null) return result;
  return parsed({ ...result.value, used: at + result.value.used });
};

function readResult(octets: Uint8Array, operations: readonly number[]): ReturnType<Reading<number>> {
  if (octets.length > 0 && octets[0] !== SEQUENCE) return malformed("no LDAP message");
  const whole = element(octets, 0);
  if (!whole.ok || whole.value === null) return whole.ok ? parsed(null) : whole;
  const { start, end } = whole.value;
  const inside = octets.subarray(0, end);
  const id = expected(inside, start, INTEGER);
  const response = id === null ? null : expected(inside, id.end, ...operations);
  const code = response === null ? null : expected(inside, response.start, ENUMERATED);
  if (code === null) return malformed("no response with a result");
  const [number] = inside.subarray(code.start, code.end);
  return number === undefined ? malformed("a result without a code") : parsed({ value: number, used: end });
}

/** The element of one of these tags at `at`; null where there is none, or not all of it. */
function expected(octets: Uint8Array, at: number, ...tags: readonly number[]): Place | null {
  const found = tags.includes(octets[at] ?? 0) ? element(octets, at) : null;
  return found?.ok === true ? found.value : null;
}

interface Place {
  readonly start: number;
  readonly end: number;
}

/** Where the content of the BER element at `at` begins and ends; null where it goes beyond what there is. */
function element(octets: Uint8Array, at: number): Parsed<Place | null> {
  const first = octets[at + 1];
  if (first === undefined) return parsed(null);
  const count = first < LONG_LENGTH ? 0 : first - LONG_LENGTH;
  if (first === LONG_LENGTH || count > MOST_LENGTH_OCTETS) return malformed("a length that LDAP does not have");
  const start = at + 2 + count;
  if (octets.length < start) return parsed(null);
  const length = count === 0 ? first : octets.subarray(at + 2, start).reduce((sum, octet) => sum * 0x100 + octet, 0);
  if (length > MOST_MESSAGE_OCTETS) return malformed("a large LDAP message");
  return parsed(start + length > octets.length ? null : { start, end: start + length });
}
