import { describe, expect, test } from "@jest/globals";
import { createDialer } from "../../lib/dial/dialer.ts";
import { mappedSockets } from "../../lib/dial/sockets.ts";
import { createDnsAccess } from "../../lib/dns/dns-access.ts";
import { probeDnsServers } from "../../lib/probes/dns-servers.ts";
import { name } from "../../lib/wire/name.ts";
import { readZone } from "../dnssec/support/signed-zones.ts";
import { records, type Said } from "./scripted-dns.ts";
import { PARENTS, probeServers, serversOf, serverWorld, TIMEOUT } from "./server-world.ts";

describe("the addresses of name servers that hostile records tell", () => {
  const many = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(4, "0")}.example.`);
  const manyAddresses = Array.from({ length: 1000 }, (_, index) => `185.${50 + (index >> 8)}.0.${index & 255}`);
  const serverLines = (names: readonly string[]) => names.map((each) => `kommune.dk. NS ${each}`);

  test("a thousand NS names make us look up 32, and the rest is said", async () => {
    const names = many("n", 1000);
    const lines = serverLines(names);
    const dns = serverWorld({
      resolved: { "kommune.dk./NS": records(...lines) },
      servers: { [PARENTS[0]]: { authority: readZone(records(...lines)) } },
    });
    const looked = await probeServers(dns);
    const asked = dns.asked.filter((one) => one.startsWith("n0"));
    expect(asked).toHaveLength(64);
    expect(looked.result).toMatchObject({ state: "observed", value: { servers: [] } });
    const { withoutAddress, named, leftOut } = await serversOf(dns);
    expect(named.byZone).toHaveLength(1000);
    expect(withoutAddress).toHaveLength(32);
    expect(leftOut).toBe("not asked: 968 name servers after the first 32");
  });

  test("a name with a thousand addresses makes us ask 64, crowds out no other server, and the rest is said", async () => {
    const dns = serverWorld({
      resolved: {
        "ns1.kommune.dk./A": records(...manyAddresses.map((address) => `ns1.kommune.dk. A ${address}`)),
      },
    });
    const { servers, withoutAddress, leftOut } = await serversOf(dns);
    const dialled = new Set(dns.dialled.map((one) => one.split(" ")[0]));
    expect([...dialled].filter((one) => !PARENTS.some((parent) => parent === one))).toHaveLength(64);
    expect(servers).toHaveLength(64);
    expect(servers.at(-1)).toMatchObject({ server: "ns2.vaert.example.", address: "185.2.0.1", state: "answered" });
    // 1,000 from the resolver, 2 from the glue; one of the 64 is the other server's.
    expect(withoutAddress).toEqual([]);
    expect(leftOut).toBe("not asked: 939 addresses after the first 64");
  });

  test("32 names with two addresses each are all asked, and nothing is said", async () => {
    const names = many("n", 32);
    const addresses = names.flatMap((each, index) => [
      [`${each}/A`, records(`${each} A 185.60.0.${index}`)],
      [`${each}/AAAA`, records(`${each} AAAA 2a0d:60::${index}`)],
    ]);
    const lines = records(...serverLines(names));
    const dns = serverWorld({
      resolved: { ...Object.fromEntries(addresses), "kommune.dk./NS": lines },
      servers: { [PARENTS[0]]: { authority: readZone(lines) } },
    });
    const { servers, withoutAddress, leftOut } = await serversOf(dns);
    expect(servers).toHaveLength(64);
    expect(withoutAddress).toEqual([]);
    expect(leftOut).toBeNull();
  });

  test("a parent with a thousand servers makes us look up 32 and ask six of them", async () => {
    const names = many("p", 1000);
    const resolved = {
      "dk./NS": records(...names.map((each) => `dk. NS ${each}`)),
      ...Object.fromEntries(
        names.map((each, index) => [`${each}/A`, records(`${each} A 185.70.${index >> 8}.${index & 255}`)]),
      ),
    };
    const servers = Object.fromEntries(
      manyAddresses.map((_, index) => [`185.70.${index >> 8}.${index & 255}`, TIMEOUT]),
    );
    const dns = serverWorld({ resolved, servers });
    await probeServers(dns);
    expect(dns.asked.filter((one) => /^p\d{4}\.example\.\/A$/u.test(one))).toHaveLength(32);
    expect(new Set(dns.dialled.filter((one) => one.startsWith("185.70."))).size).toBe(6);
  });

  test("a family whose look-up failed is said, although the other one has an address", async () => {
    const gap = (said: Said) => serversOf(serverWorld({ resolved: { "ns2.vaert.example./AAAA": said } }));
    expect((await gap(TIMEOUT)).withoutAddress).toEqual([{ server: "ns2.vaert.example.", why: "AAAA: dns-timeout" }]);
    expect((await gap(2)).withoutAddress).toEqual([{ server: "ns2.vaert.example.", why: "AAAA: SERVFAIL" }]);
    expect((await gap(3)).withoutAddress).toEqual([]);
    // The glue has one of that family.
    const { withoutAddress } = await serversOf(serverWorld({ resolved: { "ns1.kommune.dk./AAAA": TIMEOUT } }));
    expect(withoutAddress).toEqual([]);
  });

  test("records that cannot be read name no server and no address", async () => {
    const broken = (owner: string, type: string) => [{ name: name(owner), type, ttl: 60, data: "AA==" }];
    const dns = serverWorld({
      resolved: {
        "kommune.dk./NS": { answer: [...broken("kommune.dk", "NS").map((one) => ({ ...one, data: "/w==" }))] },
        "ns2.vaert.example./A": { answer: broken("ns2.vaert.example", "A") },
      },
    });
    const { named, withoutAddress } = await serversOf(dns);
    expect(named.byZone).toBeNull();
    expect(withoutAddress).toEqual([{ server: "ns2.vaert.example.", why: "NODATA, NODATA" }]);
  });

  test("addresses that are special are refused by the dialer: no socket is opened, and the reason is kept", async () => {
    const opened: string[] = [];
    const sockets = { ...mappedSockets(new Map(), ["ipv4", "ipv6"]) };
    sockets.openUdp = async (address) => {
      opened.push(address);
      throw Object.assign(new Error("no"), { code: "EHOSTUNREACH" });
    };
    const dialer = createDialer({ allowSpecialAddresses: [], families: "routed", sockets });
    const access = createDnsAccess({ authoritative: "direct" }, dialer);
    const scripted = serverWorld({
      resolved: {
        "ns2.vaert.example./A": records(
          ...["127.0.0.1", "169.254.169.254", "10.1.2.3", "0.0.0.0", "255.255.255.255"].map(
            (address) => `ns2.vaert.example. A ${address}`,
          ),
        ),
        "ns2.vaert.example./AAAA": records(
          ...["::1", "::ffff:127.0.0.1", "fe80::1"].map((address) => `ns2.vaert.example. AAAA ${address}`),
        ),
      },
    });
    const isOrdinary = (address: string): boolean => /^185\.|^2a0d:/u.test(address);
    const { direct } = scripted.context;
    const context = {
      ...scripted.context,
      direct: {
        ask: (...args: Parameters<NonNullable<typeof direct>["ask"]>) =>
          (isOrdinary(args[0].address) ? direct : access.direct)!.ask(...args),
      },
    };
    const { result } = await probeDnsServers("domain:kommune.dk", name("kommune.dk"), context);
    access.close();
    dialer.close();
    if (result.state === "unobserved") throw new Error(result.detail);
    const special = result.value.servers.filter(({ address }) => !isOrdinary(address));
    expect(special).toHaveLength(8);
    for (const view of special) expect(view).toMatchObject({ state: "unreachable", cause: "vantage-blocked" });
    expect(special[0]?.detail).toContain("special");
    expect(opened).toEqual([]);
  });
});
