import { describe, expect, test } from "@jest/globals";
import { observed, unobserved } from "../../lib/core/observation.ts";
import type { Observed } from "../../lib/core/observation.ts";
import { createResolverPool } from "../../lib/dns/resolver-pool.ts";
import type { Upstream, UpstreamOptions } from "../../lib/dns/upstream.ts";
import type { ResolverTimings } from "../../lib/dns/watched-resolver.ts";
import type { Question, Reply } from "../../lib/wire/message.ts";
import { name } from "../../lib/wire/name.ts";
import { ADDRESS, EDNS, QUESTION } from "./misbehaving-dns.ts";

const TIMINGS: ResolverTimings = { answerMs: 400, doubtMs: 60, probeMs: 60, pauseMs: 100, longestPauseMs: 10_000 };

const right: Reply = {
  rcode: 0,
  flags: ["rd", "ra"],
  question: QUESTION,
  answer: [ADDRESS],
  authority: [],
  additional: [],
  edns: EDNS,
};
const servfail: Reply = { ...right, rcode: 2, answer: [], edns: null };
const refused: Reply = { ...right, rcode: 5, answer: [], edns: null };

type Behaviour = (question: Question, options: UpstreamOptions) => Reply | "silent" | "refused" | "status 503";

interface FakeUpstream extends Upstream {
  readonly asked: { readonly question: Question; readonly checkingDisabled: boolean }[];
  behaviour: Behaviour;
}

function upstream(label: string, behaviour: Behaviour): FakeUpstream {
  const fake: FakeUpstream = {
    name: label,
    asked: [],
    behaviour,
    close: () => undefined,
    ask: async (question, options): Promise<Observed<Reply>> => {
      fake.asked.push({ question, checkingDisabled: options.checkingDisabled });
      const outcome = fake.behaviour(question, options);
      switch (outcome) {
        case "silent":
          return silence(options);
        case "refused":
          return unobserved("connection-refused", `connecting to ${label}: ECONNREFUSED`);
        case "status 503":
          return unobserved("protocol-error", "HTTP status 503 from the resolver");
        default:
          return observed(outcome);
      }
    },
  };
  return fake;
}

function silence({ timeoutMs, signal }: UpstreamOptions): Promise<Observed<Reply>> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(unobserved("dns-timeout", "no answer")), timeoutMs);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve(unobserved("internal", "stopped"));
    });
  });
}

function isProbe(question: Question): boolean {
  return question.name === ".";
}

function other(label: string): Question {
  return { name: name(`${label}.example.dk`), type: "A" };
}

function realQuestions(fake: FakeUpstream): number {
  return fake.asked.filter(({ question }) => !isProbe(question)).length;
}

describe("one resolver", () => {
  test("is asked with CD=1; the reply is kept for its TTL, until a new look", async () => {
    const only = upstream("a", () => right);
    const pool = createResolverPool([only], TIMINGS);
    expect(await pool.ask(QUESTION)).toEqual(observed(right));
    expect(await pool.ask(QUESTION)).toEqual(observed(right));
    expect(only.asked).toEqual([{ question: QUESTION, checkingDisabled: true }]);
    pool.forget();
    await pool.ask(QUESTION);
    expect(only.asked).toHaveLength(2);
    expect(pool.describe()).toEqual([{ resolver: "a", state: "answering", asked: 2, answered: 2, lastFailure: null }]);
  });

  test("that refuses connections is described as such, and left alone while it pauses", async () => {
    const only = upstream("a", () => "refused");
    const pool = createResolverPool([only], { ...TIMINGS, pauseMs: 5000 });
    expect(pool.describe()).toMatchObject([{ state: "untried" }]);
    expect(await pool.ask(QUESTION)).toMatchObject({ state: "unobserved", cause: "connection-refused" });
    expect(await pool.ask(other("b"))).toMatchObject({ cause: "connection-refused", detail: /a: .*ECONNREFUSED/ });
    expect(only.asked).toHaveLength(1);
    expect(pool.describe()).toMatchObject([{ state: "down", lastFailure: { cause: "connection-refused" } }]);
  });

  test("that comes back is asked again after a short pause, and the question waits for it", async () => {
    const only = upstream("a", () => "refused");
    const pool = createResolverPool([only], TIMINGS);
    await pool.ask(QUESTION);
    only.behaviour = () => right;
    expect(await pool.ask(other("b"))).toEqual(observed(right));
    expect(pool.describe()).toMatchObject([{ state: "answering" }]);
  });

  test("that is silent altogether is found out long before the question's own time is over", async () => {
    const only = upstream("a", () => "silent");
    const pool = createResolverPool([only], { ...TIMINGS, answerMs: 10_000 });
    const started = performance.now();
    expect(await pool.ask(QUESTION)).toMatchObject({ state: "unobserved", cause: "dns-timeout" });
    expect(performance.now() - started).toBeLessThan(2000);
    expect(pool.describe()).toMatchObject([{ state: "down", lastFailure: { cause: "dns-timeout" } }]);
  });

  test("that is silent to one name only is not down, and may take its time", async () => {
    const only = upstream("a", (question) => (question.name === QUESTION.name ? "silent" : right));
    const pool = createResolverPool([only], TIMINGS);
    const started = performance.now();
    expect(await pool.ask(QUESTION)).toMatchObject({ state: "unobserved", cause: "dns-timeout" });
    expect(performance.now() - started).toBeGreaterThanOrEqual(395);
    expect(await pool.ask(other("b"))).toEqual(observed(right));
    expect(pool.describe()).toMatchObject([{ state: "answering" }]);
  });

  test("SERVFAIL is a value", async () => {
    const pool = createResolverPool([upstream("a", () => servfail)], TIMINGS);
    expect(await pool.ask(QUESTION)).toEqual(observed(servfail));
  });

  test.each([
    ["does not recurse", { ...right, flags: [], answer: [], authority: [] } satisfies Reply],
    ["returns no EDNS", { ...right, edns: null }],
    ["does not return DO", { ...right, edns: { ...EDNS!, dnssecOk: false } }],
    ["denies without EDNS", { ...right, rcode: 3, edns: null }],
  ])("that %s cannot be believed", async (_, reply) => {
    const pool = createResolverPool([upstream("a", () => reply)], TIMINGS);
    expect(await pool.ask(QUESTION)).toMatchObject({ state: "unobserved", cause: "protocol-error" });
  });

  test("that sends signatures is believed, whatever its flags say of recursion and DO", async () => {
    const signature = { name: name("example.dk"), type: "RRSIG", ttl: 60, data: "" };
    const reply: Reply = { ...right, flags: ["aa"], edns: null, answer: [...right.answer, signature] };
    const pool = createResolverPool([upstream("a", () => reply)], TIMINGS);
    expect(await pool.ask(QUESTION)).toEqual({ state: "observed", value: reply });
  });

  test("a signal ends the wait", async () => {
    const pool = createResolverPool([upstream("a", () => "silent")], TIMINGS);
    const signal = AbortSignal.timeout(20);
    expect(await pool.ask(QUESTION, { signal })).toMatchObject({ state: "unobserved", cause: "tcp-timeout" });
  });

  test("none at all is a mistake", () => {
    expect(() => createResolverPool([])).toThrow(RangeError);
  });
});

