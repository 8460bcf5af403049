import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { once } from "node:events";
import { request } from "node:http";
import { type AddressInfo, connect, createServer } from "node:net";
import { type LocalServer, PortError, startStatusServer } from "../../lib/status/local-server.ts";
import type { StatusHandler } from "../../lib/status/status-request.ts";
import { rawRequest } from "./support/raw-request.ts";

const TOKEN = "a-token-drawn-at-random";

const echo: StatusHandler = async ({ path }) => ({ status: 200, headers: {}, body: path });

let server: LocalServer;

beforeAll(async () => {
  server = await startStatusServer({ handler: echo, port: 0, token: TOKEN });
});

afterAll(() => server.close());

describe("starting", () => {
  test("on a port that is taken rejects with words for that", async () => {
    const starting = startStatusServer({ handler: echo, port: server.port, token: TOKEN });
    await expect(starting).rejects.toBeInstanceOf(PortError);
    await expect(startStatusServer({ handler: echo, port: server.port, token: TOKEN })).rejects.toMatchObject({
      ...{ port: server.port, problem: "taken" },
    });
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    await expect(startStatusServer({ handler: echo, port, token: TOKEN })).rejects.toMatchObject({ problem: "taken" });
    other.close();
  });

  test("listens on loopback only, and can be had again once it is closed", async () => {
    const first = await startStatusServer({ handler: echo, port: 0, token: TOKEN });
    expect(first.url).toBe(`http://127.0.0.1:${String(first.port)}`);
    await first.close();
    const second = await startStatusServer({ handler: echo, port: first.port, token: TOKEN });
    expect(second.port).toBe(first.port);
    await second.close();
  });
});

describe("closing", () => {
  test("is over within a second although connections are kept alive, half a request is there, and an answer hangs", async () => {
    let asked = 0;
    const hanging: StatusHandler = () => {
      asked += 1;
      return new Promise(() => undefined);
    };
    const closing = await startStatusServer({ handler: hanging, port: 0, token: TOKEN });
    const idle = connect({ port: closing.port, host: "127.0.0.1" });
    const half = connect({ port: closing.port, host: "127.0.0.1" });
    await Promise.all([once(idle, "connect"), once(half, "connect")]);
    half.write("GET / HTTP/1.1\r\nhost:");
    const under = request({ port: closing.port, host: "127.0.0.1" }).end();
    const ended = [idle, half].map((socket) =>
      once(
        socket.on("error", () => undefined),
        "close",
      ),
    );
    const failed = once(under, "error");
    while (asked === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const started = performance.now();
    await closing.close();
    expect(performance.now() - started).toBeLessThan(1_000);
    await Promise.all([...ended, failed]);
    await expect(rawRequest(closing.port, ["GET / HTTP/1.1\r\n\r\n"])).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  test("lets an answer under way end", async () => {
    let release = (): void => undefined;
    const waiting = new Promise<void>((resolve) => (release = resolve));
    let asked = (): void => undefined;
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    const slow: StatusHandler = async () => {
      asked();
      await waiting;
      return { status: 200, headers: {}, body: "late" };
    };
    const closing = await startStatusServer({ handler: slow, port: 0, token: TOKEN });
    const answer = fetch(closing.url);
    await isAsked;
    const closed = closing.close();
    release();
    expect(await (await answer).text()).toBe("late");
    await closed;
  });
});
