/** A signature scheme of TLS 1.3, which is a pair of hash and algorithm in TLS 1.2 (RFC 8446 section 4.2.3). */
export interface SignatureScheme {
  readonly number: number;
  readonly name: string;
  /** `none` for EdDSA and ML-DSA, which hash by themselves. */
  readonly hash: string;
  readonly key: "anonymous" | "RSA" | "DSA" | "ECDSA" | "EdDSA" | "ML-DSA" | "GOST" | "SM2" | "unknown";
}

/** RFC 5246 section 7.4.1.4.1, by their octets. */
const HASHES = ["none", "MD5", "SHA1", "SHA224", "SHA256", "SHA384", "SHA512"] as const;
const PAIR_KEYS = ["anonymous", "RSA", "DSA", "ECDSA"] as const;
const WORD: Readonly<Record<string, string>> = { RSA: "rsa_pkcs1", DSA: "dsa", ECDSA: "ecdsa", anonymous: "anonymous" };
const NAMED_CURVE: Readonly<Record<number, string>> = {
  0x0403: "ecdsa_secp256r1_sha256",
  0x0503: "ecdsa_secp384r1_sha384",
  0x0603: "ecdsa_secp521r1_sha512",
};

const PAIRS: readonly SignatureScheme[] = HASHES.flatMap((hash, first) =>
  PAIR_KEYS.map((key, second) => {
    const number = first * 0x100 + second;
    return { number, name: NAMED_CURVE[number] ?? `${WORD[key] ?? key}_${hash.toLowerCase()}`, hash, key };
  }),
);

type Row = readonly [number: number, name: string, hash: string, key: SignatureScheme["key"]];

/** IANA's registry "TLS SignatureScheme", without the pairs above; reviewed 2026-11-23. */
const ROWS: readonly Row[] = [
  [0x0708, "sm2sig_sm3", "SM3", "SM2"],
  [0x0804, "rsa_pss_rsae_sha256", "SHA256", "RSA"],
  [0x0805, "rsa_pss_rsae_sha384", "SHA384", "RSA"],
  [0x0806, "rsa_pss_rsae_sha512", "SHA512", "RSA"],
  [0x0807, "ed25519", "none", "EdDSA"],
  [0x0808, "ed448", "none", "EdDSA"],
  [0x0809, "rsa_pss_pss_sha256", "SHA256", "RSA"],
  [0x080a, "rsa_pss_pss_sha384", "SHA384", "RSA"],
  [0x080b, "rsa_pss_pss_sha512", "SHA512", "RSA"],
  [0x081a, "ecdsa_brainpoolP256r1tls13_sha256", "SHA256", "ECDSA"],
  [0x081b, "ecdsa_brainpoolP384r1tls13_sha384", "SHA384", "ECDSA"],
  [0x081c, "ecdsa_brainpoolP512r1tls13_sha512", "SHA512", "ECDSA"],
  [0x0840, "gostr34102012_256", "GOSTR3411", "GOST"],
  [0x0841, "gostr34102012_512", "GOSTR3411", "GOST"],
  [0x0904, "mldsa44", "none", "ML-DSA"],
  [0x0905, "mldsa65", "none", "ML-DSA"],
  [0x0906, "mldsa87", "none", "ML-DSA"],
];

/** Every known scheme, the pairs of TLS 1.2 first. */
export const SIGNATURE_SCHEMES: readonly SignatureScheme[] = [
  ...PAIRS,
  ...ROWS.map(([number, name, hash, key]) => ({ number, name, hash, key })),
];

const BY_NUMBER: ReadonlyMap<number, SignatureScheme> = new Map(SIGNATURE_SCHEMES.map((row) => [row.number, row]));

/** The scheme with this number; an unknown one has its digits as its name, and hash and key `unknown`. */
export function schemeOf(number: number): SignatureScheme {
  const name = `0x${number.toString(16).padStart(4, "0")}`;
  return BY_NUMBER.get(number) ?? { number, name, hash: "unknown", key: "unknown" };
}

/** The numbers of all schemes with one of these hashes and keys, in the table's order: what a probe offers alone. */
export function schemesWith(
  hashes: readonly string[],
  keys: readonly SignatureScheme["key"][] = ["RSA", "ECDSA"],
): readonly number[] {
  return SIGNATURE_SCHEMES.filter(({ hash, key }) => hashes.includes(hash) && keys.includes(key)).map(
    ({ number }) => number,
  );
}
