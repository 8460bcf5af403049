import { OctetReader, WireProblem } from "../wire/octet-reader.ts";
import { malformed, parsed, type Parsed } from "../wire/parsed.ts";
import { concat, expectEnd, number } from "./presentation-octets.ts";
import { VERSION_NUMBER, type TlsVersion } from "./versions.ts";

/** SSLv2's own hello (draft of 1995; RFC 5246 appendix E.2 for the hello that offers newer versions in the old form). */
export interface Ssl2ClientHello {
  /** SSLv2, or the newest version that a compatible hello offers. */
  readonly version: TlsVersion;
  /** Cipher kinds of three octets; suites of two octets stand with a zero before them. */
  readonly kinds: readonly number[];
  /** 16 to 32 octets. */
  readonly challenge: Uint8Array;
}

/** What an SSLv2 server answers. */
export interface Ssl2ServerHello {
  readonly version: number;
  readonly kinds: readonly number[];
  /** The certificate, X.509 in DER; empty when the server resumes a session. */
  readonly certificate: Uint8Array;
  readonly connectionId: Uint8Array;
}

const CLIENT_HELLO = 1;
const SERVER_HELLO = 4;
const ERROR = 0;
const TWO_OCTET_HEAD = 0x8000;
const KIND_OCTETS = 3;
const CHALLENGE = { least: 16, most: 32 } as const;

/** The hello with its record's head of two octets. Throws a RangeError for what cannot be written. */
export function encodeSsl2ClientHello({ version, kinds, challenge }: Ssl2ClientHello): Uint8Array {
  if (challenge.length < CHALLENGE.least || challenge.length > CHALLENGE.most)
    throw new RangeError("a challenge has 16 to 32 octets");
  const body = concat(
    number(CLIENT_HELLO, 1),
    number(VERSION_NUMBER[version === "TLSv1.3" ? "TLSv1.2" : version], 2),
    number(kinds.length * KIND_OCTETS, 2),
    number(0, 2),
    number(challenge.length, 2),
    ...kinds.map((kind) => number(kind, 3)),
    challenge,
  );
  if (body.length >= TWO_OCTET_HEAD) throw new RangeError("an SSLv2 record has at most 32,767 octets");
  return concat(number(TWO_OCTET_HEAD + body.length, 2), body);
}

/** Reads an SSLv2 record's content: `null` while it is not whole, else its octets. Heads of two and of three octets. */
export function ssl2Record(octets: Uint8Array): Uint8Array | null {
  const [first, second] = octets;
  if (first === undefined || second === undefined) return null;
  const isShort = first >= 0x80;
  const length = (isShort ? first & 0x7f : first & 0x3f) * 0x100 + second;
  const start = isShort ? 2 : 3;
  return octets.length < start + length ? null : octets.subarray(start, start + length);
}

/** Reads the content of the server's first record. An error message is a problem that names its code. Never throws. */
export function parseSsl2ServerHello(record: Uint8Array): Parsed<Ssl2ServerHello> {
  try {
    const reader = new OctetReader(record);
    const type = reader.u8("the message's type");
    if (type === ERROR) return malformed(`SSLv2 error ${reader.u16("the error's code")}`);
    if (type !== SERVER_HELLO) return malformed(`an SSLv2 message of type ${type}`);
    reader.take(2, "the session hit and the certificate's type");
    const version = reader.u16("the version");
    const lengths = [reader.u16("a length"), reader.u16("a length"), reader.u16("a length")] as const;
    const certificate = reader.take(lengths[0], "the certificate");
    const specs = new OctetReader(reader.take(lengths[1], "the cipher kinds"));
    const connectionId = reader.take(lengths[2], "the connection id");
    expectEnd(reader, "the SSLv2 hello");
    if (lengths[1] % KIND_OCTETS !== 0) return malformed("the cipher kinds are not three octets each");
    const kinds: number[] = [];
    while (specs.left > 0) kinds.push(specs.u8("a kind") * 0x1_0000 + specs.u16("a kind"));
    return parsed({ version, kinds, certificate, connectionId });
  } catch (error) {
    if (error instanceof WireProblem) return malformed(error.message);
    throw error;
  }
}

/** Longer answers are none of SSLv2: a certificate and a handful of kinds. */
const ANSWER_LIMIT = 0x8000;
/** The first octet of an alert of SSLv3 and newer. */
const ALERT = 21;
const NEWER_MAJOR = 3;

/**
 * Takes in what comes after an SSLv2 hello, until it can be told: `hello` once it is whole, `isRefused` for an error message of
 * SSLv2 or the beginning of a newer version's alert, `problem` for anything else. Never throws.
 */
export class Ssl2Reader {
  #octets: Uint8Array = new Uint8Array(0);
  hello: Ssl2ServerHello | null = null;
  isRefused = false;
  problem: string | null = null;

  get isSettled(): boolean {
    return this.hello !== null || this.isRefused || this.problem !== null;
  }

  push(chunk: Uint8Array): void {
    if (this.isSettled) return;
    this.#octets = concat(this.#octets, chunk);
    const [type, major] = this.#octets;
    if (type === ALERT) {
      this.isRefused = major === NEWER_MAJOR;
      if (major !== undefined && !this.isRefused) this.problem = "what arrived is no TLS record";
      return;
    }
    if (type !== undefined && type < TWO_OCTET_HEAD / 0x100) this.problem = "what arrived is no record of SSLv2";
    else if (this.#octets.length > ANSWER_LIMIT) this.problem = "a record of SSLv2 that is too long";
    else this.#read();
  }

  #read(): void {
    const record = ssl2Record(this.#octets);
    if (record === null) return;
    const read = parseSsl2ServerHello(record);
    if (read.ok) this.hello = read.value;
    else if (record[0] === ERROR) this.isRefused = true;
    else this.problem = read.problem;
  }
}
