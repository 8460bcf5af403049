import { defineProfile, graded, type ProfileTable } from "../../lib/tls/profile.ts";
import * as suites from "./listed-suites.ts";

const EVERYTHING_ELSE = (source: string): ProfileTable => graded(source, {}, "sufficient");

/** Curves of 224 bits and more that IANA's registry names, and does not recommend. */
const OTHER_CURVES = [
  "secp521r1 brainpoolP256r1 brainpoolP384r1 brainpoolP512r1 secp224k1 secp224r1 secp256k1",
  "sect233k1 sect233r1 sect239k1 sect283k1 sect283r1 sect409k1 sect409r1 sect571k1 sect571r1",
].join(" ");
const OTHER_GROUPS = [
  "brainpoolP256r1tls13 brainpoolP384r1tls13 brainpoolP512r1tls13 curveSM2 GC256A GC256B GC256C GC256D GC512A GC512B GC512C",
  "X25519MLKEM768 SecP256r1MLKEM768 SecP384r1MLKEM1024 curveSM2MLKEM768 MLKEM512 MLKEM768 MLKEM1024",
  "X25519Kyber768Draft00 SecP256r1Kyber768Draft00",
].join(" ");
/** Section 4.5: curves of less than 224 bits MUST NOT be used. */
const SHORT_CURVES = [
  "sect163k1 sect163r1 sect163r2 sect193r1 sect193r2",
  "secp160k1 secp160r1 secp160r2 secp192k1 secp192r1",
].join(" ");

/**
 * BCP 195: RECOMMENDED is good, what it is silent about sufficient, SHOULD NOT phase-out, MUST NOT insufficient. Compared with
 * its text on the day of `reviewed`. A curve that nobody has registered has no known size, so it is not called sufficient.
 */
export const RFC_9325 = defineProfile({
  id: "rfc9325",
  version: "2022-11.2",
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
        good: "x25519 x448 secp256r1 secp384r1",
        sufficient: `${OTHER_CURVES} ${OTHER_GROUPS}`,
        insufficient: SHORT_CURVES,
      },
      "phase-out",
    ),
    dhGroup: EVERYTHING_ELSE("section 4.5 asks for a size only"),
    certificateKey: graded("section 4.5", { good: "RSA ECDSA", sufficient: "EdDSA" }, "insufficient"),
    certificateCurve: graded(
      "sections 4.2 and 4.5",
      { good: "secp256r1", sufficient: `secp384r1 ${OTHER_CURVES}`, insufficient: SHORT_CURVES },
      "phase-out",
    ),
    certificateHash: graded("section 4.5", { good: "SHA256 SHA384 SHA512", sufficient: "SHA224 none" }, "insufficient"),
    exchangeHash: graded("RFC 9155", { good: "SHA256 SHA384 SHA512", sufficient: "SHA224 none" }, "insufficient"),
    acceptedHash: graded("RFC 9155", { good: "SHA256 SHA384 SHA512", sufficient: "SHA224 none" }, "insufficient"),
    // Sections 4.1 and 4.2.1 say MUST prefer, but not which suites count as weaker: that is too little to fail by.
    preference: graded("sections 4.1 and 4.2.1", { good: "enforced not-needed" }, "phase-out"),
    compression: graded("section 3.3", { good: "none" }, "phase-out"),
    secureRenegotiation: graded("section 3.5; RFC 5746", { good: "supported" }, "insufficient"),
    clientRenegotiation: graded("section 3.5", { good: "refused" }, "sufficient"),
    // RFC 8470 lets HTTP have it under conditions; for other protocols it must be avoided, and the fact does not say which it is.
    earlyData: graded("section 3.10; RFC 8470", { good: "off" }, "phase-out"),
    // Servers SHOULD staple; only the certificate's own demand makes it a MUST.
    ocspStaple: graded(
      "section 7.5; RFC 7633",
      { good: "valid", sufficient: "not-needed", "phase-out": "absent invalid" },
      "insufficient",
    ),
    extendedMasterSecret: graded("section 3.5; RFC 7627", { good: "present" }, "insufficient"),
  },
  suites: {
    listed: graded(
      // RFC 8446 section 9.1 names three suites of TLS 1.3.
      "sections 4.2 and 4.3",
      { good: suites.listOf(suites.RFC9325_RECOMMENDED, suites.TLS13_STRONG, "TLS_AES_128_GCM_SHA256") },
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
