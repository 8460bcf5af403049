import type { WebExpected, WebLabCase, WebPlace } from "./web-case.ts";

const PASS: WebExpected = { verdict: "pass" };
const fails = (tag: string): WebExpected => ({ verdict: "fail", tags: [tag] });
const wantsOurs: WebExpected = { verdict: "indeterminate", causes: ["tls-failed"], says: "CERTIFICATE_REQUIRED" };
const MODERN = ["-cipher", "ECDHE+AESGCM", "-groups", "X25519:P-256:P-384"];
const WANTS = ["-Verify", "1", "-verify_return_error"];

/** Browsers refuse it, or no visitor gets in: what stands before a server, and what a certificate may be used for. */
const ROWS: readonly (readonly [name: string, place: WebPlace, expected: WebExpected, reason: string])[] = [
  [
    "turns",
    { relic: "turns" },
    fails("S27_VERSION_OLD"),
    "tls-profile 2.4, per address: one address can be many servers",
  ],
  [
    "two-at-once",
    { relic: "two-at-once" },
    { ...PASS, acceptable: ["indeterminate"], causes: ["connection-reset"] },
    "tls-profile 2.4, suites: a reset is no refusal",
  ],
  ["every-seventh", { relic: "every-seventh" }, PASS, "tls-profile 2.4, suites: a reset is no refusal"],
  [
    "odd-alert",
    { relic: "odd-alert" },
    PASS,
    "RFC 8446 section 6.2: access_denied, where others say handshake_failure",
  ],
  ["client-certificate-12", { openssl: [...MODERN, ...WANTS, "-tls1_2"] }, wantsOurs, "RFC 5246 section 7.4.6"],
  [
    "client-certificate-13",
    { openssl: [...MODERN, ...WANTS, "-tls1_3"] },
    wantsOurs,
    "RFC 8446 section 6.2, alert 116",
  ],
  [
    "deciphering",
    { certificates: ["deciphering"] },
    fails("S27_CERTIFICATE_CHAIN_INVALID"),
    "RFC 8446 section 4.4.2.2: the key must be allowed to sign",
  ],
  [
    "revoked",
    { certificates: ["revoked"], tls: ["ssl_stapling on;", "ssl_stapling_file revoked.der;"] },
    fails("S27_CERTIFICATE_REVOKED"),
    "RFC 6960 section 2.2; RFC 5280 section 6.1.3 (a)(3)",
  ],
];

export const GATE_LAB_CASES: readonly WebLabCase[] = ROWS.map(([name, place, expected, reason]) => {
  return { name, places: [place], expected: { S27: expected }, reason };
});
