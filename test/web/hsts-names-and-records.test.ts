import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { upgradesToHttps } from "../../lib/web/hsts-https-record.ts";
import { isApex, isCoveredBy } from "../../lib/web/hsts-own-names.ts";

describe("names", () => {
  test.each([
    ["kommune.dk", false, true],
    ["www.kommune.dk", false, false],
    ["www.kommune.dk", true, false],
    ["selvbetjening.kommune.dk", false, false],
    ["selvbetjening.kommune.dk", true, false],
    ["bibliotek.kommune.dk", true, false],
    ["kommune.dk", true, true],
    ["-.dk", true, false],
    ["forening.co.dk", true, true],
    ["forening.co.dk", false, true],
    ["www.forening.co.dk", true, false],
    ["klub.forening.co.dk", true, false],
    ["visitkommune.com", false, true],
    ["example.co.uk", true, true],
    ["example.co.uk", false, false],
  ])("%s beside www %s: apex is %s", (host, isBeside, is) => {
    expect(isApex(host, isBeside)).toBe(is);
  });

  test.each([
    ["kommune.dk", "www.kommune.dk", true],
    ["www.kommune.dk", "kommune.dk", false],
    ["une.dk", "kommune.dk", false],
    [null, "kommune.dk", false],
  ])("an entry %s covers %s: %s", (entry, name, is) => {
    expect(isCoveredBy(entry, name)).toBe(is);
  });
});

describe("HTTPS records", () => {
  const data = (...octets: readonly number[]): string => Buffer.from(octets).toString("base64");
  const ALPN = [0, 1, 0, 3, 2, 0x68, 0x32];

  test.each([
    ["a service at its own name", data(0, 1, 0), true],
    ["with a protocol", data(0, 1, 0, ...ALPN), true],
    ["an alias", data(0, 0, 2, 0x64, 0x6b, 0), true],
    ["an alias of nothing", data(0, 0, 0), false],
    ["a protocol that is mandatory", data(0, 1, 0, 0, 0, 0, 2, 0, 1, ...ALPN), true],
    ["something mandatory that is not there", data(0, 1, 0, 0, 0, 0, 2, 0, 1), false],
    ["something mandatory that nobody knows", data(0, 1, 0, 0, 0, 0, 2, 0xfd, 0xe8, 0xfd, 0xe8, 0, 0), false],
    ["mandatory itself is mandatory", data(0, 1, 0, 0, 0, 0, 2, 0, 0), false],
    ["an odd list of mandatory keys", data(0, 1, 0, 0, 0, 0, 1, 0), false],
    ["keys in the wrong order", data(0, 1, 0, 0, 3, 0, 0, 0, 1, 0, 0), false],
    ["cut short", data(0, 1), false],
    ["nothing", "", false],
    ["no base64", "***", false],
  ])("%s", (_, record, is) => {
    expect(upgradesToHttps(record)).toBe(is);
  });

  test("random octets never throw", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (octets) => {
        expect(typeof upgradesToHttps(Buffer.from(octets).toString("base64"))).toBe("boolean");
      }),
    );
  });
});
