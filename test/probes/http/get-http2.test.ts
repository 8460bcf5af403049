import tls from "node:tls";
import { setTimeout as delay } from "node:timers/promises";
import http2 from "node:http2";
import { describe, expect, test } from "@jest/globals";
import { parseWebUrl } from "../../../lib/parsers/location.ts";
import { getOnce } from "../../../lib/probes/http/get-once.ts";
import type { HttpLimits } from "../../../lib/probes/http/http-limits.ts";
import type { Hop } from "../../../lib/web/hop.ts";
import { ADDRESS, answerOf, HOST, outcome, SHORT, VALID, WebLoopback } from "./loopback.ts";

const internet = new WebLoopback();
const SECURE = `https://${HOST}/a?b`;
/** A deadline of at most 4 s, and a machine that is busy with other things. */
const PATIENCE_MS = 8000;
const MEGABYTE = 1024 * 1024;
const ENOUGH: Partial<HttpLimits> = { connectMs: 5000, visitMs: 4000 };

const [DATA, HEADERS, RST_STREAM, SETTINGS, PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION] = [
  0, 1, 3, 4, 5, 6, 7, 8, 9,
];
const END_STREAM = 1;
const END_HEADERS = 4;

function frame(type: number, flags: number, stream: number, payload: Buffer | string = ""): Buffer {
  const body = Buffer.from(payload as string, "latin1");
  const header = Buffer.alloc(9);
  header.writeUIntBE(body.length, 0, 3);
  header.writeUInt8(type, 3);
  header.writeUInt8(flags, 4);
  header.writeUInt32BE(stream, 5);
  return Buffer.concat([header, body]);
}

/** HPACK without Huffman or the dynamic table (RFC 7541 section 6.2.2), for texts of up to 126 octets. */
const literal = (name: string, value: string): Buffer =>
  Buffer.concat([
    Buffer.from([0, name.length]),
    Buffer.from(name),
    Buffer.from([value.length]),
    Buffer.from(value, "latin1"),
  ]);
const STATUS_200 = Buffer.from([0x88]);
const heads = (...fields: readonly Buffer[]): Buffer =>
  frame(HEADERS, END_HEADERS, 1, Buffer.concat([STATUS_200, ...fields]));
const html = literal("content-type", "text/html");

async function get(limits: Partial<HttpLimits> = ENOUGH): Promise<Hop> {
  const url = parseWebUrl(SECURE);
  if (!url.ok) throw new Error("no URL");
  const tools = internet.tools(limits);
  const { signal } = new AbortController();
  const got = await getOnce(url.value, ADDRESS, tools, { httpVersion: "2", signal, timeoutMs: tools.limits.visitMs });
  return { url: SECURE, address: ADDRESS, ...got };
}

/** Speaks TLS with ALPN h2, and does with the octets what it likes once the client's preface has come. */
async function raw(serve: (socket: tls.TLSSocket) => void): Promise<void> {
  const server = tls.createServer({ ...VALID, ALPNProtocols: ["h2"] }, (socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => {
      socket.write(frame(SETTINGS, 0, 0));
      socket.resume();
      serve(socket);
    });
  });
  server.on("tlsClientError", () => undefined);
  await internet.listen(server, 443);
}

function endlessly(socket: tls.TLSSocket, piece: Buffer): void {
  const write = (): void => {
    while (!socket.destroyed && socket.write(piece));
  };
  socket.on("drain", write);
  write();
}

/** The socket under a TLS session of ours. */
function resetBelow(socket: tls.TLSSocket): void {
  for (const each of internet.sockets) if (each !== socket) each.resetAndDestroy();
}

const many = (piece: Buffer, count: number): Buffer => Buffer.concat(Array.from({ length: count }, () => piece));

