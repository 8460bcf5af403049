/** How the secret is agreed upon. `DHE` and `ECDHE` also name the anonymous kind, which `authentication` tells apart. */
export type KeyExchange =
  | ("RSA" | "DH" | "DHE" | "ECDH" | "ECDHE" | "PSK" | "RSA_PSK" | "DHE_PSK" | "ECDHE_PSK")
  | ("SRP" | "KRB5" | "GOST" | "ECCPWD" | "NULL" | "any");

/** Whose key proves the server: `DH` and `ECDH` are fixed keys in the certificate; `any` is TLS 1.3's. */
export type Authentication =
  "RSA" | "DSS" | "ECDSA" | "DH" | "ECDH" | "anon" | "PSK" | "SRP" | "KRB5" | "GOST" | "ECCPWD" | "NULL" | "any";

export type CipherMode = "CBC" | "GCM" | "CCM" | "CCM_8" | "POLY1305" | "stream" | "CTR" | "MGM" | "AEGIS" | "none";

/** What a suite's name says, word by word. */
export interface SuiteParts {
  readonly keyExchange: KeyExchange;
  readonly authentication: Authentication;
  /** `AES`, `3DES`, `RC4`, `NULL` ... without size and mode. */
  readonly cipher: string;
  /** The key's octets as bits: 168 for 3DES, whose strength is 112 (RFC 9325 section 4.1). 0 without encryption. */
  readonly bits: number;
  readonly mode: CipherMode;
  /** `AEAD` when the cipher protects integrity itself; else the HMAC's hash. */
  readonly mac: string;
  /** The hash that the name ends with: of the MAC, or of the key derivation. SHA256 where the name has none. */
  readonly hash: string;
  /** Weakened on purpose, for the export rules of the 1990s. */
  readonly isExport: boolean;
}

const FIXED_BITS: Readonly<Record<string, number>> = {
  NULL: 0,
  DES40: 40,
  DES: 56,
  "3DES": 168,
  IDEA: 128,
  SEED: 128,
  SM4: 128,
  CHACHA20: 256,
  "28147": 256,
  KUZNYECHIK: 256,
  MAGMA: 256,
};

const KEY_EXCHANGES: Readonly<Record<string, readonly [KeyExchange, Authentication]>> = {
  NULL: ["NULL", "NULL"],
  RSA: ["RSA", "RSA"],
  DH_DSS: ["DH", "DH"],
  DH_RSA: ["DH", "DH"],
  DHE_DSS: ["DHE", "DSS"],
  DHE_RSA: ["DHE", "RSA"],
  DH_anon: ["DHE", "anon"],
  ECDH_ECDSA: ["ECDH", "ECDH"],
  ECDH_RSA: ["ECDH", "ECDH"],
  ECDHE_ECDSA: ["ECDHE", "ECDSA"],
  ECDHE_RSA: ["ECDHE", "RSA"],
  ECDH_anon: ["ECDHE", "anon"],
  PSK: ["PSK", "PSK"],
  PSK_DHE: ["DHE_PSK", "PSK"],
  DHE_PSK: ["DHE_PSK", "PSK"],
  ECDHE_PSK: ["ECDHE_PSK", "PSK"],
  RSA_PSK: ["RSA_PSK", "RSA"],
  SRP_SHA: ["SRP", "SRP"],
  SRP_SHA_RSA: ["SRP", "RSA"],
  SRP_SHA_DSS: ["SRP", "DSS"],
  KRB5: ["KRB5", "KRB5"],
  ECCPWD: ["ECCPWD", "ECCPWD"],
};

const HASH_NAMES: Readonly<Record<string, string>> = { SHA: "SHA1", MD5: "MD5" };

function modeOf(cipher: string): CipherMode {
  if (cipher.includes("CCM_8")) return "CCM_8";
  for (const mode of ["CBC", "GCM", "CCM", "POLY1305", "MGM", "AEGIS"] as const) if (cipher.includes(mode)) return mode;
  if (/CTR|CNT/.test(cipher)) return "CTR";
  return cipher.startsWith("RC4") ? "stream" : "none";
}

function hashOf(cipher: string): string {
  if (cipher === "NULL_NULL") return "NULL";
  const last = cipher.replace(/_OLD$/, "").split("_").at(-1) ?? "";
  if (/^(?:SHA\d*|MD5|SM3|IMIT|OMAC|GOSTR3411)$/.test(last)) return HASH_NAMES[last] ?? last;
  // RFC 6655 section 3 and RFC 9367: the names that end with the mode derive keys with the default hash.
  return "SHA256";
}

/** The number after the cipher's name, wherever it stands: AES_128_CBC, RC2_CBC_40, AEGIS_128L. */
function bitsOf(cipher: string, bulk: string): number {
  const size = /_(\d{2,3})L?(?:_|$)/.exec(cipher)?.[1];
  return bulk in FIXED_BITS && size === undefined ? (FIXED_BITS[bulk] ?? 0) : Number(size ?? 0);
}

function partsOfCipher(cipher: string): Pick<SuiteParts, "cipher" | "bits" | "mode" | "mac" | "hash"> {
  const hash = hashOf(cipher);
  // RFC 9150: integrity only, so the hash stands where the cipher would.
  if (/^SHA\d+_SHA\d+$/.test(cipher)) return { cipher: "NULL", bits: 0, mode: "none", mac: hash, hash };
  const bulk = cipher.split("_")[0] ?? "";
  const mode = modeOf(cipher);
  const mac = ["GCM", "CCM", "CCM_8", "POLY1305", "MGM", "AEGIS"].includes(mode) ? "AEAD" : hash;
  return { cipher: bulk, bits: bitsOf(cipher, bulk), mode, mac, hash };
}

function sslv2Parts(name: string): SuiteParts {
  const bulk = name.includes("EDE3") ? "3DES" : (name.split("_")[2] ?? "");
  const size = Number(/_(\d+)_/.exec(name)?.[1]);
  const isExport = name.includes("EXPORT40");
  const bits = isExport ? 40 : (FIXED_BITS[bulk] ?? size);
  const mode = bulk === "RC4" ? "stream" : "CBC";
  return { keyExchange: "RSA", authentication: "RSA", cipher: bulk, bits, mode, mac: "MD5", hash: "MD5", isExport };
}

/** Reads a name of our own table. TLS 1.3's names hold no key exchange: both are `any`. */
export function readSuiteName(name: string): SuiteParts {
  if (name.startsWith("SSL_CK_")) return sslv2Parts(name);
  const [before = "", after] = name.slice("TLS_".length).split("_WITH_");
  if (after === undefined || /_MGM_[LS]$/.test(after))
    return { keyExchange: "any", authentication: "any", ...partsOfCipher(after ?? before), isExport: false };
  const exchange = before.replace(/_(?:EXPORT(?:1024)?|FIPS)$/, "");
  const [keyExchange, authentication] = KEY_EXCHANGES[exchange] ?? (["GOST", "GOST"] as const);
  return { keyExchange, authentication, ...partsOfCipher(after), isExport: before.includes("EXPORT") };
}
