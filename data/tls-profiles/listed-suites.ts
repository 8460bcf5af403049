/**
 * The suites that the lists of NCSC-NL name, in groups that share their grades: section 2.3 of the specification of S27(c),
 * read in Internet.nl's texts and code at v1.9.3 (guidelines 2.1) and 1.11 (2025-05), reviewed 2026-11-23.
 */
const join = (...names: readonly string[]): string => names.join(" ");
const each = (prefixes: string, ...ciphers: readonly string[]): string =>
  prefixes
    .split(" ")
    .flatMap((prefix) => ciphers.map((cipher) => `TLS_${prefix}_WITH_${cipher}`))
    .join(" ");

const CBC_SHA = ["AES_128_CBC_SHA", "AES_256_CBC_SHA"];
const CAMELLIA_SHA = ["CAMELLIA_128_CBC_SHA", "CAMELLIA_256_CBC_SHA"];
const SHA2_ELLIPTIC = [
  ...["AES_128_CBC_SHA256", "AES_256_CBC_SHA384", "CAMELLIA_128_CBC_SHA256", "CAMELLIA_256_CBC_SHA384"],
];
const SHA2_DHE = ["AES_128_CBC_SHA256", "AES_256_CBC_SHA256", "CAMELLIA_128_CBC_SHA256", "CAMELLIA_256_CBC_SHA256"];
const AEAD = ["AES_128_GCM_SHA256", "AES_256_GCM_SHA384", "CHACHA20_POLY1305_SHA256"];
const ARIA = ["ARIA_128_CBC_SHA256", "ARIA_256_CBC_SHA384", "ARIA_128_GCM_SHA256", "ARIA_256_GCM_SHA384"];
const CAMELLIA_GCM = ["CAMELLIA_128_GCM_SHA256", "CAMELLIA_256_GCM_SHA384"];
const ECDHE = "ECDHE_ECDSA ECDHE_RSA";

export const TLS13_STRONG = join("TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");
export const TLS13_OTHERS = join("TLS_AES_128_GCM_SHA256", "TLS_AES_128_CCM_SHA256");
export const ECDHE_AEAD = join(each(ECDHE, ...AEAD), each("ECDHE_ECDSA", "AES_128_CCM", "AES_256_CCM"));
export const DHE_AEAD = each("DHE_RSA", ...AEAD, "AES_128_CCM", "AES_256_CCM");
export const CBC_SHA2 = join(each(ECDHE, ...SHA2_ELLIPTIC), each("DHE_RSA", ...SHA2_DHE));
export const CBC_SHA1 = join(each(ECDHE, ...CBC_SHA), each("DHE_RSA", ...CBC_SHA, ...CAMELLIA_SHA));
/** Sufficient in the code's list, but the key exchange makes them phase-out. */
export const RSA_CAMELLIA = each("RSA", ...CAMELLIA_SHA, "CAMELLIA_128_CBC_SHA256", "CAMELLIA_256_CBC_SHA256");
export const TRIPLE_DES = each("DHE_RSA ECDHE_ECDSA ECDHE_RSA RSA", "3DES_EDE_CBC_SHA");
export const RSA_AES = each("RSA", ...CBC_SHA, "AES_128_CBC_SHA256", "AES_256_CBC_SHA256", ...AEAD.slice(0, 2));
/** In the list of 2025-05 only. */
export const ARIA_AND_CAMELLIA_GCM = each(`DHE_RSA ${ECDHE}`, ...ARIA, ...CAMELLIA_GCM);

/** RFC 9325 section 4.2. */
export const RFC9325_RECOMMENDED = each(ECDHE, "AES_128_GCM_SHA256", "AES_256_GCM_SHA384");

export const listOf = join;
