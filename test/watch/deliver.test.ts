import { describe, expect, test } from "@jest/globals";
import type { AlertSink } from "../../lib/ports.ts";
import type { Alert, DoubtAlert } from "../../lib/watch/alert.ts";
import { deliverAlerts } from "../../lib/watch/deliver.ts";
import { createMemory } from "../../lib/watch/memory/create-memory.ts";
import type { Memory } from "../../lib/watch/memory.ts";
import type { WatchEvent } from "../../lib/watch/watch-event.ts";
import { HOUR, moment, START } from "../support/looks.ts";
import { createMemoryTable } from "../support/memory-table.ts";

function alert(hour: number): DoubtAlert {
  const id = String(hour).padStart(32, "a");
  const frame = { id, municipality: "101", run: "domains/x", createdAt: moment(hour * HOUR) };
  return { ...frame, kind: "doubt", suspicion: "mass", worse: 5, well: 5 };
}

interface TestSink extends AlertSink {
  readonly had: Alert[];
}

/** A sink that rejects while `isBroken` says so. */
function sink(name: string, isBroken: (alert: Alert) => boolean = () => false): TestSink {
  const had: Alert[] = [];
  return {
    name,
    had,
    deliver: async (each) => {
      if (isBroken(each)) throw new Error(`${name} cannot take ${each.id}`);
      had.push(each);
    },
  };
}

async function memoryWith(...alerts: readonly Alert[]): Promise<Memory> {
  const memory = createMemory(createMemoryTable());
  for (const each of alerts) await memory.alerts.file(each);
  return memory;
}

async function deliver(sinks: readonly AlertSink[], memory: Memory): Promise<readonly WatchEvent[]> {
  const events: WatchEvent[] = [];
  await deliverAlerts("101", sinks, memory, START, (event) => events.push(event));
  return events;
}

async function queued(memory: Memory): Promise<readonly string[]> {
  return (await memory.alerts.undelivered("101")).map(({ value }) => value.alert.id);
}

describe("delivery", () => {
  test("every sink has every alert once, in order, and the queue is empty then", async () => {
    const memory = await memoryWith(alert(2), alert(1));
    const sinks = [sink("terminal"), sink("outbox")];
    expect(await deliver(sinks, memory)).toEqual([]);
    for (const { had } of sinks) expect(had).toEqual([alert(1), alert(2)]);
    expect(await queued(memory)).toEqual([]);
    await deliver(sinks, memory);
    for (const { had } of sinks) expect(had).toHaveLength(2);
    const filed = await memory.alerts.of("101", alert(1).id);
    expect(filed?.value.delivered).toEqual({ terminal: moment(0), outbox: moment(0) });
  });

  test("a sink that rejects keeps nobody waiting, is told of, and is tried again", async () => {
    const memory = await memoryWith(alert(1), alert(2));
    let isDown = true;
    const broken = sink("smtp", () => isDown);
    const sound = sink("outbox");
    const events = await deliver([broken, sound], memory);
    expect(events).toEqual(
      [alert(1), alert(2)].map((each) => ({
        ...{ kind: "undelivered", alert: each, sink: "smtp", problem: `smtp cannot take ${each.id}` },
      })),
    );
    expect(sound.had).toHaveLength(2);
    expect(await queued(memory)).toEqual([alert(1).id, alert(2).id]);
    isDown = false;
    expect(await deliver([broken, sound], memory)).toEqual([]);
    expect(broken.had).toHaveLength(2);
    expect(sound.had).toHaveLength(2);
    expect(await queued(memory)).toEqual([]);
  });

  test("one alert that a sink cannot take does not stop those after it", async () => {
    const memory = await memoryWith(alert(1), alert(2));
    const picky = sink("smtp", ({ id }) => id === alert(1).id);
    expect(await deliver([picky], memory)).toHaveLength(1);
    expect(picky.had).toEqual([alert(2)]);
    expect(await queued(memory)).toEqual([alert(1).id]);
  });

  test("two rejected in a row end a sink's turn, and keep nothing else back: the next turn begins behind them", async () => {
    const memory = await memoryWith(alert(1), alert(2), alert(3), alert(4));
    const picky = sink("smtp", ({ id }) => id === alert(1).id || id === alert(2).id);
    expect(await deliver([picky], memory)).toHaveLength(2);
    expect(picky.had).toEqual([]);
    expect(await deliver([picky], memory)).toHaveLength(2);
    expect(picky.had).toEqual([alert(3), alert(4)]);
    expect(await queued(memory)).toEqual([alert(1).id, alert(2).id]);
  });

  test("a sink that is slow does not keep the others from having theirs", async () => {
    const memory = await memoryWith(alert(1), alert(2));
    const fast = sink("outbox");
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const slow: AlertSink = { name: "smtp", deliver: () => released };
    const delivering = deliver([slow, fast], memory);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(fast.had).toHaveLength(2);
    release();
    await delivering;
    expect(await queued(memory)).toEqual([]);
  });

  test("without sinks nothing is delivered, so nothing leaves the queue", async () => {
    const memory = await memoryWith(alert(1));
    await deliver([], memory);
    expect(await queued(memory)).toEqual([alert(1).id]);
  });

  test("a hand-over that could not be noted is repeated with the same id", async () => {
    const memory = await memoryWith(alert(1));
    let isFull = true;
    const failing: Memory = {
      ...memory,
      alerts: {
        ...memory.alerts,
        noteDelivered: async (...note) => {
          if (isFull) throw new Error("the disk is full");
          return memory.alerts.noteDelivered(...note);
        },
      },
    };
    const outbox = sink("outbox");
    await expect(deliver([outbox], failing)).rejects.toThrow("the disk is full");
    isFull = false;
    await deliver([outbox], failing);
    expect(outbox.had).toEqual([alert(1), alert(1)]);
    expect(await queued(memory)).toEqual([]);
  });

  test("problems are cut: what a server answers is its own doing", async () => {
    const memory = await memoryWith(alert(1));
    const rude: AlertSink = { name: "smtp", deliver: () => Promise.reject(new Error("x".repeat(5000))) };
    const [event] = await deliver([rude], memory);
    expect(event).toMatchObject({ kind: "undelivered", problem: "x".repeat(300) });
  });
});