describe("several resolvers", () => {
  test("SERVFAIL from one is put to one other, not to a third", async () => {
    const [a, b, c] = [upstream("a", () => servfail), upstream("b", () => right), upstream("c", () => right)];
    expect(await createResolverPool([a, b, c], TIMINGS).ask(QUESTION)).toEqual(observed(right));
    b.behaviour = () => refused;
    expect(await createResolverPool([a, b, c], TIMINGS).ask(QUESTION)).toEqual(observed(servfail));
    expect(await createResolverPool([b, a, c], TIMINGS).ask(QUESTION)).toEqual(observed(servfail));
    expect(c.asked).toHaveLength(0);
  });

  test("one that is down is passed over; the next question does not try it first", async () => {
    const [a, b] = [upstream("a", () => "refused"), upstream("b", () => right)];
    const pool = createResolverPool([a, b], { ...TIMINGS, pauseMs: 5000 });
    expect(await pool.ask(QUESTION)).toEqual(observed(right));
    expect(await pool.ask(other("b"))).toEqual(observed(right));
    expect(a.asked).toHaveLength(1);
    expect(b.asked).toHaveLength(2);
  });

  test("HTTP status 503 makes a resolver unhealthy", async () => {
    const [a, b] = [upstream("a", () => "status 503"), upstream("b", () => right)];
    const pool = createResolverPool([a, b], { ...TIMINGS, pauseMs: 5000 });
    await pool.ask(QUESTION);
    await pool.ask(other("b"));
    expect(realQuestions(a)).toBe(1);
    expect(pool.describe()).toMatchObject([{ state: "down", lastFailure: { cause: "protocol-error" } }, {}]);
  });

  test("those that cannot be believed do not use up the tries", async () => {
    const bad: Reply = { ...right, edns: null };
    const all = [upstream("a", () => bad), upstream("b", () => bad), upstream("c", () => right)];
    expect(await createResolverPool(all, TIMINGS).ask(QUESTION)).toEqual(observed(right));
  });

  test("when nobody can be reached, every resolver is named", async () => {
    const all = [upstream("a", () => "refused"), upstream("b", () => "refused")];
    expect(await createResolverPool(all, TIMINGS).ask(QUESTION)).toEqual({
      state: "unobserved",
      cause: "connection-refused",
      detail: "a: connecting to a: ECONNREFUSED; b: connecting to b: ECONNREFUSED",
    });
  });

  test("silence from two that are alive is dns-timeout, and a third is not bothered", async () => {
    const deaf: Behaviour = (question) => (isProbe(question) ? right : "silent");
    const all = [upstream("a", deaf), upstream("b", deaf), upstream("c", deaf)];
    const pool = createResolverPool(all, { ...TIMINGS, answerMs: 100 });
    expect(await pool.ask(QUESTION)).toMatchObject({ state: "unobserved", cause: "dns-timeout" });
    expect(realQuestions(all[2]!)).toBe(0);
  });

  test("each is asked for its own opinion with CD=0, once, and no other speaks for it", async () => {
    const secure: Reply = { ...right, flags: ["rd", "ra", "ad"] };
    const all = [upstream("a", () => secure), upstream("b", () => servfail), upstream("c", () => "refused")];
    const pool = createResolverPool(all, TIMINGS);
    const ask = () => pool.askEach(QUESTION, { checkingDisabled: false });
    const [opinions] = await Promise.all([ask(), ask()]);
    expect(opinions).toEqual([
      { resolver: "a", reply: observed(secure) },
      { resolver: "b", reply: observed(servfail) },
      { resolver: "c", reply: expect.objectContaining({ state: "unobserved", cause: "connection-refused" }) },
    ]);
    expect(all.map((fake) => fake.asked)).toEqual(all.map(() => [{ question: QUESTION, checkingDisabled: false }]));
    expect(await pool.ask(QUESTION)).toEqual(observed(right.flags.includes("ad") ? right : secure));
  });
});
