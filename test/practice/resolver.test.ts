import { describe, expect, test } from "@jest/globals";
import type { Answer } from "../../lib/practice/answer.ts";
import { askNameServer, type NameServer } from "../../lib/practice/authority.ts";
import { createResolver } from "../../lib/practice/resolver.ts";
import { name } from "../../lib/wire/name.ts";
import { RCODE } from "../../lib/wire/rcode.ts";
import { zoneOf } from "./prove-zone.ts";

const SOA = "@ 60 IN SOA a b 1 2 3 4 5\n";

/** A small internet: each server by address, with its zones as [origin, text]. */
const SERVERS: Readonly<Record<string, NameServer>> = {
  "185.20.1.1": serving("185.20.1.1", [
    [
      ".",
      "dk 60 NS a.nic.dk.\na.nic.dk 60 A 185.20.2.1\ncom 60 NS ns.hosting.dk.\nloop 60 NS ns.loop2.\nloop2 60 NS ns.loop.\n",
    ],
  ]),
  "185.20.2.1": serving("185.20.2.1", [
    [
      "dk",
      "hosting 60 NS ns.hosting\nns.hosting 60 A 185.20.3.1\nwww 60 CNAME shop.example.com.\none 60 NS lame.hosting\n" +
        "one 60 NS ns.hosting\ndead 60 NS gone.hosting\nhalf 60 NS cut.hosting\nself 60 NS up.self\nup.self 60 A 185.20.2.1\n" +
        "c0 60 CNAME c0.example.com.\n",
    ],
  ]),
  "185.20.3.1": serving("185.20.3.1", [
    ["hosting.dk", "ns 60 A 185.20.3.1\nlame 60 A 185.20.2.9\ngone 60 A 185.20.3.3\ncut 60 A 185.20.3.4\n"],
    ["com", "*.example 60 A 185.20.9.9\nshop.example 60 CNAME real.example\nc0.example 60 CNAME c0.dk.\n"],
    ["one.dk", "@ 60 TXT one\n"],
  ]),
  "185.20.2.9": { addresses: ["185.20.2.9"], behaviour: "lame", zones: [] },
  "185.20.3.3": { addresses: ["185.20.3.3"], behaviour: "silent", zones: [] },
};

function serving(address: string, zones: readonly (readonly [string, string])[]): NameServer {
  const loaded = zones.map(([origin, text]) => zoneOf(`${SOA}${text}`, name(origin)));
  return { addresses: [address], behaviour: "normal", zones: loaded };
}

const asked: string[] = [];
const resolver = createResolver(["185.20.1.1"], (address, question, dnssecOk) => {
  asked.push(address);
  const server = SERVERS[address];
  return server === undefined ? null : (askNameServer(server, question, dnssecOk, "tcp")?.answer ?? null);
});

function resolve(owner: string, type: string): Promise<Answer> {
  return resolver.resolve({ name: name(owner), type }, true);
}

function marks({ answer }: Answer): readonly string[] {
  return answer.map((record) => `${record.name} ${record.type}`);
}

describe("the practice resolver", () => {
  test("follows referrals with glue, and never claims authority", async () => {
    const found = await resolve("ns.hosting.dk", "A");
    expect(marks(found)).toEqual(["ns.hosting.dk. A"]);
    expect(found.authoritative).toBe(false);
  });

  test("looks up servers without glue, and follows aliases from zone to zone and through wildcards", async () => {
    expect(marks(await resolve("www.dk", "A"))).toEqual([
      "www.dk. CNAME",
      "shop.example.com. CNAME",
      "real.example.com. A",
    ]);
  });

  test("does not follow an alias that was itself asked for", async () => {
    expect(marks(await resolve("www.dk", "CNAME"))).toEqual(["www.dk. CNAME"]);
  });

  test("passes over a lame server when another one answers", async () => {
    asked.length = 0;
    expect(marks(await resolve("one.dk", "TXT"))).toEqual(["one.dk. TXT"]);
    expect(new Set(asked)).toEqual(new Set(["185.20.1.1", "185.20.2.1", "185.20.3.1", "185.20.2.9"]));
  });

  test("asks the parent for DS", async () => {
    expect((await resolve("dk", "DS")).authority.map((record) => record.name)).toEqual(["."]);
  });

  test("hands on a denial with its SOA", async () => {
    const found = await resolve("nothing.dk", "A");
    expect(found).toMatchObject({ rcode: RCODE.NXDOMAIN, answer: [] });
    expect(found.authority.map((record) => record.type)).toEqual(["SOA"]);
  });

  test.each([
    ["all servers silent", "dead.dk"],
    ["the only server not reachable", "half.dk"],
    ["a server that refers to itself", "self.dk"],
    ["two zones whose servers lie in each other", "loop"],
    ["aliases in a circle over zones", "c0.dk"],
  ])("fails for %s", async (_, owner) => {
    expect(await resolve(owner, "A")).toMatchObject({ rcode: RCODE.SERVFAIL, answer: [], authority: [] });
  });

  test("takes a moment before it gives up on silence", async () => {
    const started = performance.now();
    await resolve("dead.dk", "A");
    expect(performance.now() - started).toBeGreaterThan(90);
  });
});
