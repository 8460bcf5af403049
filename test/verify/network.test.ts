import { type EventEmitter, getEventListeners } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Network, type NetworkOptions, openNetwork } from "../../lib/verify/network.ts";
import { mappedSockets, type SocketOpener } from "../../lib/dial/sockets.ts";
import { type InventoryFiles, readInventoryText } from "../../lib/inventory/read-inventory.ts";
import { type PracticeInternet, startPracticeInternet } from "../../lib/practice/internet.ts";
import { name } from "../../lib/wire/name.ts";

const SOA = { name: name("oevelse.dk"), type: "SOA" };
const SERVER = { address: "185.20.10.1" };
const SILENT_SERVER = { address: "185.20.13.1" };
const zone = SOA.name;

let internet: PracticeInternet;
let files: InventoryFiles;
beforeAll(async () => {
  internet = await startPracticeInternet();
  const read = await readInventoryText(internet.inventoryOf(["signed"]), "practice.json");
  if (!read.ok) throw new Error(JSON.stringify(read));
  files = read;
});
afterAll(() => internet.stop());

/** Sockets that are open, referenced or not. */
const openSockets = new Set<object>();

/** The practice internet's sockets, each counted from its opening until it is closed. */
function countedSockets(): SocketOpener {
  const real = mappedSockets(internet.sockets, internet.families);
  const count = <S extends EventEmitter>(socket: S): S => {
    openSockets.add(socket);
    socket.once("close", () => openSockets.delete(socket));
    return socket;
  };
  return {
    ...real,
    openTcp: (address, port) => count(real.openTcp(address, port)),
    openUdp: async (address, port) => count(await real.openUdp(address, port)),
  };
}

function open(options: Partial<NetworkOptions> = {}): Promise<Network> {
  const sockets = countedSockets();
  return openNetwork(files, { signal: new AbortController().signal, sockets, ...options });
}

describe("labels", () => {
  test("are drawn, unless the watch has one for the asset", async () => {
    const network = await open();
    const drawn = Array.from({ length: 20 }, () => network.context.randomLabel("domain:oevelse.dk"));
    network.close();
    expect(drawn.filter((label) => !/^[a-z0-9]{16}$/u.test(label))).toEqual([]);
    expect(new Set(drawn).size).toBe(20);
    const watched = await open({ label: (asset) => `label of ${asset}` });
    watched.close();
    expect(watched.context.randomLabel("domain:oevelse.dk")).toBe("label of domain:oevelse.dk");
  });
});

describe("the first resolver", () => {
  test.each([
    [undefined, [1, 0]],
    [1, [0, 1]],
  ])("is by the number %s: questions by resolver %j", async (firstResolver, asked) => {
    const network = await open({ firstResolver });
    try {
      expect(await network.context.resolver.ask(SOA, network.context)).toMatchObject({ state: "observed" });
      expect(network.dns.resolver.describe().map((each) => each.asked)).toEqual(asked);
    } finally {
      network.close();
    }
  });
});

describe("closing a network", () => {
  const USES = 50;

  /** What was closed needs a moment to go. */
  const settled = () => new Promise((resolve) => setTimeout(resolve, 100));

  /** How many sockets and timers keep the process going, the test runner's own few timers among them. */
  const keepingBusy = () => process.getActiveResourcesInfo().length;

  async function useOnce(signal: AbortSignal): Promise<void> {
    const network = await open({ signal });
    const { resolver, direct } = network.context;
    const options = { signal: network.context.signal, zone };
    const heard = await Promise.all([
      ...resolver.alone().map(({ ask }) => ask(SOA, options)),
      direct?.ask(SERVER, SOA, options),
      direct?.ask({ address: "185.20.14.1" }, { ...SOA, name: name("referat-oevelse.dk") }, options),
    ]);
    expect(heard.map((reply) => reply?.state)).toEqual(["observed", "observed", "observed", "observed"]);
    network.close();
  }

  test("leaves nothing behind, used many times over, neither sockets nor timers nor listeners", async () => {
    const { signal } = new AbortController();
    await useOnce(signal);
    await settled();
    const before = keepingBusy();
    for (let time = 0; time < USES; time++) await useOnce(signal);
    await settled();
    expect(openSockets.size).toBe(0);
    // One thing left behind per use would be as many as there were uses.
    expect(keepingBusy() - before).toBeLessThan(USES / 5);
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
    // The counting does see what is open.
    const held = await open({ signal });
    await held.context.resolver.ask(SOA, held.context);
    await held.context.direct?.ask(SERVER, SOA, { zone, signal });
    expect(openSockets.size).toBe(2);
    expect(getEventListeners(signal, "abort")).not.toHaveLength(0);
    held.close();
  }, 30_000);

  test("ends what is under way, over every transport, and opens nothing anew", async () => {
    const network = await open();
    const { resolver, direct } = network.context;
    const options = { signal: network.context.signal, zone };
    const [overHttps] = resolver.alone();
    const asked = [
      overHttps?.ask({ ...SOA, name: name("spejder-oevelse.dk") }, options),
      direct?.ask(SILENT_SERVER, SOA, options),
      network.dns.direct?.ask(SILENT_SERVER, { ...SOA, type: "NS" }, { zone }),
    ];
    const startedAt = performance.now();
    setTimeout(() => network.close(), 20);
    const states = await Promise.all(asked.map(async (reply) => (await reply)?.state));
    expect(states).toEqual(["unobserved", "unobserved", "unobserved"]);
    expect(performance.now() - startedAt).toBeLessThan(1500);
    await settled();
    expect(openSockets.size).toBe(0);
  });

  test("an abort from outside reaches the questions, and one that came before opening does too", async () => {
    const stop = new AbortController();
    const network = await open({ signal: stop.signal });
    const asked = network.context.direct?.ask(SILENT_SERVER, SOA, { zone, signal: network.context.signal });
    stop.abort();
    expect(await asked).toMatchObject({ state: "unobserved", cause: "internal" });
    expect(network.context.signal.aborted).toBe(true);
    network.close();
    const late = await open({ signal: stop.signal });
    late.close();
    expect(late.context.signal.aborted).toBe(true);
  });
});
