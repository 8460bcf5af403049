import { Buffer } from "node:buffer";
import { createPublicKey, type KeyObject, X509Certificate } from "node:crypto";
import type { Certificate } from "./certificate.ts";

const X509 = new WeakMap<Certificate, X509Certificate | null>();

/** Node's view of the certificate, which verifies signatures; null where OpenSSL cannot read what we could. */
function x509Of(certificate: Certificate): X509Certificate | null {
  const known = X509.get(certificate);
  if (known !== undefined) return known;
  const made = orNull(() => new X509Certificate(certificate.octets));
  X509.set(certificate, made);
  return made;
}

/** The certificate's public key; null where it is of a kind that OpenSSL does not know. */
export function publicKeyOf(certificate: Certificate): KeyObject | null {
  const x509 = x509Of(certificate);
  return x509 === null ? null : orNull(() => x509.publicKey);
}

/** The key of a SubjectPublicKeyInfo; null where that is malformed or of an unknown kind. */
export function publicKeyOfSpki(spki: Uint8Array): KeyObject | null {
  return orNull(() => createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" }));
}

/** Whether the names, key identifiers and key usage of the two allow that `issuer` has issued it; the signature is not looked at. */
export function canBeIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  const [own, other] = [x509Of(certificate), x509Of(issuer)];
  return own !== null && other !== null && orNull(() => own.checkIssued(other)) === true;
}

/** Whether this key has made the certificate's signature. */
export function isSignedWith(certificate: Certificate, key: KeyObject | null): boolean {
  const x509 = x509Of(certificate);
  return x509 !== null && key !== null && orNull(() => x509.verify(key)) === true;
}

/** OpenSSL throws for every certificate and key that it does not understand: what the network sends can make it do so. */
function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
