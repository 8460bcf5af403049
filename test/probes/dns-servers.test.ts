import { describe, expect, test } from "@jest/globals";
import { unobserved } from "../../lib/core/observation.ts";
import type { Question } from "../../lib/wire/message.ts";
import { readZone } from "../dnssec/support/signed-zones.ts";
import { LABEL, records, type Said } from "./scripted-dns.ts";
import {
  GOOD,
  PARENT_SOA,
  PARENTS,
  probeServers,
  REFERRAL,
  SERVERS,
  serversOf,
  SOA,
  serverWorld,
  TIMEOUT,
} from "./server-world.ts";

const QUESTIONS = [
  ...["SOA", "NS", "DNSKEY", "A", "AAAA", "MX", "TXT", "LOC"].map((type) => `kommune.dk./${type}`),
  `${LABEL}.kommune.dk./A`,
];

function askedOf(dialled: readonly string[], address: string): readonly string[] {
  return dialled.filter((one) => one.startsWith(`${address} `)).map((one) => one.slice(address.length + 1));
}

describe("every address", () => {
  test("of both families is asked everything, once, as a server of its zone", async () => {
    const dns = serverWorld();
    const { zone, servers, named, withoutAddress, randomName } = await serversOf(dns);
    expect(servers.map(({ server, address, state }) => [server, address, state])).toEqual([
      ["ns1.kommune.dk.", "185.1.0.1", "answered"],
      ["ns1.kommune.dk.", "2a0d:1::1", "answered"],
      ["ns2.vaert.example.", "185.2.0.1", "answered"],
    ]);
    for (const address of SERVERS) expect([...askedOf(dns.dialled, address)].sort()).toEqual([...QUESTIONS].sort());
    expect(servers.every(({ book }) => book.length === QUESTIONS.length)).toBe(true);
    expect(new Set(dns.dialled).size).toBe(dns.dialled.length);
    expect(dns.zones).toEqual(new Set(["dk.", "kommune.dk."]));
    expect({ zone, withoutAddress, randomName }).toEqual({
      zone: "kommune.dk.",
      withoutAddress: [],
      randomName: `${LABEL}.kommune.dk.`,
    });
    expect(named).toEqual({
      byParent: ["ns1.kommune.dk.", "ns2.vaert.example."],
      byZone: ["ns1.kommune.dk.", "ns2.vaert.example."],
    });
  });

  test("of the parent's servers is asked for the referral until one gives it, and for nothing else", async () => {
    const dns = serverWorld();
    await serversOf(dns);
    expect(askedOf(dns.dialled, PARENTS[0])).toEqual(["kommune.dk./NS"]);
    expect(askedOf(dns.dialled, PARENTS[1])).toEqual([]);
    const second = serverWorld({ servers: { [PARENTS[0]]: TIMEOUT } });
    await serversOf(second);
    expect(askedOf(second.dialled, PARENTS[1])).toEqual(["kommune.dk./NS"]);
  });

  test("is that of servers that only the parent or only the zone names, too", async () => {
    const dns = serverWorld({
      resolved: {
        "kommune.dk./NS": records("kommune.dk. NS kun-zonen.example.", "kommune.dk. NS ns1.kommune.dk."),
        "kun-zonen.example./A": records("kun-zonen.example. A 185.3.0.1"),
      },
    });
    const { named, servers } = await serversOf(dns);
    expect(named.byParent).toEqual(["ns1.kommune.dk.", "ns2.vaert.example."]);
    expect(named.byZone).toEqual(["kun-zonen.example.", "ns1.kommune.dk."]);
    expect(servers.map(({ address }) => address).sort()).toEqual(["185.1.0.1", "185.2.0.1", "185.3.0.1", "2a0d:1::1"]);
  });

  test("joins glue with what resolvers say, each address once, and takes no glue for other names", async () => {
    const glue = records("ns1.kommune.dk. A 185.1.0.9", "ns1.kommune.dk. A 185.1.0.1", "fremmed.example. A 185.8.0.1");
    const referral = { ...(REFERRAL as object), additional: readZone(glue) };
    const { servers } = await serversOf(serverWorld({ servers: { [PARENTS[0]]: referral } }));
    const own = servers.filter(({ server }) => server === "ns1.kommune.dk.").map(({ address }) => address);
    expect(own).toEqual(["185.1.0.1", "185.1.0.9", "2a0d:1::1"]);
    expect(servers.map(({ address }) => address)).not.toContain("185.8.0.1");
  });

  test("of a name inside a larger zone is that of the zone's servers", async () => {
    const dns = serverWorld({
      resolved: { "www.kommune.dk./SOA": { authority: readZone(records(SOA)) } },
    });
    const { zone, servers } = await serversOf(dns, "www.kommune.dk");
    expect(zone).toBe("kommune.dk.");
    expect(servers).toHaveLength(3);
    const asked = askedOf(dns.dialled, SERVERS[0]);
    expect(asked).toEqual(expect.arrayContaining(["www.kommune.dk./TXT", "kommune.dk./DNSKEY", "kommune.dk./NS"]));
    expect(asked[0]).toBe("kommune.dk./SOA");
  });
});

