import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type LocalServer, startStatusServer } from "../../lib/status/local-server.ts";
import type { StatusHandler, StatusRequest } from "../../lib/status/status-request.ts";
import { rawRequest } from "./support/raw-request.ts";

const TOKEN = "a-token-drawn-at-random";
const TIMEOUTS = { head: 400, request: 800 };

/** What reached the handler. */
const seen: StatusRequest[] = [];

const echo: StatusHandler = async (asked) => {
  seen.push(asked);
  const body = asked.method === "HEAD" ? "" : `${asked.method} ${asked.path}`;
  return { status: 200, headers: { "content-type": "text/plain" }, body };
};

let server: LocalServer;

beforeAll(async () => {
  server = await startStatusServer({ handler: echo, port: 0, token: TOKEN, timeouts: TIMEOUTS });
});

afterAll(() => server.close());

function head(line: string, headers: Readonly<Record<string, string>> = {}): string {
  const all = { host: `127.0.0.1:${String(server.port)}`, connection: "close", ...headers };
  return `${line}\r\n${Object.entries(all)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("")}\r\n`;
}

async function ask(line: string, headers: Readonly<Record<string, string>> = {}, body = "") {
  const before = seen.length;
  const answer = await rawRequest(server.port, [`${head(line, headers)}${body}`]);
  return { ...answer, hasReached: seen.length > before };
}

describe("a request", () => {
  test("reaches the handler with its path as it came, its query and its headers", async () => {
    const { status, text } = await ask("GET /v1/assets/url%3Ax%2Fy?limit=1&lang=en HTTP/1.1", { Accept: "text/html" });
    expect([status, text.split("\r\n\r\n")[1]]).toEqual([200, "GET /v1/assets/url%3Ax%2Fy"]);
    const { path, query, headers } = seen.at(-1)!;
    expect([path, query.toString(), headers.accept]).toEqual([
      "/v1/assets/url%3Ax%2Fy",
      "limit=1&lang=en",
      "text/html",
    ]);
  });

  test("that repeats a header hands on all its values", async () => {
    await rawRequest(server.port, [head("GET / HTTP/1.1", { accept: "text/html\r\naccept: */*" })]);
    expect(seen.at(-1)?.headers.accept).toBe("text/html, */*");
  });

  test("is answered by every name of this machine", async () => {
    const port = String(server.port);
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`, `LOCALHOST:${port}`]) {
      expect([host, (await ask("GET / HTTP/1.1", { host })).status]).toEqual([host, 200]);
    }
  });

  test("by any other name is refused: somebody made that name lead here", async () => {
    const port = String(server.port);
    const names = [
      "evil.example",
      "127.0.0.1",
      "localhost",
      "127.0.0.2",
      "0.0.0.0",
      "localhost.evil.example",
      "a@localhost",
    ];
    const hosts = [
      ...names.map((name) => `${name}:${port}`),
      "localhost",
      "localhost:1",
      `localhost:${port}.`,
      "",
      ",",
    ];
    for (const host of [...hosts.slice(0, 1), ...hosts.slice(3)]) {
      const answer = await ask("GET / HTTP/1.1", { host });
      expect([host, answer.hasReached, [400, 421].includes(answer.status)]).toEqual([host, false, true]);
    }
    const twice = await rawRequest(server.port, [
      head("GET / HTTP/1.1", { host: `localhost:${port}\r\nhost: evil.example` }),
    ]);
    expect([400, 421]).toContain(twice.status);
    expect((await rawRequest(server.port, ["GET / HTTP/1.1\r\n\r\n"])).status).toBe(400);
    expect((await rawRequest(server.port, ["GET / HTTP/1.0\r\n\r\n"])).status).toBe(421);
  });
});

describe("a request that changes something", () => {
  const own = () => `http://127.0.0.1:${String(server.port)}`;

  test("passes with our own origin or none, and the token", async () => {
    for (const headers of [{}, { origin: own() }, { origin: own(), "sec-fetch-site": "same-origin" }]) {
      const answer = await ask("POST /x HTTP/1.1", { "x-kravvagt-token": TOKEN, "content-length": "0", ...headers });
      expect([headers, answer.status, answer.hasReached]).toEqual([headers, 200, true]);
    }
  });

  test("passes with the token in a form of our own page", async () => {
    const body = `who=me&token=${TOKEN}`;
    const headers = { "content-type": "application/x-www-form-urlencoded", "content-length": String(body.length) };
    expect((await ask("POST /x HTTP/1.1", { ...headers, origin: own() }, body)).status).toBe(200);
  });

  test("from another site is refused, even with the token", async () => {
    const origins = [
      "https://evil.example",
      "null",
      "",
      "http://127.0.0.1",
      own().replace("http:", "https:"),
      `${own()}/`,
    ];
    const sites = ["cross-site", "same-site", "x"].map((site) => ({ "sec-fetch-site": site }));
    const foreign = [
      ...origins.map((origin) => ({ origin })),
      ...sites,
      { origin: `${own()}\r\norigin: https://evil.example` },
    ];
    for (const headers of foreign) {
      for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
        const answer = await ask(`${method} /x HTTP/1.1`, {
          "x-kravvagt-token": TOKEN,
          "content-length": "0",
          ...headers,
        });
        expect([headers, answer.status, answer.hasReached]).toEqual([headers, 403, false]);
      }
    }
    // localhost is ours, but not the origin of the page that 127.0.0.1 was asked for.
    const other = {
      origin: `http://localhost:${String(server.port)}`,
      "x-kravvagt-token": TOKEN,
      "content-length": "0",
    };
    expect((await ask("POST /x HTTP/1.1", other)).status).toBe(403);
  });

  test("without the token is refused, whatever its origin, and whether or not there is anything at its path", async () => {
    const tokens = [{}, { "x-kravvagt-token": "" }, { "x-kravvagt-token": `${TOKEN}x` }, { cookie: `token=${TOKEN}` }];
    for (const token of tokens) {
      const answer = await ask("POST /nowhere HTTP/1.1", { origin: own(), "content-length": "0", ...token });
      expect([token, answer.status, answer.hasReached]).toEqual([token, 403, false]);
    }
    for (const [type, body] of [
      ["application/x-www-form-urlencoded", `token=${TOKEN}&token=${TOKEN}`],
      ["application/x-www-form-urlencoded", "token="],
      ["application/json", JSON.stringify({ token: TOKEN })],
      ["text/plain", `token=${TOKEN}`],
    ] as const) {
      const headers = { origin: own(), "content-type": type, "content-length": String(body.length) };
      expect([body, (await ask("POST /x HTTP/1.1", headers, body)).status]).toEqual([body, 403]);
    }
    expect((await ask(`POST /x?token=${TOKEN} HTTP/1.1`, { "content-length": "0" })).status).toBe(403);
  });

  test("with a body beyond measure is refused before it has arrived", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded", "content-length": String(1e9) };
    const announced = await ask("POST /x HTTP/1.1", headers, "token=");
    expect([announced.status, announced.hasReached]).toEqual([403, false]);
    const chunk = `10000\r\n${"x".repeat(0x10000)}\r\n`;
    const chunked = await ask(
      "POST /x HTTP/1.1",
      { "content-type": headers["content-type"], "transfer-encoding": "chunked" },
      chunk.repeat(4),
    );
    expect([403, 0]).toContain(chunked.status);
    expect(chunked.hasReached).toBe(false);
  });
});

