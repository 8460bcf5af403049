import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { canonicalAddress, createAddressPolicy, isSpecialAddress } from "../../lib/dial/address-policy.ts";
import { DialError } from "../../lib/dial/dial-error.ts";

const web = { port: 443, protocol: "tcp" } as const;

const SPECIAL = [
  "127.0.0.1",
  "10.0.0.1",
  "172.16.0.1",
  "172.31.255.255",
  "192.168.1.1",
  "169.254.169.254",
  "100.64.0.1",
  "0.0.0.0",
  "0.1.2.3",
  "255.255.255.255",
  "224.0.0.1",
  "239.255.255.255",
  "240.0.0.1",
  "192.0.0.1",
  "192.0.2.1",
  "198.18.0.1",
  "198.51.100.1",
  "203.0.113.1",
  "::",
  "::1",
  "::7f00:1",
  "::8.8.8.8",
  "::ffff:10.0.0.1",
  "::ffff:8.8.8.8",
  "::ffff:0:8.8.8.8",
  "64:ff9b::7f00:1",
  "64:ff9b::8.8.8.8",
  "64:ff9b:1::8.8.8.8",
  "2002:7f00:1::",
  "2002:808:808::1",
  "2001:0:102:304::1",
  "2001:2::1",
  "2001:10::1",
  "2001:20::1",
  "2001:db8::1",
  "3fff::1",
  "100::1",
  "5f00::1",
  "fc00::1",
  "fd12:3456::1",
  "fe80::1",
  "fe80::1%lo",
  "fec0::1",
  "ff02::1",
  "4000::1",
  "e000::1",
];

describe("the address policy", () => {
  test.each(SPECIAL)("%s is special and is not dialled", (address) => {
    expect(isSpecialAddress(address)).toBe(true);
    expect(() => createAddressPolicy([]).admit({ address, ...web })).toThrow(
      expect.objectContaining({ cause: "vantage-blocked", code: "SPECIAL_ADDRESS" }),
    );
  });

  test.each(["8.8.8.8", "185.20.53.53", "172.32.0.1", "100.128.0.1", "2a02:1:2::3", "2001:4860:4860::8888"])(
    "%s is ordinary and is dialled",
    (address) => {
      expect(isSpecialAddress(address)).toBe(false);
      expect(createAddressPolicy([]).admit({ address, ...web })).toBe(canonicalAddress(address));
    },
  );

  test.each([
    "2130706433",
    "0x7f.1",
    "0x7f000001",
    "127.1",
    "010.0.0.1",
    "localhost",
    "example.dk",
    "",
    " 8.8.8.8",
    "[::1]",
  ])("%j is no IP literal: an internal error, whatever is allowed", (address) => {
    const open = createAddressPolicy(["0.0.0.0/0", "::/0"]);
    expect(() => open.admit({ address, ...web })).toThrow(
      expect.objectContaining({ cause: "internal", code: "NOT_AN_ADDRESS" }),
    );
  });

  test("a range allows what lies in it and nothing else", () => {
    const policy = createAddressPolicy(["127.0.0.0/8", "fd00::/8", "192.0.2.7"]);
    expect(policy.admit({ address: "127.1.2.3", ...web })).toBe("127.1.2.3");
    expect(policy.admit({ address: "FD00:0::1", ...web })).toBe("fd00::1");
    expect(policy.admit({ address: "192.0.2.7", ...web })).toBe("192.0.2.7");
    for (const address of ["192.0.2.8", "::1", "10.0.0.1", "::ffff:127.0.0.1", "::127.0.0.1", "2002:7f00:1::"]) {
      expect(() => policy.admit({ address, ...web })).toThrow(DialError);
    }
  });

  test("a form that embeds an IPv4 address needs both to be allowed", () => {
    const forms = createAddressPolicy(["64:ff9b::/96", "::ffff:0:0/96", "2002::/16", "2001::/32"]);
    for (const address of ["64:ff9b::8.8.8.8", "::ffff:8.8.8.8", "2002:808:808::1"]) {
      expect(() => forms.admit({ address, ...web })).not.toThrow();
    }
    // Teredo keeps its IPv4 address inverted: f5ff:fffe is 10.0.0.1.
    for (const address of ["64:ff9b::10.0.0.1", "::ffff:10.0.0.1", "2002:a00:1::", "2001:0:1:2:3:4:f5ff:fffe"]) {
      expect(() => forms.admit({ address, ...web })).toThrow(DialError);
    }
    const both = createAddressPolicy(["64:ff9b::/96", "10.0.0.0/8"]);
    expect(() => both.admit({ address: "64:ff9b::10.0.0.1", ...web })).not.toThrow();
  });

  test("a registered service is dialled on its own port and protocol only, in any spelling", () => {
    const policy = createAddressPolicy([]);
    policy.registerService({ address: "FD00::0:53", port: 53, protocol: "udp" });
    expect(policy.admit({ address: "fd00:0::53", port: 53, protocol: "udp" })).toBe("fd00::53");
    for (const other of [
      { address: "fd00::53", port: 53, protocol: "tcp" },
      { address: "fd00::53", port: 54, protocol: "udp" },
      { address: "fd00::54", port: 53, protocol: "udp" },
    ] as const) {
      expect(() => policy.admit(other)).toThrow(DialError);
    }
  });

  test.each(["127.0.0.1/33", "localhost/8", "0x7f.0.0.0/8", "10/8", "10.0.0.0/", "2001:db8::/129", ""])(
    "%j is not an address range",
    (range) => {
      expect(() => createAddressPolicy([range])).toThrow();
    },
  );

  test("every IPv4 address is judged alike, alone and as the only thing allowed in a mapped form", () => {
    const mapped = createAddressPolicy(["::ffff:0:0/96"]);
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const isRefused = refuses(() => mapped.admit({ address: `::ffff:${address}`, ...web }));
        return isRefused === isSpecialAddress(address);
      }),
    );
  });
});

function refuses(act: () => unknown): boolean {
  try {
    act();
    return false;
  } catch {
    return true;
  }
}
