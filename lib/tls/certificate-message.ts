import { OctetReader, WireProblem } from "../wire/octet-reader.ts";
import { malformed, parsed, type Parsed } from "../wire/parsed.ts";
import { expectEnd, readVector } from "./presentation-octets.ts";
import type { TlsVersion } from "./versions.ts";

/** What the server asks of a client's certificate (RFC 5246 section 7.4.4). */
export interface CertificateRequest {
  /** 1 rsa_sign, 2 dss_sign, 64 ecdsa_sign ... */
  readonly certificateTypes: readonly number[];
  /** TLS 1.2 only; empty before. */
  readonly signatureSchemes: readonly number[];
  /** Distinguished names in DER. */
  readonly authorities: readonly Uint8Array[];
}

const CERTIFICATES_LIMIT = 32;
const AUTHORITIES_LIMIT = 1_024;
const OCSP = 1;

function run<T>(body: Uint8Array, what: string, read: (reader: OctetReader) => T): Parsed<T> {
  try {
    const reader = new OctetReader(body);
    const value = read(reader);
    expectEnd(reader, what);
    return parsed(value);
  } catch (error) {
    if (error instanceof WireProblem) return malformed(error.message);
    throw error;
  }
}

function readList(octets: Uint8Array, width: 2 | 3, limit: number, what: string): readonly Uint8Array[] {
  const reader = new OctetReader(octets);
  const entries: Uint8Array[] = [];
  while (reader.left > 0) {
    if (entries.length === limit) throw new WireProblem(`${what}: more than ${limit}`);
    const entry = readVector(reader, width, what);
    if (entry.length === 0) throw new WireProblem(`${what}: an empty one`);
    entries.push(entry);
  }
  return entries;
}

/** The certificates of a Certificate message before TLS 1.3 (RFC 5246 section 7.4.2), as sent, leaf first. Views. */
export function parseCertificateMessage(body: Uint8Array): Parsed<readonly Uint8Array[]> {
  return run(body, "the certificates", (reader) =>
    readList(readVector(reader, 3, "the certificates"), 3, CERTIFICATES_LIMIT, "the certificates"),
  );
}

/** The OCSP response of a CertificateStatus message (RFC 6066 section 8), in DER and not read. A view. */
export function parseCertificateStatus(body: Uint8Array): Parsed<Uint8Array> {
  return run(body, "the status", (reader) => {
    const type = reader.u8("the status's type");
    if (type !== OCSP) throw new WireProblem(`a status of type ${type}`);
    return readVector(reader, 3, "the OCSP response");
  });
}

function numbers(octets: Uint8Array): readonly number[] {
  if (octets.length % 2 !== 0) throw new WireProblem("a list of signature schemes of odd length");
  const reader = new OctetReader(octets);
  return Array.from({ length: octets.length / 2 }, () => reader.u16("a scheme"));
}

/** Reads a CertificateRequest of TLS 1.2 and older. */
export function parseCertificateRequest(body: Uint8Array, version: TlsVersion): Parsed<CertificateRequest> {
  return run(body, "the request", (reader) => {
    const certificateTypes = [...readVector(reader, 1, "the certificate types")];
    const signatureSchemes = version === "TLSv1.2" ? numbers(readVector(reader, 2, "the schemes")) : [];
    const names = readVector(reader, 2, "the authorities");
    return {
      certificateTypes,
      signatureSchemes,
      authorities: readList(names, 2, AUTHORITIES_LIMIT, "the authorities"),
    };
  });
}
