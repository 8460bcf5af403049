import { setTimeout as delay } from "node:timers/promises";
import type net from "node:net";
import { describe, expect, test } from "@jest/globals";
import { answerOf, HOST, outcome, WebLoopback } from "./loopback.ts";

const internet = new WebLoopback();
const SITE = `http://${HOST}/`;
const ok = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx";
const redirect = (to: string): string => `HTTP/1.1 302 Found\r\nLocation: ${to}\r\nContent-Length: 0\r\n\r\n`;
const made = (): number => internet.dialer.counters().connections;

/** Serves each request of a connection with what stands for it; the count goes on over all connections. */
function scripted(answers: readonly ((socket: net.Socket) => void)[]): Promise<void> {
  let asked = 0;
  return internet.raw((socket) => {
    const serve = (): void => answers[asked++]?.(socket);
    socket.on("data", serve);
    serve();
  });
}
const say = (text: string) => (socket: net.Socket) => void socket.write(text);

describe("a chain of redirects on one origin", () => {
  test("has one connection", async () => {
    await internet.site((request, response) => {
      const hop = Number(request.url?.slice(1) ?? 0);
      if (hop < 4) response.writeHead(302, { location: `/${hop + 1}` });
      response.end("x");
    });
    expect((await internet.visit(SITE)).map(outcome)).toEqual(["302", "302", "302", "302", "200"]);
    expect(made()).toBe(1);
    await delay(50);
    expect(internet.sockets.size).toBe(0);
  });

  test("over TLS has one too, and tells of it at each hop", async () => {
    await internet.secureSite((request, response) => {
      if (request.url === "/") response.writeHead(302, { location: "/x" });
      response.end("x");
    });
    const hops = await internet.visit(`https://${HOST}/`);
    expect(hops.map((hop) => answerOf(hop).tls?.protocol)).toEqual(["TLSv1.3", "TLSv1.3"]);
    expect(made()).toBe(1);
  });

  test("has another where the server closes it, at once or unseen", async () => {
    const closing = "HTTP/1.1 302 Found\r\nLocation: /b\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    await scripted([say(closing), say(redirect("/c")), (socket) => socket.end(), say(ok)]);
    expect((await internet.visit(SITE)).map(outcome)).toEqual(["302", "302", "200"]);
    expect(made()).toBe(3);
  });

  test("does not take what nobody asked for as an answer", async () => {
    await scripted([say(redirect("/b") + ok), say("HTTP/1.1 204 None\r\n\r\n")]);
    expect((await internet.visit(SITE)).map(outcome)).toEqual(["302", "204"]);
    expect(made()).toBe(2);
  });
});

describe("interim answers", () => {
  const written =
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: </x>\r\n\r\nHTTP/1.0 404 None\r\nX: y\r\n\r\nbody";

  test.each([1, 2, 3, 7, 64, 1000])("may come in pieces of %i octets", async (size) => {
    await internet.raw((socket) => {
      void (async () => {
        for (let at = 0; at < written.length; at += size) {
          socket.write(written.slice(at, at + size));
          if (size < 64) await delay(1);
        }
        socket.end();
      })();
    });
    const answer = answerOf((await internet.visit(SITE))[0]);
    expect(answer).toMatchObject({
      status: 404,
      httpVersion: "1.0",
      interim: [100, 103],
      body: { octets: 4, cut: null },
    });
    expect(answer.fields).toEqual([["x", "y"]]);
  });

  test("alone are no answer", async () => {
    await internet.raw((socket) => socket.end("HTTP/1.1 100 Continue\r\n\r\n"));
    expect((await internet.visit(SITE)).map(outcome)).toEqual(["connection-reset CLOSED"]);
  });

  test.each(["HTTP/1", "x", "HTTP/1.1 20"])("are not waited for behind %j", async (text) => {
    await internet.raw((socket) => socket.end(text));
    expect((await internet.visit(SITE)).map(outcome)[0]).toMatch(
      /^(connection-reset CLOSED|protocol-error MALFORMED)$/,
    );
  });
});

test("content that ends with a reset is not whole, though it has no length", async () => {
  await internet.raw(
    (socket) => void socket.write("HTTP/1.1 200 OK\r\n\r\n<p>", () => setTimeout(() => socket.resetAndDestroy(), 50)),
  );
  expect((await internet.visit(SITE)).map(outcome)).toEqual(["200 broke"]);
});
