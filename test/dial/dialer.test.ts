import dgram from "node:dgram";
import net from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createDialer } from "../../lib/dial/dialer.ts";
import type { Dialer } from "../../lib/dial/dialer.ts";
import { endpointKey, mappedSockets, systemSockets } from "../../lib/dial/sockets.ts";
import type { LoopbackEndpoint, SocketOpener } from "../../lib/dial/sockets.ts";

const HELLO = Buffer.from("hello");
const web = { purpose: "web", timeoutMs: 2000 } as const;
const dns = { purpose: "dns", timeoutMs: 300 } as const;
const anything = (): boolean => true;

let server: net.Server;
let port: number;
let accepted: net.Socket[];
let echo: dgram.Socket;
let echoPort: number;
let sourcePorts: number[];
let dialer: Dialer;

beforeEach(async () => {
  accepted = [];
  sourcePorts = [];
  server = net.createServer((socket) => {
    accepted.push(socket);
    socket.on("error", () => undefined).on("data", (data) => socket.write(data));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as net.AddressInfo).port;
  echo = dgram.createSocket("udp4");
  echo.on("message", (data, from) => {
    sourcePorts.push(from.port);
    echo.send(data, from.port, from.address);
  });
  await new Promise<void>((resolve) => echo.bind(0, "127.0.0.1", resolve));
  echoPort = echo.address().port;
  dialer = createDialer({ allowSpecialAddresses: ["127.0.0.0/8"] });
});

afterEach(async () => {
  dialer.close();
  accepted.forEach((socket) => socket.destroy());
  await new Promise((resolve) => server.close(resolve));
  await new Promise<void>((resolve) => echo.close(() => resolve()));
});

function here(): { address: string; port: number } {
  return { address: "127.0.0.1", port };
}

function echoHere(): { address: string; port: number } {
  return { address: "127.0.0.1", port: echoPort };
}

async function closed(socket: net.Socket): Promise<void> {
  if (!socket.closed) {
    await new Promise((resolve) => socket.once("close", resolve));
  }
}

describe("TCP", () => {
  test("connects, carries octets, and counts them", async () => {
    const socket = await dialer.connectTcp(here(), web);
    socket.write(HELLO);
    await new Promise((resolve) => socket.once("data", resolve));
    expect(dialer.counters()).toEqual({ connections: 1, datagramsOut: 0, datagramsIn: 0, bytesIn: 5, bytesOut: 5 });
    socket.destroy();
    await closed(socket);
    expect(dialer.counters()).toMatchObject({ bytesIn: 5, bytesOut: 5 });
  });

  test("special addresses are refused unless allowed, and nothing is opened", async () => {
    const strict = createDialer({ sockets: noSockets() });
    for (const address of ["127.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1"]) {
      await expect(strict.connectTcp({ address, port }, web)).rejects.toMatchObject({ cause: "vantage-blocked" });
      await expect(strict.exchangeUdp({ address, port }, HELLO, anything, dns)).rejects.toMatchObject({
        cause: "vantage-blocked",
      });
    }
    await expect(strict.connectTcp({ address: "localhost", port }, web)).rejects.toMatchObject({ cause: "internal" });
    expect(strict.counters().connections).toBe(0);
  });

  test("a registered service may be dialled, on its port", async () => {
    const strict = createDialer();
    strict.registerService({ ...here(), protocol: "tcp" });
    (await strict.connectTcp(here(), web)).destroy();
    await expect(strict.connectTcp({ ...here(), port: port + 1 }, web)).rejects.toMatchObject({
      code: "SPECIAL_ADDRESS",
    });
  });

  test("a family that is not in use is not dialled", async () => {
    const six = createDialer({ allowSpecialAddresses: ["127.0.0.0/8"], families: ["ipv6"] });
    await expect(six.connectTcp(here(), web)).rejects.toMatchObject({ cause: "vantage-blocked", code: "FAMILY" });
    expect(await six.families()).toEqual(["ipv6"]);
    expect(await six.isReachable("127.0.0.1")).toBe(false);
    expect(await dialer.isReachable("127.0.0.1")).toBe(true);
  });

  test("a scan needs an authorisation for the very address", async () => {
    const scan = { purpose: "scan", timeoutMs: 1000 } as const;
    await expect(dialer.connectTcp(here(), scan)).rejects.toMatchObject({ cause: "no-authorisation" });
    const authorised = createDialer({
      allowSpecialAddresses: ["127.0.0.0/8"],
      authorised: (address) => address === "127.0.0.1",
    });
    (await authorised.connectTcp(here(), scan)).destroy();
    await expect(authorised.connectTcp({ address: "127.0.0.2", port }, scan)).rejects.toMatchObject({
      cause: "no-authorisation",
    });
  });

  test("a closed port is connection-refused, and its place is free again", async () => {
    await new Promise((resolve) => server.close(resolve));
    const narrow = createDialer({ allowSpecialAddresses: ["127.0.0.0/8"], socketBudget: 1 });
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await expect(narrow.connectTcp(here(), web)).rejects.toMatchObject({ cause: "connection-refused" });
    }
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });

  test.each([
    ["EMFILE", "internal"],
    ["EADDRNOTAVAIL", "internal"],
    ["ENETUNREACH", "vantage-blocked"],
    ["ETIMEDOUT", "tcp-timeout"],
    ["EPERM", "vantage-blocked"],
  ])("%s at connecting is %s", async (code, cause) => {
    const failing = createDialer({ sockets: failingWith(code, true) });
    await expect(failing.connectTcp({ address: "185.20.0.1", port: 443 }, web)).rejects.toMatchObject({ cause, code });
  });

  test("no route to host is our blindness only without a route", async () => {
    const target = { address: "185.20.0.1", port: 443 };
    const routed = createDialer({ sockets: failingWith("EHOSTUNREACH", true) });
    await expect(routed.connectTcp(target, web)).rejects.toMatchObject({ cause: "tcp-timeout" });
    await expect(routed.exchangeUdp(target, HELLO, anything, dns)).rejects.toMatchObject({ cause: "dns-timeout" });
    const unrouted = createDialer({ sockets: failingWith("EHOSTUNREACH", false) });
    await expect(unrouted.connectTcp(target, web)).rejects.toMatchObject({ cause: "vantage-blocked" });
    await expect(unrouted.exchangeUdp(target, HELLO, anything, dns)).rejects.toMatchObject({
      cause: "vantage-blocked",
    });
  });

  test("silence at connecting is tcp-timeout, and the signal ends it", async () => {
    const silent = createDialer({ sockets: { ...noSockets(), openTcp: () => new net.Socket() } });
    const target = { address: "185.20.0.1", port: 443 };
    const hasty = { ...web, timeoutMs: 30 };
    await expect(silent.connectTcp(target, hasty)).rejects.toMatchObject({ cause: "tcp-timeout", code: "SILENT" });
    const stop = new AbortController();
    const visit = silent.connectTcp(target, { ...web, signal: stop.signal });
    setTimeout(() => stop.abort(), 20);
    await expect(visit).rejects.toMatchObject({ cause: "internal", code: "STOPPED" });
  });

  test("a socket that met itself is a closed port", async () => {
    const own: SocketOpener = {
      ...noSockets(),
      openTcp: () => {
        const socket = net.connect({ host: "127.0.0.1", port });
        Object.defineProperty(socket, "localPort", { get: () => port });
        return socket;
      },
    };
    const confused = createDialer({ allowSpecialAddresses: ["127.0.0.0/8"], sockets: own });
    await expect(confused.connectTcp(here(), web)).rejects.toMatchObject({ cause: "connection-refused" });
  });

  test("at most eight at once to one port, the ninth waits for its turn", async () => {
    const sockets = await Promise.all(Array.from({ length: 8 }, () => dialer.connectTcp(here(), web)));
    const ninth = dialer.connectTcp(here(), web);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(dialer.counters().connections).toBe(8);
    sockets[0]!.destroy();
    sockets.push(await ninth);
    expect(dialer.counters().connections).toBe(9);
    sockets.forEach((socket) => socket.destroy());
  });

  test("the socket budget is shared, and idle UDP sockets make room", async () => {
    const narrow = createDialer({ allowSpecialAddresses: ["127.0.0.0/8"], socketBudget: 2 });
    await narrow.exchangeUdp(echoHere(), HELLO, anything, dns);
    const sockets = [await narrow.connectTcp(here(), web), await narrow.connectTcp(here(), web)];
    const third = narrow.connectTcp(here(), { ...web, signal: AbortSignal.timeout(30) });
    await expect(third).rejects.toMatchObject({ cause: "tcp-timeout" });
    sockets.forEach((socket) => socket.destroy());
    await Promise.all(sockets.map(closed));
    (await narrow.connectTcp(here(), web)).destroy();
  });

  test("more octets than allowed destroy the socket", async () => {
    const socket = await dialer.connectTcp(here(), { ...web, maxBytesIn: 8 });
    const received: Buffer[] = [];
    const error = new Promise((resolve) => socket.once("error", resolve));
    socket.on("data", (data: Buffer) => received.push(data));
    socket.write(HELLO);
    await new Promise((resolve) => setTimeout(resolve, 20));
    socket.write(HELLO);
    expect(await error).toMatchObject({ cause: "tool-limit", code: "BYTE_LIMIT" });
    expect(Buffer.concat(received).toString()).toBe("hello");
  });

  test("a reset that nobody listens for does not bring the process down", async () => {
    const socket = await dialer.connectTcp(here(), web);
    socket.resume();
    await new Promise((resolve) => setTimeout(resolve, 10));
    accepted[0]!.resetAndDestroy();
    await closed(socket);
  });
});

