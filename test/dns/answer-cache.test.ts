import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { observed, unobserved } from "../../lib/core/observation.ts";
import type { Observed } from "../../lib/core/observation.ts";
import { createAnswerCache } from "../../lib/dns/answer-cache.ts";
import { timeToLive } from "../../lib/dns/time-to-live.ts";
import type { Reply, ResourceRecord } from "../../lib/wire/message.ts";
import { name } from "../../lib/wire/name.ts";

const apex = name("example.dk");

function reply(changes: Partial<Reply> = {}): Reply {
  return { rcode: 0, flags: [], question: null, answer: [], authority: [], additional: [], edns: null, ...changes };
}

function record(type: string, ttl: number, data = "uRQAAQ=="): ResourceRecord {
  return { name: apex, type, ttl, data };
}

function soa(ttl: number, minimum: number): ResourceRecord {
  const rdata = Buffer.alloc(22);
  rdata.writeUInt32BE(minimum, 18);
  return record("SOA", ttl, rdata.toString("base64"));
}

function forever() {
  return createAnswerCache({ lifetimeMs: () => 60_000 });
}

/** A fetch that ends when told to, and knows how often it was called and whether it was aborted. */
function heldFetch() {
  const releases: ((value: Observed<Reply>) => void)[] = [];
  const signals: AbortSignal[] = [];
  const fetch = (signal: AbortSignal): Promise<Observed<Reply>> => {
    signals.push(signal);
    return new Promise((resolve) => releases.push(resolve));
  };
  return { fetch, releases, signals };
}

