import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Observed } from "../../lib/core/observation.ts";
import type { Dialer } from "../../lib/dial/dialer.ts";
import { createPlainExchange } from "../../lib/dns/plain-exchange.ts";
import type { PlainExchange, PlainTiming } from "../../lib/dns/plain-exchange.ts";
import type { Question, Reply } from "../../lib/wire/message.ts";
import { name, toWire } from "../../lib/wire/name.ts";
import { ADDRESS, closedPort, framed, loopbackDialer, QUESTION, startServer } from "./misbehaving-dns.ts";
import type { Behaviour, Behaviours, FakeServer } from "./misbehaving-dns.ts";

const TIMING: PlainTiming = { udpMs: 300, resendAfterMs: [100], tcpMs: 300 };
const right: Behaviour = (query, send) => send(query.answer());
const truncated: Behaviour = (query, send) => send(query.answer({ flags: ["tc"], answer: [] }));
const nothing: Behaviour = () => undefined;

let dialer: Dialer;
let exchange: PlainExchange;
let queries: number;
let servers: FakeServer[];

beforeEach(() => {
  dialer = loopbackDialer();
  queries = 0;
  exchange = createPlainExchange(dialer, () => (queries += 1));
  servers = [];
});

afterEach(async () => {
  exchange.close();
  dialer.close();
  await Promise.all(servers.map((server) => server.close()));
});

async function start(behaviour: Behaviours): Promise<FakeServer> {
  const server = await startServer(behaviour);
  servers.push(server);
  return server;
}

function ask(server: Pick<FakeServer, "target">, question: Question = QUESTION, signal?: AbortSignal) {
  const flags = { recursionDesired: false, checkingDisabled: false };
  return exchange.ask(server.target, question, { ...flags, purpose: "dns", timing: TIMING, signal });
}

function addresses(reply: Observed<Reply>): readonly string[] | string {
  return reply.state === "observed" ? reply.value.answer.map(({ data }) => data) : `${reply.cause}: ${reply.detail}`;
}

describe("over UDP", () => {
  test("the answer is handed out, and the query carries EDNS 1232 with DO, and mixed case", async () => {
    const server = await start({ udp: right });
    const many: Question = { name: name(`${"abcdefghij".repeat(5)}.example.dk`), type: "TXT" };
    await ask(server, many);
    expect(addresses(await ask(server))).toEqual([ADDRESS.data]);
    const sent = server.seen.udp[0]!.decoded;
    expect(sent.reply.edns).toMatchObject({ udpSize: 1232, dnssecOk: true });
    expect(sent.reply.flags).toEqual([]);
    expect(Buffer.from(sent.questionWire).toString("latin1")).toMatch(/[A-Z]/);
    expect(queries).toBe(2);
    expect(server.seen.connections).toBe(0);
  });

  test.each([
    ["another id", (id: number) => ({ id: id ^ 1 })],
    ["another name", () => ({ questionWire: toWire(name("www.example.com")) })],
    ["another type", () => ({ question: { name: QUESTION.name, type: "AAAA" } })],
  ])("a datagram with %s is ignored, and the right one that follows is taken", async (_, changes) => {
    const server = await start({
      udp: (query, send) => {
        send(query.answer({ ...changes(query.decoded.id), answer: [] }));
        setTimeout(() => send(query.answer()), 20);
      },
    });
    expect(addresses(await ask(server))).toEqual([ADDRESS.data]);
  });

  test("the query itself sent back, another opcode and another class are ignored", async () => {
    const server = await start({
      udp: (query, send) => {
        send(query.bytes);
        const otherOpcode = Buffer.from(query.answer({ answer: [] }));
        otherOpcode[2] = otherOpcode[2]! | 0x20;
        send(otherOpcode);
        const otherClass = Buffer.from(query.answer({ answer: [] }));
        otherClass[12 + query.decoded.questionWire.length + 3] = 3;
        send(otherClass);
        setTimeout(() => send(query.answer()), 20);
      },
    });
    expect(addresses(await ask(server))).toEqual([ADDRESS.data]);
  });

  test("of two answers the first counts, and the second is not taken for the next question's", async () => {
    const second = { ...ADDRESS, data: "uRQAAg==" };
    const server = await start({
      udp: (query, send) => {
        send(query.answer());
        send(query.answer({ answer: [second] }));
      },
    });
    expect(addresses(await ask(server))).toEqual([ADDRESS.data]);
    expect(addresses(await ask(server))).toEqual([ADDRESS.data]);
  });

  test("a lost datagram is sent again, and an answer to the first is still welcome", async () => {
    const server = await start({
      udp: (query, send) => void setTimeout(() => send(query.answer()), 150),
    });
    expect(addresses(await ask(server))).toEqual([ADDRESS.data]);
    expect(server.seen.udp.length).toBe(2);
    expect(server.seen.udp[0]!.bytes).toEqual(server.seen.udp[1]!.bytes);
  });

  test("garbage with our id is a malformed answer, without it nothing", async () => {
    const ours = await start({
      udp: (query, send) => send(Buffer.concat([query.bytes.subarray(0, 2), Buffer.from("not a message")])),
    });
    expect(await ask(ours)).toMatchObject({ state: "unobserved", cause: "protocol-error" });
    const others = await start({ udp: (_, send) => send(Buffer.from([1])) });
    expect(await ask(others)).toMatchObject({ state: "unobserved", cause: "dns-timeout" });
  });

  test("a flood of foreign datagrams ends the wait", async () => {
    const server = await start({
      udp: (query, send) => {
        for (let count = 0; count < 300; count += 1) {
          send(query.answer({ id: query.decoded.id ^ 1 }));
        }
      },
    });
    expect(await ask(server)).toMatchObject({ state: "unobserved", cause: "protocol-error" });
  });

  test("FORMERR to EDNS, without a question, is the reply and nothing is asked again", async () => {
    const server = await start({
      udp: (query, send) => send(query.answer({ rcode: 1, question: null, answer: [], edns: null })),
    });
    expect(await ask(server)).toMatchObject({ state: "observed", value: { rcode: 1, edns: null } });
    expect(server.seen.udp.length).toBe(1);
  });

  test("NOERROR without a question is malformed", async () => {
    const server = await start({ udp: (query, send) => send(query.answer({ question: null })) });
    expect(await ask(server)).toMatchObject({ state: "unobserved", cause: "protocol-error" });
  });

  test("an aborted question ends at once and sends no more", async () => {
    const server = await start({ udp: nothing, tcp: right });
    const started = performance.now();
    const reply = await ask(server, QUESTION, AbortSignal.timeout(30));
    expect(reply).toMatchObject({ state: "unobserved", cause: "tcp-timeout" });
    expect(performance.now() - started).toBeLessThan(250);
    expect(server.seen.connections).toBe(0);
  });
});

