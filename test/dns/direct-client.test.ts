import { describe, expect, test } from "@jest/globals";
import { observed, unobserved } from "../../lib/core/observation.ts";
import type { Observed } from "../../lib/core/observation.ts";
import type { Target } from "../../lib/dial/dialer.ts";
import { createDirectClient } from "../../lib/dns/direct-client.ts";
import type { PlainExchange, PlainOptions } from "../../lib/dns/plain-exchange.ts";
import type { Question, Reply } from "../../lib/wire/message.ts";
import { name } from "../../lib/wire/name.ts";

const EMPTY: Reply = { rcode: 0, flags: ["aa"], question: null, answer: [], authority: [], additional: [], edns: null };
const silent = unobserved("dns-timeout", "silent over UDP, TCP: silent");
const server = { address: "185.20.0.1" };
const zone = name("example.dk");

interface Asked {
  readonly target: Target;
  readonly question: Question;
  readonly options: PlainOptions;
}

/** An exchange that notes what it is asked and answers from a script, by the last word when that is over. */
function scripted(...script: Observed<Reply>[]): PlainExchange & { readonly asked: Asked[] } {
  const asked: Asked[] = [];
  return {
    asked,
    ask: async (target, question, options) => {
      asked.push({ target, question, options });
      return script[Math.min(asked.length, script.length) - 1]!;
    },
    close: () => undefined,
  };
}

function question(label: string, base = "example.dk"): Question {
  return { name: name(`${label}.${base}`), type: "A" };
}

describe("the direct client", () => {
  test("asks with RD=0 and CD=0 on port 53, or where it is told", async () => {
    const exchange = scripted(observed(EMPTY));
    const client = createDirectClient(exchange);
    await client.ask(server, question("a"));
    await client.ask({ ...server, port: 5300 }, question("a"));
    expect(exchange.asked.map(({ target }) => target.port)).toEqual([53, 5300]);
    expect(exchange.asked[0]!.options).toMatchObject({
      recursionDesired: false,
      checkingDisabled: false,
      purpose: "dns",
    });
  });

  test("the same question goes to the same server once, until a new look", async () => {
    const exchange = scripted(observed({ ...EMPTY, rcode: 2 }));
    const client = createDirectClient(exchange);
    await Promise.all([client.ask(server, question("a")), client.ask(server, question("a"))]);
    await client.ask(server, question("a"));
    expect(exchange.asked).toHaveLength(1);
    await client.ask({ address: "185.20.0.2" }, question("a"));
    await client.ask(server, { ...question("a"), type: "AAAA" });
    expect(exchange.asked).toHaveLength(3);
    client.forget();
    await client.ask(server, question("a"));
    expect(exchange.asked).toHaveLength(4);
  });

  test("after two silences about a zone its other questions are not sent, and say so", async () => {
    const exchange = scripted(silent);
    const client = createDirectClient(exchange);
    for (const label of ["a", "b", "c", "d"]) {
      expect(await client.ask(server, question(label), { zone })).toMatchObject({ cause: "dns-timeout" });
    }
    expect(exchange.asked).toHaveLength(2);
    expect(await client.ask(server, question("e"), { zone })).toMatchObject({
      detail: expect.stringMatching(/not sent/),
    });
    client.forget();
    await client.ask(server, question("e"), { zone });
    expect(exchange.asked).toHaveLength(3);
  });

  test("another zone, another server, and questions about no zone are asked all the same, with less patience", async () => {
    const exchange = scripted(silent);
    const client = createDirectClient(exchange);
    await client.ask(server, question("a"), { zone });
    await client.ask(server, question("b"), { zone });
    await client.ask(server, question("a", "example.com"), { zone: name("example.com") });
    await client.ask(server, question("c"));
    await client.ask({ address: "185.20.0.2" }, question("a"), { zone });
    const patience = exchange.asked.map(({ options }) => options.timing.udpMs);
    expect(patience).toEqual([3000, 3000, 1500, 1500, 3000]);
  });

  test("an answer clears the server's name; a refused connection is no silence", async () => {
    const refused = unobserved("connection-refused", "refused");
    const exchange = scripted(silent, observed(EMPTY), silent, refused, refused, silent, silent);
    const client = createDirectClient(exchange);
    for (const label of ["a", "b", "c", "d", "e", "f", "g"]) {
      await client.ask(server, question(label), { zone });
    }
    // Silences in a row: 1, 0, 1, 1, 1, 2: the seventh question is not sent.
    expect(exchange.asked).toHaveLength(6);
  });
});
