import { defineProfile, graded } from "../../lib/tls/profile.ts";
import * as suites from "./listed-suites.ts";

const CURVES = "secp521r1 secp384r1 secp256r1 brainpoolP512r1 brainpoolP384r1 brainpoolP256r1";
const TLS13_BRAINPOOL = "brainpoolP512r1tls13 brainpoolP384r1tls13 brainpoolP256r1tls13";

/** NCSC-NL's newest guidelines, as advice beside the profile in force: it shows what will be asked next. */
export const NCSC_NL_2025_05 = defineProfile({
  id: "ncsc-nl-2025-05",
  version: "2025-05.1",
  source: "NCSC-NL IT Security Guidelines for TLS 2025-05, as read in Internet.nl 1.11",
  reviewed: "2026-11-23",
  isInferred: false,
  caveat: null,
  isAdvisory: true,
  verdicts: { good: "pass", sufficient: "pass", "phase-out": "warn", insufficient: "warn" },
  tables: {
    version: graded("3.3.1", { good: "TLSv1.3", sufficient: "TLSv1.2" }, "insufficient"),
    group: graded(
      "3.3.3",
      {
        good: "X25519MLKEM768 SecP256r1MLKEM768 SecP384r1MLKEM1024",
        sufficient: `x448 x25519 ${CURVES} ${TLS13_BRAINPOOL}`,
        "phase-out": "secp224r1",
      },
      "insufficient",
    ),
    dhGroup: graded("3.3.3", { "phase-out": "ffdhe3072 ffdhe4096 ffdhe6144 ffdhe8192" }, "insufficient"),
    certificateKey: graded("3.3.2", { sufficient: "RSA ECDSA EdDSA" }, "insufficient"),
    certificateCurve: graded("3.3.2", { sufficient: CURVES, "phase-out": "secp224r1" }, "insufficient"),
    certificateHash: graded("3.3.5", { good: "SHA256 SHA384 SHA512 none", "phase-out": "SHA224" }, "insufficient"),
    exchangeHash: graded("3.3.5", { good: "SHA256 SHA384 SHA512 none", "phase-out": "SHA224" }, "insufficient"),
    acceptedHash: graded("3.3.5", { good: "SHA256 SHA384 SHA512 none", "phase-out": "SHA224" }, "insufficient"),
    preference: graded("B2-5", { good: "enforced not-needed" }, "insufficient"),
    compression: graded("3.4.1", { good: "none" }, "insufficient"),
    secureRenegotiation: graded("3.4.2", { good: "supported" }, "insufficient"),
    clientRenegotiation: graded("3.4.2", { good: "refused", sufficient: "limited" }, "phase-out"),
    earlyData: graded("3.4.4", { good: "off" }, "insufficient"),
    // A pointer without a staple is for information there, and so it passes.
    ocspStaple: graded("3.4.5", { good: "valid not-needed", sufficient: "absent" }, "insufficient"),
    extendedMasterSecret: graded("4.1", { good: "present" }, "insufficient"),
  },
  suites: {
    listed: graded(
      "Appendix B",
      {
        good: suites.TLS13_STRONG,
        sufficient: suites.listOf(suites.TLS13_OTHERS, suites.ECDHE_AEAD),
        "phase-out": suites.listOf(suites.DHE_AEAD, suites.CBC_SHA2, suites.ARIA_AND_CAMELLIA_GCM),
      },
      "insufficient",
    ),
  },
  rsaBits: [
    { atLeast: 3072, grade: "sufficient", source: "3.3.2" },
    { atLeast: 2048, grade: "phase-out", source: "3.3.2" },
    { atLeast: 0, grade: "insufficient", source: "3.3.2" },
  ],
  dhBits: [
    { atLeast: 3072, grade: "phase-out", source: "3.3.3" },
    { atLeast: 0, grade: "insufficient", source: "3.3.3" },
  ],
});
