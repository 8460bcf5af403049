import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { OctetReader } from "../../../lib/wire/octet-reader.ts";
import { parseNsec } from "../../../lib/wire/rdata/nsec.ts";
import { parseNsec3, parseNsec3param } from "../../../lib/wire/rdata/nsec3.ts";
import { readTypeBitmap, writeTypeBitmap } from "../../../lib/wire/rdata/type-bitmap.ts";
import { typeName } from "../../../lib/wire/record-type.ts";
import { base64Of, hexOf, octets } from "../hex.ts";
import { problemOf, valueOf } from "../outcome.ts";

describe("parseNsec", () => {
  test("reads the example of RFC 4034 section 4.3", () => {
    const hex = `04 686f7374 07 6578616d706c65 03 636f6d 00 0006 400100000003 041b ${"00".repeat(26)} 20`;
    const { next, types } = valueOf(parseNsec(base64Of(hex)));
    expect(next).toBe("host.example.com.");
    expect([...types]).toEqual(["A", "MX", "RRSIG", "NSEC", "TYPE1234"]);
  });

  test("may list no types", () => {
    expect(valueOf(parseNsec(octets("00"))).types.size).toBe(0);
  });

  test("knows NXNAME and ignores pseudo-types", () => {
    // Bits 0, 1, 41, 128, 249 to 255 and, in window 1, 256.
    const bitmap = `00 20 c0 0000 0000 40 ${"00".repeat(10)} 80 ${"00".repeat(14)} 7f 01 01 80`;
    expect([...valueOf(parseNsec(octets(`00 ${bitmap}`))).types]).toEqual(["A", "NXNAME", "URI"]);
  });

  test.each([
    ["", "the next name: the name runs past the end"],
    ["00 00", "a type bitmap length runs past the end"],
    ["00 0000", "a type bitmap is not 1 to 32 octets long"],
    [`00 0021 ${"01".repeat(33)}`, "a type bitmap is not 1 to 32 octets long"],
    ["00 0002 40", "a type bitmap runs past the end"],
    ["00 000140 000140", "the type bitmap windows are not in ascending order"],
    ["00 010140 000140", "the type bitmap windows are not in ascending order"],
  ])("refuses %s", (hex, problem) => {
    expect(problemOf(parseNsec(octets(hex)))).toBe(problem);
  });
});

describe("parseNsec3", () => {
  test("splits the fields", () => {
    const { salt, nextHashed, types, ...rest } = valueOf(parseNsec3(base64Of("01 01 000c 02 aabb 03 010203 000122")));
    expect(rest).toEqual({ hashAlgorithm: 1, flags: 1, iterations: 12 });
    expect([hexOf(salt), hexOf(nextHashed), [...types]]).toEqual(["aabb", "010203", ["NS", "SOA"]]);
  });

  test.each([
    ["01 01 000c 00 00", "the next hashed owner name is empty"],
    ["01 01 000c 02 aa", "the salt runs past the end"],
    ["01 01 000c 00 02 aa", "the next hashed owner name runs past the end"],
    ["01 01 00", "the iterations runs past the end"],
    ["01 01 0000 00 01 aa 00", "a type bitmap length runs past the end"],
  ])("refuses %s", (hex, problem) => {
    expect(problemOf(parseNsec3(octets(hex)))).toBe(problem);
  });

  test("NSEC3PARAM is the beginning alone", () => {
    const { salt, ...rest } = valueOf(parseNsec3param(octets("01 00 0005 01 ff")));
    expect(rest).toEqual({ hashAlgorithm: 1, flags: 0, iterations: 5 });
    expect(hexOf(salt)).toBe("ff");
    expect(problemOf(parseNsec3param(octets("01 00 0005 01 ff 00")))).toBe("octets are left over after the last field");
  });
});

describe("type bitmaps", () => {
  const isType = (number: number): boolean => number !== 0 && number !== 41 && (number < 249 || number > 255);
  const typeSet = fc
    .uniqueArray(fc.integer({ min: 0, max: 0xffff }).filter(isType))
    .map((numbers) => numbers.map(typeName));

  test("survive both directions", () => {
    fc.assert(
      fc.property(typeSet, (types) => {
        expect(readTypeBitmap(new OctetReader(writeTypeBitmap(types)))).toEqual(new Set(types));
      }),
    );
  });

  test("are as short as can be", () => {
    expect(hexOf(writeTypeBitmap(["CAA", "A"]))).toBe("000140010140");
    expect(hexOf(writeTypeBitmap([]))).toBe("");
  });
});
