import { defineProfile, graded, type ProfileTable } from "../../lib/tls/profile.ts";
import * as suites from "./listed-suites.ts";

const EVERYTHING_ELSE = (source: string): ProfileTable => graded(source, {}, "sufficient");

/**
 * BCP 195: RECOMMENDED is good, what it is silent about sufficient, SHOULD NOT phase-out, MUST NOT insufficient.
 */
export const RFC_9325 = defineProfile({
  id: "rfc9325",
  version: "2022-11.1",
  source: "RFC 9325 (BCP 195), RFC 8996, RFC 9155",
  reviewed: "2026-11-23",
  isInferred: false,
  caveat: null,
  isAdvisory: false,
  verdicts: { good: "pass", sufficient: "pass", "phase-out": "warn", insufficient: "fail" },
  tables: {
    version: graded("RFC 9325 section 3.1.1; RFC 8996", { good: "TLSv1.3 TLSv1.2" }, "insufficient"),
    group: graded(
      "section 4.5",
      {
        good: "x25519 x448 secp256r1 secp384r1 secp521r1",
        insufficient:
          "sect163k1 sect163r1 sect163r2 sect193r1 sect193r2 secp160k1 secp160r1 secp160r2 secp192k1 secp192r1",
      },
      "sufficient",
    ),
    dhGroup: EVERYTHING_ELSE("section 4.5 asks for a size only"),
    certificateKey: graded("section 4.5", { good: "RSA ECDSA", sufficient: "EdDSA" }, "insufficient"),
    certificateCurve: graded(
      "section 4.5",
      { good: "secp256r1", insufficient: "secp192k1 secp192r1 secp160r1" },
      "sufficient",
    ),
    certificateHash: graded("section 4.5", { good: "SHA256 SHA384 SHA512", sufficient: "SHA224 none" }, "insufficient"),
    exchangeHash: graded("RFC 9155", { good: "SHA256 SHA384 SHA512", sufficient: "SHA224 none" }, "insufficient"),
    acceptedHash: graded("RFC 9155", { good: "SHA256 SHA384 SHA512", sufficient: "SHA224 none" }, "insufficient"),
    preference: graded("section 4.2", { good: "enforced not-needed" }, "phase-out"),
    compression: graded("section 3.3", { good: "none" }, "phase-out"),
    secureRenegotiation: graded("section 3.5; RFC 5746", { good: "supported" }, "insufficient"),
    clientRenegotiation: graded("section 3.5", { good: "refused" }, "sufficient"),
    earlyData: graded("section 3.10", { good: "off" }, "phase-out"),
    ocspStaple: graded("section 7.4; RFC 7633", { good: "valid", sufficient: "not-needed absent" }, "insufficient"),
    extendedMasterSecret: graded("section 3.5; RFC 7627", { good: "present" }, "insufficient"),
  },
  suites: {
    listed: graded(
      "sections 4.2 and 4.3",
      { good: suites.listOf(suites.RFC9325_RECOMMENDED, suites.TLS13_STRONG, suites.TLS13_OTHERS) },
      "sufficient",
    ),
    keyExchange: graded("section 4.1", { good: "ECDHE any", "phase-out": "DHE RSA DH ECDH" }, "insufficient"),
    authentication: graded("section 4.1", { good: "RSA ECDSA any", "phase-out": "DH ECDH" }, "insufficient"),
    cipher: graded(
      "sections 4.1 and 4.2",
      {
        good: "AES_256_GCM AES_128_GCM CHACHA20_256_POLY1305 AES_128_CCM AES_256_CCM",
        sufficient:
          "CAMELLIA_128_GCM CAMELLIA_256_GCM ARIA_128_GCM ARIA_256_GCM AES_128_CCM_8 AES_256_CCM_8 SM4_128_GCM SM4_128_CCM",
        "phase-out":
          "AES_128_CBC AES_256_CBC CAMELLIA_128_CBC CAMELLIA_256_CBC ARIA_128_CBC ARIA_256_CBC SEED_128_CBC IDEA_128_CBC 3DES_168_CBC",
      },
      "insufficient",
    ),
  },
  rsaBits: [
    { atLeast: 2048, grade: "good", source: "section 4.5" },
    { atLeast: 0, grade: "insufficient", source: "section 4.5" },
  ],
  dhBits: [
    { atLeast: 2048, grade: "sufficient", source: "section 4.5" },
    { atLeast: 0, grade: "insufficient", source: "section 4.5" },
  ],
});
