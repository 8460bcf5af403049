import { existsSync, readdirSync, statSync } from "node:fs";
import net from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { isSpecialAddress } from "../../lib/dial/address-policy.ts";
import { endpointKey } from "../../lib/dial/sockets.ts";
import { parseInventory } from "../../lib/inventory/parse-inventory.ts";
import { PRACTICE_CASES, WEB_CASES } from "../../lib/practice/cases.ts";
import { startPracticeInternet, type PracticeInternet } from "../../lib/practice/internet.ts";
import { loadZoneSet } from "../../lib/practice/zone-set.ts";
import { RCODE } from "../../lib/wire/rcode.ts";
import { Asker, RESOLVER } from "./ask-practice.ts";
import { ZONES_FOLDER } from "./practice-zones.ts";

let internet: PracticeInternet;
let asker: Asker;
beforeAll(async () => {
  internet = await startPracticeInternet();
  asker = new Asker(internet);
});
afterAll(() => internet.stop());

describe("the practice internet", () => {
  test("has an endpoint for each address of each server, all of them ordinary unicast addresses", async () => {
    const { servers } = await loadZoneSet(ZONES_FOLDER);
    const addresses = servers.flatMap((server) => server.addresses);
    expect(addresses.length).toBeGreaterThan(20);
    for (const address of addresses) {
      expect(isSpecialAddress(address)).toBe(false);
      expect(internet.sockets.has(endpointKey("udp", address, 53))).toBe(true);
      expect(internet.sockets.has(endpointKey("tcp", address, 53))).toBe(true);
    }
    expect([...internet.sockets.values()].every(({ host }) => host === "127.0.0.1")).toBe(true);
  });

  test("answers over UDP and TCP, IPv4 and IPv6, from the zone of that server", async () => {
    for (const address of ["185.20.10.1", "2a0d:2000:10::1"]) {
      for (const reply of [
        await asker.overUdp(address, "oevelse.dk", "A"),
        await asker.overTcp(address, "oevelse.dk", "A"),
      ]) {
        expect(reply).toMatchObject({ rcode: RCODE.NOERROR, flags: ["aa", "cd"] });
        expect(reply?.answer.map(({ type }) => type)).toEqual(["A", "RRSIG"]);
      }
    }
    expect(await asker.overUdp("185.20.2.1", "oevelse.dk", "A")).toMatchObject({ flags: ["cd"], answer: [] });
  });

  test("serves the divergent copy on the address that has it", async () => {
    const types = async (address: string): Promise<readonly string[] | undefined> =>
      (await asker.overUdp(address, "ambulance-oevelse.dk", "SOA"))?.answer.map(({ type }) => type);
    expect(await types("185.20.11.2")).toEqual(["SOA", "RRSIG"]);
    expect(await types("2a0d:2000:11::2")).toEqual(["SOA"]);
  });

  test("has servers that refuse, that are silent, and that truncate, with and without TCP", async () => {
    expect(await asker.overUdp("185.20.12.1", "campingplads-oevelse.dk", "SOA")).toMatchObject({
      rcode: RCODE.REFUSED,
    });
    expect(await asker.overUdp("185.20.13.1", "spejder-oevelse.dk", "SOA")).toBeNull();
    expect(await asker.overUdp("185.20.14.1", "referat-oevelse.dk", "SOA")).toMatchObject({
      flags: ["aa", "tc", "cd"],
      answer: [],
    });
    expect((await asker.overTcp("185.20.14.1", "referat-oevelse.dk", "SOA")).answer).toHaveLength(2);
    expect(await asker.overUdp("185.20.15.1", "protokol-oevelse.dk", "SOA")).toMatchObject({ answer: [] });
    await expect(asker.overTcp("185.20.15.1", "protokol-oevelse.dk", "SOA")).rejects.toMatchObject({
      code: "ECONNREFUSED",
    });
  });

  test("has nothing at any other address or port", async () => {
    await expect(asker.overUdp("185.20.99.99", "oevelse.dk", "A")).rejects.toMatchObject({ code: "EHOSTUNREACH" });
    expect([...internet.sockets.keys()].filter((key) => !/ (25|53|80|143|443|993)$/u.test(key))).toEqual([]);
  });

  test("has a resolver that recurses, and claims neither authority nor authenticity", async () => {
    const reply = await asker.overUdp(RESOLVER, "www.selvbetjening-oevelse.dk", "A");
    expect(reply).toMatchObject({ rcode: RCODE.NOERROR, flags: ["rd", "ra", "cd"] });
    expect(reply?.answer.map(({ type }) => type)).toEqual(["CNAME", "RRSIG", "A"]);
  });

  test("frees every port when it stops, and can be started again", async () => {
    const other = await startPracticeInternet();
    const key = endpointKey("tcp", "185.20.10.1", 53);
    const [port, ours] = [other.sockets.get(key)?.port, internet.sockets.get(key)?.port];
    expect(port).not.toBe(ours);
    await other.stop();
    expect(other.sockets.size).toBe(0);
    const code = await new Promise((resolve) => {
      const socket = net.connect({ host: "127.0.0.1", port: port! });
      socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code));
      socket.on("connect", () => resolve("connected"));
    });
    expect(code).toBe("ECONNREFUSED");
    await other.stop();
  });
});

describe("the practice municipality", () => {
  test("is a valid inventory without warnings, with every usual case and no other", () => {
    const parsed = parseInventory(internet.inventory, "practice.json");
    expect(parsed).toMatchObject({ ok: true });
    if (!parsed.ok) return;
    const { municipality, assets } = parsed.inventory;
    expect(municipality).toEqual({ id: "0000", name: "Kommunen Øvelse" });
    expect(new Set(assets.map(({ id }) => id))).toEqual(new Set(internet.expected.keys()));
    const usual = PRACTICE_CASES.filter(({ fresh, slow }) => fresh !== true && slow !== true);
    const usualOnWeb = WEB_CASES.filter(({ slow }) => slow !== true);
    expect(internet.expected.size).toBe(usual.length + usualOnWeb.length);
  });

  test("points at files that exist", () => {
    const { network } = JSON.parse(internet.inventory) as { network: { trustAnchors: string; ca: string } };
    expect([network.trustAnchors, network.ca].filter((path) => !existsSync(path))).toEqual([]);
  });

  test("is small enough to be checked in", () => {
    const sizes = readdirSync(ZONES_FOLDER).map((file) => statSync(join(ZONES_FOLDER, file)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_000_000);
  });
});
