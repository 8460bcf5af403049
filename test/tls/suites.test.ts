import { describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import path from "node:path";
import { RENEGOTIATION_SCSV, suiteLabel, suiteNamed, suiteOf, SUITES, suitesFor } from "../../lib/tls/suites.ts";
import { compareVersions, TLS_VERSIONS, VERSION_NUMBER, versionOf } from "../../lib/tls/versions.ts";

const VECTORS = path.join(import.meta.dirname, "../vectors/tls");
const LINE = /^0x(..),0x(..) - (\S+) - (\S+) (\S+) Kx=(\S+) Au=(\S+) Enc=(\w+)\S*?(?:\((\d+)\))? Mac=(\S+)$/;

interface OpensslLine {
  readonly number: number;
  readonly words: readonly string[];
}

const lines: readonly OpensslLine[] = readFileSync(path.join(VECTORS, "openssl-ciphers.txt"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("0x"))
  .map((line) => {
    const [, first = "", second = "", ...words] = LINE.exec(line.trim()) ?? [];
    return { number: Number.parseInt(first + second, 16), words };
  });

/** OpenSSL's word for our key exchange and authentication. */
const KX: Readonly<Record<string, string>> = {
  ...{ ECDHE: "ECDH", DHE: "DH", RSA_PSK: "RSAPSK", DHE_PSK: "DHEPSK", ECDHE_PSK: "ECDHEPSK" },
};
const AU: Readonly<Record<string, string>> = { anon: "None" };

describe("the table of suites against OpenSSL's", () => {
  test("OpenSSL's list was read", () => expect(lines).toHaveLength(158));

  test.each(lines.map((line) => [line.words[0] ?? "?", line] as const))("%s", (_, { number, words }) => {
    const [name, opensslName, first, kx, au, , bits, mac] = words;
    const suite = suiteOf(number);
    expect(suite).toMatchObject({ number, name, opensslName, mac, bits: Number(bits ?? 0) });
    expect(suite?.first.replace("v1.0", "v1")).toBe(first);
    expect(KX[suite!.keyExchange] ?? suite!.keyExchange).toBe(kx);
    expect(AU[suite!.authentication] ?? suite!.authentication).toBe(au);
  });
});

describe("the table by itself", () => {
  test("numbers and names are unique, and there are all that a scanner speaks of", () => {
    expect(new Set(SUITES.map(({ number }) => number)).size).toBe(SUITES.length);
    expect(new Set(SUITES.map(({ name }) => name)).size).toBe(SUITES.length);
    expect(SUITES.length).toBeGreaterThan(360);
  });

  test.each([
    [0x0003, "TLS_RSA_EXPORT_WITH_RC4_40_MD5", { bits: 40, mode: "stream", mac: "MD5", isExport: true, cipher: "RC4" }],
    [0x0009, "TLS_RSA_WITH_DES_CBC_SHA", { bits: 56, cipher: "DES", mac: "SHA1" }],
    [0x0014, "TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA", { keyExchange: "DHE", authentication: "RSA", bits: 40 }],
    [0x0007, "TLS_RSA_WITH_IDEA_CBC_SHA", { opensslName: "IDEA-CBC-SHA", bits: 128 }],
    [0x002b, "TLS_KRB5_EXPORT_WITH_RC4_40_MD5", { keyExchange: "KRB5", bits: 40 }],
    [0x0064, "TLS_RSA_EXPORT1024_WITH_RC4_56_SHA", { opensslName: "EXP1024-RC4-SHA", bits: 56, isExport: true }],
    [0x0081, "TLS_GOSTR341001_WITH_28147_CNT_IMIT", { keyExchange: "GOST", bits: 256 }],
    [0x00c5, "TLS_DH_anon_WITH_CAMELLIA_256_CBC_SHA256", { authentication: "anon", first: "TLSv1.2" }],
    [0x1305, "TLS_AES_128_CCM_8_SHA256", { keyExchange: "any", mode: "CCM_8", first: "TLSv1.3", hash: "SHA256" }],
    [0xc00f, "TLS_ECDH_RSA_WITH_AES_256_CBC_SHA", { keyExchange: "ECDH", authentication: "ECDH" }],
    [0xc022, "TLS_SRP_SHA_DSS_WITH_AES_256_CBC_SHA", { keyExchange: "SRP", authentication: "DSS" }],
    [0xc02a, "TLS_ECDH_RSA_WITH_AES_256_CBC_SHA384", { mac: "SHA384" }],
    [0xc063, "TLS_ECDH_RSA_WITH_ARIA_256_GCM_SHA384", { cipher: "ARIA", mac: "AEAD" }],
    [0xc071, "TLS_ECDHE_PSK_WITH_ARIA_256_CBC_SHA384", { opensslName: null }],
    [0xc08b, "TLS_ECDHE_RSA_WITH_CAMELLIA_256_GCM_SHA384", { mode: "GCM", opensslName: null }],
    [0xc0ab, "TLS_PSK_DHE_WITH_AES_256_CCM_8", { keyExchange: "DHE_PSK", opensslName: "DHE-PSK-AES256-CCM8" }],
    [0xcc15, "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256_OLD", { opensslName: "DHE-RSA-CHACHA20-POLY1305-OLD" }],
    [0xc0b4, "TLS_SHA256_SHA256", { bits: 0, cipher: "NULL", mac: "SHA256", first: "TLSv1.3" }],
    [0x0700c0, "SSL_CK_DES_192_EDE3_CBC_WITH_MD5", { cipher: "3DES", bits: 168, first: "SSLv2", last: "SSLv2" }],
  ])("%i is %s", (number, name, parts) => expect(suiteOf(number)).toMatchObject({ name, ...parts }));

  test("what is offered at each version", () => {
    expect(TLS_VERSIONS.map((version) => suitesFor(version).length)).toEqual([8, 165, 165, 165, 350, 15]);
    expect(suitesFor("SSLv3").map(({ name }) => name)).toContain("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA");
    expect(suitesFor("TLSv1.1").map(({ name }) => name)).not.toContain("TLS_RSA_WITH_AES_128_GCM_SHA256");
    expect(suitesFor("TLSv1.2").map(({ number }) => number)).not.toContain(0);
  });

  test("names of unknown numbers", () => {
    expect(suiteOf(RENEGOTIATION_SCSV)).toBeNull();
    expect(suiteLabel(0xabc)).toBe("0x0abc");
    expect(suiteNamed("TLS_RSA_WITH_NULL_SHA")?.number).toBe(2);
    expect(suiteNamed("constructor")).toBeNull();
  });
});

test("versions have an order and numbers", () => {
  expect(TLS_VERSIONS.map((version) => versionOf(VERSION_NUMBER[version]))).toEqual(TLS_VERSIONS);
  expect(versionOf(0x7f1c)).toBeNull();
  expect(compareVersions("SSLv3", "TLSv1.0")).toBeLessThan(0);
  expect(compareVersions("TLSv1.3", "TLSv1.2")).toBeGreaterThan(0);
});