describe("an answer over HTTP/2", () => {
  test("is asked for with the host's name, and keeps fields apart and in order", async () => {
    const seen: http2.IncomingHttpHeaders[] = [];
    const server = http2.createSecureServer({ ...VALID });
    server.on("stream", (stream, headers) => {
      seen.push(headers);
      stream.respond([
        ":status",
        "404",
        "x-a",
        "1",
        "strict-transport-security",
        "x",
        "x-a",
        "\u00e6",
        "strict-transport-security",
        "max-age=1",
      ] as never);
      stream.end("<p>");
    });
    await internet.listen(server, 443);
    const answer = answerOf(await get());
    expect(seen).toMatchObject([
      {
        ":authority": HOST,
        ":path": "/a?b",
        ":method": "GET",
        ":scheme": "https",
        "user-agent": expect.stringContaining("Kravvagt"),
      },
    ]);
    expect(seen[0]).not.toHaveProperty("connection");
    expect(answer).toMatchObject({ httpVersion: "2", status: 404, interim: [], body: { octets: 3, cut: null } });
    expect(answer.tls).toMatchObject({ protocol: "TLSv1.3", verification: { trusted: true } });
    expect(answer.fields.filter(([name]) => name !== "date")).toEqual([
      ["x-a", "1"],
      ["strict-transport-security", "x"],
      ["x-a", "\u00e6"],
      ["strict-transport-security", "max-age=1"],
    ]);
  });

  test("may come after interim ones", async () => {
    const hint = frame(HEADERS, END_HEADERS, 1, Buffer.concat([Buffer.from([0x08, 3]), Buffer.from("103")]));
    await raw((socket) => socket.write(Buffer.concat([hint, heads(html), frame(DATA, END_STREAM, 1, "<p>")])));
    expect(answerOf(await get())).toMatchObject({ status: 200, interim: [103], body: { octets: 3, cut: null } });
  });

  test("is none where the server knows HTTP/1.1 alone, or no ALPN", async () => {
    await internet.secureSite((_, response) => response.end("x"));
    expect(outcome(await get())).toBe("not-observable NO_HTTP2");
  });
});

