import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Buffer } from "node:buffer";
import { X509Certificate } from "node:crypto";
import { parseCertificate } from "../../lib/tls/certificate.ts";
import { canBeIssuedBy, isSignedWith, publicKeyOf, publicKeyOfSpki } from "../../lib/tls/certificate-signature.ts";
import { CERTIFICATE_NAMES, derOf } from "../mail/dane/vectors.ts";

function read(name: string) {
  const certificate = parseCertificate(derOf(name));
  if (!certificate.ok) throw new Error(certificate.problem);
  return certificate.value;
}

const text = (octets: Uint8Array): string => Buffer.from(octets).toString("latin1");

describe("as node:crypto reads it", () => {
  test.each(CERTIFICATE_NAMES)("%s", (name) => {
    const own = read(name);
    const x509 = new X509Certificate(derOf(name));
    expect(Buffer.from(own.spki).equals(x509.publicKey.export({ format: "der", type: "spki" }))).toBe(true);
    expect(own.notBefore).toBe(Date.parse(x509.validFrom));
    expect(own.notAfter).toBe(Date.parse(x509.validTo));
    expect(own.isAuthority === true).toBe(x509.ca);
    expect(own.isSelfIssued).toBe(x509.issuer === x509.subject);
    expect(Buffer.from(own.octets).includes(Buffer.from(own.tbs))).toBe(true);
  });
});

describe("what it says", () => {
  test("names, exactly as they stand", () => {
    expect(read("ecdsa").dnsNames.map(text)).toEqual(["mx.kommune.dk"]);
    expect(read("nul").dnsNames.map(text)).toEqual(["mx.kommune.dk\0.ond.dk"]);
    expect(read("common").dnsNames).toEqual([]);
    expect(read("common").commonNames.map(text)).toEqual(["mx.kommune.dk"]);
    expect(read("below-addressed").otherNameForms).toEqual([0x87]);
  });

  test("extensions", () => {
    expect(read("root")).toMatchObject({ version: 3, isAuthority: true, maySignCertificates: true, pathLength: null });
    expect(read("narrow").pathLength).toBe(0);
    expect(read("ecdsa")).toMatchObject({ isAuthority: false, maySignCertificates: false, mayServeTls: true });
    expect(read("client").mayServeTls).toBe(false);
    const none = { permittedDns: null, excludedDns: [], permittedDirectories: null, excludedDirectories: [] };
    const other = { ...none, isAboutDirectories: false, otherForms: [] };
    expect(read("bound").nameConstraints).toEqual({ ...other, permittedDns: ["kommune.dk"] });
    expect(read("addressed").nameConstraints).toEqual({ ...other, otherForms: [0x87] });
    expect(read("odd").unknownCritical).toEqual(["2a030405"]);
    expect(read("old")).toMatchObject({ version: 1, isAuthority: null, nameConstraints: null });
  });

  test("who signed it", () => {
    const [leaf, issuer, rogue] = [read("plain"), read("intermediate"), read("rogue")];
    expect([canBeIssuedBy(leaf, issuer), canBeIssuedBy(leaf, rogue)]).toEqual([true, true]);
    expect([isSignedWith(leaf, publicKeyOf(issuer)), isSignedWith(leaf, publicKeyOf(rogue))]).toEqual([true, false]);
    expect(publicKeyOfSpki(leaf.spki)?.asymmetricKeyType).toBe("ec");
    expect(publicKeyOfSpki(leaf.octets)).toBeNull();
  });
});

describe("hostile octets", () => {
  test("never throw", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => !parseCertificate(octets).ok));
  });

  test("a certificate with any octets changed, cut off or added never throws, and is not the same", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CERTIFICATE_NAMES),
        fc.nat(),
        fc.uint8Array({ minLength: 1, maxLength: 4 }),
        (name, at, patch) => {
          const octets = derOf(name);
          const changed = Uint8Array.from(octets);
          changed.set(patch.slice(0, octets.length - (at % octets.length)), at % octets.length);
          const found = parseCertificate(changed);
          if (found.ok && Buffer.compare(changed, octets) === 0) expect(found.value.spki).toEqual(read(name).spki);
          expect(parseCertificate(octets.subarray(0, at % octets.length)).ok).toBe(false);
          expect(parseCertificate(Uint8Array.from([...octets, ...patch])).ok).toBe(false);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
