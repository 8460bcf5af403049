import net from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import { DialError } from "../../../lib/dial/dial-error.ts";
import { createWebHosts } from "../../../lib/probes/web/web-hosts.ts";
import type { WebWanted } from "../../../lib/probes/probe-context.ts";
import type { Hop } from "../../../lib/web/hop.ts";
import { ADDRESS, HOST, METADATA, outcome, ROOT, VALID, WebLoopback } from "../http/loopback.ts";
import tls from "node:tls";

const internet = new WebLoopback();
const MEGABYTE = 1024 * 1024;
/** A visit of at most 2 s, and a machine that is busy with other things. */
const VISIT_MS = 2000;
const PATIENCE_MS = 12_000;
const signal = new AbortController().signal;

const wanted = (changes: Partial<WebWanted> = {}): WebWanted => ({
  role: "own",
  origins: [
    { scheme: "http", port: 80, path: "/" },
    { scheme: "https", port: 443, path: "/" },
  ],
  closeness: "whole",
  randomLabel: "q7w8e9r0t1y2u3i4",
  addressesOf: internet.addressesOf,
  ...changes,
});

/** All hops of all walks of a visit, which must end in time and within memory, and leave nothing behind. */
async function hopsOf(changes: Partial<WebWanted> = {}, stop = signal): Promise<readonly Hop[]> {
  const limits = { visitMs: VISIT_MS };
  const web = createWebHosts({ dialer: internet.dialer, userAgent: "x", extraAuthorities: [ROOT], limits });
  const before = process.memoryUsage().rss;
  const startedAt = performance.now();
  const visit = await web.visit({ host: HOST, address: ADDRESS }, wanted(changes), { signal: stop });
  expect(performance.now() - startedAt).toBeLessThan(PATIENCE_MS);
  expect(process.memoryUsage().rss - before).toBeLessThan(150 * MEGABYTE);
  for (let waited = 0; internet.sockets.size > 0 && waited < 10_000; waited += 20) await delay(20);
  expect(internet.sockets.size).toBe(0);
  if (visit.state === "unobserved" || visit.value.state !== "visited") throw new Error(JSON.stringify(visit));
  return visit.value.origins.flatMap(({ walks }) => walks.flatMap(({ hops }) => hops));
}

type Serve = (socket: net.Socket) => void;

/** The same behaviour on both ports, within TLS where there is TLS. */
async function both(serve: Serve): Promise<void> {
  await internet.raw(serve);
  const server = tls.createServer({ ...VALID, ALPNProtocols: ["http/1.1"] }, (socket) => {
    socket.on("error", () => undefined).once("data", () => serve(socket));
  });
  server.on("tlsClientError", () => undefined);
  await internet.listen(server, 443);
}

function endlessly(socket: net.Socket, piece: string | Buffer): void {
  const write = (): void => {
    while (!socket.destroyed && socket.write(piece));
  };
  socket.on("drain", write);
  write();
}

const head = (...lines: readonly string[]): string => `${["HTTP/1.1 200 OK", ...lines].join("\r\n")}\r\n\r\n`;
const after = (text: string | Buffer, piece: string) => (socket: net.Socket) => {
  socket.write(text);
  endlessly(socket, piece);
};
const bomb = gzipSync(Buffer.alloc(32 * MEGABYTE));

