import type net from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import { DialError } from "../../../lib/dial/dial-error.ts";
import { HTTP_LIMITS, type HttpLimits } from "../../../lib/probes/http/http-limits.ts";
import { fieldValues } from "../../../lib/web/hop.ts";
import { endingOf } from "../../../lib/web/redirects.ts";
import { answerOf, HOST, outcome, SHORT, WebLoopback } from "./loopback.ts";

const internet = new WebLoopback();
const SITE = `http://${HOST}/`;
const SECURE = `https://${HOST}/`;

/** A deadline of at most 4 s, and a machine that is busy with other things. */
const PATIENCE_MS = 8000;

/** Servers that are to be ended by the clock get little time, the others enough to be ended by something else. */
const limitsFor = (expected: string): Partial<HttpLimits> =>
  expected.includes("time") ? SHORT : { ...SHORT, connectMs: 5000, visitMs: 4000 };
const MEGABYTE = 1024 * 1024;

/** Writes the piece as often as the peer takes it, until it hangs up. */
function endlessly(socket: net.Socket, piece: string | Buffer): void {
  const write = (): void => {
    while (!socket.destroyed && socket.write(piece));
  };
  socket.on("drain", write);
  write();
}

async function drip(socket: net.Socket, text: string, everyMs: number): Promise<void> {
  for (let at = 0; !socket.destroyed; at += 1) {
    socket.write(text.charAt(at % text.length));
    await delay(everyMs);
  }
}

interface Hostile {
  readonly name: string;
  readonly serve: (socket: net.Socket) => void;
  readonly outcome: string;
}

const head = (...lines: readonly string[]): string => `${["HTTP/1.1 200 OK", ...lines].join("\r\n")}\r\n\r\n`;
const say =
  (text: string | Buffer) =>
  (socket: net.Socket): void =>
    void socket.end(typeof text === "string" ? Buffer.from(text, "latin1") : text);
/** Says the text, and then the piece without end. */
const sayAndGoOn =
  (text: string, piece: string) =>
  (socket: net.Socket): void => {
    socket.write(text);
    endlessly(socket, piece);
  };
const html = "Content-Type: text/html";

const NO_ANSWER: readonly Hostile[] = [
  { name: "never answers", serve: () => undefined, outcome: "tcp-timeout SILENT" },
  {
    name: "trickles its header section",
    serve: (s) => void drip(s, "HTTP/1.1 200 OK\r\nX: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy", 20),
    outcome: "tcp-timeout SILENT",
  },
  { name: "hangs up", serve: (s) => s.end(), outcome: "connection-reset CLOSED" },
  { name: "resets", serve: (s) => s.resetAndDestroy(), outcome: "connection-reset ECONNRESET" },
  {
    name: "hangs up within the header section",
    serve: say("HTTP/1.1 200 OK\r\nX: y\r\n"),
    outcome: "connection-reset CLOSED",
  },
  {
    name: "says something else",
    serve: say("220 mx.oevelse.dk ESMTP\r\n"),
    outcome: "protocol-error MALFORMED",
  },
  {
    name: "answers with octets of chance",
    serve: say(Buffer.from("9f8a00ff10de", "hex")),
    outcome: "protocol-error MALFORMED",
  },
  {
    name: "has a status of four digits",
    serve: say("HTTP/1.1 2000 OK\r\n\r\n"),
    outcome: "protocol-error MALFORMED",
  },
  {
    name: "sends a line without end",
    serve: (s) =>
      endlessly(
        s.on("error", () => undefined),
        "HTTP/1.1 200 OK\r\nX: " + "y".repeat(65_536),
      ),
    outcome: "tool-limit HEADER_OVERFLOW",
  },
  {
    name: "sends a line of 1 MB",
    serve: say(head(`X: ${"y".repeat(MEGABYTE)}`)),
    outcome: "tool-limit HEADER_OVERFLOW",
  },
  {
    name: "sends 50,000 fields",
    serve: say(head(...Array.from({ length: 50_000 }, (_, n) => `X${n}: y`))),
    outcome: "tool-limit HEADER_OVERFLOW",
  },
  {
    name: "sends 2,000 cookies",
    serve: say(head(...Array.from({ length: 2000 }, (_, n) => `Set-Cookie: a${n}=${"b".repeat(20)}`))),
    outcome: "tool-limit HEADER_OVERFLOW",
  },
  {
    name: "sends many short fields",
    serve: say(head(...Array.from({ length: 3000 }, () => "a:b"))),
    outcome: "tool-limit HTTP_LIMIT",
  },
  {
    name: "continues without end",
    serve: (s) => endlessly(s, "HTTP/1.1 100 Continue\r\n\r\n".repeat(1000)),
    outcome: "tool-limit HTTP_LIMIT",
  },
  {
    name: "hints without end",
    serve: (s) => endlessly(s, `HTTP/1.1 103 Early Hints\r\nLink: ${"x".repeat(8000)}\r\n\r\n`),
    outcome: "tool-limit HTTP_LIMIT",
  },
  {
    name: "puts a bare CR into a field",
    serve: say(head("Location: https://kommune.dk/\rX: y")),
    outcome: "protocol-error MALFORMED",
  },
  {
    name: "puts NUL into a field",
    serve: say(head("X: a\u0000b")),
    outcome: "protocol-error MALFORMED",
  },
  {
    name: "says two lengths",
    serve: say(`${head("Content-Length: 1", "Content-Length: 2")}ab`),
    outcome: "protocol-error CONTENT_LENGTH",
  },
  {
    name: "frames in two ways",
    serve: say(`${head("Content-Length: 1", "Transfer-Encoding: chunked")}ab`),
    outcome: "protocol-error CONTENT_LENGTH",
  },
];

