import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Certificate, parseCertificate } from "../../lib/tls/certificate.ts";
import { parseOcspResponse } from "../../lib/tls/ocsp-response.ts";
import { stapleState } from "../../lib/tls/ocsp-staple.ts";

const read = (file: string): Buffer => readFileSync(new URL(`ocsp/${file}`, import.meta.url));
const staple = (name: string): Uint8Array => new Uint8Array(read(`${name}.der`));

function certificate(name: string): Certificate {
  const body = /-----BEGIN CERTIFICATE-----([^-]+)-----END/.exec(read(`${name}.pem`).toString("latin1"))?.[1] ?? "";
  const found = parseCertificate(new Uint8Array(Buffer.from(body, "base64")));
  if (!found.ok) throw new Error(found.problem);
  return found.value;
}

const CA = certificate("ca");
const LEAF = certificate("leaf");
const MUST = certificate("must");
const BARE = certificate("bare");
const DAY_MS = 86_400_000;
const single = parseOcspResponse(staple("by-ca"));
const THIS_UPDATE = single.ok ? (single.value.responses[0]?.thisUpdate ?? 0) : 0;
const AT = THIS_UPDATE + DAY_MS;

test("certificates tell of responders, of staples that must be, and of who may answer", () => {
  const facts = [LEAF, MUST, BARE, certificate("resp")].map(({ hasOcspResponder, mustStaple, maySignOcsp }) => {
    return [hasOcspResponder, mustStaple, maySignOcsp];
  });
  expect(facts).toEqual([
    [true, false, false],
    [true, true, false],
    [false, false, false],
    [false, false, true],
  ]);
});

describe("a staple", () => {
  test("that never came", () => {
    expect(stapleState(null, LEAF, CA, AT)).toBe("absent");
    expect(stapleState(null, BARE, CA, AT)).toBe("not-needed");
    expect(stapleState(null, MUST, CA, AT)).toBe("must-staple-missing");
  });

  test.each([
    ["by-ca", LEAF],
    ["by-resp", LEAF],
    ["must", MUST],
  ])("is valid when the issuer or its delegate signed it: %s", (name, leaf) => {
    expect(stapleState(staple(name), leaf, CA, AT)).toBe("valid");
  });

  test("is valid at both ends of its time, and invalid beyond", () => {
    const moments = [THIS_UPDATE - 1, THIS_UPDATE, THIS_UPDATE + 10 * DAY_MS, THIS_UPDATE + 10 * DAY_MS + 1];
    expect(moments.map((at) => stapleState(staple("by-ca"), LEAF, CA, at))).toEqual([
      ...["invalid", "valid", "valid", "invalid"],
    ]);
  });

  test("is invalid by whom the issuer has not let answer, for another certificate, or when it says revoked", () => {
    expect(stapleState(staple("by-plain"), LEAF, CA, AT)).toBe("invalid");
    expect(stapleState(staple("must"), LEAF, CA, AT)).toBe("invalid");
    expect(stapleState(staple("by-ca"), MUST, CA, AT)).toBe("must-staple-missing");
    expect(stapleState(staple("revoked"), BARE, CA, AT)).toBe("invalid");
    expect(stapleState(staple("by-ca"), LEAF, MUST, AT)).toBe("invalid");
  });

  test("is unproven without the issuer, unless it is wrong whoever that is", () => {
    expect(stapleState(staple("by-ca"), LEAF, null, AT)).toBe("unproven");
    expect(stapleState(staple("revoked"), BARE, null, AT)).toBe("invalid");
  });

  test("that says to come again is none", () => {
    expect(stapleState(Uint8Array.of(0x30, 3, 0x0a, 1, 3), LEAF, CA, AT)).toBe("invalid");
    expect(stapleState(Uint8Array.of(), MUST, CA, AT)).toBe("must-staple-missing");
  });

  test("is never valid with an octet of what is signed, or of the signature, changed", () => {
    const good = staple("by-ca");
    const response = parseOcspResponse(good);
    const tbs = response.ok ? response.value.tbs : new Uint8Array();
    const start = tbs.byteOffset - good.byteOffset;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: tbs.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bad = Uint8Array.from(good);
        bad[start + at] = (bad[start + at] ?? 0) ^ change;
        expect(stapleState(bad, LEAF, CA, AT)).not.toBe("valid");
      }),
    );
  });

  test("of any octets never throws", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (octets) => {
        expect(stapleState(octets, LEAF, CA, AT)).toBe("invalid");
      }),
    );
  });
});
