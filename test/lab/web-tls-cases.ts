import type { Expected } from "../../lib/practice/practice-case.ts";
import type { WebLabCase } from "./web-case.ts";

const PASS: Expected = { verdict: "pass" };
const fails = (...tags: readonly string[]): Expected => ({ verdict: "fail", tags });
const MODERN = "ssl_protocols TLSv1.2 TLSv1.3;";
const TLS12 = "ssl_protocols TLSv1.2;";
const AES_GCM = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256";
/** GnuTLS with TLS 1.2 and what the case adds; its own list has nothing old. */
const GNUTLS_12 = "NORMAL:-VERS-ALL:+VERS-TLS1.2";

/** TLS servers: what they accept (clauses b and c). */
const OFFER_CASES: readonly WebLabCase[] = [
  {
    name: "good",
    places: [{}],
    expected: { S17: PASS, S27: PASS, K11: PASS },
    reason: "RFC 9325 sections 3.1.1 and 4.2",
  },
  {
    name: "by-address",
    asset: { url: "https://ADDRESS/" },
    places: [{ certificates: ["address"] }],
    expected: { S27: PASS, K11: { verdict: "not-applicable" } },
    reason: "RFC 5280 section 4.2.1.6: iPAddress; RFC 6797 section 8.1.1",
  },
  {
    name: "debian-default",
    places: [{ tls: ["ssl_ecdh_curve auto;"] }],
    expected: { S27: { verdict: "pass", tags: ["S27_PROFILE_WARNING"] } },
    reason: "tls-profile 2.2, T10: OpenSSL's own list has ffdhe2048 in TLS 1.3, which is disputed and warns",
  },
  {
    name: "tls13-only",
    places: [{ tls: ["ssl_protocols TLSv1.3;"] }],
    expected: { S27: PASS, K11: PASS },
    reason: "RFC 9325 section 3.1.1: TLS 1.3 SHOULD be supported",
  },
  {
    name: "tls10",
    places: [{ tls: ["ssl_protocols TLSv1 TLSv1.2 TLSv1.3;", `ssl_ciphers ${AES_GCM}:ECDHE-ECDSA-AES128-SHA;`] }],
    expected: { S27: fails("S27_VERSION_OLD") },
    reason: "RFC 8996 section 4",
  },
  {
    name: "tls11",
    places: [{ tls: ["ssl_protocols TLSv1.1 TLSv1.2 TLSv1.3;", `ssl_ciphers ${AES_GCM}:ECDHE-ECDSA-AES128-SHA;`] }],
    expected: { S27: fails("S27_VERSION_OLD") },
    reason: "RFC 8996 section 5",
  },
  {
    name: "tls10-only",
    places: [{ tls: ["ssl_protocols TLSv1;", "ssl_ciphers ECDHE-ECDSA-AES128-SHA;"] }],
    expected: { S27: fails("S27_VERSION_OLD", "S27_VERSION_MODERN_MISSING") },
    reason: "requirements 4.9: neither 1.2 nor 1.3",
  },
  {
    name: "legacy",
    places: [
      {
        certificates: ["rsa", "good"],
        tls: [
          "ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;",
          "ssl_ciphers ALL:COMPLEMENTOFALL:@SECLEVEL=0;",
          "ssl_dhparam dh-2048.pem;",
          "ssl_prefer_server_ciphers on;",
        ],
      },
    ],
    expected: { S27: fails("S27_VERSION_OLD", "S27_PROFILE_SUITE", "S27_PROFILE_DH") },
    reason: "RFC 8996; RFC 9325 section 4.1",
  },
  {
    name: "ssl3",
    places: [{ relic: "ssl3" }],
    expected: { S27: fails("S27_VERSION_OLD") },
    reason: "RFC 7568 section 3",
  },
  {
    name: "compression",
    places: [{ relic: "deflate" }],
    expected: { S27: fails("S27_PROFILE_SETTING") },
    reason: "RFC 9325 section 3.3",
  },
  {
    name: "rc4",
    places: [{ certificates: ["rsa"], gnutls: `${GNUTLS_12}:-CIPHER-ALL:+AES-128-GCM:+ARCFOUR-128` }],
    expected: { S27: fails("S27_PROFILE_SUITE") },
    reason: "RFC 7465 section 2",
  },
  {
    name: "3des",
    places: [{ certificates: ["rsa"], gnutls: `${GNUTLS_12}:+3DES-CBC:-RSA` }],
    expected: { S27: fails("S27_PROFILE_SUITE") },
    reason: "RFC 9325 section 4.1; tls-profile 2.2, T6",
  },
  {
    name: "anonymous",
    places: [{ tls: [MODERN, `ssl_ciphers ${AES_GCM}:aNULL:!eNULL:@SECLEVEL=0;`] }],
    expected: { S27: fails("S27_PROFILE_SUITE") },
    reason: "RFC 9325 section 4.1: no anonymous suites",
  },
  {
    name: "null",
    places: [{ tls: [TLS12, `ssl_ciphers ${AES_GCM}:ECDHE-ECDSA-NULL-SHA:@SECLEVEL=0;`] }],
    expected: { S27: fails("S27_PROFILE_SUITE") },
    reason: "RFC 9325 section 4.1: MUST NOT negotiate NULL encryption",
  },
  {
    name: "key-exchange-rsa",
    places: [{ certificates: ["rsa"], tls: [MODERN, `ssl_ciphers ${AES_GCM}:AES128-GCM-SHA256;`] }],
    expected: { S27: fails("S27_PROFILE_SUITE") },
    reason: "RFC 9325 section 4.1: no RSA key transport",
  },
  {
    name: "dh-1024",
    places: [dhe("dh-1024.pem")],
    expected: { S27: fails("S27_PROFILE_DH") },
    reason: "RFC 9325 section 4.5",
  },
  {
    name: "ffdhe2048",
    places: [dhe("ffdhe2048.pem")],
    expected: { S27: fails("S27_PROFILE_DH") },
    reason: "tls-profile 2.2, T10",
  },
  {
    name: "ffdhe3072",
    places: [dhe("ffdhe3072.pem")],
    expected: { S27: PASS },
    reason: "tls-profile 2.2, T10; RFC 7919 appendix A.2",
  },
  {
    name: "dh-own-2048",
    places: [dhe("dh-2048.pem")],
    expected: { S27: fails("S27_PROFILE_DH") },
    reason: "tls-profile 2.2, T10: any other group",
  },
  {
    name: "dh-own-4096",
    places: [dhe("dh-4096.pem")],
    expected: { S27: fails("S27_PROFILE_DH") },
    reason: "tls-profile 2.2, T10: self-generated groups of 4096 bits too",
  },
  {
    name: "curve-p224",
    places: [{ tls: [TLS12, "ssl_ecdh_curve X25519:prime256v1:secp224r1;"] }],
    expected: { S27: fails("S27_PROFILE_GROUP") },
    reason: "tls-profile 2.2, T9",
  },
  {
    name: "curve-p521",
    places: [{ tls: [MODERN, "ssl_ecdh_curve X25519:secp521r1;"] }],
    expected: { S27: PASS },
    reason: "tls-profile 2.2: secp521r1 is disputed, which warns",
  },
  {
    name: "second-address",
    places: [{}, { tls: ["ssl_protocols TLSv1.1 TLSv1.2;", `ssl_ciphers ${AES_GCM}:ECDHE-ECDSA-AES128-SHA;`] }],
    expected: { S27: fails("S27_VERSION_OLD") },
    reason: "requirements 4.9: per address; RFC 8996 section 5",
  },
];