const bomb = gzipSync(Buffer.alloc(64 * MEGABYTE));
const brotliBomb = brotliCompressSync(Buffer.alloc(64 * MEGABYTE));
const page = Buffer.from("<meta http-equiv=refresh content='0;url=/x'>");

const CONTENT: readonly Hostile[] = [
  {
    name: "sends content without end",
    serve: sayAndGoOn(head(html), "x".repeat(65_536)),
    outcome: "200 limit",
  },
  {
    name: "sends chunks without end",
    serve: sayAndGoOn(head(html, "Transfer-Encoding: chunked"), `400\r\n${"x".repeat(1024)}\r\n`.repeat(20)),
    outcome: "200 limit",
  },
  {
    name: "sends extensions without end",
    serve: sayAndGoOn(`${head(html, "Transfer-Encoding: chunked")}1;a=`, "x".repeat(65_536)),
    outcome: "200 limit",
  },
  {
    name: "sends trailers without end",
    serve: sayAndGoOn(`${head(html, "Transfer-Encoding: chunked")}1\r\nx\r\n0\r\n`, "X: y\r\n".repeat(1000)),
    outcome: "200 limit",
  },
  { name: "trickles its content", serve: (s) => void (s.write(head(html)) && drip(s, "<p>", 20)), outcome: "200 time" },
  {
    name: "stops within its content",
    serve: (s) => void s.write(`${head(html, "Content-Length: 100")}<p>`),
    outcome: "200 time",
  },
  {
    name: "says a length that is too long",
    serve: say(`${head(html, "Content-Length: 100")}<p>`),
    outcome: "200 broke",
  },
  { name: "says a length that is too short", serve: say(`${head(html, "Content-Length: 3")}<p>more`), outcome: "200" },
  {
    name: "says an enormous length",
    serve: say(`${head(html, "Content-Length: 99999999999999")}<p>`),
    outcome: "200 broke",
  },
  {
    name: "resets within its content",
    serve: (s) =>
      void s.write(`${head(html, "Content-Length: 100")}<p>`, () => setTimeout(() => s.resetAndDestroy(), 50)),
    outcome: "200 broke",
  },
  {
    name: "breaks its chunks",
    serve: say(`${head(html, "Transfer-Encoding: chunked")}1\r\nx\r\nzz\r\n`),
    outcome: "200 broke",
  },
  {
    name: "sends a gzip bomb",
    serve: say(Buffer.concat([Buffer.from(head(html, "Content-Encoding: gzip")), bomb])),
    outcome: "200 limit",
  },
  {
    name: "sends a brotli bomb",
    serve: say(Buffer.concat([Buffer.from(head(html, "Content-Encoding: br")), brotliBomb])),
    outcome: "200 limit",
  },
  { name: "sends no gzip", serve: say(`${head(html, "Content-Encoding: gzip")}<p>`), outcome: "200 coding" },
  {
    name: "packs twice",
    serve: say(Buffer.concat([Buffer.from(head(html, "Content-Encoding: gzip, gzip")), gzipSync(gzipSync(page))])),
    outcome: "200 coding",
  },
  { name: "packs in a way of its own", serve: say(`${head(html, "Content-Encoding: zstd")}x`), outcome: "200 coding" },
];

describe("a server that gives no answer", () => {
  test.each(NO_ANSWER.map((each) => [each.name, each] as const))("%s", async (_, { serve, outcome: expected }) => {
    await internet.raw(serve);
    const startedAt = performance.now();
    const hops = await internet.visit(SITE, limitsFor(expected));
    expect(performance.now() - startedAt).toBeLessThan(PATIENCE_MS);
    expect(hops.map(outcome)).toEqual([expected]);
    expect(endingOf(hops).kind).toBe("unobserved");
  });
});

