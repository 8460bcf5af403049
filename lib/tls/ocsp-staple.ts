import { Buffer } from "node:buffer";
import { constants, createHash, type KeyObject, verify } from "node:crypto";
import { type Certificate, parseCertificate } from "./certificate.ts";
import { canBeIssuedBy, isSignedWith, publicKeyOf } from "./certificate-signature.ts";
import { readDer, TAG, within } from "./der.ts";
import { type BasicResponse, parseOcspResponse, type SingleResponse } from "./ocsp-response.ts";

/**
 * `valid`: proves that the certificate was good. `not-needed`: none came, and the certificate names no responder. `absent`: none
 * came. `must-staple-missing`: the certificate demands one (RFC 7633), and no valid one came. `unproven`: it says good, but the
 * issuer, who would prove it, is not known.
 */
export type StapleState = "valid" | "not-needed" | "absent" | "invalid" | "must-staple-missing" | "unproven";

/** SHA-1 and SHA-256, with which certificates are named in a response (RFC 6960 section 4.1.1, RFC 5019). */
const HASHES: Readonly<Record<string, string | undefined>> = {
  "2b0e03021a": "sha1",
  "608648016503040201": "sha256",
  "608648016503040202": "sha384",
  "608648016503040203": "sha512",
};

/** How a signature is verified, by its algorithm; those of RSA-PSS carry parameters that no responder is known to use. */
const SIGNATURES: Readonly<Record<string, string | null | undefined>> = {
  "2a864886f70d010105": "sha1",
  "2a864886f70d01010b": "sha256",
  "2a864886f70d01010c": "sha384",
  "2a864886f70d01010d": "sha512",
  "2a8648ce3d0401": "sha1",
  "2a8648ce3d040302": "sha256",
  "2a8648ce3d040303": "sha384",
  "2a8648ce3d040304": "sha512",
  "2b6570": null,
  "2b6571": null,
};

/** Of the OCSP response (DER) that came with the leaf, or null; `at` in epoch milliseconds. The issuer: null where it is not known. */
export function stapleState(
  staple: Uint8Array | null,
  leaf: Certificate,
  issuer: Certificate | null,
  at: number,
): StapleState {
  if (staple === null) {
    if (leaf.mustStaple) return "must-staple-missing";
    return leaf.hasOcspResponder ? "absent" : "not-needed";
  }
  const response = parseOcspResponse(staple);
  const proof = response.ok ? proofIn(response.value, leaf, issuer, at) : "invalid";
  return proof === "invalid" && leaf.mustStaple ? "must-staple-missing" : proof;
}

/** Whether the issuer itself says in the response, for this time, that it has revoked the leaf. */
export function isProvenRevoked(staple: Uint8Array, leaf: Certificate, issuer: Certificate, at: number): boolean {
  const response = parseOcspResponse(staple);
  if (!response.ok) return false;
  const single = response.value.responses.find((one) => isOf(one, leaf, issuer));
  return single?.status === "revoked" && isInTime(single, at) && isSigned(response.value, issuer, at);
}

function proofIn(
  response: BasicResponse,
  leaf: Certificate,
  issuer: Certificate | null,
  at: number,
): "valid" | "invalid" | "unproven" {
  const single = response.responses.find((one) => isOf(one, leaf, issuer));
  if (single?.status !== "good" || !isInTime(single, at)) return "invalid";
  if (issuer === null) return "unproven";
  return isSigned(response, issuer, at) ? "valid" : "invalid";
}

function isInTime({ thisUpdate, nextUpdate }: SingleResponse, at: number): boolean {
  return thisUpdate <= at && (nextUpdate === null || at <= nextUpdate);
}

function isOf(single: SingleResponse, leaf: Certificate, issuer: Certificate | null): boolean {
  const hash = HASHES[single.hash];
  if (hash === undefined || Buffer.compare(single.serial, leaf.serial) !== 0) return false;
  const isOfName = createHash(hash).update(leaf.issuer).digest().equals(single.issuerNameHash);
  if (issuer === null) return isOfName;
  const key = keyBits(issuer.spki);
  return isOfName && key !== null && createHash(hash).update(key).digest().equals(single.issuerKeyHash);
}

/** The public key itself: the BIT STRING of the SubjectPublicKeyInfo without its octet of unused bits. */
function keyBits(spki: Uint8Array): Uint8Array | null {
  const bits = readDer(spki, (reader) => {
    const parts = within(reader.expect(TAG.sequence, "the key"));
    parts.expect(TAG.sequence, "the key's algorithm");
    return parts.expect(TAG.bitString, "the key's bits").content.subarray(1);
  });
  return bits.ok ? bits.value : null;
}

/** By the issuer, or by whom the issuer has itself certified to do so (RFC 6960 section 4.2.2.2). */
function isSigned(response: BasicResponse, issuer: Certificate, at: number): boolean {
  const issuerKey = publicKeyOf(issuer);
  if (isSignedBy(response, issuerKey)) return true;
  return response.certificates.some((octets) => {
    const delegate = parseCertificate(octets);
    if (!delegate.ok || !delegate.value.maySignOcsp) return false;
    const { value } = delegate;
    const isOurs = canBeIssuedBy(value, issuer) && isSignedWith(value, issuerKey);
    return isOurs && value.notBefore <= at && at <= value.notAfter && isSignedBy(response, publicKeyOf(value));
  });
}

const RSA_KEYS = ["rsa", "rsa-pss"];

function isSignedBy({ algorithm, tbs, signature }: BasicResponse, key: KeyObject | null): boolean {
  const hash = SIGNATURES[algorithm];
  if (key === null || hash === undefined) return false;
  const isRsa = RSA_KEYS.includes(key.asymmetricKeyType ?? "");
  const options = isRsa ? { key, padding: constants.RSA_PKCS1_PADDING } : { key };
  try {
    return verify(hash, tbs, options, signature);
  } catch {
    // OpenSSL throws for keys and algorithms that do not go together: what the network sends can make it do so.
    return false;
  }
}
