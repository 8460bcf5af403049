import tls from "node:tls";
import net from "node:net";
import { describe, expect, test } from "@jest/globals";
import { maxEarlyDataOf } from "../../../lib/probes/tls/active-session.ts";
import { tryEarlyData, tryRenegotiation } from "../../../lib/probes/tls/active-trials.ts";
import { ScriptedInternet } from "../services/scripted-server.ts";
import { RSA } from "../smtp/loopback.ts";

const internet = new ScriptedInternet();
const PORT = 443;
/** Of OpenSSL, which Node does not name. */
const SSL_OP_NO_RENEGOTIATION = 2 ** 30;
const connect = () => internet.connect(PORT);
const wanted = { serverName: "www.oevelse.dk", timeoutMs: 1500, signal: new AbortController().signal };

async function serve(options: tls.TlsOptions): Promise<tls.Server> {
  const server = tls.createServer({ key: RSA.key, cert: RSA.chain, ...options }).on("tlsClientError", () => undefined);
  server.on("secureConnection", (socket) => socket.on("error", () => socket.destroy()).resume());
  await internet.listen(PORT, server);
  return server;
}

describe("renegotiation", () => {
  test("is not possible in TLS 1.3", async () => {
    await serve({ minVersion: "TLSv1.3" });
    expect(await tryRenegotiation(connect, wanted)).toBe("not-possible");
  });

  test("is limited where later handshakes are cut off, as Node's servers do after three", async () => {
    await serve({});
    expect(await tryRenegotiation(connect, wanted)).toBe("limited");
  });

  test("is refused by who turns it off", async () => {
    await serve({ secureOptions: SSL_OP_NO_RENEGOTIATION });
    expect(await tryRenegotiation(connect, wanted)).toBe("refused");
  });

  test("is unlimited where nobody counts", async () => {
    const server = await serve({});
    server.on("secureConnection", (socket) => socket.removeAllListeners("error").on("error", () => undefined));
    expect(await tryRenegotiation(connect, wanted)).toBe("unlimited");
  });

  test("is not known of who hangs up before it is asked for", async () => {
    const server = await serve({});
    server.on("secureConnection", (socket) => socket.end());
    expect(await tryRenegotiation(connect, wanted)).toBe("undecided");
  });

  test("is not known of who is silent or speaks no TLS", async () => {
    await internet.listen(
      PORT,
      net.createServer((socket) => socket.resume()),
    );
    expect(await tryRenegotiation(connect, { ...wanted, timeoutMs: 200 })).toBe("undecided");
    expect(await tryEarlyData(connect, { ...wanted, timeoutMs: 200 })).toBe("undecided");
  });
});

describe("early data", () => {
  test("is off where the ticket allows none, and not possible without TLS 1.3", async () => {
    await serve({});
    expect(await tryEarlyData(connect, wanted)).toBe("off");
    await serve({ maxVersion: "TLSv1.2" });
    expect(await tryEarlyData(connect, wanted)).toBe("not-possible");
  });

  test("is read from a session", () => {
    const session = (part: string): Uint8Array => new Uint8Array(Buffer.from(part, "hex"));
    expect(maxEarlyDataOf(session("3003020101"))).toBe(0);
    expect(maxEarlyDataOf(session("300902 0101 af04 0202 4000".replaceAll(" ", "")))).toBe(16_384);
    expect(maxEarlyDataOf(session("ff"))).toBeNull();
    const prefix = Buffer.from("\0nodejs:tls:session:1\0\0\u0001x", "latin1").toString("hex");
    expect(maxEarlyDataOf(session(`${prefix}3006af0402024000`))).toBe(16_384);
  });
});
