import type { SuiteParts } from "./suite-name.ts";

/** Names that follow no rule; `openssl ciphers -V -stdname` and the manual of OpenSSL 1.0.2 list them. */
const IRREGULAR: Readonly<Record<string, string>> = {
  TLS_DHE_RSA_WITH_DES_CBC_SHA: "EDH-RSA-DES-CBC-SHA",
  TLS_DHE_DSS_WITH_DES_CBC_SHA: "EDH-DSS-DES-CBC-SHA",
  TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA: "EXP-EDH-RSA-DES-CBC-SHA",
  TLS_DHE_DSS_EXPORT_WITH_DES40_CBC_SHA: "EXP-EDH-DSS-DES-CBC-SHA",
  TLS_GOSTR341094_WITH_28147_CNT_IMIT: "GOST94-GOST89-GOST89",
  TLS_GOSTR341001_WITH_28147_CNT_IMIT: "GOST2001-GOST89-GOST89",
  TLS_GOSTR341094_WITH_NULL_GOSTR3411: "GOST94-NULL-GOST94",
  TLS_GOSTR341001_WITH_NULL_GOSTR3411: "GOST2001-NULL-GOST94",
  TLS_GOSTR341112_256_WITH_KUZNYECHIK_CTR_OMAC: "GOST2012-KUZNYECHIK-KUZNYECHIKOMAC",
  TLS_GOSTR341112_256_WITH_MAGMA_CTR_OMAC: "GOST2012-MAGMA-MAGMAOMAC",
  TLS_GOSTR341112_256_WITH_28147_CNT_IMIT: "IANA-GOST2012-GOST8912-GOST8912",
  SSL_CK_RC4_128_WITH_MD5: "RC4-MD5",
  SSL_CK_RC4_128_EXPORT40_WITH_MD5: "EXP-RC4-MD5",
  SSL_CK_RC2_128_CBC_WITH_MD5: "RC2-CBC-MD5",
  SSL_CK_RC2_128_CBC_EXPORT40_WITH_MD5: "EXP-RC2-CBC-MD5",
  SSL_CK_IDEA_128_CBC_WITH_MD5: "IDEA-CBC-MD5",
  SSL_CK_DES_64_CBC_WITH_MD5: "DES-CBC-MD5",
  SSL_CK_DES_192_EDE3_CBC_WITH_MD5: "DES-CBC3-MD5",
  SSL_CK_RC4_64_WITH_MD5: "RC4-64-MD5",
};

/** OpenSSL has TLS 1.3's five first suites under IANA's names, and none of the later ones. */
const LAST_TLS13 = /^TLS_(?:AES|CHACHA20)_/;

/** The ciphers of the 1990s, whose names have no size. */
function oldCipherPart(cipher: string, digest: string, spellsOut: boolean): string | null {
  if (cipher === "3DES") return spellsOut ? `3DES-EDE-CBC-${digest}` : `DES-CBC3-${digest}`;
  if (["DES", "DES40", "RC2", "IDEA"].includes(cipher)) return `${cipher.replace("40", "")}-CBC-${digest}`;
  return ["RC4", "NULL", "SEED"].includes(cipher) ? `${cipher}-${digest}` : null;
}

/** AEAD ciphers; CAMELLIA's GCM OpenSSL never had. */
function aeadPart({ cipher, bits, mode, hash }: SuiteParts): string | null {
  if (cipher === "CHACHA20") return "CHACHA20-POLY1305";
  if (mode !== "GCM") return `${cipher}${bits}-${mode.replace("_", "")}`;
  return cipher === "CAMELLIA" ? null : `${cipher}${bits}-GCM-${hash}`;
}

function cipherPart(parts: SuiteParts): string | null {
  const { keyExchange, cipher, bits, mac } = parts;
  const digest = mac === "SHA1" ? "SHA" : mac;
  const spellsOut = keyExchange.endsWith("PSK") || keyExchange === "SRP";
  if (mac === "AEAD") return aeadPart(parts);
  const old = oldCipherPart(cipher, digest, spellsOut);
  if (old !== null || cipher === "ARIA") return old;
  if (keyExchange === "SRP") return `AES-${bits}-CBC-${digest}`;
  return cipher === "AES" && spellsOut ? `AES${bits}-CBC-${digest}` : `${cipher}${bits}-${digest}`;
}

function exchangePart(name: string, { cipher, mode }: SuiteParts): string {
  const exchange = (name.slice("TLS_".length).split("_WITH_")[0] ?? "").replace(/_EXPORT(1024)?$/, "");
  const words: Readonly<Record<string, string>> = {
    RSA: "",
    DH_anon: "ADH-",
    ECDH_anon: "AECDH-",
    PSK_DHE: "DHE-PSK-",
    SRP_SHA: "SRP-",
    SRP_SHA_RSA: "SRP-RSA-",
    SRP_SHA_DSS: "SRP-DSS-",
  };
  if (cipher === "ARIA" && mode === "GCM" && exchange === "ECDHE_RSA") return "ECDHE-";
  return words[exchange] ?? `${exchange.replaceAll("_", "-")}-`;
}

/** OpenSSL's name of a suite of our table, in the newest version that still had it; null if none ever had. */
export function opensslNameOf(name: string, parts: SuiteParts): string | null {
  const irregular = IRREGULAR[name];
  if (irregular !== undefined) return irregular;
  if (parts.keyExchange === "any") return LAST_TLS13.test(name) ? name : null;
  if (["GOST", "ECCPWD", "NULL"].includes(parts.keyExchange) || name.includes("_FIPS_")) return null;
  const cipher = cipherPart(parts);
  if (cipher === null) return null;
  const prefix = name.includes("_EXPORT1024_") ? "EXP1024-" : parts.isExport ? "EXP-" : "";
  return prefix + exchangePart(name, parts) + cipher + (name.endsWith("_OLD") ? "-OLD" : "");
}
