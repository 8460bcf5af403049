import net from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Observed } from "../../lib/core/observation.ts";
import { createDialer } from "../../lib/dial/dialer.ts";
import type { Dialer } from "../../lib/dial/dialer.ts";
import { dohUpstream, parseDohUrl } from "../../lib/dns/doh-client.ts";
import type { DohOptions } from "../../lib/dns/doh-client.ts";
import type { Upstream } from "../../lib/dns/upstream.ts";
import type { Reply } from "../../lib/wire/message.ts";
import { name } from "../../lib/wire/name.ts";
import { ELSEWHERE, startDoh, startHttp1, TRUSTED } from "./doh-server.ts";
import type { DohExchange, FakeDoh } from "./doh-server.ts";
import { ADDRESS, closedPort, QUESTION } from "./misbehaving-dns.ts";

let dialer: Dialer;
let opened: { close(): unknown }[];
let queries: number;

beforeEach(() => {
  dialer = createDialer();
  opened = [];
  queries = 0;
});

afterEach(async () => {
  await Promise.all(opened.map((one) => one.close()));
  dialer.close();
});

function client(url: URL, options: Partial<DohOptions> = {}): Upstream {
  const countQuery = (): void => void (queries += 1);
  const upstream = dohUpstream({ url, isNamedService: true, ca: TRUSTED.cert, dialer, countQuery, ...options });
  opened.unshift(upstream);
  return upstream;
}

async function serve(behaviour: (exchange: DohExchange) => void, certificate = TRUSTED): Promise<FakeDoh> {
  const server = await startDoh(behaviour, certificate);
  opened.push(server);
  return server;
}

function ask(upstream: Upstream, timeoutMs = 1000): Promise<Observed<Reply>> {
  return upstream.ask(QUESTION, { checkingDisabled: true, timeoutMs });
}

const right = ({ query, respond }: DohExchange): void => respond(query.answer());
const answered = { state: "observed", value: { rcode: 0, answer: [ADDRESS] } };

describe("a DoH resolver that behaves", () => {
  test("POST: id 0, RD, CD, DO, padded, path and media types as RFC 8484 has them", async () => {
    const server = await serve(right);
    expect(await ask(client(server.url))).toMatchObject(answered);
    const { method, path, headers, query } = server.seen[0]!;
    expect({ method, path }).toEqual({ method: "POST", path: "/dns-query" });
    expect(headers).toMatchObject({ accept: "application/dns-message", "content-type": "application/dns-message" });
    expect(query.decoded).toMatchObject({ id: 0, reply: { flags: ["rd", "cd"], edns: { dnssecOk: true } } });
    expect(query.bytes.length % 128).toBe(0);
    expect(queries).toBe(1);
  });

  test("GET: the query in base64url, added to the URL's own parameters", async () => {
    const server = await serve(right);
    expect(await ask(client(server.url, { method: "GET" }))).toMatchObject(answered);
    const url = new URL("?tenant=a", server.url);
    expect(await ask(client(url, { method: "GET" }))).toMatchObject(answered);
    expect(server.seen.map(({ method }) => method)).toEqual(["GET", "GET"]);
    expect(server.seen[0]!.path).toMatch(/^\/dns-query\?dns=[A-Za-z0-9_-]+$/);
    expect(server.seen[1]!.path).toMatch(/^\/dns-query\?tenant=a&dns=[A-Za-z0-9_-]+$/);
  });

  test("many questions share one connection, and its octets are counted", async () => {
    const server = await serve(right);
    const upstream = client(server.url);
    const replies = await Promise.all(Array.from({ length: 150 }, () => ask(upstream)));
    expect(replies.every(({ state }) => state === "observed")).toBe(true);
    expect(server.connections()).toBe(1);
    expect(dialer.counters().connections).toBe(1);
    expect(dialer.counters().bytesIn).toBeGreaterThan(150 * 60);
    expect(dialer.counters().bytesOut).toBeGreaterThan(150 * 128);
  });

  test("a media type with a parameter and in other case is the media type", async () => {
    const type = "Application/DNS-Message; charset=x";
    const server = await serve(({ query, respond }) => respond(query.answer(), { "content-type": type }));
    expect(await ask(client(server.url))).toMatchObject(answered);
  });

  test("a host name is resolved by the operating system and named in the handshake", async () => {
    const server = await serve(right);
    const url = new URL(`https://localhost:${server.url.port}/dns-query`);
    expect(await ask(client(url))).toMatchObject(answered);
    expect(server.seen[0]!.headers[":authority"]).toBe(`localhost:${server.url.port}`);
  });
});

