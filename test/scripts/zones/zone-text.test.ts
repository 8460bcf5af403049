import { describe, expect, test } from "@jest/globals";
import { coveredType, formatZoneLines, parseZoneLines } from "../../../scripts/zones/zone-text.ts";

describe("zone text", () => {
  test("reads both signers' forms and writes one", () => {
    const text = [
      "; File written by a signer",
      "a.dk.\t\t3600\tIN DNSKEY\t257 3 13 AAAA BBBB ; KSK; alg = 13",
      "a.dk.\t3600\tIN\tRRSIG\tSOA 13 2 3600 20800101000000 20200101000000 7 a.dk. CCCC DDDD",
      'a.dk. 60 IN TXT "v=DKIM1; p=AA  BB"',
    ].join("\n");
    expect(formatZoneLines(parseZoneLines(text))).toBe(
      [
        "a.dk. 3600 IN DNSKEY 257 3 13 AAAABBBB",
        "a.dk. 3600 IN RRSIG SOA 13 2 3600 20800101000000 20200101000000 7 a.dk. CCCCDDDD",
        'a.dk. 60 IN TXT "v=DKIM1; p=AA  BB"',
        "",
      ].join("\n"),
    );
  });

  test("names the type that a signature covers", () => {
    const [line] = parseZoneLines("a.dk. 60 IN RRSIG MX 13 2 60 20800101000000 20200101000000 7 a.dk. CCCC");
    expect(line === undefined ? null : coveredType(line)).toBe("MX");
  });

  test("refuses a line that it cannot read", () => {
    expect(() => parseZoneLines("a.dk. IN A 192.0.2.1")).toThrow("not a full zone line");
  });
});
