import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { liesWithin, parseRange, parseServerAddress } from "../../lib/inventory/address-range.ts";
import { parseDuration } from "../../lib/inventory/duration.ts";
import { parseEnd, parseStart } from "../../lib/inventory/moment.ts";
import { nearest } from "../../lib/inventory/nearest.ts";

function valueOf<T>(leaf: { ok: true; value: T } | { ok: false }): T | null {
  return leaf.ok ? leaf.value : null;
}

describe("days in Denmark", () => {
  test.each([
    ["2026-03-28", "2026-03-28T00:00:00+01:00", "2026-03-28T23:59:59.999+01:00"],
    ["2026-03-29", "2026-03-29T00:00:00+01:00", "2026-03-29T23:59:59.999+02:00"],
    ["2026-03-30", "2026-03-30T00:00:00+02:00", "2026-03-30T23:59:59.999+02:00"],
    ["2026-10-24", "2026-10-24T00:00:00+02:00", "2026-10-24T23:59:59.999+02:00"],
    ["2026-10-25", "2026-10-25T00:00:00+02:00", "2026-10-25T23:59:59.999+01:00"],
    ["2028-02-29", "2028-02-29T00:00:00+01:00", "2028-02-29T23:59:59.999+01:00"],
  ])("%s", (day, start, end) => {
    expect(valueOf(parseStart(day))).toBe(Date.parse(start));
    expect(valueOf(parseEnd(day))).toBe(Date.parse(end));
  });

  test.each([
    "2026-02-29",
    "2026-13-01",
    "2026-1-1",
    "01-01-2026",
    "2026-01-01T25:00Z",
    "2026-01-01T12:00",
    "2026-02-30T12:00Z",
    "",
  ])("%j is none", (text) => {
    expect(parseEnd(text).ok).toBe(false);
  });
});

describe("lengths of time", () => {
  test.each([
    ["10m", 600_000],
    ["90s", 90_000],
    ["500ms", 500],
    ["6w", 3_628_800_000],
    ["1h", 3_600_000],
    ["1d", 86_400_000],
  ])("%s", (text, wanted) => {
    expect(valueOf(parseDuration(text))).toBe(wanted);
  });

  test.each(["10", "m", "-1m", "1.5h", "0s", "1y", "10 m", "999999999d"])("%s is none", (text) => {
    expect(parseDuration(text).ok).toBe(false);
  });
});

describe("ranges", () => {
  test.each([
    ["192.0.2.7/32", "192.0.2.7"],
    ["0.0.0.0/0", "0.0.0.0/0"],
    ["2001:DB8:0:0::1", "2001:db8::1"],
    ["2001:db8::/33", "2001:db8::/33"],
    ["2001:db8::1/128", "2001:db8::1"],
  ])("%s is %s", (text, canonical) => {
    expect(valueOf(parseRange(text))).toBe(canonical);
  });

  test.each(["1.2.3.4/", "1.2.3.4/-1", "1.2.3.4/1/2", "1.2.3.4/032x", "2001:db8::/129", "::ffff:1.2.3.4/120"])(
    "%s is none",
    (text) => {
      expect(parseRange(text).ok).toBe(false);
    },
  );

  test("host bits: exactly one prefix of each length holds an address", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), (address, length) => {
        const octets = address.split(".").map(Number);
        const number = octets.reduce((sum, octet) => sum * 256 + octet, 0);
        const isPrefix = number % 2 ** (32 - length) === 0;
        expect(parseRange(`${address}/${length}`).ok).toBe(isPrefix);
      }),
    );
  });

  test.each([
    ["192.0.2.8/29", "192.0.2.0/28", true],
    ["192.0.2.0/28", "192.0.2.0/28", true],
    ["192.0.2.0/27", "192.0.2.0/28", false],
    ["192.0.2.16", "192.0.2.0/28", false],
    ["2001:db8::1", "2001:db8::/32", true],
    ["2001:db8::1", "0.0.0.0/0", false],
  ])("%s within %s: %s", (inner, outer, wanted) => {
    expect(liesWithin(inner, outer)).toBe(wanted);
  });

  test.each([
    ["192.0.2.53", { address: "192.0.2.53", port: 53 }],
    ["192.0.2.53:5353", { address: "192.0.2.53", port: 5353 }],
    ["2001:db8::53", { address: "2001:db8::53", port: 53 }],
    ["[2001:db8::53]:5353", { address: "2001:db8::53", port: 5353 }],
  ])("server %s", (text, wanted) => {
    expect(valueOf(parseServerAddress(text))).toEqual(wanted);
  });
});

describe("what was meant", () => {
  test.each([
    ["dkimSelector", "dkimSelectors"],
    ["domian", "domain"],
    ["DOMAIN", "domain"],
    ["xyz", null],
    ["", null],
  ])("%s: %s", (text, wanted) => {
    expect(nearest(text, ["domain", "dkimSelectors", "host"])).toBe(wanted);
  });
});
