import { describe, expect, test } from "@jest/globals";
import { RCODE, rcodeName } from "../../lib/wire/rcode.ts";
import { parseRecordType, typeName, typeNumber } from "../../lib/wire/record-type.ts";

describe("record types", () => {
  test.each([
    ["A", 1],
    ["NS", 2],
    ["CNAME", 5],
    ["SOA", 6],
    ["PTR", 12],
    ["HINFO", 13],
    ["MX", 15],
    ["TXT", 16],
    ["KEY", 25],
    ["AAAA", 28],
    ["LOC", 29],
    ["SRV", 33],
    ["NAPTR", 35],
    ["DNAME", 39],
    ["OPT", 41],
    ["DS", 43],
    ["SSHFP", 44],
    ["RRSIG", 46],
    ["NSEC", 47],
    ["DNSKEY", 48],
    ["NSEC3", 50],
    ["NSEC3PARAM", 51],
    ["TLSA", 52],
    ["SMIMEA", 53],
    ["HIP", 55],
    ["CDS", 59],
    ["CDNSKEY", 60],
    ["OPENPGPKEY", 61],
    ["CSYNC", 62],
    ["ZONEMD", 63],
    ["SVCB", 64],
    ["HTTPS", 65],
    ["SPF", 99],
    ["EUI64", 109],
    ["NXNAME", 128],
    ["TSIG", 250],
    ["IXFR", 251],
    ["AXFR", 252],
    ["ANY", 255],
    ["CAA", 257],
    ["DLV", 32769],
    ["TYPE65280", 65280],
    ["TYPE54", 54],
    ["TYPE0", 0],
  ])("%s is %d", (type, number) => {
    expect(typeNumber(type)).toBe(number);
    expect(typeName(number)).toBe(type);
    expect(parseRecordType(type.toLowerCase())).toEqual({ ok: true, value: type });
  });

  test("every number has one name", () => {
    for (let number = 0; number <= 0xffff; number += 1) expect(typeNumber(typeName(number))).toBe(number);
  });

  test("a known type in generic form gets its mnemonic", () => {
    expect(parseRecordType("type1")).toEqual({ ok: true, value: "A" });
  });

  test.each(["", "BOGUS", "TYPE", "TYPE65536", "TYPE-1", "TYPE1x", " A", "TYPE000001", "\u017foa", "A\n"])(
    "%j is none",
    (text) => {
      expect(parseRecordType(text)).toEqual({ ok: false, problem: "not a record type" });
      expect(() => typeNumber(text)).toThrow(TypeError);
    },
  );
});

test("response codes have their mnemonics", () => {
  expect(rcodeName(RCODE.NXDOMAIN)).toBe("NXDOMAIN");
  expect(rcodeName(16)).toBe("BADVERS");
  expect(rcodeName(4095)).toBe("RCODE4095");
});