describe("the delegation", () => {
  const parentSays = (said: Said) => serverWorld({ servers: { [PARENTS[0]]: said } });

  test("is in the answer of a parent's server that serves the zone as well", async () => {
    const answer = readZone(records("kommune.dk. NS ns1.kommune.dk."));
    const { named } = await serversOf(parentSays({ flags: ["aa"], answer }));
    expect(named.byParent).toEqual(["ns1.kommune.dk."]);
  });

  test("is not looked for further once a parent's server denies it with authority", async () => {
    const dns = parentSays({ flags: ["aa"], authority: readZone(records(PARENT_SOA)) });
    expect((await serversOf(dns)).named.byParent).toBeNull();
    expect(askedOf(dns.dialled, PARENTS[1])).toEqual([]);
  });

  test("is looked for further when a parent's server refuses, or refers elsewhere", async () => {
    const elsewhere = readZone(records("dk. NS a.nic.dk.", "sub.kommune.dk. NS ns.fremmed.example."));
    for (const said of [5, { authority: elsewhere }]) {
      const dns = parentSays(said);
      expect((await serversOf(dns)).named.byParent).toEqual(["ns1.kommune.dk.", "ns2.vaert.example."]);
      expect(askedOf(dns.dialled, PARENTS[1])).toEqual(["kommune.dk./NS"]);
    }
  });

  test("that only the zone itself tells is enough to ask its servers", async () => {
    const { named, servers } = await serversOf(serverWorld({ servers: { [PARENTS[0]]: 5, [PARENTS[1]]: TIMEOUT } }));
    expect(named).toEqual({ byParent: null, byZone: ["ns1.kommune.dk.", "ns2.vaert.example."] });
    expect(servers).toHaveLength(3);
  });
});

describe("nobody is asked", () => {
  test("about a name that is not registered: neither its servers nor its parent's", async () => {
    const dns = serverWorld({ resolved: { "ledig.dk./SOA": { rcode: 3, authority: readZone(records(PARENT_SOA)) } } });
    const { servers, named, zone, withoutAddress } = await serversOf(dns, "ledig.dk");
    expect({ servers, named, zone, withoutAddress }).toEqual({
      ...{ servers: [], withoutAddress: [], zone: "ledig.dk." },
      named: { byParent: null, byZone: null },
    });
    expect(dns.dialled).toEqual([]);
    // Resolvers are asked meanwhile where the parent's servers are: look-ups that every domain below it shares.
    expect(dns.asked.filter((one) => one.startsWith("ledig"))).toEqual(["ledig.dk./SOA"]);
  });

  test("above the root", async () => {
    const dns = serverWorld({
      resolved: {
        "./SOA": records(". SOA a.rod.example. x.rod.example. 1 2 3 4 5"),
        "./NS": records(". NS a.rod.example."),
        "a.rod.example./A": records("a.rod.example. A 185.4.0.1"),
      },
    });
    const { named, servers } = await serversOf(dns, ".");
    expect(named).toEqual({ byParent: null, byZone: ["a.rod.example."] });
    expect(servers.map(({ address }) => address)).toEqual(["185.4.0.1"]);
    expect([...new Set(dns.dialled.map((one) => one.split(" ")[0]))]).toEqual(["185.4.0.1"]);
  });
});

describe("a server that", () => {
  const only = (...types: readonly string[]) => types.map((type) => `kommune.dk./${type}`);

  test.each<readonly [string, Said, string, string]>([
    ["is silent", TIMEOUT, "silent", "no answer"],
    ["resets", unobserved("connection-reset", "reset"), "silent", "reset"],
    ["cannot be dialled", unobserved("vantage-blocked", "special"), "unreachable", "special"],
    ["refuses", 5, "lame", "REFUSED"],
    ["fails", { rcode: 2, flags: ["aa"] }, "lame", "SERVFAIL"],
    ["is no authority", { flags: ["ra"], answer: [] }, "lame", "no AA flag"],
    ["denies without authority", 3, "lame", "NXDOMAIN"],
  ])("%s about the SOA is asked nothing more", async (_, said, state, detail) => {
    const dns = serverWorld({ servers: { "185.2.0.1": said } });
    const { servers } = await serversOf(dns);
    expect(askedOf(dns.dialled, "185.2.0.1")).toEqual(only("SOA"));
    const view = servers.find(({ address }) => address === "185.2.0.1");
    expect(view).toMatchObject({ state, detail });
    expect(view?.book).toHaveLength(1);
    expect(view?.cause ?? null).toBe(typeof said === "object" && "cause" in said ? said.cause : null);
    expect(servers.filter((one) => one.state === "answered")).toHaveLength(2);
  });

  test("denies its own zone with authority has answered, and is asked on", async () => {
    const dns = serverWorld({ servers: { "185.2.0.1": { rcode: 3, flags: ["aa"] } } });
    const { servers } = await serversOf(dns);
    expect(servers.at(-1)).toMatchObject({ address: "185.2.0.1", state: "answered", detail: "NXDOMAIN" });
    expect(askedOf(dns.dialled, "185.2.0.1")).toHaveLength(QUESTIONS.length);
  });

  test("there is no route to is unreachable and not dialled", async () => {
    const dns = serverWorld({ overrides: { hasRouteTo: (address) => !address.includes(":") } });
    const { servers } = await serversOf(dns);
    expect(servers[1]).toEqual({
      ...{ server: "ns1.kommune.dk.", address: "2a0d:1::1", state: "unreachable", cause: "vantage-blocked" },
      ...{ detail: "no route from here", book: [] },
    });
    expect(dns.dialled.some((one) => one.startsWith("2a0d:"))).toBe(false);
  });

  test("goes silent after the SOA has answered, with the silence in its book", async () => {
    const halting = ({ type }: Question): Said => (type === "MX" ? TIMEOUT : GOOD);
    const { servers } = await serversOf(serverWorld({ servers: { "185.2.0.1": halting } }));
    const view = servers.find(({ address }) => address === "185.2.0.1");
    expect(view?.state).toBe("answered");
    expect(view?.book.find(({ question }) => question.type === "MX")?.reply).toEqual(TIMEOUT);
  });
});

