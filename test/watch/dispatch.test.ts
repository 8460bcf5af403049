import { beforeEach, describe, expect, test } from "@jest/globals";
import type { Clock } from "../../lib/ports.ts";
import { planRound, workClose, workLook, workSecondLook } from "../../lib/watch/dispatch.ts";
import { closeMessage, type LookMessage, type Message, type MessageQueues } from "../../lib/watch/message.ts";
import type { WatchIo } from "../../lib/watch/watch-io.ts";
import { confirmSlotOf } from "../../lib/core/slot.ts";
import { HOUR, lookAt, MINUTE, START } from "../support/looks.ts";
import { createMemoryEvidence } from "../support/memory-table.ts";
import { createWorld, type World } from "./support/world.ts";
import { MUNICIPALITY, watching } from "./support/watched.ts";

interface Sent {
  readonly message: Message;
  /** Milliseconds; null for the queue of closes. */
  readonly delay: number | null;
}

const DOMAINS = ["en.dk", "to.dk", "tre.dk", "fire.dk"];
const NEVER = new AbortController().signal;

let world: World;
let io: WatchIo;
let sent: Sent[];
let queues: MessageQueues;
let now = START;
let looks = 0;

beforeEach(() => {
  world = createWorld(DOMAINS);
  sent = [];
  looks = 0;
  const clock = { now: () => now } as Clock;
  io = {
    ...{ memory: world.memory, evidence: createMemoryEvidence(), clock, onEvent: () => undefined },
    tell: () => Promise.resolve(),
    openLooking: async () => ({
      look: async () => {
        looks += 1;
        return [];
      },
      checkControls: async () => "unknown",
      close: () => undefined,
    }),
  };
  queues = {
    send: async (messages, delay) => void sent.push(...messages.map((message) => ({ message, delay }))),
    close: async (message) => void sent.push({ message, delay: null }),
  };
});

function told(): readonly unknown[] {
  return sent.splice(0).map(({ message, delay }) => [message.kind, "reason" in message ? message.reason : null, delay]);
}

describe("a round in steps", () => {
  test("is planned once, reminds of its close, and its last batch has it closed", async () => {
    now = START + MINUTE;
    const run = await planRound(watching(DOMAINS), io, queues);
    const look = sent.find(({ message }) => message.kind === "look")?.message as LookMessage;
    expect(told()).toEqual([
      ["close", "late", 600_000],
      ["look", null, 0],
    ]);
    expect((await planRound(watching(DOMAINS), io, queues)).id).toBe(run.id);
    told();
    await workLook(look, watching(DOMAINS), io, queues, NEVER);
    expect(told()).toEqual([["close", "in", null]]);
    // As if the process had died before the close was sent: nobody is looked at again, and it is sent.
    await workLook(look, watching(DOMAINS), io, queues, NEVER);
    expect(told()).toEqual([["close", "in", null]]);
    expect(looks).toBe(1);
    // Planned again when all of it is in, there is nothing left but to close it.
    await planRound(watching(DOMAINS), io, queues);
    expect(told()).toEqual([
      ["close", "late", 600_000],
      ["close", "in", null],
    ]);
    await workClose(closeMessage(run, "in"), watching(DOMAINS), io, queues);
    await planRound(watching(DOMAINS), io, queues);
    await workLook(look, watching(DOMAINS), io, queues, NEVER);
    expect(told()).toEqual([]);
  });

  test("an interrupted batch rejects, so that its message comes again", async () => {
    now = START + MINUTE;
    const run = await planRound(watching(DOMAINS), io, queues);
    const look = sent.find(({ message }) => message.kind === "look")?.message as LookMessage;
    told();
    await expect(
      workLook(look, watching(DOMAINS), io, queues, AbortSignal.abort(new Error("time is up"))),
    ).rejects.toThrow("time is up");
    expect((await world.memory.runs.of(MUNICIPALITY.id, run.id))?.value.done).toEqual([]);
    expect(told()).toEqual([]);
  });

  test("a run that nobody planned rejects", async () => {
    const close = closeMessage(
      { municipality: MUNICIPALITY.id, family: "domains", slot: lookAt(9, "pass").slot },
      "in",
    );
    await expect(workClose(close, watching(DOMAINS), io, queues)).rejects.toThrow("is not in the store");
  });
});

describe("a second look in steps", () => {
  async function closedWithCandidate(): Promise<string> {
    await world.look(0);
    await world.close(`domains/${lookAt(0, "pass").slot}`);
    await world.look(1, { "to.dk": "fail" });
    const { slot } = lookAt(1, "pass");
    now = START + HOUR + MINUTE;
    await workClose(
      closeMessage({ municipality: MUNICIPALITY.id, family: "domains", slot }, "in"),
      watching(DOMAINS),
      io,
      queues,
    );
    return slot;
  }

  test("is announced when the run closes, held back until it is due, and then sent out as a run of its own", async () => {
    const slot = await closedWithCandidate();
    const [announced] = sent;
    if (announced?.message.kind !== "second-look") throw new Error("no second look");
    expect(announced.message.slot).toBe(confirmSlotOf(slot));
    // Ten minutes after the look, which was made five seconds after the hour.
    expect(announced.delay).toBe(545_000);
    told();
    now += 500_000;
    await workSecondLook(announced.message, watching(DOMAINS), io, queues);
    expect(told()).toEqual([["second-look", null, 45_000]]);
    now += 45_000;
    await workSecondLook(announced.message, watching(DOMAINS), io, queues);
    const look = sent.find(({ message }) => message.kind === "look")?.message as LookMessage;
    expect(look.assets).toEqual(["domain:to.dk"]);
    expect(told()).toEqual([
      ["close", "late", 180_000],
      ["look", null, 0],
    ]);
    const run = await world.memory.runs.of(MUNICIPALITY.id, `domains/${confirmSlotOf(slot)}`);
    expect(run?.value.startedAt).toBe(new Date(now).toISOString());
  });

  test("is announced again by a close that is repeated, and not once it is taken", async () => {
    const slot = await closedWithCandidate();
    told();
    const close = closeMessage({ municipality: MUNICIPALITY.id, family: "domains", slot }, "late");
    await workClose(close, watching(DOMAINS), io, queues);
    expect(told()).toEqual([["second-look", null, 545_000]]);
    now += 600_000;
    await world.lookAgain(1, { "to.dk": "pass" });
    await workClose({ ...close, slot: confirmSlotOf(slot) }, watching(DOMAINS), io, queues);
    expect(told()).toEqual([]);
  });

  test("one that is due far away is held back for as long as a queue can, again and again", async () => {
    await closedWithCandidate();
    told();
    const { slot } = lookAt(1, "pass");
    const { settings } = watching(DOMAINS).inventory;
    const slow = watching(DOMAINS, { settings: { ...settings, confirmAfter: 2 * HOUR } });
    const message = {
      kind: "second-look",
      municipality: MUNICIPALITY.id,
      family: "domains",
      slot: confirmSlotOf(slot),
    } as const;
    await workSecondLook(message, slow, io, queues);
    expect(told()).toEqual([["second-look", null, 900_000]]);
  });
});
