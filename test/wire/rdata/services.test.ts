import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { parseAddress } from "../../../lib/wire/rdata/address.ts";
import { ipv6Octets } from "../../../lib/wire/rdata/address-text.ts";
import { parseCaa } from "../../../lib/wire/rdata/caa.ts";
import { parseMx } from "../../../lib/wire/rdata/mx.ts";
import { parseSoa } from "../../../lib/wire/rdata/soa.ts";
import { parseSrv } from "../../../lib/wire/rdata/srv.ts";
import { parseSvcb } from "../../../lib/wire/rdata/svcb.ts";
import { parseTargetName } from "../../../lib/wire/rdata/target-name.ts";
import { parseTlsa } from "../../../lib/wire/rdata/tlsa.ts";
import { parseTxt } from "../../../lib/wire/rdata/txt.ts";
import { base64Of, hexOf, octets } from "../hex.ts";
import { problemOf, valueOf } from "../outcome.ts";

describe("parseAddress", () => {
  test.each([
    ["c0000201", "192.0.2.1"],
    ["00000000", "0.0.0.0"],
    // RFC 5952 sections 4.1 to 4.3 and 5.
    ["20010db8000000000001000000000001", "2001:db8::1:0:0:1"],
    ["20010db8000000010001000100010001", "2001:db8:0:1:1:1:1:1"],
    ["20010000000000010000000000000001", "2001:0:0:1::1"],
    ["2001abcd000000000000000000000000", "2001:abcd::"],
    ["00000000000000000000000000000001", "::1"],
    ["00000000000000000000000000000000", "::"],
    ["00000000000000000000ffffc0000201", "::ffff:192.0.2.1"],
    ["0000000000000000000000000000ffff", "::ffff"],
    ["00010002000300040005000600070008", "1:2:3:4:5:6:7:8"],
  ])("writes %s as %s", (hex, text) => {
    expect(parseAddress(base64Of(hex))).toEqual({ ok: true, value: text });
  });

  test("agrees with another implementation, and reads back", () => {
    const group = fc.constantFrom("0000", "0000", "0001", "ffff", "0a0b");
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
        const bytes = octets(groups.join(""));
        const text = valueOf(parseAddress(bytes));
        expect(ipv6Octets(text)).toEqual(bytes);
        const other = ipaddr.fromByteArray([...bytes]);
        if (!text.includes(".")) expect(text).toBe((other as ipaddr.IPv6).toRFC5952String());
        else expect(ipaddr.parse(text).toByteArray()).toEqual([...bytes]);
      }),
    );
  });

  test.each(["", "c00002", "c000020100", "00".repeat(15), "00".repeat(17)])("refuses %j", (hex) => {
    expect(problemOf(parseAddress(octets(hex)))).toBe("an address is neither 4 nor 16 octets long");
  });
});

describe("records that hold names", () => {
  test("have them in lower case", () => {
    expect(parseTargetName(base64Of("0141 02444b 00"))).toEqual({ ok: true, value: "a.dk." });
    expect(parseMx(octets("000a 0141 00"))).toEqual({ ok: true, value: { preference: 10, exchange: "a." } });
    expect(parseSrv(octets("0001 0002 0003 00"))).toEqual({
      ok: true,
      value: { priority: 1, weight: 2, port: 3, target: "." },
    });
    const soa = parseSoa(octets("0141 00 0142 00 ffffffff 00000001 00000002 00000003 00000004"));
    expect(soa).toEqual({
      ok: true,
      value: { primary: "a.", mailbox: "b.", serial: 0xffffffff, refresh: 1, retry: 2, expire: 3, minimum: 4 },
    });
  });

  test("hold nothing else", () => {
    expect(problemOf(parseTargetName(octets("00 00")))).toBe("octets are left over after the last field");
    expect(problemOf(parseTargetName(octets("c000")))).toMatch(/^the target: /);
    expect(problemOf(parseMx(octets("000a")))).toMatch(/^the exchange: /);
    expect(problemOf(parseMx(octets("0a")))).toBe("the preference runs past the end");
    expect(problemOf(parseSrv(octets("0001 0002 0003 00 00")))).toBe("octets are left over after the last field");
    expect(problemOf(parseSoa(octets(`00 00 ${"00".repeat(19)}`)))).toBe("the minimum runs past the end");
  });
});

test("data that is not base64 is a problem", () => {
  for (const data of ["AA", "AA=A", "AAA!", "AA==\n", "-_==", "===="]) {
    expect([data, parseTargetName(data).ok]).toEqual([data, false]);
  }
  expect(parseTargetName("AA==").ok).toBe(true);
});

describe("parseTxt", () => {
  test("splits the strings", () => {
    expect(valueOf(parseTxt(octets("0161 00 026263"))).map(hexOf)).toEqual(["61", "", "6263"]);
  });

  test("needs at least one, and each whole", () => {
    expect(problemOf(parseTxt(octets("")))).toBe("there is no character-string");
    expect(problemOf(parseTxt(octets("0161 0262")))).toBe("a character-string runs past the end");
  });
});

describe("parseTlsa", () => {
  test("splits the fields", () => {
    const { association, ...rest } = valueOf(parseTlsa(octets("03 01 02 aabb")));
    expect(rest).toEqual({ usage: 3, selector: 1, matchingType: 2 });
    expect(hexOf(association)).toBe("aabb");
    expect(problemOf(parseTlsa(octets("03 01 02")))).toBe("the association data is empty");
  });
});

describe("parseCaa", () => {
  test("splits the fields", () => {
    const { value, ...rest } = valueOf(parseCaa(octets("80 05 4973737565 61")));
    expect(rest).toEqual({ flags: 128, tag: "issue" });
    expect(hexOf(value)).toBe("61");
    expect(valueOf(parseCaa(octets("00 05 6973737565"))).value).toHaveLength(0);
  });

  test.each([
    ["00 00", "the tag is not letters and digits"],
    ["00 01 2d", "the tag is not letters and digits"],
    ["00 01 e6", "the tag is not letters and digits"],
    ["00 02 61", "the tag runs past the end"],
    ["00", "the tag runs past the end"],
  ])("refuses %s", (hex, problem) => {
    expect(problemOf(parseCaa(octets(hex)))).toBe(problem);
  });
});

describe("parseSvcb", () => {
  test("splits the parameters", () => {
    const { params, ...rest } = valueOf(parseSvcb(octets("0001 0161 00 0001 0003 026832 0003 0002 01bb ffff 0000")));
    expect(rest).toEqual({ priority: 1, target: "a." });
    expect([...params].map(([key, value]) => [key, hexOf(value)])).toEqual([
      [1, "026832"],
      [3, "01bb"],
      [0xffff, ""],
    ]);
  });

  test.each([
    ["0001", "the target: the name runs past the end"],
    ["0001 c000", "the target: the name has a compression pointer or an unknown label type"],
    ["0001 00 0003 0000 0001 0000", "the parameter keys are not in ascending order"],
    ["0001 00 0003 0000 0003 0000", "the parameter keys are not in ascending order"],
    ["0001 00 0003 0002 01", "a parameter runs past the end"],
    ["0001 00 00", "a parameter key runs past the end"],
  ])("refuses %s", (hex, problem) => {
    expect(problemOf(parseSvcb(octets(hex)))).toBe(problem);
  });
});
