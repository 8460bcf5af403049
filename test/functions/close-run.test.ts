import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import type * as closeRunModule from "../../functions/close-run.ts";
import { closeMessage } from "../../lib/watch/message.ts";
import { slotAt } from "../../lib/core/slot.ts";
import { sqsEvent } from "../bundles/events.ts";
import { createWorld, type World } from "../watch/support/world.ts";
import { HOUR, lookAt, MINUTE, START } from "../support/looks.ts";
import { type Aws, contextOf, inventoryOf, MUNICIPALITY, startAws } from "./aws.ts";

type Handler = typeof closeRunModule.handler;

let aws: Aws;
let handler: Handler;
let world: World;
/** What the functions take for the time: that of the looks. */
let now = START;
const DOMAINS = ["en.dk", "to.dk", "tre.dk", "fire.dk"];

beforeAll(async () => {
  aws = await startAws();
  // Before the function is imported, which takes the clock as it stands.
  jest.spyOn(Date, "now").mockImplementation(() => now);
  ({ handler } = await import("../../functions/close-run.ts"));
  world = createWorld(DOMAINS, {}, aws.table);
  await aws.push(inventoryOf(DOMAINS));
});

afterAll(async () => {
  jest.restoreAllMocks();
  await aws.stop();
});

beforeEach(() => {
  while (aws.sqs.take("jobs"));
});

function message(hour: number, suffix = "", reason: "in" | "late" = "in"): string {
  const slot = `${lookAt(hour, "pass").slot}${suffix}`;
  return JSON.stringify(closeMessage({ municipality: MUNICIPALITY, family: "domains", slot }, reason));
}

async function close(...bodies: readonly string[]): Promise<unknown> {
  return handler(sqsEvent("close.fifo", ...bodies), contextOf("close-run"));
}

const WORKED = { batchItemFailures: [] };

describe("close-run", () => {
  test("closes a round, counts it and tells nobody of the baseline", async () => {
    now = START + MINUTE;
    await world.look(0);
    const written: string[] = [];
    const log = jest.spyOn(process.stdout, "write").mockImplementation((text) => written.push(String(text)) > 0);
    expect(await close(message(0))).toEqual(WORKED);
    expect(await close(message(0, "", "late"))).toEqual(WORKED);
    log.mockRestore();
    const [run] = await aws.memory.runs.newest(MUNICIPALITY, "domains", 1);
    expect(run?.value.closedAt).not.toBeNull();
    expect((await aws.memory.days.summary(MUNICIPALITY))?.run).toBe(run?.value.id);
    expect(aws.sns.published).toEqual([]);
    const measured = written
      .filter((line) => line.includes("_aws"))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(measured).toHaveLength(1);
    expect(measured[0]).toMatchObject({ RunsClosed: 1, Coverage: 100, IndeterminateRate: 0, service: "Kravvagt" });
  });

  test("has a second look taken at what came out otherwise", async () => {
    now = START + HOUR + MINUTE;
    await world.look(1, { "to.dk": "fail" });
    expect(await close(message(1))).toEqual(WORKED);
    const [sent] = aws.sqs.waiting;
    const slot = `${lookAt(1, "pass").slot}/confirm`;
    // Ten minutes after the look, which was made five seconds after the hour.
    expect(((sent?.due ?? 0) - now) / 1000).toBe(545);
    expect(JSON.parse(sent?.body ?? "")).toEqual({
      kind: "second-look",
      municipality: MUNICIPALITY,
      family: "domains",
      slot,
    });
    expect(aws.sns.published).toEqual([]);
  });

  test("while the topic takes nothing the run is closed all the same, and its alerts are tried again in six minutes", async () => {
    now = START + HOUR + 15 * MINUTE;
    await world.lookAgain(1, { "to.dk": "fail" });
    const relent = aws.sns.refuse("InternalErrorException");
    expect(await close(message(1, "/confirm"))).toEqual(WORKED);
    relent();
    const [run] = await aws.memory.runs.newest(MUNICIPALITY, "domains", 1);
    expect(run?.value.closedAt).not.toBeNull();
    const [again] = aws.sqs.waiting;
    expect(JSON.parse(again?.body ?? "")).toMatchObject({ kind: "close", reason: "untold" });
    expect(((again?.due ?? 0) - now) / MINUTE).toBe(6);
    expect(aws.sns.published).toEqual([]);
    expect(await close(again?.body ?? "")).toEqual(WORKED);
    expect(aws.sns.published.map(({ attributes }) => [attributes.kind, attributes.severity])).toEqual([
      ["regression", "high"],
    ]);
    expect(await close(again?.body ?? "")).toEqual(WORKED);
    expect(aws.sns.published).toHaveLength(1);
  }, 60_000);

  test("what is no close fails, and with it what comes after it, so that closes stay in order", async () => {
    now = START + 2 * HOUR + MINUTE;
    await world.look(2, { "to.dk": "fail" });
    const event = sqsEvent(
      "close.fifo",
      JSON.stringify({ kind: "second-look", municipality: MUNICIPALITY, family: "domains", slot: slotAt(0) }),
      message(2),
    );
    await expect(handler(event, contextOf("close-run"))).rejects.toThrow("All records failed");
    const [run] = await aws.memory.runs.newest(MUNICIPALITY, "domains", 1);
    expect(run?.value.closedAt).toBeNull();
  });
});