describe("a DoH resolver that does not", () => {
  test.each([
    [500, "protocol-error", /status 500/],
    [429, "protocol-error", /status 429/],
    [302, "protocol-error", /status 302/],
    [204, "protocol-error", /status 204/],
  ])("HTTP status %d is no answer", async (status, cause, detail) => {
    const server = await serve(({ query, respond }) => respond(query.answer(), { ":status": status, location: "/" }));
    expect(await ask(client(server.url))).toEqual({
      state: "unobserved",
      cause,
      detail: expect.stringMatching(detail),
    });
    expect(server.seen).toHaveLength(1);
  });

  const other = { name: name("www.example.com"), type: "A" };
  test.each([
    ["another media type", (x) => x.respond(x.query.answer(), { "content-type": "application/dns-json" }), /type/],
    ["no media type", (x) => x.respond(x.query.answer(), { "content-type": undefined }), /type/],
    ["garbage", (x) => x.respond(Buffer.from([0, 0, 1, 2, 3])), /malformed/],
    ["an empty body", (x) => x.respond(Buffer.alloc(0)), /another question/],
    ["another id", (x) => x.respond(x.query.answer({ id: 1 })), /another question/],
    [
      "another question",
      (x) => x.respond(x.query.answer({ question: { ...other, type: "AAAA" } })),
      /another question/,
    ],
    ["truncation", (x) => x.respond(x.query.answer({ flags: ["tc", "ra"], answer: [] })), /truncated/],
    ["a body that is too large", (x) => x.respond(Buffer.alloc(70_000)), /more than 65535 octets/],
  ] satisfies [string, (exchange: DohExchange) => void, RegExp][])(
    "%s is protocol-error",
    async (_, behaviour, detail) => {
      const server = await serve(behaviour);
      const upstream = client(server.url);
      expect(await ask(upstream)).toEqual({
        state: "unobserved",
        cause: "protocol-error",
        detail: expect.stringMatching(detail),
      });
    },
  );

  test("silence is dns-timeout, and the next question goes over a new connection", async () => {
    const server = await serve(() => undefined);
    const upstream = client(server.url);
    expect(await ask(upstream, 50)).toMatchObject({ cause: "dns-timeout" });
    expect(await ask(upstream, 50)).toMatchObject({ cause: "dns-timeout" });
    expect(server.connections()).toBe(2);
  });

  test("a body that trickles is bounded by the clock", async () => {
    const server = await serve(({ stream }) => {
      stream.respond({ ":status": 200, "content-type": "application/dns-message" });
      const timer = setInterval(() => stream.write(Buffer.alloc(1)), 20);
      stream.on("close", () => clearInterval(timer));
    });
    expect(await ask(client(server.url), 120)).toMatchObject({ cause: "dns-timeout" });
  });

  test("a connection that says GOAWAY is left, and the question asked again on another", async () => {
    let first = true;
    const server = await serve((exchange) => {
      if (first) {
        first = false;
        exchange.stream.session!.destroy();
      } else {
        right(exchange);
      }
    });
    const upstream = client(server.url);
    expect(await ask(upstream)).toMatchObject(answered);
    server.sessions.at(-1)!.goaway();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(await ask(upstream)).toMatchObject(answered);
    expect(server.connections()).toBe(3);
  });

  test("a stream that is always reset is connection-reset, after two tries", async () => {
    const server = await serve(({ stream }) => stream.close(7));
    expect(await ask(client(server.url))).toMatchObject({ cause: "connection-reset" });
    expect(server.seen).toHaveLength(2);
  });

  test("a stream that is cut in the middle of its body is no answer", async () => {
    const server = await serve(({ stream, query }) => {
      stream.respond({ ":status": 200, "content-type": "application/dns-message" });
      stream.write(query.answer().subarray(0, 20), () => stream.destroy(new Error("cut")));
    });
    expect(await ask(client(server.url))).toMatchObject({ cause: "connection-reset" });
  });

  test("a certificate for another host, or that nobody vouches for, is tls-failed", async () => {
    const elsewhere = await serve(right, ELSEWHERE);
    const wrongName = await ask(client(elsewhere.url, { ca: ELSEWHERE.cert }));
    expect(wrongName).toMatchObject({ cause: "tls-failed", detail: expect.stringMatching(/ALTNAME/) });
    const unknown = await ask(client((await serve(right)).url, { ca: undefined }));
    expect(unknown).toMatchObject({ cause: "tls-failed", detail: expect.stringMatching(/SELF_SIGNED/) });
    expect(elsewhere.seen).toHaveLength(0);
  });

  test.each([true, false])("a server without HTTP/2 is protocol-error (mute about it: %s)", async (mute) => {
    const server = await startHttp1(mute);
    opened.push(server);
    expect(await ask(client(server.url))).toMatchObject({
      cause: "protocol-error",
      detail: expect.stringMatching(/does not speak HTTP\/2/),
    });
  });

  test("a server that speaks no TLS, or hangs up, is tls-failed or connection-reset", async () => {
    const plain = net.createServer((socket) => {
      socket.on("error", () => undefined).on("data", () => socket.end("220 mail.example.dk ESMTP\r\n"));
    });
    await new Promise<void>((resolve) => plain.listen(0, "127.0.0.1", resolve));
    opened.push(plain);
    const url = new URL(`https://127.0.0.1:${(plain.address() as net.AddressInfo).port}/`);
    expect(await ask(client(url))).toMatchObject({ cause: "tls-failed" });
    plain.removeAllListeners("connection").on("connection", (socket: net.Socket) => socket.destroy());
    expect(await ask(client(url))).toMatchObject({ cause: "connection-reset" });
  });

  test("nobody there is connection-refused; the failure is not remembered", async () => {
    const port = await closedPort();
    const upstream = client(new URL(`https://127.0.0.1:${port}/`));
    expect(await ask(upstream)).toMatchObject({ cause: "connection-refused" });
    expect(await ask(upstream)).toMatchObject({ cause: "connection-refused" });
  });

  test("a resolver that the inventory does not name gets no exception from the address policy", async () => {
    const server = await serve(right);
    const unnamed = await ask(client(server.url, { isNamedService: false }));
    expect(unnamed).toMatchObject({ cause: "vantage-blocked", detail: expect.stringMatching(/loopback/) });
  });

  test("a signal ends the wait", async () => {
    const server = await serve(() => undefined);
    const signal = AbortSignal.timeout(100);
    const reply = await client(server.url).ask(QUESTION, { checkingDisabled: true, timeoutMs: 5000, signal });
    expect(reply).toMatchObject({ state: "unobserved", cause: "tcp-timeout" });
  });
});

describe("a DoH server's URL", () => {
  test("is https; a template's variable is taken off", () => {
    expect(parseDohUrl("https://dns.example/dns-query{?dns}").href).toBe("https://dns.example/dns-query");
    expect(parseDohUrl("https://[2001:db8::1]:8443/q?a=b").href).toBe("https://[2001:db8::1]:8443/q?a=b");
  });

  test.each([
    "http://dns.example/",
    "dns.example",
    "https://user@dns.example/",
    "https://:x@dns.example/",
    "https://d/#x",
    "",
  ])("%j is not one", (text) => expect(() => parseDohUrl(text)).toThrow(RangeError));
});
