import { defineProfile, graded, type ProfileRow, withRows } from "../../lib/tls/profile.ts";
import * as suites from "./listed-suites.ts";

/** Rows where the sources differ from each other: they warn. */
const disputed = (grade: ProfileRow["grade"], source: string): ProfileRow => ({ grade, source, isDisputed: true });
const warning = (grade: ProfileRow["grade"], source: string): ProfileRow => ({ grade, source, verdict: "warn" });

const BRAINPOOL = disputed("insufficient", "T9; sufficient in NCSC-NL 2025-05");
const P521 = disputed("insufficient", "T9 says others; Internet.nl v1.9.3 accepted it");
const LARGE_CURVES = {
  secp521r1: P521,
  brainpoolP256r1: BRAINPOOL,
  brainpoolP384r1: BRAINPOOL,
  brainpoolP512r1: BRAINPOOL,
};
const TLS13_BRAINPOOL = {
  brainpoolP256r1tls13: BRAINPOOL,
  brainpoolP384r1tls13: BRAINPOOL,
  brainpoolP512r1tls13: BRAINPOOL,
};
/** T4 does not know them, and they are no weaker than the curve within; the drafts have been given up since. */
const DRAFT_HYBRID = disputed("sufficient", "an earlier form of what is stronger than T4 knows");
const EDDSA = disputed("insufficient", "T2; sufficient in NCSC-NL 2025-05");

/**
 * The default of S27(c): NCSC-NL's guidelines 2.1 stand in for Bilag 1, because the Danish guide that it is expected to
 * follow has their categories. Good and sufficient pass: CFCS advises to choose only those.
 */
