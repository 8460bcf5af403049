import { constants } from "node:crypto";
import { createSecureContext, type SecureContext, type SecureVersion } from "node:tls";
import type { CertificateType } from "../../mail/observations.ts";

/** TLS 1.3's suites say nothing of certificates; without them Node offers no TLS 1.3. */
const TLS13_SUITES = ["TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256"];

/**
 * These sign certificates but, in TLS 1.3, no handshake (RFC 8446 section 4.2.3): offering them keeps a server from leaving out
 * an ECDSA certificate because its issuer signs with RSA, as most do, and lets no RSA certificate in.
 */
export const RSA_IN_CERTIFICATES = [
  "rsa_pkcs1_sha256",
  "rsa_pkcs1_sha384",
  "rsa_pkcs1_sha512",
  "RSA+SHA224",
  "RSA+SHA1",
];

/** One kind of certificate, by what signs with it. */
export interface Offer {
  readonly suites: string;
  readonly schemes: readonly string[];
}

/** Up to TLS 1.2 the suites decide the kind of certificate, in TLS 1.3 the signature schemes do. Ed25519 and Ed448 go with ECDSA. */
const OFFERS: Readonly<Record<CertificateType, Offer>> = {
  rsa: {
    suites: "aRSA",
    schemes: [
      ...["rsa_pss_rsae_sha256", "rsa_pss_rsae_sha384", "rsa_pss_rsae_sha512"],
      ...["rsa_pss_pss_sha256", "rsa_pss_pss_sha384", "rsa_pss_pss_sha512"],
      ...RSA_IN_CERTIFICATES,
    ],
  },
  ecdsa: {
    suites: "aECDSA",
    schemes: [
      ...["ecdsa_secp256r1_sha256", "ecdsa_secp384r1_sha384", "ecdsa_secp521r1_sha512"],
      ...["ed25519", "ed448", "ECDSA+SHA224", "ECDSA+SHA1"],
      ...RSA_IN_CERTIFICATES,
    ],
  },
};

/** Groups that servers have known for years: a key share of the post-quantum ones makes a hello that some cannot take. */
const GROUPS = "X25519:P-256:P-384:P-521";

/**
 * What is offered to see the certificate of one kind, as old as it may be: this is looking, not trusting. No certificate
 * authority is known, so nothing is added to what the server presents.
 */
export function offerOf(type: CertificateType): SecureContext {
  return contextOf(OFFERS[type], { minVersion: "TLSv1", groups: GROUPS });
}

/** `groups`: OpenSSL's names with colons between; a key share goes with the first. */
export function contextOf(
  { suites, schemes }: Offer,
  { minVersion, groups }: { readonly minVersion: SecureVersion; readonly groups: string },
): SecureContext {
  return createSecureContext({
    ca: [],
    minVersion,
    ciphers: [...TLS13_SUITES, suites, "!eNULL", "@SECLEVEL=0"].join(":"),
    sigalgs: schemes.join(":"),
    ecdhCurve: groups,
    // Without it OpenSSL 3 refuses servers that do not know RFC 5746; mail is sent to them all the same.
    secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
  });
}
