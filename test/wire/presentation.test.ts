import { Buffer } from "node:buffer";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { name, ROOT } from "../../lib/wire/name.ts";
import { formatRdata, parseRdataText } from "../../lib/wire/presentation.ts";
import { canonicalRdata } from "../../lib/wire/rdata/canonical.ts";
import { base64Of, hexOf, octets } from "./hex.ts";
import { problemOf, valueOf } from "./outcome.ts";
import { RDATA_VECTORS } from "./presentation-vectors.ts";

const ORIGIN = name("example.test");

describe("parseRdataText", () => {
  test.each(RDATA_VECTORS)("reads %s %s", (type, text, hex) => {
    expect(hexOf(valueOf(parseRdataText(type, text, ROOT)))).toBe(hex);
  });

  test.each([
    ["NS", "ns", "026e73076578616d706c65047465737400"],
    ["NS", "@", "076578616d706c65047465737400"],
    ["NS", "N\\.s", "034e2e73076578616d706c65047465737400"],
    ["NS", "n\\\\.", "026e5c00"],
    ["NS", ".", "00"],
    ["TXT", '( "a b" ; comment\n c )', "03612062 0163"],
    ["TXT", '"a""b"', "0161 0162"],
    ["TXT", "caf\u00e9", "05636166c3a9"],
    ["SOA", "@ . 1 1h 1d1h 2W 90", "076578616d706c65047465737400 00 00000001 00000e10 00015f90 00127500 0000005a"],
    ["RRSIG", "TYPE9 8 0 0 4294967295 19700101000000 0 . AQ==", "0009 08 00 00000000 ffffffff 00000000 0000 00 01"],
    ["AAAA", "::", "00".repeat(16)],
    ["AAAA", "1::", `0001${"00".repeat(14)}`],
    ["AAAA", "::ffff:192.0.2.1", `${"00".repeat(10)}ffffc0000201`],
    ["AAAA", "1:2:3:4:5:6:7:8", "00010002000300040005000600070008"],
    ["NSEC", ". ", "00"],
    ["DS", "\\# 0", ""],
  ])("reads %s %j", (type, text, hex) => {
    expect(hexOf(valueOf(parseRdataText(type, text, ORIGIN)))).toBe(hex.replaceAll(" ", ""));
  });

  test.each([
    ["A", "192.0.2.256", "not an IPv4 address"],
    ["A", "192.0.2", "not an IPv4 address"],
    ["A", "", "the A record has too few fields"],
    ["A", "192.0.2.1 192.0.2.2", "the A record has too many fields"],
    ["A", "192.0.2.1\n192.0.2.2", "the data is of several lines"],
    ["AAAA", "1:2:3:4:5:6:7", "not an IPv6 address"],
    ["AAAA", "1:2:3:4:5:6:7::8", "not an IPv6 address"],
    ["AAAA", "1::2::3", "not an IPv6 address"],
    ["AAAA", "12345::", "not an IPv6 address"],
    ["AAAA", "::192.0.2.1:1", "not an IPv6 address"],
    ["AAAA", ":", "not an IPv6 address"],
    ["MX", "65536 mx", "not a number of 16 bits"],
    ["MX", "-1 mx", "not a number of 16 bits"],
    ["MX", "10 a..b", "the name has an empty label"],
    ["DS", "1 8 2 abc", "not whole octets in hexadecimal"],
    ["DNSKEY", "256 3 8 a", "the data is not base64"],
    ["RRSIG", "A 8 2 1 20260230000000 20260101000000 1 . AQ==", "not a signature time"],
    ["RRSIG", "A 8 2 1 4294967296 20260101000000 1 . AQ==", "not a signature time"],
    ["NSEC", ". BOGUS", "not a record type"],
    ["NSEC3", "1 0 0 - x! A", "a character is not of the base32hex alphabet"],
    ["TXT", `"${"a".repeat(256)}"`, "a string is longer than 255 octets"],
    ["TXT", "", "the last field is empty"],
    ["DS", "1 8 2", "the last field is empty"],
    ["DNSKEY", "256 3 8", "the last field is empty"],
    ["TXT", '"a', "line 1: a quote or an escape is not finished"],
    ["TXT", "\\300", "a malformed escape"],
    ["SOA", ". . 1 1x 1 1 1", "not a time in seconds"],
    ["SOA", ". . 1 9999w 1 1 1", "not a number of 32 bits"],
    ["SVCB", "1 . alpn=h2 alpn=h3", "a parameter comes twice"],
    ["SVCB", "1 . bogus=1", "an unknown parameter key"],
    ["SVCB", "1 . key65536=1", "not a number of 16 bits"],
    ["SVCB", '1 . alpn="h2,,h3"', "not a list of protocols"],
    ["LOC", "52 22 23.000 N 4 53 32.000 E -2.00m", "the text form of LOC is not known, only \\# is"],
    ["DS", "\\# 2 00", "the \\# form does not have the length it says"],
    ["DS", "\\# 65536 00", "the \\# form does not have the length it says"],
    ["DS", "\\# 1 zz", "the \\# form does not have the length it says"],
    ["DS", "\\# x 00", "the \\# form does not have the length it says"],
    ["DS", "\\#", "the \\# form does not have the length it says"],
  ])("refuses %s %j", (type, text, problem) => {
    expect(problemOf(parseRdataText(type, text, ORIGIN))).toBe(problem);
  });

  test("takes as much data as RDLENGTH can say", () => {
    expect(valueOf(parseRdataText("NULL", `\\# 65535 ${"00".repeat(65_535)}`, ROOT))).toHaveLength(65_535);
    const strings = (count: number): string => Array<string>(count).fill("a".repeat(255)).join(" ");
    expect(valueOf(parseRdataText("TXT", strings(255), ROOT))).toHaveLength(65_280);
    expect(problemOf(parseRdataText("TXT", strings(256), ROOT))).toBe("the data is longer than 65535 octets");
  });

  test("never throws", () => {
    const type = fc.constantFrom(...RDATA_VECTORS.map(([known]) => known));
    const piece = fc.constantFrom(
      "1",
      " ",
      "a.b",
      '"',
      "\\",
      "(",
      ")",
      "=",
      ",",
      "alpn",
      "A",
      "-",
      ";",
      "\n",
      "\\#",
      "::",
    );
    const text = fc.array(piece).map((pieces) => pieces.join(""));
    fc.assert(fc.property(type, text, (known, any) => typeof parseRdataText(known, any, ORIGIN).ok === "boolean"));
  });
});

