import type net from "node:net";
import { Duplex } from "node:stream";
import { expect, test } from "@jest/globals";
import { HTTP_LIMITS } from "../../../lib/probes/http/http-limits.ts";
import { Http1Connection } from "../../../lib/probes/http/http-transport.ts";

/**
 * As stunnel does when what stands behind it is down: after such a reset Node's TLS sockets have been seen to end twice, and to say
 * why once they are closed (24.21).
 */
test("an error that comes after the close ends nothing but its own connection", async () => {
  const stream = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done(), autoDestroy: false });
  const connection = new Http1Connection(stream as unknown as net.Socket, null, HTTP_LIMITS);
  const signal = new AbortController().signal;
  const answer = connection.get({ target: "/", fields: [["host", "www.oevelse.dk"]] }, { timeoutMs: 5000, signal });
  const refused = expect(answer).rejects.toMatchObject({ cause: "connection-reset" });
  await new Promise((resolve) => setImmediate(resolve));
  stream.emit("close");
  const reset = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
  expect(() => stream.emit("error", reset)).not.toThrow();
  await refused;
});