describe("the answer cache", () => {
  test("a kept reply is handed out without asking; forgetting asks again", async () => {
    const cache = forever();
    let asked = 0;
    const fetch = async (): Promise<Observed<Reply>> => observed(reply({ rcode: asked++ }));
    expect(await cache.ask("a", fetch)).toMatchObject({ value: { rcode: 0 } });
    expect(await cache.ask("a", fetch)).toMatchObject({ value: { rcode: 0 } });
    expect(await cache.ask("b", fetch)).toMatchObject({ value: { rcode: 1 } });
    cache.forget();
    expect(await cache.ask("a", fetch)).toMatchObject({ value: { rcode: 2 } });
  });

  test("an absence is shared by those who wait, and not kept", async () => {
    const cache = forever();
    const { fetch, releases } = heldFetch();
    const both = [cache.ask("a", fetch), cache.ask("a", fetch)];
    releases[0]!(unobserved("dns-timeout", "silent"));
    expect((await Promise.all(both)).map(({ state }) => state)).toEqual(["unobserved", "unobserved"]);
    void cache.ask("a", fetch);
    expect(releases).toHaveLength(2);
  });

  test("a reply whose time is over is asked for again", async () => {
    const cache = createAnswerCache({ lifetimeMs: () => 20 });
    let asked = 0;
    const fetch = async (): Promise<Observed<Reply>> => observed(reply({ rcode: asked++ }));
    await cache.ask("a", fetch);
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(await cache.ask("a", fetch)).toMatchObject({ value: { rcode: 1 } });
  });

  test("whoever leaves is told so at once; the question ends when the last has left", async () => {
    const cache = forever();
    const { fetch, signals, releases } = heldFetch();
    const [first, second] = [new AbortController(), new AbortController()];
    const asks = [cache.ask("a", fetch, first.signal), cache.ask("a", fetch, second.signal)];
    first.abort();
    expect(await asks[0]).toMatchObject({ state: "unobserved", cause: "internal" });
    expect(signals[0]!.aborted).toBe(false);
    second.abort();
    expect(await asks[1]).toMatchObject({ state: "unobserved", cause: "internal" });
    expect(signals[0]!.aborted).toBe(true);
    void cache.ask("a", fetch);
    expect(releases).toHaveLength(2);
    expect(await cache.ask("b", fetch, first.signal)).toMatchObject({ state: "unobserved" });
    expect(releases).toHaveLength(2);
  });

  test("what was asked before forgetting is not kept after it", async () => {
    const cache = forever();
    const { fetch, releases } = heldFetch();
    const early = cache.ask("a", fetch);
    cache.forget();
    const late = cache.ask("a", fetch);
    releases[0]!(observed(reply({ rcode: 0 })));
    releases[1]!(observed(reply({ rcode: 3 })));
    expect(await early).toMatchObject({ value: { rcode: 0 } });
    expect(await late).toMatchObject({ value: { rcode: 3 } });
    expect(await cache.ask("a", fetch)).toMatchObject({ value: { rcode: 3 } });
  });

  test("memory is bounded by entries and by octets", async () => {
    const big = observed(reply({ answer: [record("TXT", 60, "x".repeat(10_000))] }));
    const cache = createAnswerCache({ lifetimeMs: () => 60_000, maxEntries: 1000, maxOctets: 50_000 });
    let asked = 0;
    const fetch = async (): Promise<Observed<Reply>> => {
      asked += 1;
      return big;
    };
    for (let key = 0; key < 20; key += 1) {
      await cache.ask(String(key), fetch);
    }
    for (let key = 19; key >= 0; key -= 1) {
      await cache.ask(String(key), fetch);
    }
    expect(asked).toBeGreaterThan(34);
  });

  test("however asks are interleaved, a question under way goes out once and everyone gets its answer", async () => {
    const key = fc.constantFrom("a", "b", "c");
    await fc.assert(
      fc.asyncProperty(fc.array(key, { minLength: 1, maxLength: 40 }), fc.scheduler(), async (keys, scheduler) => {
        const cache = createAnswerCache({ lifetimeMs: () => 0 });
        const running = new Map<string, number>();
        let mostAtOnce = 0;
        const fetch = (asked: string) => async (): Promise<Observed<Reply>> => {
          running.set(asked, (running.get(asked) ?? 0) + 1);
          mostAtOnce = Math.max(mostAtOnce, running.get(asked)!);
          await scheduler.schedule(Promise.resolve());
          running.set(asked, running.get(asked)! - 1);
          return observed(reply({ additional: [record("TXT", 1, asked)] }));
        };
        const asks = keys.map(async (asked) => {
          await scheduler.schedule(Promise.resolve());
          return cache.ask(asked, fetch(asked));
        });
        await scheduler.waitIdle();
        const replies = await Promise.all(asks);
        replies.forEach((got, at) => {
          expect(got).toMatchObject({ value: { additional: [{ data: keys[at] }] } });
        });
        expect(mostAtOnce).toBe(1);
      }),
    );
  });
});

describe("how long a resolver's reply is kept", () => {
  test.each([
    ["the smallest TTL", reply({ answer: [record("A", 300), record("RRSIG", 60)], authority: [record("NS", 90)] }), 60],
    ["an hour at most", reply({ answer: [record("A", 86_400)] }), 3600],
    ["zero stays zero", reply({ answer: [record("A", 0)] }), 0],
    ["a denial: the SOA's minimum", reply({ rcode: 3, authority: [soa(900, 120)] }), 120],
    ["a denial: the SOA's own TTL", reply({ authority: [soa(30, 120), record("NSEC", 200)] }), 30],
    ["a denial without SOA is not kept", reply({ rcode: 3, authority: [record("NSEC", 200)] }), 0],
    ["a denial whose SOA cannot be read is not kept", reply({ rcode: 3, authority: [record("SOA", 60, "AA==")] }), 0],
    ["a referral", reply({ authority: [record("NS", 100), record("DS", 50)] }), 50],
    [
      "an alias whose target does not exist",
      reply({ rcode: 3, answer: [record("CNAME", 5)], authority: [soa(9, 9)] }),
      5,
    ],
    ["an empty reply is not kept", reply(), 0],
    ["a failure", reply({ rcode: 2, answer: [record("A", 300)] }), 5],
  ])("%s", (_, given, seconds) => expect(timeToLive(given)).toBe(seconds));
});
