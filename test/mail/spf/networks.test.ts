import { describe, expect, test } from "@jest/globals";
import { coversEverything, type Network } from "../../../lib/mail/spf/coverage.ts";
import { addressesOf, dottedAddress, isWithin, parseIpAddress } from "../../../lib/mail/spf/ip-address.ts";

function network(text: string): Network {
  const [address = "", prefix] = text.split("/");
  return { network: parseIpAddress(address) ?? [], prefix: Number(prefix) };
}

describe("what networks cover together", () => {
  test.each([
    [["0.0.0.0/0"], 4, true],
    [["192.0.2.1/0"], 4, true],
    [["128.0.0.0/1", "0.0.0.0/1"], 4, true],
    [["0.0.0.0/1", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/2"], 4, true],
    [["0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/3"], 4, true],
    [["0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/4"], 4, false],
    [["0.0.0.0/2", "64.0.0.0/3", "96.0.0.0/4", "112.0.0.0/5", "120.0.0.0/6", "124.0.0.0/7", "126.0.0.0/8"], 4, false],
    [
      ["0.0.0.0/2", "64.0.0.0/3", "96.0.0.0/4", "112.0.0.0/5", "120.0.0.0/6", "124.0.0.0/7", "126.0.0.0/8"].concat([
        ...["128.0.0.0/2", "192.0.0.0/3"],
      ]),
      4,
      true,
    ],
    [["1.0.0.0/8", "2.0.0.0/7", "4.0.0.0/6", "8.0.0.0/5", "16.0.0.0/4", "32.0.0.0/3", "64.0.0.0/2"], 4, false],
    [["10.0.0.0/8", "192.168.0.0/16"], 4, false],
    [["2000::/3"], 16, true],
    [["2000::/4"], 16, true],
    [["2000::/5"], 16, false],
    [["2001:db8::/32", "fe80::/10"], 16, false],
    [["0.0.0.0/1", "128.0.0.1/32", "129.0.0.0/8"], 4, false],
    [["128.0.0.0/1"], 4, false],
    [["0.0.0.0/0"], 16, false],
    [["2001:db8::/0"], 16, true],
    [["8000::/1", "::/1"], 16, true],
    [["8000::/1", "::/2"], 16, true],
    [["8000::/1", "::/3"], 16, false],
    [[], 4, false],
  ] as const)("%j of %d octets: %s", (networks, octets, whole) => {
    expect(coversEverything(networks.map(network), octets)).toBe(whole);
  });
});

describe("addresses", () => {
  test("a mapped IPv4 address is that address", () => {
    expect(parseIpAddress("::FFFF:192.0.2.1")).toEqual([192, 0, 2, 1]);
    expect(parseIpAddress("::ffff:c000:201")).toEqual([192, 0, 2, 1]);
    expect(parseIpAddress("::fffe:c000:201")).toHaveLength(16);
    expect(parseIpAddress("::1:ffff:c000:201")).toHaveLength(16);
  });

  test.each(["", "192.0.2", "192.0.2.256", "::g", "kommune.dk"])("%j is none", (text) => {
    expect(parseIpAddress(text)).toBeNull();
  });

  test("the form of %{i}", () => {
    expect(dottedAddress([192, 0, 2, 1])).toBe("192.0.2.1");
    expect(dottedAddress(parseIpAddress("2001:db8::cb01") ?? [])).toBe(
      "2.0.0.1.0.d.b.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.c.b.0.1",
    );
  });

  test.each([
    ["192.0.2.1", "192.0.2.0", 24, true],
    ["192.0.3.1", "192.0.2.0", 24, false],
    ["192.0.3.1", "192.0.2.0", 23, true],
    ["192.0.2.1", "192.0.2.1", 32, true],
    ["192.0.2.0", "192.0.2.1", 32, false],
    ["192.0.2.0", "192.0.2.1", 31, true],
    ["203.0.113.1", "10.0.0.0", 0, true],
    ["192.0.2.1", "::", 0, false],
    ["2001:db8:8000::1", "2001:db8::", 33, false],
    ["2001:db8:7fff::1", "2001:db8::", 33, true],
  ] as const)("%s in %s/%d: %s", (address, base, prefix, within) => {
    expect(isWithin(parseIpAddress(address) ?? [], parseIpAddress(base) ?? [], prefix)).toBe(within);
  });

  test("records that hold no address are left out", () => {
    const record = (data: string) => ({ name: ".", type: "A", ttl: 1, data }) as never;
    expect(addressesOf([record("wAACAQ=="), record("wAAC"), record("?")])).toEqual([[192, 0, 2, 1]]);
  });
});