describe("UDP", () => {
  test("resolves to the datagram that is accepted; others are passed over", async () => {
    const replies = ["no", "no", "yes"];
    echo.removeAllListeners("message").on("message", (_, from) => {
      replies.forEach((reply) => echo.send(reply, from.port, from.address));
    });
    const yes = await dialer.exchangeUdp(echoHere(), HELLO, (bytes) => Buffer.from(bytes).toString() === "yes", dns);
    expect(Buffer.from(yes).toString()).toBe("yes");
    expect(dialer.counters()).toEqual({ connections: 0, datagramsOut: 1, datagramsIn: 3, bytesIn: 7, bytesOut: 5 });
  });

  test("what other addresses and ports send never reaches the exchange", async () => {
    const stranger = dgram.createSocket("udp4");
    echo.removeAllListeners("message").on("message", (_, from) => stranger.send("no", from.port, "127.0.0.1"));
    const offered: Uint8Array[] = [];
    const accept = (bytes: Uint8Array): boolean => offered.push(bytes) > 0;
    await expect(dialer.exchangeUdp(echoHere(), HELLO, accept, dns)).rejects.toMatchObject({ cause: "dns-timeout" });
    expect(offered).toEqual([]);
    stranger.close();
  });

  test("a closed port is connection-refused", async () => {
    const nobody = { address: "127.0.0.1", port };
    await expect(dialer.exchangeUdp(nobody, HELLO, anything, dns)).rejects.toMatchObject({
      cause: "connection-refused",
    });
    await expect(dialer.exchangeUdp(nobody, HELLO, anything, dns)).rejects.toMatchObject({
      cause: "connection-refused",
    });
  });

  test("sends again when asked to, and only until the answer", async () => {
    let received = 0;
    echo.removeAllListeners("message").on("message", (data, from) => {
      received += 1;
      if (received === 2) {
        echo.send(data, from.port, from.address);
      }
    });
    await dialer.exchangeUdp(echoHere(), HELLO, anything, { ...dns, resendAfterMs: [30, 60, 90] });
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(received).toBe(2);
  });

  test("many exchanges share few sockets, none for more than 64, and none twice at a time beyond need", async () => {
    for (let round = 0; round < 20; round += 1) {
      await Promise.all(
        Array.from({ length: 10 }, (_, at) => {
          const payload = Buffer.from(`${round}-${at}`);
          return dialer.exchangeUdp(echoHere(), payload, (bytes) => payload.equals(bytes), dns);
        }),
      );
    }
    const uses = Map.groupBy(sourcePorts, (source) => source);
    expect(sourcePorts).toHaveLength(200);
    expect(uses.size).toBeGreaterThanOrEqual(4);
    expect(uses.size).toBeLessThanOrEqual(8);
    expect(Math.max(...[...uses.values()].map((list) => list.length))).toBeLessThanOrEqual(64);
  });

  test("at most 32 exchanges under way per target; the rest queue and none fails", async () => {
    const held: (() => void)[] = [];
    echo.removeAllListeners("message").on("message", (data, from) => {
      held.push(() => echo.send(data, from.port, from.address));
    });
    const exchanges = Array.from({ length: 50 }, (_, at) => {
      const payload = Buffer.from(String(at));
      return dialer.exchangeUdp(echoHere(), payload, (bytes) => payload.equals(bytes), { ...dns, timeoutMs: 2000 });
    });
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(held).toHaveLength(32);
    held.splice(0).forEach((release) => release());
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(held).toHaveLength(18);
    held.forEach((release) => release());
    expect(await Promise.all(exchanges)).toHaveLength(50);
  });

  test("closing the dialer fails what is under way", async () => {
    echo.removeAllListeners("message");
    const exchange = dialer.exchangeUdp(echoHere(), HELLO, anything, dns);
    setTimeout(() => dialer.close(), 20);
    await expect(exchange).rejects.toMatchObject({ cause: "internal" });
  });
});

