import { Buffer } from "node:buffer";
import dgram from "node:dgram";
import net from "node:net";
import { afterEach, describe, expect, test } from "@jest/globals";
import packet from "dns-packet";
import type { Server } from "../../lib/practice/exchange.ts";
import { EMPTY_ANSWER } from "../../lib/practice/exchange.ts";
import { listenDns, LOOPBACK, type Listener } from "../../lib/practice/listener.ts";
import { holdRefusingPort } from "../../lib/practice/refusing-port.ts";
import { frameMessage } from "../../lib/practice/tcp-framing.ts";

const REFUSED = 5;
const refusing: Server = () =>
  Promise.resolve({ answer: { ...EMPTY_ANSWER, rcode: REFUSED }, flags: [], truncated: false });
const silent: Server = () => Promise.resolve(null);

let listener: Listener;
afterEach(() => listener.stop());

function query(id: number): Buffer {
  return packet.encode({ type: "query", id, questions: [{ type: "A", name: "prove.dk" }] });
}

/** What arrives over UDP within a moment. */
async function overUdp(message: Uint8Array, moment = 1_000): Promise<Buffer | null> {
  const socket = dgram.createSocket("udp4");
  try {
    socket.send(message, listener.port, LOOPBACK);
    return await new Promise((resolve) => {
      socket.once("message", resolve);
      setTimeout(() => resolve(null), moment).unref();
    });
  } finally {
    socket.close();
  }
}

/** Writes the pieces one after another and collects until `wanted` octets are there or the connection ends. */
function overTcp(pieces: readonly Uint8Array[], wanted: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host: LOOPBACK, port: listener.port, noDelay: true });
    let received = Buffer.alloc(0);
    socket.on("error", reject);
    socket.on("data", (octets) => {
      received = Buffer.concat([received, octets]);
      if (received.length >= wanted) socket.destroy();
    });
    socket.on("close", () => resolve(received));
    const writeFrom = (index: number): void => {
      const piece = pieces[index];
      if (piece !== undefined) socket.write(piece, () => setTimeout(() => writeFrom(index + 1), 5));
    };
    writeFrom(0);
  });
}

describe("listenDns", () => {
  test("answers over UDP", async () => {
    listener = await listenDns(refusing, true);
    expect(packet.decode((await overUdp(query(77)))!)).toMatchObject({ id: 77, type: "response", rcode: "REFUSED" });
  });

  test("answers over TCP on the same port, queries in pieces and queries in a row", async () => {
    listener = await listenDns(refusing, true);
    const [first, second] = [frameMessage(query(1)), frameMessage(query(2))];
    const sent = [first.subarray(0, 1), first.subarray(1, 9), Buffer.concat([first.subarray(9), second])];
    const expected = 2 * (2 + query(1).length);
    const received = await overTcp(sent, expected);
    expect(received).toHaveLength(expected);
    const ids = [0, expected / 2].map((at) => packet.streamDecode(received.subarray(at, at + expected / 2)).id);
    expect(ids.toSorted()).toEqual([1, 2]);
  });

  test("swallows what a silent server is asked, and keeps the connection open", async () => {
    listener = await listenDns(silent, true);
    expect(await overUdp(query(1), 150)).toBeNull();
    const outcome = await Promise.race([
      overTcp([frameMessage(query(1))], 1),
      new Promise((resolve) => setTimeout(() => resolve("still open"), 150)),
    ]);
    expect(outcome).toBe("still open");
  });

  test("survives rubbish on either transport", async () => {
    listener = await listenDns(refusing, true);
    await overUdp(Buffer.from("rubbish"), 50);
    await overTcp([frameMessage(Buffer.alloc(30, 0xff)), frameMessage(query(3))], 2 + query(3).length);
    expect(packet.decode((await overUdp(query(4)))!).id).toBe(4);
  });

  test("lets go of its clients when it stops, also while an answer is on its way", async () => {
    let release = (): void => undefined;
    const slow: Server = (...asked) => new Promise((resolve) => (release = () => resolve(refusing(...asked))));
    listener = await listenDns(slow, true);
    const received = overTcp([frameMessage(query(1))], 1);
    await overUdp(query(2), 50);
    await listener.stop();
    release();
    expect(await received).toHaveLength(0);
    listener = await listenDns(slow, true);
  });
});

describe("holdRefusingPort", () => {
  test("refuses every connection while it is held", async () => {
    listener = await listenDns(refusing, false);
    const held = await holdRefusingPort();
    for (let attempt = 0; attempt < 3; attempt++) {
      const code = await new Promise((resolve) => {
        const socket = net.connect({ host: LOOPBACK, port: held.port });
        socket.on("connect", () => resolve("connected"));
        socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code));
      });
      expect(code).toBe("ECONNREFUSED");
    }
    const taken = net.createServer();
    const outcome = await new Promise((resolve) => {
      taken.on("error", (error: NodeJS.ErrnoException) => resolve(error.code));
      taken.listen({ host: LOOPBACK, port: 0 }, () => resolve((taken.address() as net.AddressInfo).port));
    });
    expect(outcome).not.toBe(held.port);
    taken.close();
    await held.release();
  });
});