describe("from UDP to TCP", () => {
  test.each([
    ["truncated", truncated],
    ["silent", nothing],
    [
      "changed letter case",
      (query, send) => send(query.answer({ questionWire: lowered(query.decoded.questionWire) })),
    ] satisfies [string, Behaviour],
  ])("%s over UDP: TCP is asked", async (_, udp) => {
    const server = await start({ udp, tcp: right });
    // Sixty letters: that every one of them is drawn in lower case does not happen.
    const many: Question = { name: name(`${"abcdefghij".repeat(6)}.example.dk`), type: "A" };
    expect(addresses(await ask(server, many))).toEqual([ADDRESS.data]);
    expect(server.seen.tcp.length).toBe(1);
  });

  test("a closed UDP port does not hide a TCP server", async () => {
    const server = await start({ udp: null, tcp: right });
    expect(addresses(await ask(server))).toEqual([ADDRESS.data]);
  });

  test.each([
    ["truncated", truncated, undefined, "connection-refused", /^truncated over UDP, TCP: .*ECONNREFUSED/],
    ["truncated", truncated, nothing, "tcp-timeout", /^truncated over UDP, TCP: no answer over TCP within 300 ms/],
    ["silent", nothing, undefined, "dns-timeout", /^silent over UDP, TCP: .*ECONNREFUSED/],
    ["silent", nothing, nothing, "dns-timeout", /^silent over UDP, TCP: no answer/],
    ["truncated", truncated, truncated, "protocol-error", /^truncated over UDP, and again over TCP/],
  ] satisfies [string, Behaviour, Behaviour | undefined, string, RegExp][])(
    "%s over UDP and no TCP either is unobserved, and says both",
    async (_, udp, tcp, cause, detail) => {
      const server = await start(tcp === undefined ? { udp } : { udp, tcp });
      expect(await ask(server)).toEqual({ state: "unobserved", cause, detail: expect.stringMatching(detail) });
    },
  );

  test("nobody there at all is connection-refused", async () => {
    const nobody = { target: { address: "127.0.0.1", port: await closedPort() } };
    expect(await ask(nobody)).toMatchObject({ state: "unobserved", cause: "connection-refused" });
  });
});

