import { describe, expect, test } from "@jest/globals";
import { Turnstile } from "../../lib/dial/turnstile.ts";

const wait = { waitMs: 1000, doing: "waiting" };

describe("the turnstile", () => {
  test("admits as many as may be inside, the rest in order as others leave", async () => {
    const turnstile = new Turnstile({ concurrent: 2, perSecond: Infinity });
    const order: number[] = [];
    const leaves = [await turnstile.enter(wait), await turnstile.enter(wait)];
    const rest = [0, 1, 2].map(async (index) => {
      const leave = await turnstile.enter(wait);
      order.push(index);
      leave();
    });
    await new Promise(setImmediate);
    expect(order).toEqual([]);
    expect(turnstile.isFull()).toBe(true);
    leaves[0]!();
    await Promise.all(rest);
    expect(order).toEqual([0, 1, 2]);
    leaves[1]!();
    expect(turnstile.isIdle()).toBe(true);
  });

  test("leaving twice frees one place", async () => {
    const turnstile = new Turnstile({ concurrent: 1, perSecond: Infinity });
    const leave = await turnstile.enter(wait);
    leave();
    leave();
    await turnstile.enter(wait);
    expect(turnstile.isFull()).toBe(true);
    await expect(turnstile.enter({ waitMs: 20, doing: "waiting" })).rejects.toMatchObject({ cause: "internal" });
  });

  test("lets a second's worth through at once, then keeps the rate", async () => {
    const turnstile = new Turnstile({ concurrent: 1000, perSecond: 50 });
    const started = performance.now();
    await Promise.all(Array.from({ length: 50 }, () => turnstile.enter(wait)));
    expect(performance.now() - started).toBeLessThan(100);
    await Promise.all(Array.from({ length: 10 }, () => turnstile.enter(wait)));
    // Ten more at fifty a second take a fifth of a second, whatever the machine is busy with.
    expect(performance.now() - started).toBeGreaterThanOrEqual(190);
  });

  test("waiting ends by the clock or the signal, and whoever left the queue takes no place", async () => {
    const turnstile = new Turnstile({ concurrent: 1, perSecond: Infinity });
    const leave = await turnstile.enter(wait);
    const stop = new AbortController();
    const late = turnstile.enter({ waitMs: 20, doing: "a visit" });
    const stopped = turnstile.enter({ ...wait, signal: stop.signal });
    const patient = turnstile.enter(wait);
    stop.abort();
    await Promise.all([
      expect(late).rejects.toMatchObject({ cause: "internal", code: "QUEUE" }),
      expect(stopped).rejects.toMatchObject({ cause: "internal", code: "STOPPED" }),
    ]);
    await expect(turnstile.enter({ ...wait, signal: stop.signal })).rejects.toMatchObject({ code: "STOPPED" });
    leave();
    (await patient)();
    expect(turnstile.isIdle()).toBe(true);
  });
});