describe("formatRdata", () => {
  test.each(RDATA_VECTORS)("what it writes for %s %s reads back as the same data", (type, _, hex) => {
    const text = formatRdata({ type, data: base64Of(hex) });
    expect(text).not.toMatch(type === "TYPE65280" ? /^$/ : /^\\#/);
    // Names are shown in lower case, and NSEC names are not lowered in canonical form.
    const lowered = type === "NSEC" ? hex.replace("486f7374", "686f7374") : hex;
    const back = valueOf(parseRdataText(type, text, ROOT));
    expect(hexOf(back)).toBe(hexOf(canonicalRdata(type, octets(lowered))));
  });

  test.each([
    ["A", "c0000201", "192.0.2.1"],
    ["TXT", "0461225c62 00", '"a\\"\\\\b" ""'],
    ["TXT", "031b5b4a", '"\\027[J"'],
    ["SOA", "00 00 00000001 00000002 00000003 00000004 ffffffff", ". . 1 2 3 4 4294967295"],
    [
      "RRSIG",
      "0001 08 02 0000012c 00000000 ffffffff 4f66 00 01",
      "A 8 2 300 19700101000000 21060207062815 20326 . AQ==",
    ],
    ["NSEC", "00 000140 000140", "\\# 7 00000140000140"],
    ["DNSKEY", "0100 03 08", "\\# 4 01000308"],
    ["DS", "0001 08 02", "\\# 4 00010802"],
    ["TXT", "", "\\# 0"],
    ["NSEC3", "01 01 0000 00 01ff", "1 1 0 - vs"],
    ["HTTPS", "0001 00 0000 0002 0001 0003 0002 01bb", "1 . mandatory=alpn port=443"],
    ["HTTPS", "0001 00 0003 0003 01bb00", "\\# 10 0001000003000301bb00"],
    ["A", "c00002", "\\# 3 c00002"],
    ["A", "c000020100", "\\# 5 c000020100"],
    ["CAA", "00 05 6973737565", '0 issue ""'],
    ["CAA", "00 01 20 61", "\\# 4 00012061"],
    ["TYPE1234", "", "\\# 0"],
  ])("writes %s %s as %s", (type, hex, text) => {
    expect(formatRdata({ type, data: base64Of(hex) })).toBe(text);
  });

  test("shows data that is not even base64 as nothing", () => {
    expect(formatRdata({ type: "A", data: "!" })).toBe("\\# 0");
  });

  test("is printable ASCII on one line, whatever the octets", () => {
    const type = fc.constantFrom(...RDATA_VECTORS.map(([known]) => known));
    fc.assert(
      fc.property(type, fc.uint8Array({ maxLength: 80 }), (known, bytes) =>
        expect(formatRdata({ type: known, data: Buffer.from(bytes).toString("base64") })).toMatch(/^[ -~]+$/),
      ),
    );
  });

  test("survives both directions for types without names", () => {
    const type = fc.constantFrom(
      "A",
      "AAAA",
      "TXT",
      "DS",
      "DNSKEY",
      "NSEC3",
      "NSEC3PARAM",
      "TLSA",
      "CAA",
      "SSHFP",
      "HINFO",
    );
    fc.assert(
      fc.property(type, fc.uint8Array({ maxLength: 40 }), (known, bytes) => {
        const text = formatRdata({ type: known, data: Buffer.from(bytes).toString("base64") });
        const back = parseRdataText(known, text, ROOT);
        // Bitmaps may come in a longer form than they are written in.
        if (known === "NSEC3") expect(valueOf(back).length).toBeLessThanOrEqual(bytes.length);
        else expect(valueOf(back)).toEqual(bytes);
      }),
    );
  });
});