describe("nothing heard", () => {
  test("authoritative: off is not observable, and nobody is asked", async () => {
    const dns = serverWorld({ overrides: { direct: null } });
    expect((await probeServers(dns)).result).toMatchObject({ state: "unobserved", cause: "not-observable" });
    expect([...dns.asked, ...dns.dialled]).toEqual([]);
  });

  const silent = Object.fromEntries(SERVERS.map((address) => [address, TIMEOUT]));

  test("from any server, though the parent answers, is dns-timeout, and says of whom", async () => {
    const { result } = await probeServers(serverWorld({ servers: silent }));
    expect(result).toMatchObject({ state: "unobserved", cause: "dns-timeout" });
    for (const address of SERVERS) expect(result).toMatchObject({ detail: expect.stringContaining(address) });
  });

  test("from the parent's servers either is our own vantage", async () => {
    const { result } = await probeServers(serverWorld({ servers: { "*": TIMEOUT } }));
    expect(result).toMatchObject({ state: "unobserved", cause: "vantage-blocked" });
  });

  test.each<readonly [string, Said]>([
    ["an answer", GOOD],
    ["a refusal", 5],
  ])("beside %s is a value", async (_, said) => {
    const { servers } = await serversOf(serverWorld({ servers: { ...silent, "185.2.0.1": said } }));
    expect(servers.filter(({ state }) => state === "silent")).toHaveLength(2);
  });

  test("the first cause in order decides", async () => {
    const servers = { ...silent, "185.2.0.1": unobserved("connection-refused", "refused") };
    expect((await probeServers(serverWorld({ servers }))).result).toMatchObject({ cause: "dns-timeout" });
    const refused = Object.fromEntries(SERVERS.map((one) => [one, unobserved("connection-refused", "refused")]));
    expect((await probeServers(serverWorld({ servers: refused }))).result).toMatchObject({
      cause: "connection-refused",
    });
  });

  test("no route to any of them is our own vantage", async () => {
    const dns = serverWorld({ overrides: { hasRouteTo: () => false } });
    expect((await probeServers(dns)).result).toMatchObject({ state: "unobserved", cause: "vantage-blocked" });
    expect(dns.dialled).toEqual([]);
  });

  test("of their addresses is not the same as having none", async () => {
    const resolved = (said: Said) =>
      Object.fromEntries(
        ["ns1.kommune.dk.", "ns2.vaert.example."].flatMap((one) =>
          ["A", "AAAA"].map((type) => [`${one}/${type}`, said]),
        ),
      );
    const servers = { [PARENTS[0]]: { ...(REFERRAL as object), additional: [] } };
    const unheard = await probeServers(serverWorld({ resolved: resolved(TIMEOUT), servers }));
    expect(unheard.result).toMatchObject({ state: "unobserved", cause: "dns-timeout" });
    const none = await serversOf(serverWorld({ resolved: resolved(3), servers }));
    expect(none.servers).toEqual([]);
    expect(none.withoutAddress).toEqual([
      { server: "ns1.kommune.dk.", why: "NXDOMAIN, NXDOMAIN" },
      { server: "ns2.vaert.example.", why: "NXDOMAIN, NXDOMAIN" },
    ]);
  });

  test("of who the servers are is unobserved, with the cause; SERVFAIL is dns-servfail", async () => {
    const nobody = { resolved: { "kommune.dk./NS": TIMEOUT }, servers: { "*": 5 } };
    expect((await probeServers(serverWorld(nobody))).result).toMatchObject({ cause: "dns-timeout" });
    const broken = { resolved: { "kommune.dk./NS": 2 }, servers: { "*": 5 } };
    const { result } = await probeServers(serverWorld(broken));
    expect(result).toMatchObject({ cause: "dns-servfail", detail: expect.stringContaining("SERVFAIL") });
  });
});