export const DK_BILAG1_INFERRED_2024 = defineProfile({
  id: "dk-bilag1-inferred-2024",
  version: "2024-10.3",
  source: "NCSC-NL IT Security Guidelines for TLS 2.1 (2021-01), as read in Internet.nl v1.9.3; CFCS 2020",
  reviewed: "2026-11-23",
  isInferred: true,
  caveat: {
    da: "Målt efter en udledt profil: bilag 1 til De tekniske minimumskrav (oktober 2024) har ikke været tilgængeligt.",
    en: "Measured against an inferred profile: Bilag 1 of De tekniske minimumskrav (October 2024) was not available.",
  },
  isAdvisory: false,
  verdicts: { good: "pass", sufficient: "pass", "phase-out": "fail", insufficient: "fail" },
  tables: {
    version: graded("T1", { good: "TLSv1.3", sufficient: "TLSv1.2", "phase-out": "TLSv1.1 TLSv1.0" }, "insufficient"),
    group: withRows(
      graded("T9", { good: "secp384r1 secp256r1 x448 x25519", "phase-out": "secp224r1" }, "insufficient"),
      {
        ...LARGE_CURVES,
        ...TLS13_BRAINPOOL,
        X25519Kyber768Draft00: DRAFT_HYBRID,
        SecP256r1Kyber768Draft00: DRAFT_HYBRID,
        ...graded("stronger than T4 knows", { good: "X25519MLKEM768 SecP256r1MLKEM768 SecP384r1MLKEM1024" }, "good")
          .rows,
      },
    ),
    dhGroup: graded(
      "T10",
      { sufficient: "ffdhe3072 ffdhe4096 ffdhe6144 ffdhe8192", "phase-out": "ffdhe2048" },
      "insufficient",
    ),
    // OpenSSL offers ffdhe2048 in TLS 1.3 to everybody and by default, no browser takes it, and the checker that CFCS points at looks
    // at the primes of TLS 1.2 alone: a server that is right by all that anybody measures must not fail by it.
    dhGroup13: withRows(graded("T10", { sufficient: "ffdhe3072 ffdhe4096 ffdhe6144 ffdhe8192" }, "insufficient"), {
      ffdhe2048: disputed("phase-out", "T10; measured in TLS 1.2 alone by Internet.nl"),
    }),
    certificateKey: withRows(graded("T2", { good: "RSA ECDSA" }, "insufficient"), { EdDSA: EDDSA }),
    certificateCurve: withRows(
      graded("T9", { good: "secp384r1 secp256r1", "phase-out": "secp224r1" }, "insufficient"),
      LARGE_CURVES,
    ),
    // EdDSA hashes by itself: its hash is `none`, and as weak an inference as its key.
    certificateHash: withRows(graded("T3", { good: "SHA256 SHA384 SHA512" }, "insufficient"), { none: EDDSA }),
    exchangeHash: withRows(graded("T5", { good: "SHA256 SHA384 SHA512" }, "phase-out"), { none: EDDSA }),
    acceptedHash: {
      rows: graded("T5", { good: "SHA256 SHA384 SHA512" }, "good").rows,
      otherwise: warning("sufficient", "T5; RFC 9155 sections 2 to 5; insufficient in NCSC-NL 2025-05"),
    },
    preference: withRows(graded("B2-5", { good: "enforced not-needed" }, "insufficient"), {
      "not-enforced": warning("sufficient", "B2-5: the suite itself carries the fail"),
    }),
    compression: graded("T11", { good: "none" }, "insufficient"),
    secureRenegotiation: graded("T12; RFC 9325 section 3.5", { good: "supported" }, "insufficient"),
    clientRenegotiation: {
      rows: graded("T13", { good: "refused" }, "sufficient").rows,
      otherwise: disputed("sufficient", "T13; insufficient in NCSC-NL 2.0"),
    },
    earlyData: graded("T14", { good: "off" }, "insufficient"),
    ocspStaple: withRows(graded("T15", { good: "valid", sufficient: "not-needed absent" }, "insufficient"), {
      invalid: warning("sufficient", "insufficient in NCSC-NL 2025-05"),
    }),
    extendedMasterSecret: withRows(graded("not in 2.1", { good: "present" }, "sufficient"), {
      absent: warning("sufficient", "RFC 9325 section 3.5; NCSC-NL 2025-05 section 4.1"),
    }),
  },
  suites: {
    listed: graded(
      "Appendix C",
      {
        good: suites.listOf(suites.TLS13_STRONG, suites.TLS13_OTHERS, suites.ECDHE_AEAD),
        sufficient: suites.listOf(suites.DHE_AEAD, suites.CBC_SHA2, suites.CBC_SHA1, suites.RSA_CAMELLIA),
        "phase-out": suites.listOf(suites.TRIPLE_DES, suites.RSA_AES),
      },
      "insufficient",
    ),
    keyExchange: graded("T4", { good: "ECDHE any", sufficient: "DHE", "phase-out": "RSA" }, "insufficient"),
    authentication: graded("T2", { good: "RSA ECDSA any" }, "insufficient"),
    cipher: graded(
      "T6",
      {
        good: "AES_256_GCM AES_128_GCM AES_256_CCM AES_128_CCM CHACHA20_256_POLY1305",
        sufficient: "AES_256_CBC AES_128_CBC CAMELLIA_256_CBC CAMELLIA_128_CBC",
        "phase-out": "3DES_168_CBC SEED_128_CBC ARIA_128_GCM ARIA_256_GCM",
      },
      "insufficient",
    ),
    hash: graded("T7", { good: "SHA512 SHA384 SHA256", sufficient: "SHA1" }, "insufficient"),
  },
  rsaBits: [
    { atLeast: 3072, grade: "good", source: "T8" },
    { atLeast: 2048, grade: "sufficient", source: "T8" },
    { atLeast: 0, grade: "insufficient", source: "T8" },
  ],
  dhBits: [
    { atLeast: 3072, grade: "sufficient", source: "T10" },
    { atLeast: 2048, grade: "phase-out", source: "T10" },
    { atLeast: 0, grade: "insufficient", source: "T10" },
  ],
});