describe("mapped sockets", () => {
  test("an address in the table leads to loopback; any other is unreachable and never dialled", async () => {
    const table = new Map<string, LoopbackEndpoint>([
      [endpointKey("tcp", "185.20.0.1", 443), { host: "127.0.0.1", port }],
      [endpointKey("udp", "185.20.0.1", 53), { host: "127.0.0.1", port: echoPort }],
    ]);
    const mapped = createDialer({ sockets: mappedSockets(table, ["ipv4"]) });
    (await mapped.connectTcp({ address: "185.20.0.1", port: 443 }, web)).destroy();
    await mapped.exchangeUdp({ address: "185.20.0.1", port: 53 }, HELLO, anything, dns);
    for (const other of [
      { address: "185.20.0.1", port: 53 },
      { address: "185.20.0.2", port: 443 },
    ]) {
      await expect(mapped.connectTcp(other, web)).rejects.toMatchObject({ cause: "tcp-timeout", code: "EHOSTUNREACH" });
    }
    const silent = mapped.exchangeUdp({ address: "185.20.0.2", port: 53 }, HELLO, anything, dns);
    await expect(silent).rejects.toMatchObject({ cause: "dns-timeout", code: "EHOSTUNREACH" });
    const six = mapped.connectTcp({ address: "2a02:1::1", port: 443 }, web);
    await expect(six).rejects.toMatchObject({ cause: "vantage-blocked" });
    // The policy stays real: loopback itself is special.
    await expect(mapped.connectTcp(here(), web)).rejects.toMatchObject({ code: "SPECIAL_ADDRESS" });
    expect(await mapped.families()).toEqual(["ipv4"]);
    expect(await mapped.isReachable("2a02:1::1")).toBe(false);
    mapped.close();
  });
});

function noSockets(): SocketOpener {
  const opened = (): never => {
    throw new Error("a socket was opened");
  };
  return { ...systemSockets(), openTcp: opened, openUdp: opened };
}

function failingWith(code: string, isRouted: boolean): SocketOpener {
  const error = Object.assign(new Error(code), { code });
  return {
    openTcp: () => {
      const socket = new net.Socket();
      process.nextTick(() => socket.destroy(error));
      return socket;
    },
    openUdp: async () => {
      throw error;
    },
    hasRoute: async () => isRouted,
    routedFamilies: async () => ["ipv4"],
  };
}
