import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { isAddressLiteral, MAX_GATEWAYS, readMxSet, withinBounds } from "../../lib/mail/gateway-mx.ts";
import { name } from "../../lib/wire/name.ts";
import { mangled, recordsOf } from "./gateway-reading.ts";

const mx = (...data: readonly string[]) => readMxSet(recordsOf(...data.map((each) => `kommune.dk. MX ${each}`)));

describe("an MX record set", () => {
  test("gives each host once, sorted, with its preferences ascending", () => {
    expect(mx("20 b.dk.", "5 B.dk.", "10 a.dk.", "20 A.DK.")).toEqual({
      exchanges: [
        { host: "a.dk.", preferences: [10, 20] },
        { host: "b.dk.", preferences: [5, 20] },
      ],
      leftOut: [],
      nullPreferences: [],
      unreadable: 0,
    });
  });

  test("tells the entries that mean no mail from hosts", () => {
    expect(mx("0 .")).toEqual({ exchanges: [], leftOut: [], nullPreferences: [0], unreadable: 0 });
    expect(mx("20 .", "0 .", "10 a.dk.")).toMatchObject({ exchanges: [{ host: "a.dk." }], nullPreferences: [0, 20] });
  });

  test("counts what cannot be read, and never takes it for no mail", () => {
    const records = [mangled("kommune.dk", "MX"), ...recordsOf("kommune.dk. MX 10 a.dk."), mangled("kommune.dk", "MX")];
    expect(readMxSet(records)).toMatchObject({ exchanges: [{ host: "a.dk." }], nullPreferences: [], unreadable: 2 });
  });

  test("names what lies beyond the bound", () => {
    const hosts = Array.from({ length: MAX_GATEWAYS + 2 }, (_, index) => `10 mx${String(index).padStart(3, "0")}.dk.`);
    const { exchanges, leftOut } = mx(...hosts.toReversed());
    expect(exchanges).toHaveLength(MAX_GATEWAYS);
    expect(leftOut).toEqual(["mx064.dk.", "mx065.dk."]);
  });

  test("reads the same whatever the order", () => {
    const entries = fc.array(fc.tuple(fc.nat(3), fc.constantFrom(".", "a.dk.", "b.dk.", "c.dk.")), { minLength: 1 });
    fc.assert(
      fc.property(entries, (made) => {
        const data = made.map(([preference, host]) => `${preference} ${host}`);
        expect(mx(...data.toReversed())).toEqual(mx(...data));
      }),
    );
  });
});

test("hosts are bounded after they have been told apart", () => {
  const twice = [...Array.from({ length: MAX_GATEWAYS }, (_, index) => name(`mx${index}.dk`)), name("mx0.dk")];
  expect(withinBounds(twice).leftOut).toEqual([]);
});

test.each([
  ["192.0.2.1", true],
  ["255.255.255.255", true],
  ["2001:db8::1", true],
  ["256.0.2.1", false],
  ["192.0.2", false],
  ["192.0.2.1.dk", false],
  ["1.2.3.x", false],
  ["mx.kommune.dk", false],
])("%s as a host is an address: %s", (host, expected) => {
  expect(isAddressLiteral(name(host))).toBe(expected);
});
