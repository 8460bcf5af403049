import type { SecureContext, SecureVersion } from "node:tls";
import { contextOf, type Offer, RSA_IN_CERTIFICATES } from "../smtp/tls-offers.ts";

/** Kinds of keys for which a server may have a certificate each. */
export const KEY_KINDS = ["RSA", "ECDSA", "EdDSA"] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

/**
 * What signs the handshake decides the kind. An EdDSA certificate whose issuer signs with ECDSA may stay hidden behind a server that
 * looks at that, since the runtime cannot name what is taken in certificates alone (signature_algorithms_cert).
 */
const OFFERS: Readonly<Record<KeyKind, Offer>> = {
  RSA: {
    suites: "aRSA",
    schemes: [
      ...["rsa_pss_rsae_sha256", "rsa_pss_rsae_sha384", "rsa_pss_rsae_sha512"],
      ...["rsa_pss_pss_sha256", "rsa_pss_pss_sha384", "rsa_pss_pss_sha512"],
      ...RSA_IN_CERTIFICATES,
    ],
  },
  ECDSA: {
    suites: "aECDSA",
    schemes: [
      ...["ecdsa_secp256r1_sha256", "ecdsa_secp384r1_sha384", "ecdsa_secp521r1_sha512", "ECDSA+SHA224", "ECDSA+SHA1"],
      ...RSA_IN_CERTIFICATES,
    ],
  },
  EdDSA: { suites: "aECDSA", schemes: ["ed25519", "ed448", ...RSA_IN_CERTIFICATES] },
};

/**
 * Only the first goes with a key share, so the list makes no large hello. The hybrid ones are kept for servers that take no other:
 * a server that prefers them asks for another hello, and OpenSSL 3.5 has been seen to leave out its OCSP response then.
 */
const USUAL_GROUPS = "X25519:P-256:P-384:P-521:X448:ffdhe2048:ffdhe3072:ffdhe4096";
const ALL_GROUPS = `${USUAL_GROUPS}:ffdhe6144:ffdhe8192:X25519MLKEM768:SecP256r1MLKEM768`;

/** RFC 8422 section 5.1.1 lets EdDSA sign from TLS 1.2 on. */
const OLDEST: Readonly<Record<KeyKind, SecureVersion>> = { RSA: "TLSv1", ECDSA: "TLSv1", EdDSA: "TLSv1.2" };

const contexts = new Map<string, SecureContext>();

export interface RuntimeOffer {
  readonly onlyTls13: boolean;
  readonly withHybrids: boolean;
}

/** What is offered to see the certificate of one kind; no authority is known, so nothing is added to what is presented. */
export function runtimeOffer(kind: KeyKind, { onlyTls13, withHybrids }: RuntimeOffer): SecureContext {
  const key = `${kind} ${onlyTls13} ${withHybrids}`;
  const minVersion = onlyTls13 ? "TLSv1.3" : OLDEST[kind];
  const groups = withHybrids ? ALL_GROUPS : USUAL_GROUPS;
  const made = contexts.get(key) ?? contextOf(OFFERS[kind], { minVersion, groups });
  contexts.set(key, made);
  return made;
}