describe("a host that means harm on both ports", () => {
  test.each<readonly [string, Serve, RegExp]>([
    ["never answers", () => undefined, /^tcp-timeout/],
    [
      "trickles",
      (s) =>
        void (async () => {
          while (!s.destroyed) {
            s.write("H");
            await delay(50);
          }
        })(),
      /^(protocol-error|tcp-timeout)/,
    ],
    ["hangs up", (s) => s.end(), /^connection-reset/],
    ["speaks junk", (s) => s.end("\u0000\u0001\u0002junk"), /^protocol-error/],
    ["speaks HTTP/0.9", (s) => s.end("<html>hello</html>"), /^protocol-error/],
    ["sends header fields without end", after("HTTP/1.1 200 OK\r\n", "X: y\r\n".repeat(1000)), /^tool-limit/],
    ["sends a status line without end", after("HTTP/1.1 200 ", "x".repeat(65_536)), /^tool-limit/],
    ["continues without end", after("", "HTTP/1.1 100 Continue\r\n\r\n".repeat(1000)), /^tool-limit/],
    ["hints in one section without end", after("HTTP/1.1 103 Hints\r\n", "Link: x\r\n".repeat(1000)), /^tool-limit/],
    [
      "sends content without end",
      after(head("Content-Type: text/html"), "<a href=http://a.dk>".repeat(3000)),
      /^200 limit/,
    ],
    [
      "sends bombs",
      (s) =>
        s.end(Buffer.concat([Buffer.from(head("Content-Encoding: gzip", `Content-Length: ${bomb.length}`)), bomb])),
      /^200 limit/,
    ],
    ["redirects without Location", (s) => s.end("HTTP/1.1 301 Moved\r\nContent-Length: 0\r\n\r\n"), /^301/],
    [
      "redirects to a file",
      (s) => s.end("HTTP/1.1 301 Moved\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n"),
      /^301/,
    ],
    [
      "redirects to a script",
      (s) => s.end("HTTP/1.1 301 Moved\r\nLocation: javascript:alert(1)\r\nContent-Length: 0\r\n\r\n"),
      /^301/,
    ],
    [
      "redirects with a bare CR",
      (s) => s.end("HTTP/1.1 301 Moved\r\nLocation: /\rX: y\r\nContent-Length: 0\r\n\r\n"),
      /^protocol-error/,
    ],
  ])("%s", async (_, serve, expected) => {
    await both(serve);
    const hops = await hopsOf();
    expect(hops.length).toBeGreaterThanOrEqual(6);
    for (const hop of hops) expect(outcome(hop)).toMatch(new RegExp(`${expected.source}|^tcp-timeout|^200 time`));
    expect(hops.map(outcome).some((each) => expected.test(each))).toBe(true);
  });

  test("loops, over as many names as it likes", async () => {
    let asked = 0;
    await both((s) =>
      s.end(`HTTP/1.1 302 Found\r\nLocation: http://n${(asked += 1)}.dk/\r\nContent-Length: 0\r\n\r\n`),
    );
    const hops = await hopsOf();
    expect(hops.map(outcome)).toContain("302");
    // Ten redirects of each walk that is followed, and what is looked at once.
    expect(hops.length).toBeLessThan(50);
  });
});

test("a host whose redirects lead to names that nobody answers for ends in time", async () => {
  await both((s) => s.end("HTTP/1.1 302 Found\r\nLocation: http://tarpit.dk/\r\nContent-Length: 0\r\n\r\n"));
  const hops = await hopsOf({ addressesOf: () => new Promise(() => undefined) });
  expect(hops.map(outcome)).toContain("dns-timeout NO_LOOKUP");
});

test("nothing special is dialled, however it is written", async () => {
  let trapped = 0;
  const trap = net.createServer(() => (trapped += 1));
  await internet.listen(trap, 80, METADATA);
  for (const port of [80, 443]) {
    for (const address of [METADATA, "::ffff:169.254.169.254", "::ffff:a9fe:a9fe", "127.0.0.1", "::1"]) {
      internet.table.set(`tcp ${address} ${port}`, internet.table.get(`tcp ${METADATA} 80`)!);
    }
  }
  internet.addresses.set("rebound.dk", [METADATA]);
  internet.addresses.set("mapped.dk", ["::ffff:169.254.169.254"]);
  internet.addresses.set("localhost", ["127.0.0.1", "::1"]);
  for (const target of [
    "169.254.169.254",
    "[::ffff:169.254.169.254]",
    "2852039166",
    "2130706433",
    "0x7f.1",
    "127.1",
    "localhost",
    "rebound.dk",
    "mapped.dk",
    "[::1]",
  ]) {
    internet.table.delete(`tcp ${ADDRESS} 80`);
    await internet.raw((s) =>
      s.end(`HTTP/1.1 302 Found\r\nLocation: http://${target}/latest/\r\nContent-Length: 0\r\n\r\n`),
    );
    const hops = await hopsOf({ closeness: "front", origins: [{ scheme: "http", port: 80, path: "/" }] });
    expect([target, ...hops.map(outcome)]).toEqual([target, "302", "vantage-blocked SPECIAL_ADDRESS"]);
  }
  expect(trapped).toBe(0);
});

test("a visit that is stopped ends, and says that it was", async () => {
  await both(() => undefined);
  const controller = new AbortController();
  setTimeout(() => controller.abort(new DialError("tcp-timeout", "DEADLINE", "enough")), 200);
  const startedAt = performance.now();
  expect((await hopsOf({}, controller.signal)).every(({ answer }) => answer.state === "unobserved")).toBe(true);
  expect(performance.now() - startedAt).toBeLessThan(VISIT_MS + PATIENCE_MS);
});