describe("what is no request for us", () => {
  test.each([
    ["TRACE / HTTP/1.1", 405],
    ["CONNECT 127.0.0.1:80 HTTP/1.1", 405],
    ["GET http://127.0.0.1/ HTTP/1.1", 400],
    ["GET * HTTP/1.1", 400],
    ["GET evil HTTP/1.1", 400],
    ["GET /a b HTTP/1.1", 400],
    ["GET / HTTP/2.0", 505],
    ["GET / HTTP/0.9", 505],
    ["HELO evil.example", 400],
    ["\u0016\u0003\u0001\u0002", 400],
  ])("%j is refused", async (line, status) => {
    const answer = await ask(line);
    expect([answer.status, answer.hasReached]).toEqual([status, false]);
  });

  test("an upgrade is refused", async () => {
    const answer = await ask("GET / HTTP/1.1", { connection: "upgrade", upgrade: "websocket" });
    expect([answer.status, answer.hasReached]).toEqual([400, false]);
  });

  test("a request that could be read in two ways is refused", async () => {
    for (const headers of [
      { "content-length": "3", "transfer-encoding": "chunked" },
      { "content-length": "1\r\ncontent-length: 2" },
      { "transfer-encoding": "chunked, identity" },
      { "x-folded": "a\r\n b: c\u0000" },
    ]) {
      const answer = await ask("POST / HTTP/1.1", { "x-kravvagt-token": TOKEN, ...headers }, "0\r\n\r\n");
      expect([headers, answer.status, answer.hasReached]).toEqual([headers, 400, false]);
    }
  });

  test("a head that is too large is refused", async () => {
    const large = await ask("GET / HTTP/1.1", { "x-large": "x".repeat(20_000) });
    expect([large.status, large.hasReached]).toEqual([431, false]);
    const long = await ask(`GET /${"x".repeat(20_000)} HTTP/1.1`);
    expect([[414, 431].includes(long.status), long.hasReached]).toEqual([true, false]);
  });

  test("a head that trickles in is cut off", async () => {
    const bytes = Array.from(head("GET / HTTP/1.1", { "x-slow": "x".repeat(200) }));
    const answer = await rawRequest(server.port, bytes, 20);
    expect([408, 0]).toContain(answer.status);
    expect(answer.milliseconds).toBeLessThan(3_000);
  });

  test("a body that trickles in is cut off", async () => {
    const type = { "content-type": "application/x-www-form-urlencoded", "content-length": "1000" };
    const before = seen.length;
    const answer = await rawRequest(server.port, [head("POST / HTTP/1.1", type), ...Array.from("x".repeat(500))], 20);
    expect([408, 0]).toContain(answer.status);
    expect(answer.milliseconds).toBeLessThan(4_000);
    expect(seen.length).toBe(before);
  });

  test("the server lives after all of it", async () => {
    expect((await ask("GET / HTTP/1.1")).status).toBe(200);
  });
});
