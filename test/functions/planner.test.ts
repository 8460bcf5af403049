import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type * as plannerModule from "../../functions/planner.ts";
import { messageIn } from "../../lib/watch/message.ts";
import { municipalitiesIn } from "../../lib/watch/municipalities.ts";
import { scheduled } from "../bundles/events.ts";
import { type Aws, contextOf, inventoryOf, MUNICIPALITY, startAws } from "./aws.ts";

type Handler = typeof plannerModule.handler;

let aws: Aws;
let handler: Handler;
const DOMAINS = Array.from({ length: 30 }, (_, index) => `navn-${String(index).padStart(2, "0")}.dk`);

beforeAll(async () => {
  aws = await startAws();
  ({ handler } = await import("../../functions/planner.ts"));
});

afterAll(async () => aws.stop());

beforeEach(() => {
  for (const queue of ["jobs", "mail-jobs"]) while (aws.sqs.take(queue) !== null);
});

async function plan(
  event: unknown,
): Promise<readonly { readonly message: ReturnType<typeof messageIn>; readonly seconds: number }[]> {
  const before = Date.now();
  await handler(event, contextOf("planner"));
  return aws.sqs.waiting.map(({ body, due }) => ({
    message: messageIn(body),
    seconds: Math.round((due - before) / 1000),
  }));
}

describe("planner", () => {
  test("while no inventory has been pushed there is nothing to plan", async () => {
    expect(await plan(scheduled("domains"))).toEqual([]);
  });

  test("a round is handed out in batches, after a reminder to close it in ten minutes", async () => {
    await aws.push(inventoryOf(DOMAINS, { settings: { cadence: { domains: "1h" } } }));
    const sent = await plan(scheduled("domains"));
    const [reminder, ...looks] = sent;
    expect(reminder).toMatchObject({ message: { kind: "close", reason: "late", municipality: MUNICIPALITY } });
    expect(reminder?.seconds).toBeGreaterThanOrEqual(600);
    expect(reminder?.seconds).toBeLessThan(610);
    expect(looks.map(({ message, seconds }) => [message.kind, seconds < 10])).toEqual([
      ["look", true],
      ["look", true],
    ]);
    const assets = looks.flatMap(({ message }) => (message.kind === "look" ? message.assets : []));
    expect(assets).toEqual(DOMAINS.map((domain) => `domain:${domain}`));
    const [run] = await aws.memory.runs.newest(MUNICIPALITY, "domains", 1);
    expect(run?.value.slot.endsWith(":00:00.000Z")).toBe(true);
    expect(await municipalitiesIn(aws.table)).toEqual([MUNICIPALITY]);
  });

  test("a start that comes twice plans the round once, and hands out what is not in", async () => {
    const [run] = await aws.memory.runs.newest(MUNICIPALITY, "domains", 1);
    if (run === undefined) throw new Error("no run");
    await aws.memory.runs.put({ ...run.value, done: [0] }, run.revision);
    const sent = await plan(scheduled("domains"));
    expect(sent.map(({ message }) => [message.kind, message.kind === "look" ? message.batch : null])).toEqual([
      ["close", null],
      ["look", 1],
    ]);
    expect(await aws.memory.runs.newest(MUNICIPALITY, "domains", 9)).toHaveLength(1);
  });

  test("a round of mail is handed out by way of its own queue, and keeps its own run", async () => {
    const sent = await plan(scheduled("mail"));
    expect(sent.map(({ message }) => [message.family, message.kind])).toEqual([
      ["mail", "close"],
      ["mail", "look"],
      ["mail", "look"],
    ]);
    const assets = sent.flatMap(({ message }) => (message.kind === "look" ? message.assets : []));
    expect(assets).toEqual(DOMAINS.map((domain) => `domain:${domain}`));
    expect(new Set(aws.sqs.waiting.map(({ queue }) => queue))).toEqual(new Set(["mail-jobs"]));
    expect(await aws.memory.runs.newest(MUNICIPALITY, "mail", 9)).toHaveLength(1);
    expect(await aws.memory.runs.newest(MUNICIPALITY, "domains", 9)).toHaveLength(1);
  });

  test("a family without requirements, or without assets, has nothing to plan", async () => {
    expect(await plan(scheduled("ports"))).toEqual([]);
    await aws.push(inventoryOf([], { assets: [{ host: "www.eksempel.dk" }] }));
    for (const family of ["domains", "mail"]) expect(await plan(scheduled(family))).toEqual([]);
    await aws.push(inventoryOf(DOMAINS));
  });

  test.each([[{}], [null], [{ family: "everything" }]])("what starts no round is refused: %j", async (event) => {
    await expect(plan(event)).rejects.toThrow("not the start of a round");
    expect(aws.sqs.waiting).toEqual([]);
  });

  test("the inventory of another municipality is refused", async () => {
    await aws.push(inventoryOf(DOMAINS, { municipality: { id: "0999", name: "En anden" } }));
    await expect(plan(scheduled("domains"))).rejects.toThrow("watches 101, not 0999");
  });

  test("an inventory that cannot be used is refused with what is wrong", async () => {
    const text = JSON.stringify({
      version: 1,
      municipality: { id: MUNICIPALITY, name: "E" },
      assets: [{ domain: "not a name" }],
    });
    const version = { schema: "kravvagt/inventory-version/1", file: "kommune.yaml", text, files: [] };
    (aws.s3.objects as Map<string, Buffer>).set(
      "/inventory/inventory/current.json",
      Buffer.from(JSON.stringify(version)),
    );
    await expect(plan(scheduled("domains"))).rejects.toThrow(
      /kommune\.yaml:1:\d+: assets\[0\]\.domain: found .*not a name/u,
    );
  });
});