function dhe(parameters: string) {
  const suites = `ssl_ciphers ${AES_GCM}:DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0;`;
  return { certificates: ["rsa"], tls: [MODERN, suites, `ssl_dhparam ${parameters};`] } as const;
}

/** Certificates. A browser that does not trust one heeds no header either (RFC 6797 section 8.1). */
const CERTIFICATE_CASES: readonly WebLabCase[] = [
  {
    name: "two-certificates",
    places: [{ certificates: ["good", "rsa"] }],
    expected: { S27: PASS, K11: PASS },
    reason: "RFC 9325 section 4.2",
  },
  {
    name: "rsa-1024",
    places: [{ certificates: ["rsa-1024"] }],
    expected: { S27: fails("S27_PROFILE_CERTIFICATE_KEY") },
    reason: "RFC 9325 section 4.5",
  },
  {
    name: "sha1",
    places: [{ certificates: ["sha1"] }],
    expected: { S27: fails("S27_PROFILE_CERTIFICATE_HASH") },
    reason: "RFC 9325 section 4.5",
  },
  {
    name: "key-p224",
    places: [{ certificates: ["p224"], tls: [TLS12] }],
    expected: { S27: fails("S27_PROFILE_CERTIFICATE_KEY") },
    reason: "tls-profile 2.2, T9",
  },
  untrusted("cn-only", "S27_CERTIFICATE_NO_NAMES", "RFC 9525 section 2: names in SAN only"),
  untrusted("other-name", "S27_CERTIFICATE_WRONG_NAME", "RFC 9525 section 6.3"),
  untrusted("expired", "S27_CERTIFICATE_EXPIRED", "RFC 5280 section 4.1.2.5"),
  untrusted("without-issuer", "S27_CERTIFICATE_CHAIN_INCOMPLETE", "RFC 8446 section 4.4.2"),
  untrusted("self-signed", "S27_CERTIFICATE_SELF_SIGNED", "RFC 5280 section 6"),
  {
    name: "ecdsa-bad",
    places: [{ certificates: ["rsa", "ecdsa-expired"] }],
    expected: { S27: fails("S27_CERTIFICATE_EXPIRED") },
    reason: "tls-profile 2.4: each certificate chain is graded",
  },
  {
    name: "rsa-bad",
    places: [{ certificates: ["good", "rsa-1024"] }],
    expected: { S27: fails("S27_PROFILE_CERTIFICATE_KEY") },
    reason: "tls-profile 2.4: each certificate chain is graded",
  },
  {
    name: "must-staple",
    places: [{ certificates: ["must-staple"] }],
    expected: { S27: fails("S27_PROFILE_SETTING") },
    reason: "RFC 7633 section 4.2.3.1",
  },
  {
    name: "must-staple-stapled",
    places: [{ certificates: ["must-staple"], tls: ["ssl_stapling on;", "ssl_stapling_file must-staple.der;"] }],
    expected: { S27: PASS, K11: PASS },
    reason: "RFC 7633 section 4.2.3.1; RFC 6066 section 8",
  },
];

function untrusted(name: Certificate, tag: string, reason: string): WebLabCase {
  return { name, places: [{ certificates: [name] }], expected: { S27: fails(tag), K11: { verdict: "fail" } }, reason };
}

type Certificate = "cn-only" | "other-name" | "expired" | "without-issuer" | "self-signed";

export const TLS_LAB_CASES: readonly WebLabCase[] = [...OFFER_CASES, ...CERTIFICATE_CASES];
