import { Buffer } from "node:buffer";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { canonicalRdata } from "../../../lib/wire/rdata/canonical.ts";
import { RDATA_LAYOUTS } from "../../../lib/wire/rdata/layout.ts";
import { typeNumber } from "../../../lib/wire/record-type.ts";
import { hexOf, octets } from "../hex.ts";

const AB = "01 41 01 42 00";
const ab = "01 61 01 62 00";

describe("canonicalRdata", () => {
  // The list of RFC 4034 section 6.2 without NSEC and HINFO (RFC 6840 section 5.1).
  test.each([
    ["NS", AB, ab],
    ["MD", AB, ab],
    ["MF", AB, ab],
    ["CNAME", AB, ab],
    ["SOA", `${AB} ${AB} ${"41".repeat(20)}`, `${ab} ${ab} ${"41".repeat(20)}`],
    ["MB", AB, ab],
    ["MG", AB, ab],
    ["MR", AB, ab],
    ["PTR", AB, ab],
    ["MINFO", `${AB} ${AB}`, `${ab} ${ab}`],
    ["MX", `4141 ${AB}`, `4141 ${ab}`],
    ["RP", `${AB} ${AB}`, `${ab} ${ab}`],
    ["AFSDB", `4141 ${AB}`, `4141 ${ab}`],
    ["RT", `4141 ${AB}`, `4141 ${ab}`],
    ["SIG", `${"41".repeat(18)} ${AB} 4142`, `${"41".repeat(18)} ${ab} 4142`],
    ["PX", `4141 ${AB} ${AB}`, `4141 ${ab} ${ab}`],
    ["NXT", `${AB} 4142`, `${ab} 4142`],
    ["NAPTR", `41414141 0153 0255 41 03 414243 ${AB}`, `41414141 0153 0255 41 03 414243 ${ab}`],
    ["KX", `4141 ${AB}`, `4141 ${ab}`],
    ["SRV", `414141414141 ${AB}`, `414141414141 ${ab}`],
    ["DNAME", AB, ab],
    ["A6", `40 4142434445464748 ${AB}`, `40 4142434445464748 ${ab}`],
    ["A6", `00 ${"41".repeat(16)}`, `00 ${"41".repeat(16)}`],
    ["A6", `80 ${AB}`, `80 ${ab}`],
    ["RRSIG", `${"41".repeat(18)} ${AB} 4142`, `${"41".repeat(18)} ${ab} 4142`],
  ])("lowers the names of %s", (type, hex, expected) => {
    expect(hexOf(canonicalRdata(type, octets(hex)))).toBe(expected.replaceAll(" ", ""));
  });

  test.each([
    ["NSEC", `${AB} 000141`],
    ["HINFO", "0141 0142"],
    ["SVCB", `0001 ${AB}`],
    ["HTTPS", `0001 ${AB}`],
    ["TXT", "0141"],
    ["DS", "4142 43 44 4546"],
    ["TYPE65280", AB],
    ["LP", `0001 ${AB}`],
  ])("leaves %s alone", (type, hex) => {
    expect(hexOf(canonicalRdata(type, octets(hex)))).toBe(hex.replaceAll(" ", ""));
  });

  test.each([
    ["NS", "0141"],
    ["NS", `${AB} 41`],
    ["NS", "c00c"],
    ["MX", "41"],
    ["A6", "81 41"],
  ])("leaves %s data alone that is not of its form: %s", (type, hex) => {
    expect(hexOf(canonicalRdata(type, octets(hex)))).toBe(hex.replaceAll(" ", ""));
  });

  test("changes nothing but the case of letters, and nothing the second time", () => {
    const type = fc.constantFrom(...RDATA_LAYOUTS.keys());
    fc.assert(
      fc.property(type, fc.uint8Array(), (known, bytes) => {
        const once = canonicalRdata(known, bytes);
        expect(Buffer.from(once).toString("latin1").toLowerCase()).toBe(
          Buffer.from(bytes).toString("latin1").toLowerCase(),
        );
        expect(canonicalRdata(known, once)).toEqual(once);
      }),
    );
  });

  test("every layout is of a type that exists", () => {
    for (const type of RDATA_LAYOUTS.keys()) expect(typeNumber(type)).toBeGreaterThan(0);
  });
});
