import { describe, expect, test } from "@jest/globals";
import { createHash, getDiffieHellman } from "node:crypto";
import { dhPrimeOf, KNOWN_DH_GROUPS } from "../../lib/tls/dh-groups.ts";
import { groupLabel, groupNamed, groupOf, GROUPS } from "../../lib/tls/groups.ts";
import { schemeOf, schemesWith, SIGNATURE_SCHEMES } from "../../lib/tls/signature-schemes.ts";

/** floor(2^bits * e), by the series of e, with room for its rounding (RFC 7919 appendix A). */
function scaledE(bits: bigint): bigint {
  const guard = 64n;
  let term = 1n << (bits + guard);
  let sum = 0n;
  for (let n = 1n; term > 0n; n += 1n) {
    sum += term;
    term /= n;
  }
  return sum >> guard;
}

/** RFC 7919 appendix A: p = 2^b - 2^(b-64) + (floor(2^(b-130) e) + X) 2^64 - 1. */
function ffdhe(bits: bigint, x: bigint): Uint8Array {
  const p = (1n << bits) - (1n << (bits - 64n)) + ((scaledE(bits - 130n) + x) << 64n) - 1n;
  return Buffer.from(p.toString(16), "hex");
}

describe("primes of Diffie and Hellman", () => {
  test.each([
    ["ffdhe2048", 2048n, 560316n],
    ["ffdhe3072", 3072n, 2625351n],
    ["ffdhe4096", 4096n, 5736041n],
    ["ffdhe6144", 6144n, 15705020n],
    ["ffdhe8192", 8192n, 10965728n],
  ])("%s computed from its definition is known", (group, bits, x) => {
    expect(dhPrimeOf(ffdhe(bits, x))).toEqual({ group, bits: Number(bits) });
  });

  test.each([
    ["modp768", "modp1"],
    ["modp1024", "modp2"],
    ["modp1536", "modp5"],
    ["modp2048", "modp14"],
    ["modp3072", "modp15"],
    ["modp4096", "modp16"],
    ["modp6144", "modp17"],
    ["modp8192", "modp18"],
  ])("%s is Node's %s", (group, name) => {
    const known = KNOWN_DH_GROUPS.find((each) => each.name === group);
    expect(dhPrimeOf(getDiffieHellman(name).getPrime())).toEqual({ group, bits: known?.bits });
  });

  test("zeros before a prime do not hide it, and one bit more does", () => {
    const p = getDiffieHellman("modp14").getPrime();
    expect(dhPrimeOf(Buffer.concat([Buffer.alloc(3), p]))).toEqual({ group: "modp2048", bits: 2048 });
    p[100] = (p[100] ?? 0) ^ 1;
    expect(dhPrimeOf(p)).toEqual({ group: null, bits: 2048 });
    expect(dhPrimeOf(new Uint8Array(4))).toEqual({ group: null, bits: 0 });
  });

  test("fingerprints are unique digests", () => {
    expect(new Set(KNOWN_DH_GROUPS.map(({ sha256 }) => sha256)).size).toBe(KNOWN_DH_GROUPS.length);
    for (const { sha256 } of KNOWN_DH_GROUPS) expect(sha256).toHaveLength(createHash("sha256").digest("hex").length);
  });
});

describe("named groups", () => {
  test.each([
    [1, "sect163k1", "elliptic"],
    [19, "secp192r1", "elliptic"],
    [21, "secp224r1", "elliptic"],
    [23, "secp256r1", "elliptic"],
    [25, "secp521r1", "elliptic"],
    [28, "brainpoolP512r1", "elliptic"],
    [30, "x448", "elliptic"],
    [33, "brainpoolP512r1tls13", "elliptic"],
    [41, "curveSM2", "elliptic"],
    [260, "ffdhe8192", "finite-field"],
    [0x0201, "MLKEM768", "post-quantum"],
    [0x11ec, "X25519MLKEM768", "hybrid"],
    [0x11ed, "SecP384r1MLKEM1024", "hybrid"],
    [0x6399, "X25519Kyber768Draft00", "hybrid"],
  ])("%i is %s", (number, name, kind) => {
    expect(groupOf(number)).toEqual({ number, name, kind });
    expect(groupNamed(name)?.number).toBe(number);
  });

  test("numbers are unique; an unknown one has its digits", () => {
    expect(new Set(GROUPS.map(({ number }) => number)).size).toBe(GROUPS.length);
    expect(groupOf(0x1a1a)).toBeNull();
    expect(groupLabel(0x1a1a)).toBe("0x1a1a");
    expect(groupLabel(29)).toBe("x25519");
  });
});

describe("signature schemes", () => {
  test.each([
    [0x0101, "rsa_pkcs1_md5", "MD5", "RSA"],
    [0x0201, "rsa_pkcs1_sha1", "SHA1", "RSA"],
    [0x0203, "ecdsa_sha1", "SHA1", "ECDSA"],
    [0x0303, "ecdsa_sha224", "SHA224", "ECDSA"],
    [0x0403, "ecdsa_secp256r1_sha256", "SHA256", "ECDSA"],
    [0x0602, "dsa_sha512", "SHA512", "DSA"],
    [0x0804, "rsa_pss_rsae_sha256", "SHA256", "RSA"],
    [0x0807, "ed25519", "none", "EdDSA"],
    [0x0905, "mldsa65", "none", "ML-DSA"],
    [0xfafa, "0xfafa", "unknown", "unknown"],
  ])("%i is %s", (number, name, hash, key) => expect(schemeOf(number)).toEqual({ number, name, hash, key }));

  test("those with one hash alone", () => {
    expect(schemesWith(["SHA1"])).toEqual([0x0201, 0x0203]);
    expect(schemesWith(["SHA256"], ["RSA"])).toEqual([0x0401, 0x0804, 0x0809]);
    expect(new Set(SIGNATURE_SCHEMES.map(({ number }) => number)).size).toBe(SIGNATURE_SCHEMES.length);
  });
});
