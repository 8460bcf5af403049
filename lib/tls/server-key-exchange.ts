import { OctetReader, WireProblem } from "../wire/octet-reader.ts";
import { malformed, parsed, type Parsed } from "../wire/parsed.ts";
import { expectEnd, readVector } from "./presentation-octets.ts";
import type { Suite } from "./suites.ts";
import type { TlsVersion } from "./versions.ts";

/** How the server signed its parameters; null in `ServerKeyExchange` for those that nobody signs. */
export interface ExchangeSignature {
  /** The signature scheme's number in TLS 1.2; null before, where the hash is fixed: MD5 with SHA-1, or SHA-1. */
  readonly scheme: number | null;
  readonly octets: Uint8Array;
}

/** The parameters of the key agreement (RFC 5246 section 7.4.3, RFC 8422 section 5.4, RFC 4279, RFC 5489). */
export type ServerKeyExchange = { readonly signature: ExchangeSignature | null } & (
  | { readonly kind: "ECDHE"; readonly group: number; readonly point: Uint8Array }
  /** A curve that is described instead of named (RFC 4492 section 5.4): its description is not read. */
  | { readonly kind: "explicit-curve"; readonly curveType: number }
  /** Octets without leading zeros; `bits` is the size of p. */
  | {
      readonly kind: "DHE";
      readonly p: Uint8Array;
      readonly g: Uint8Array;
      readonly ys: Uint8Array;
      readonly bits: number;
    }
  /** The short-lived key of an EXPORT suite. */
  | { readonly kind: "RSA"; readonly modulus: Uint8Array; readonly exponent: Uint8Array; readonly bits: number }
  /** A hint of a PSK suite alone, or SRP, KRB5 and others that the prober does not read. */
  | { readonly kind: "unread" }
);

const NAMED_CURVE = 3;

type Unsigned = ServerKeyExchange extends infer T ? (T extends unknown ? Omit<T, "signature"> : never) : never;

/** RFC 5246 section 4.4: numbers are unsigned and big-endian, and may have zeros before them. */
function readNumber(reader: OctetReader, what: string): Uint8Array {
  const octets = readVector(reader, 2, what);
  const first = octets.findIndex((octet) => octet !== 0);
  return first < 0 ? octets.subarray(octets.length) : octets.subarray(first);
}

/** The number of significant bits of an unsigned big-endian number without leading zeros. */
export function bitLength(octets: Uint8Array): number {
  const [first] = octets;
  return first === undefined ? 0 : (octets.length - 1) * 8 + (32 - Math.clz32(first));
}

function readCurve(reader: OctetReader): Unsigned {
  const curveType = reader.u8("the kind of curve");
  if (curveType !== NAMED_CURVE) return { kind: "explicit-curve", curveType };
  return { kind: "ECDHE", group: reader.u16("the curve"), point: readVector(reader, 1, "the point") };
}

function readFiniteField(reader: OctetReader): Unsigned {
  const p = readNumber(reader, "the prime");
  const g = readNumber(reader, "the generator");
  return { kind: "DHE", p, g, ys: readNumber(reader, "the server's value"), bits: bitLength(p) };
}

function readParameters(reader: OctetReader, { keyExchange, isExport }: Suite): Unsigned {
  if (keyExchange === "ECDHE") return readCurve(reader);
  if (keyExchange === "DHE") return readFiniteField(reader);
  if (keyExchange === "RSA" && isExport) {
    const modulus = readNumber(reader, "the modulus");
    const exponent = readNumber(reader, "the exponent");
    return { kind: "RSA", modulus, exponent, bits: bitLength(modulus) };
  }
  if (!keyExchange.endsWith("PSK")) return { kind: "unread" };
  readVector(reader, 2, "the hint");
  if (keyExchange === "ECDHE_PSK") return readCurve(reader);
  return keyExchange === "DHE_PSK" ? readFiniteField(reader) : { kind: "unread" };
}

function readSignature(reader: OctetReader, version: TlsVersion): ExchangeSignature {
  const scheme = version === "TLSv1.2" ? reader.u16("the signature's scheme") : null;
  return { scheme, octets: readVector(reader, 2, "the signature") };
}

/**
 * Reads a ServerKeyExchange's body for the suite and version of the ServerHello before it. Octets are views; nothing is
 * verified. Never throws.
 */
export function parseServerKeyExchange(body: Uint8Array, suite: Suite, version: TlsVersion): Parsed<ServerKeyExchange> {
  try {
    const reader = new OctetReader(body);
    const parameters = readParameters(reader, suite);
    if (parameters.kind === "unread" || parameters.kind === "explicit-curve")
      return parsed({ ...parameters, signature: null });
    const isSigned = suite.authentication !== "anon" && !suite.keyExchange.endsWith("PSK");
    const signature = isSigned ? readSignature(reader, version) : null;
    expectEnd(reader, "the key exchange");
    return parsed({ ...parameters, signature });
  } catch (error) {
    if (error instanceof WireProblem) return malformed(error.message);
    throw error;
  }
}