describe("a server that gives an answer, and then trouble", () => {
  test.each(CONTENT.map((each) => [each.name, each] as const))("%s", async (_, { serve, outcome: expected }) => {
    await internet.raw(serve);
    const startedAt = performance.now();
    const hops = await internet.visit(SITE, limitsFor(expected));
    expect(performance.now() - startedAt).toBeLessThan(PATIENCE_MS);
    expect(hops.map(outcome)).toEqual([expected]);
    expect(answerOf(hops[0]).body.octets).toBeLessThanOrEqual(HTTP_LIMITS.maxBodyOctets);
    expect(fieldValues(answerOf(hops[0]), "content-type")).toEqual(["text/html"]);
  });

  test("redirects all the same when its content never ends", async () => {
    await internet.raw((socket) => {
      socket.write("HTTP/1.1 301 Moved\r\nLocation: https://www.oevelse.dk/\r\n\r\n");
      endlessly(socket, "x".repeat(65_536));
    });
    await internet.secureSite((_, response) => response.end("x"));
    const hops = await internet.visit(SITE);
    expect(hops.map(outcome)).toEqual(["301 limit", "200"]);
    expect(endingOf(hops)).toMatchObject({ kind: "dk", via: "name" });
  });

  test("injects a field by CR LF, which makes it no other host's", async () => {
    await internet.raw(say("HTTP/1.1 301 Moved\r\nLocation: /a\r\nLocation: https://kommune.dk/\r\n\r\n"));
    const hops = await internet.visit("http://www.kommune.com/");
    expect(endingOf(hops)).toMatchObject({ kind: "location", problem: "several" });
  });
});

describe("TLS that gives nothing", () => {
  test.each<readonly [string, (socket: net.Socket) => void, string]>([
    ["never speaks", () => undefined, "tcp-timeout SILENT"],
    ["hangs up", (s) => s.end(), "connection-reset"],
    ["resets", (s) => s.resetAndDestroy(), "connection-reset"],
    ["speaks HTTP", (s) => s.end(head(html)), "tls-failed"],
    ["speaks junk", (s) => s.end("no TLS at all, but long enough to be a record"), "tls-failed"],
    ["refuses with an alert", (s) => s.end(Buffer.from("15030300020228", "hex")), "tls-failed"],
    ["sends records without end", (s) => endlessly(s, Buffer.from(`1603030400${"0b".repeat(0x3ff)}`, "hex")), ""],
    ["trickles a record", (s) => void drip(s, "\u0016\u0003\u0003\u0040\u0000", 20), ""],
  ])("%s", async (_, serve, expected) => {
    await internet.raw(serve, 443);
    const startedAt = performance.now();
    const hops = await internet.visit(SECURE, limitsFor(expected));
    expect(performance.now() - startedAt).toBeLessThan(PATIENCE_MS);
    expect(hops).toHaveLength(1);
    expect(outcome(hops[0])).toContain(expected);
    expect(hops[0]?.answer.state).toBe("unobserved");
    expect(["tls", "unobserved"]).toContain(endingOf(hops).kind);
  });

  test("then everything else works as over HTTP", async () => {
    await internet.secureSite((_, response) => {
      response.setHeader("content-type", "text/html");
      endlessly(response.socket!, head(html) + "x".repeat(65_536));
    });
    expect(outcome((await internet.visit(SECURE))[0])).toBe("200 limit");
  });

  test("takes its time from the whole visit", async () => {
    await internet.secureSite(() => undefined);
    const startedAt = performance.now();
    expect(outcome((await internet.visit(SECURE, SHORT))[0])).toBe("tcp-timeout SILENT");
    expect(performance.now() - startedAt).toBeLessThan(PATIENCE_MS);
  });
});

describe("a whole visit", () => {
  test("has one deadline, however many hops share it", async () => {
    await internet.site((request, response) => {
      const answer = (): void => void response.writeHead(302, { location: `${request.url ?? ""}x` }).end();
      setTimeout(answer, 250);
    });
    const startedAt = performance.now();
    const hops = await internet.visit(SITE, SHORT);
    expect(performance.now() - startedAt).toBeLessThan(PATIENCE_MS);
    expect(hops.length).toBeLessThan(5);
    expect(outcome(hops.at(-1))).toMatch(/^tcp-timeout/);
  });

  test("ends when it is told to, before and while it is under way", async () => {
    await internet.raw(() => undefined);
    const stopped = await internet.visit(SITE, {}, AbortSignal.abort());
    expect(stopped.map(outcome)).toEqual(["internal STOPPED"]);
    const controller = new AbortController();
    setTimeout(() => controller.abort(new DialError("tcp-timeout", "DEADLINE", "enough")), 150);
    expect((await internet.visit(SITE, {}, controller.signal)).map(outcome)).toEqual(["tcp-timeout DEADLINE"]);
  });

  test("leaves no connection behind", async () => {
    await internet.raw((socket) => endlessly(socket, head(html) + "x".repeat(65_536)));
    await internet.raw((socket) => void socket.write("\u0016"), 443);
    await Promise.all([internet.visit(SITE, SHORT), internet.visit(SECURE, SHORT)]);
    for (let waited = 0; internet.sockets.size > 0 && waited < 10_000; waited += 20) await delay(20);
    expect(internet.sockets.size).toBe(0);
  });

  test("keeps memory within bounds", async () => {
    await internet.raw((socket) => endlessly(socket, head(html, "Content-Encoding: gzip") + "x".repeat(65_536)));
    await internet.raw(say(Buffer.concat([Buffer.from(head(html, "Content-Encoding: gzip")), bomb])), 81);
    const before = process.memoryUsage().rss;
    for (let round = 0; round < 10; round += 1) {
      await Promise.all([internet.visit(SITE, SHORT), internet.visit(`http://${HOST}:81/`, SHORT)]);
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * MEGABYTE);
  });
});
