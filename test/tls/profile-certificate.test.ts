import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { CERTIFICATES } from "../../lib/requirements/s27/cert-scenario-certificates.ts";
import { type Certificate, parseCertificate } from "../../lib/tls/certificate.ts";
import { keyFactOf, signatureHashOf } from "../../lib/tls/profile-certificate.ts";

function read(name: keyof typeof CERTIFICATES): Certificate {
  const certificate = parseCertificate(new Uint8Array(Buffer.from(CERTIFICATES[name], "base64")));
  if (!certificate.ok) throw new Error(certificate.problem);
  return certificate.value;
}

describe("keys, as OpenSSL made them", () => {
  test.each([
    ["rsa1024", { type: "RSA", bits: 1024 }],
    ["rsa3072", { type: "RSA", bits: 3072 }],
    ["ecdsa", { type: "ECDSA", curve: "secp256r1" }],
    ["p224", { type: "ECDSA", curve: "secp224r1" }],
    ["p521", { type: "ECDSA", curve: "secp521r1" }],
    ["edwards", { type: "EdDSA" }],
  ] as const)("%s", (name, key) => {
    expect(keyFactOf(read(name))).toEqual({ kind: "certificate-key", ...key });
  });

  test("what OpenSSL cannot read is no key", () => {
    expect(keyFactOf({ ...read("ecdsa"), octets: new Uint8Array(8) })).toBeNull();
  });
});

const der = (tag: number, ...content: readonly Uint8Array[]): Uint8Array => {
  const inner = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag, inner.length]), inner]);
};
const oid = (hex: string): Uint8Array => der(0x06, Buffer.from(hex, "hex"));

/** A certificate of which nothing is there but the name of its signature's algorithm. */
function signedBy(id: string, ...parameters: readonly Uint8Array[]): Certificate {
  const octets = der(0x30, der(0x30), der(0x30, oid(id), ...parameters), der(0x03, Buffer.from([0])));
  return { ...read("ecdsa"), octets: new Uint8Array(octets) };
}

const hashOf = (certificate: Certificate): string => {
  const hash = signatureHashOf(certificate);
  return hash.ok ? hash.value.hash : `malformed: ${hash.problem}`;
};

const PSS = "2a864886f70d01010a";
const pssOf = (hash: string) => der(0x30, der(0xa0, der(0x30, oid(hash))));

describe("hashes of signatures", () => {
  test.each([
    ["ecdsa", "SHA256"],
    ["sha1", "SHA1"],
  ] as const)("%s", (name, hash) => {
    expect(hashOf(read(name))).toBe(hash);
  });

  test.each([
    ["md5WithRSA", signedBy("2a864886f70d010104"), "MD5"],
    ["sha1WithRSA", signedBy("2a864886f70d010105"), "SHA1"],
    ["sha384WithRSA", signedBy("2a864886f70d01010c"), "SHA384"],
    ["ecdsa-with-SHA224", signedBy("2a8648ce3d040301"), "SHA224"],
    ["dsa-with-sha1", signedBy("2a8648ce380403"), "SHA1"],
    ["Ed25519", signedBy("2b6570"), "none"],
    ["RSA-PSS with SHA-256", signedBy(PSS, pssOf("608648016503040201")), "SHA256"],
    ["RSA-PSS with another hash", signedBy(PSS, pssOf("2a0304")), "unknown"],
    ["RSA-PSS with its default", signedBy(PSS, der(0x30)), "SHA1"],
    ["RSA-PSS without parameters", signedBy(PSS), "SHA1"],
    ["an algorithm that nobody knows", signedBy("2a0304"), "unknown"],
  ])("%s", (_, certificate, hash) => {
    expect(hashOf(certificate)).toBe(hash);
  });

  test("other octets are a problem, and never an exception", () => {
    const leaf = read("ecdsa");
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (octets) => {
        const hash = signatureHashOf({ ...leaf, octets });
        expect(hash.ok ? hash.value.kind : "certificate-hash").toBe("certificate-hash");
      }),
    );
    expect(signatureHashOf({ ...leaf, octets: new Uint8Array(3) }).ok).toBe(false);
  });
});