describe("over TCP", () => {
  async function overTcp(tcp: Behaviour): Promise<Observed<Reply>> {
    return ask(await start({ udp: truncated, tcp }));
  }

  test("an answer in single octets, quickly enough, is an answer", async () => {
    const reply = await overTcp((query, _, socket) => {
      socket!.setNoDelay(true);
      [...framed(query.answer())].forEach((octet, at) => setTimeout(() => socket!.write(Uint8Array.of(octet)), at));
    });
    expect(addresses(reply)).toEqual([ADDRESS.data]);
  });

  test("a trickle that takes too long is tcp-timeout", async () => {
    const reply = await overTcp((query, _, socket) => {
      const octets = [...framed(query.answer())];
      const timer = setInterval(() => socket!.write(Uint8Array.of(octets.shift() ?? 0)), 50);
      socket!.on("close", () => clearInterval(timer));
    });
    expect(reply).toMatchObject({ state: "unobserved", cause: "tcp-timeout" });
  });

  test("a message that is cut off is no answer", async () => {
    const reply = await overTcp((query, _, socket) => socket!.end(framed(query.answer()).subarray(0, 20)));
    expect(reply).toMatchObject({
      state: "unobserved",
      cause: "protocol-error",
      detail: expect.stringMatching(/middle/),
    });
  });

  test("closing or resetting instead of answering is connection-reset", async () => {
    expect(await overTcp((_, __, socket) => socket!.end())).toMatchObject({ cause: "connection-reset" });
    expect(await overTcp((_, __, socket) => socket!.resetAndDestroy())).toMatchObject({ cause: "connection-reset" });
  });

  test("garbage with our id is malformed; foreign messages are passed over, but not for ever", async () => {
    const garbage: Behaviour = (query, send) => send(Buffer.concat([query.bytes.subarray(0, 2), Buffer.from("?")]));
    expect(await overTcp(garbage)).toMatchObject({ cause: "protocol-error" });
    const two: Behaviour = (query, send) => {
      send(query.answer({ id: query.decoded.id ^ 1, answer: [] }));
      send(new Uint8Array());
      send(query.answer());
    };
    expect(addresses(await overTcp(two))).toEqual([ADDRESS.data]);
    const flood: Behaviour = (query, send) => {
      for (let count = 0; count < 20; count += 1) {
        send(query.answer({ id: query.decoded.id ^ 1 }));
      }
    };
    expect(await overTcp(flood)).toMatchObject({ cause: "protocol-error" });
  });

  test("the largest message there can be arrives whole", async () => {
    const many = Array.from({ length: 1000 }, (_, at) => ({
      ...ADDRESS,
      type: "TXT",
      data: Buffer.from([48, ...Array(48).fill(at & 0x7f)]).toString("base64"),
    }));
    const reply = await overTcp((query, send) => send(query.answer({ answer: many })));
    expect(reply).toMatchObject({ state: "observed" });
    expect(addresses(reply)).toHaveLength(1000);
  });

  test("questions share one connection, answers in any order", async () => {
    const held: (() => void)[] = [];
    const server = await start({
      udp: truncated,
      tcp: (query, send) => {
        held.unshift(() => send(query.answer({ answer: [{ ...ADDRESS, name: query.decoded.reply.question!.name }] })));
        if (held.length === 3) {
          held.forEach((release) => release());
        }
      },
    });
    const questions = ["a", "b", "c"].map((label) => ({ name: name(`${label}.example.dk`), type: "A" }));
    const replies = await Promise.all(questions.map((question) => ask(server, question)));
    replies.forEach((reply, at) => {
      expect(reply).toMatchObject({ state: "observed", value: { answer: [{ name: questions[at]!.name }] } });
    });
    expect(server.seen.connections).toBe(1);
  });

  test("a server that answers one question per connection is given that", async () => {
    const server = await start({
      udp: truncated,
      tcp: (query, send, socket) => {
        if (!socket!.writableEnded) {
          send(query.answer({ answer: [{ ...ADDRESS, name: query.decoded.reply.question!.name }] }));
          socket!.end();
        }
      },
    });
    const questions = ["a", "b", "c"].map((label) => ({ name: name(`${label}.example.dk`), type: "A" }));
    const replies = await Promise.all(questions.map((question) => ask(server, question)));
    expect(replies.map(({ state }) => state)).toEqual(["observed", "observed", "observed"]);
    expect(server.seen.connections).toBe(3);
  });
});

function lowered(wire: Uint8Array): Uint8Array {
  return wire.map((octet) => (octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet));
}
