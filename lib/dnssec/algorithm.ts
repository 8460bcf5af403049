/** DNSSEC algorithm numbers that this validator can compute (IANA "DNS Security Algorithm Numbers"). */
export const ALGORITHM = {
  RSASHA256: 8,
  RSASHA512: 10,
  ECDSAP256SHA256: 13,
  ECDSAP384SHA384: 14,
  ED25519: 15,
  ED448: 16,
} as const;

/** Every number whose public key is an RSA key in the form of RFC 3110. */
export const RSA_ALGORITHMS: ReadonlySet<number> = new Set([1, 5, 7, ALGORITHM.RSASHA256, ALGORITHM.RSASHA512]);
