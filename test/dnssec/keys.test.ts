import { createSign, generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { curveBits, publicKeyOf } from "../../lib/dnssec/public-key.ts";
import { parseRsaKey, rsaModulusBits } from "../../lib/dnssec/rsa-key.ts";
import { maySignZone } from "../../lib/dnssec/zone-key.ts";

const MODULUS = Buffer.alloc(128, 0xff);

function rsa(exponent: readonly number[], modulus: Uint8Array = MODULUS): Uint8Array {
  return Buffer.concat([Buffer.from([exponent.length, ...exponent]), modulus]);
}

function isKey(octets: Uint8Array): boolean {
  return parseRsaKey(octets).ok;
}

describe("an RSA key", () => {
  test("has its numbers without leading zeros", () => {
    const padded = parseRsaKey(rsa([0, 1, 0, 1], Buffer.concat([Buffer.from([0, 0]), MODULUS])));
    expect(padded).toEqual({ ok: true, value: { exponent: Buffer.from([1, 0, 1]), modulus: MODULUS } });
  });

  test("may have a long form of its exponent's length (RFC 3110 section 2)", () => {
    const long = Buffer.concat([Buffer.from([0, 0, 3, 1, 0, 1]), MODULUS]);
    expect(parseRsaKey(long)).toEqual(parseRsaKey(rsa([1, 0, 1])));
    expect(rsaModulusBits({ algorithm: 8, publicKey: long })).toBe(1024);
  });

  test.each([
    ["nothing", Buffer.alloc(0)],
    ["no exponent", Buffer.concat([Buffer.from([0, 0, 0]), MODULUS])],
    ["no modulus", Buffer.from([3, 1, 0, 1])],
    ["less than its exponent", Buffer.from([9, 1, 0, 1])],
    ["a modulus of zeros", rsa([3], Buffer.alloc(128))],
    ["a modulus of 511 bits", rsa([3], Buffer.concat([Buffer.from([0x7f]), Buffer.alloc(63, 0xff)]))],
    ["a modulus of 4097 bits", rsa([3], Buffer.concat([Buffer.from([1]), Buffer.alloc(512, 0xff)]))],
    ["an even modulus", rsa([3], Buffer.concat([Buffer.alloc(127, 0xff), Buffer.from([0xfe])]))],
    ["the exponent 1, with which anyone can sign", rsa([1])],
    ["the exponent 0", rsa([0])],
    ["an even exponent", rsa([4])],
    ["an exponent of nine octets", rsa([1, 0, 0, 0, 0, 0, 0, 0, 1])],
  ])("is not made of %s", (_, octets) => {
    expect(isKey(octets)).toBe(false);
    expect(publicKeyOf({ algorithm: 8, publicKey: octets }).ok).toBe(false);
  });

  test.each([
    ["3", [3]],
    ["65537", [1, 0, 1]],
    ["2^32 + 1", [1, 0, 0, 0, 1]],
    ["eight octets", [1, 0, 0, 0, 0, 0, 0, 1]],
  ])("may have the exponent %s", (_, exponent) => {
    expect(isKey(rsa(exponent))).toBe(true);
  });

  test("may have a modulus of 512 to 4096 bits", () => {
    expect(isKey(rsa([3], Buffer.alloc(64, 0xff)))).toBe(true);
    expect(isKey(rsa([3], Buffer.alloc(512, 0xff)))).toBe(true);
  });

  test("tells its size whatever its algorithm and worth", () => {
    for (const algorithm of [1, 5, 7, 8, 10]) expect(rsaModulusBits({ algorithm, publicKey: rsa([1]) })).toBe(1024);
    expect(rsaModulusBits({ algorithm: 13, publicKey: rsa([3]) })).toBeNull();
    expect(rsaModulusBits({ algorithm: 8, publicKey: Buffer.alloc(0) })).toBeNull();
    expect(rsaModulusBits({ algorithm: 8, publicKey: Buffer.from([3, 1]) })).toBeNull();
    expect(rsaModulusBits({ algorithm: 8, publicKey: rsa([3], Buffer.from([0x01, 0xff])) })).toBe(9);
    expect(rsaModulusBits({ algorithm: 8, publicKey: rsa([3], Buffer.from([0x80, 0xff])) })).toBe(16);
  });

  test("verifies what its owner signed, with the hash of its algorithm", () => {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
    const { n = "", e = "" } = publicKey.export({ format: "jwk" });
    const octets = rsa([...Buffer.from(e, "base64url")], Buffer.from(n, "base64url"));
    const data = Buffer.from("data");
    for (const [algorithm, hash] of [
      [8, "sha256"],
      [10, "sha512"],
    ] as const) {
      const key = publicKeyOf({ algorithm, publicKey: octets });
      if (!key.ok) throw new Error(key.problem);
      const verifies = (by: string): boolean => key.value.verifies(data, createSign(by).update(data).sign(privateKey));
      expect(verifies(hash)).toBe(true);
      expect(verifies(hash === "sha256" ? "sha512" : "sha256")).toBe(false);
      expect(verifies("sha1")).toBe(false);
      expect(key.value.verifies(data, Buffer.alloc(0))).toBe(false);
      expect(key.value.verifies(data, Buffer.alloc(3000))).toBe(false);
    }
  });
});

describe("a curve's key", () => {
  test.each([
    [13, 64, 64],
    [14, 96, 96],
    [15, 32, 64],
    [16, 57, 114],
  ])("of algorithm %i has exactly the right length", (algorithm, size) => {
    const { publicKey } = generateCurve(algorithm);
    expect(publicKey.length).toBe(size);
    expect(publicKeyOf({ algorithm, publicKey }).ok).toBe(true);
    expect(publicKeyOf({ algorithm, publicKey: publicKey.subarray(1) }).ok).toBe(false);
    expect(publicKeyOf({ algorithm, publicKey: Buffer.concat([publicKey, Buffer.from([0])]) }).ok).toBe(false);
  });

  test.each([13, 14])("of algorithm %i must be a point on the curve", (algorithm) => {
    const { publicKey } = generateCurve(algorithm);
    const other = Buffer.from(publicKey);
    other[5] = (other[5] ?? 0) ^ 1;
    expect(publicKeyOf({ algorithm, publicKey: other }).ok).toBe(false);
    expect(publicKeyOf({ algorithm, publicKey: Buffer.alloc(publicKey.length) }).ok).toBe(false);
  });

  test.each([13, 14, 15, 16])("of algorithm %i refuses signatures of a wrong length", (algorithm) => {
    const { publicKey } = generateCurve(algorithm);
    const key = publicKeyOf({ algorithm, publicKey });
    for (const length of [0, 1, 63, 65, 200]) {
      expect(key.ok && key.value.verifies(Buffer.from("data"), Buffer.alloc(length, 1))).toBe(false);
    }
  });

  test("has a size that people know", () => {
    expect([13, 14, 15, 16, 8, 0].map(curveBits)).toEqual([256, 384, 256, 456, null, null]);
  });
});

test("other algorithms are not computed", () => {
  for (const algorithm of [0, 1, 3, 5, 6, 7, 12, 17, 253, 255]) {
    expect(publicKeyOf({ algorithm, publicKey: rsa([3]) }).ok).toBe(false);
  }
});

describe("a key may sign a zone", () => {
  test.each([
    [256, 3, true],
    [257, 3, true],
    [0, 3, false],
    [1, 3, false],
    [384, 3, true],
    [385, 3, true],
    [257, 2, false],
    [257, 0, false],
    [0xffff, 3, true],
    [0xff7f, 3, true],
  ])("with flags %i and protocol %i: %s", (flags, protocol, expected) => {
    expect(maySignZone({ flags, protocol })).toBe(expected);
  });
});

function generateCurve(algorithm: number): { readonly publicKey: Buffer } {
  const jwk =
    algorithm === 13 || algorithm === 14
      ? generateKeyPairSync("ec", { namedCurve: algorithm === 13 ? "P-256" : "P-384" }).publicKey.export({
          format: "jwk",
        })
      : (algorithm === 15 ? generateKeyPairSync("ed25519") : generateKeyPairSync("ed448")).publicKey.export({
          format: "jwk",
        });
  const part = (text: string | undefined): Buffer => Buffer.from(text ?? "", "base64url");
  return { publicKey: Buffer.concat([part(jwk.x), part(jwk.y)]) };
}