describe("a server of HTTP/2 that means harm", () => {
  test.each<readonly [string, (socket: tls.TLSSocket) => void, RegExp]>([
    ["never answers", () => undefined, /^tcp-timeout SILENT/],
    ["hangs up", (s) => s.end(), /^connection-reset/],
    ["resets", (s) => resetBelow(s), /^connection-reset/],
    ["goes away", (s) => s.write(frame(GOAWAY, 0, 0, Buffer.from("000000000000000b", "hex"))), /^connection-reset/],
    ["goes away in peace", (s) => s.end(frame(GOAWAY, 0, 0, Buffer.alloc(8))), /^connection-reset/],
    ["ends the stream", (s) => s.write(frame(RST_STREAM, 0, 1, Buffer.from("00000007", "hex"))), /^connection-reset/],
    ["speaks HTTP/1.1", (s) => s.write("HTTP/1.1 200 OK\r\n\r\n"), /^protocol-error/],
    ["speaks junk", (s) => s.write(Buffer.alloc(1000, 0xff)), /^protocol-error/],
    [
      "sends settings without end",
      (s) => endlessly(s, many(frame(SETTINGS, 0, 0), 500)),
      /^(tool-limit|protocol-error|connection-reset)/,
    ],
    [
      "pings without end",
      (s) => endlessly(s, many(frame(PING, 0, 0, Buffer.alloc(8)), 500)),
      /^(tool-limit|protocol-error|connection-reset)/,
    ],
    [
      "widens windows without end",
      (s) => endlessly(s, many(frame(WINDOW_UPDATE, 0, 0, Buffer.from("00000001", "hex")), 500)),
      /^(tool-limit|protocol-error)/,
    ],
    [
      "continues without end",
      (s) => {
        s.write(frame(HEADERS, 0, 1, STATUS_200));
        endlessly(s, many(frame(CONTINUATION, 0, 1, literal("x", "y".repeat(100))), 100));
      },
      /^(tool-limit|protocol-error|connection-reset)/,
    ],
    [
      "sends a bomb of HPACK",
      (s) => {
        const entry = Buffer.concat([
          Buffer.from([0x40, 1]),
          Buffer.from("x"),
          Buffer.from([0x7f, 0xa1, 0x1e]),
          Buffer.alloc(4000, 0x79),
        ]);
        s.write(heads(entry, Buffer.alloc(12_000, 0xbe)));
      },
      /^(tool-limit|protocol-error|connection-reset)/,
    ],
    [
      "sends 3,000 fields",
      (s) => s.write(heads(many(Buffer.from("0001780179", "hex"), 3000))),
      /^(tool-limit|protocol-error|connection-reset)/,
    ],
    [
      "pushes",
      (s) => s.write(frame(PUSH_PROMISE, END_HEADERS, 1, Buffer.from("0000000288", "hex"))),
      /^(tcp-timeout|protocol-error)/,
    ],
    [
      "hints without end",
      (s) => endlessly(s, many(frame(HEADERS, END_HEADERS, 1, Buffer.from("0803313033", "hex")), 100)),
      /^(tool-limit|protocol-error)/,
    ],
    ["sends a frame that is too long", (s) => s.write(frame(DATA, 0, 1, "x".repeat(20_000))), /^protocol-error/],
    [
      "answers without a status",
      (s) => s.write(frame(HEADERS, END_HEADERS | END_STREAM, 1, html)),
      /^(protocol-error|connection-reset)/,
    ],
    [
      "puts a line break into a field",
      (s) => s.write(Buffer.concat([heads(literal("x", "a\r\nb: c")), frame(DATA, END_STREAM, 1)])),
      /^(protocol-error|connection-reset|200)/,
    ],
    [
      "sends content without end",
      (s) => {
        s.write(heads(html));
        endlessly(s, frame(DATA, 0, 1, "x".repeat(16_000)));
      },
      /^200 (limit|broke)/,
    ],
    ["stops within its content", (s) => s.write(Buffer.concat([heads(html), frame(DATA, 0, 1, "<p>")])), /^200 time/],
    ["hangs up within its content", (s) => s.end(Buffer.concat([heads(html), frame(DATA, 0, 1, "<p>")])), /^200 broke/],
    [
      "cancels within its content",
      (s) =>
        s.write(
          Buffer.concat([
            heads(html),
            frame(DATA, 0, 1, "<p>"),
            frame(RST_STREAM, 0, 1, Buffer.from("00000008", "hex")),
          ]),
        ),
      /^200 broke/,
    ],
    [
      "sends less than it said",
      (s) => s.write(Buffer.concat([heads(html, literal("content-length", "9")), frame(DATA, END_STREAM, 1, "<p>")])),
      /^(200 broke|protocol-error|connection-reset)/,
    ],
  ])("%s", async (_, serve, expected) => {
    await raw(serve);
    const before = process.memoryUsage().rss;
    const startedAt = performance.now();
    const hop = await get(expected.source.includes("time") ? SHORT : ENOUGH);
    expect(performance.now() - startedAt).toBeLessThan(PATIENCE_MS);
    expect(outcome(hop)).toMatch(expected);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * MEGABYTE);
    for (let waited = 0; internet.sockets.size > 0 && waited < 10_000; waited += 20) await delay(20);
    expect(internet.sockets.size).toBe(0);
  });
});

describe("a server of HTTP/2 alone", () => {
  const SITE_ALONE = "a site that has no other version";

  async function alone(protocol: string): Promise<void> {
    const server = http2.createSecureServer({ ...VALID, allowHTTP1: false }, (_, response) => {
      response.writeHead(200, { "strict-transport-security": "max-age=31536000" });
      response.end(SITE_ALONE);
    });
    // What it does not speak it refuses by an alert, as RFC 7301 section 3.2 has it.
    const tlsServer = tls.createServer({ ...VALID, ALPNProtocols: [protocol] }, (socket) =>
      server.emit("secureConnection", socket),
    );
    tlsServer.on("tlsClientError", () => undefined);
    await internet.listen(tlsServer, 443);
  }

  test("is visited as browsers do, though HTTP/1.1 was wanted", async () => {
    await alone("h2");
    const [hop] = await internet.visit(SECURE);
    expect(answerOf(hop)).toMatchObject({ httpVersion: "2", status: 200, body: { octets: SITE_ALONE.length } });
  });

  test("of something else alone stays what it is: without a handshake", async () => {
    await alone("other");
    expect(outcome((await internet.visit(SECURE))[0])).toMatch(/^tls-failed .*NO_APPLICATION_PROTOCOL$/);
  });
});
