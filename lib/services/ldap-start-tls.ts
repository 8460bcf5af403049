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
const REQUEST_NAME = 0x80;
const LONG_LENGTH = 0x80;
/** Active Directory writes every length in four octets. */
const MOST_LENGTH_OCTETS = 4;
const MOST_MESSAGE_OCTETS = 16_384;

/** The request for TLS, as message 1 (RFC 4511 section 4.14.1). Nobody is bound before it. */
export const LDAP_START_TLS: Uint8Array = message(EXTENDED_REQUEST, REQUEST_NAME, START_TLS_OID);

function message(operation: number, tag: number, text: string): Uint8Array {
  const name = Buffer.from(text, "latin1");
  const request = Buffer.concat([Buffer.of(tag, name.length), name]);
  const body = Buffer.concat([Buffer.of(INTEGER, 1, 1, operation, request.length), request]);
  return new Uint8Array(Buffer.concat([Buffer.of(SEQUENCE, body.length), body]));
}

/** The result code of the extended response (RFC 4511 appendix A.1): 0 success, 2 protocolError, 13 confidentialityRequired ... */
export const readLdapResult: Reading<number> = (octets) => {
  if (octets.length > 0 && octets[0] !== SEQUENCE) return malformed("no LDAP message");
  const whole = element(octets, 0);
  if (!whole.ok || whole.value === null) return whole.ok ? parsed(null) : whole;
  const { start, end } = whole.value;
  const inside = octets.subarray(0, end);
  const id = expected(inside, start, INTEGER);
  const response = id === null ? null : expected(inside, id.end, EXTENDED_RESPONSE);
  const code = response === null ? null : expected(inside, response.start, ENUMERATED);
  if (code === null) return malformed("no extended response with a result");
  const [number] = inside.subarray(code.start, code.end);
  return number === undefined ? malformed("a result without a code") : parsed({ value: number, used: end });
};

/** The element of this tag at `at`; null where there is none, or not all of it. */
function expected(octets: Uint8Array, at: number, tag: number): Place | null {
  const found = octets[at] === tag ? element(octets, at) : null;
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
