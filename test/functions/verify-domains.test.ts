import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type * as plannerModule from "../../functions/planner.ts";
import type * as verifyDomainsModule from "../../functions/verify-domains.ts";
import { endpointKey } from "../../lib/dial/sockets.ts";
import { type PracticeInternet, startPracticeInternet } from "../../lib/practice/internet.ts";
import { PLAIN_ADDRESS } from "../../lib/practice/municipality.ts";
import { sqsEvent, scheduled } from "../bundles/events.ts";
import { type Aws, contextOf, inventoryOf, MUNICIPALITY, startAws } from "./aws.ts";

type Handler = typeof verifyDomainsModule.handler;
type Planner = typeof plannerModule.handler;

let aws: Aws;
let internet: PracticeInternet;
let handler: Handler;
let planner: Planner;

const BROKEN = "genbrug-oevelse.dk";

beforeAll(async () => {
  [aws, internet] = await Promise.all([startAws(), startPracticeInternet()]);
  ({ handler } = await import("../../functions/verify-domains.ts"));
  ({ handler: planner } = await import("../../functions/planner.ts"));
  const { network } = JSON.parse(internet.inventory) as { readonly network: { readonly trustAnchors: string } };
  const port = internet.sockets.get(endpointKey("udp", PLAIN_ADDRESS, 53))?.port ?? 0;
  await aws.push(
    inventoryOf(["raadhus-oevelse.dk", BROKEN], {
      network: {
        ...{ dns: [`127.0.0.1:${port}`], authoritative: "off", allowSpecialAddresses: ["127.0.0.0/8"] },
        trustAnchors: network.trustAnchors,
      },
      settings: { confirmAfter: "1h", cadence: { domains: "24h" } },
    }),
  );
});

afterAll(async () => {
  await internet.stop();
  await aws.stop();
});

beforeEach(() => {
  while (aws.sqs.take("jobs") ?? aws.sqs.take("close.fifo"));
});

async function work(...bodies: readonly string[]) {
  return handler(sqsEvent("jobs", ...bodies), contextOf("verify-domains"));
}

/** The message of the one batch of the day's round. */
async function lookMessage(): Promise<string> {
  await planner(scheduled("domains"), contextOf("planner"));
  return aws.sqs.take("jobs", ({ body }) => body.includes('"look"'))?.body ?? "";
}

describe("verify-domains", () => {
  let message = "";

  test("an invocation without the time to look remembers nothing, and its message comes again", async () => {
    message = await lookMessage();
    const answer = handler(sqsEvent("jobs", message), contextOf("verify-domains", 10_005));
    await expect(answer).rejects.toThrow("All records failed");
    expect(await aws.memory.states.all(MUNICIPALITY, "S18")).toEqual([]);
    const [run] = await aws.memory.runs.newest(MUNICIPALITY, "domains", 1);
    expect(run?.value.done).toEqual([]);
  });

  test("of two records the malformed one fails; the other is looked at, remembered, and has the run closed", async () => {
    const event = sqsEvent("jobs", message, '{"kind":"look","municipality":"101"}');
    const answer = await handler(event, contextOf("verify-domains"));
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: event.Records[1]?.messageId }] });
    const states = await aws.memory.states.all(MUNICIPALITY, "S18");
    expect(states.map(({ asset }) => asset)).toEqual([`domain:${BROKEN}`, "domain:raadhus-oevelse.dk"]);
    expect(states[0]?.verdict).toBe("fail");
    expect(aws.s3.objects.size).toBeGreaterThan(4);
    const close = aws.sqs.take("close.fifo");
    expect(JSON.parse(close?.body ?? "")).toMatchObject({ kind: "close", reason: "in", municipality: MUNICIPALITY });
    expect(close?.group).toMatch(/^[0-9a-f]{64}$/u);
  });

  test("a batch that comes again is not looked at again", async () => {
    const before = await aws.memory.states.all(MUNICIPALITY, "S18");
    await internet.stop();
    expect(await work(message)).toEqual({ batchItemFailures: [] });
    expect(await aws.memory.states.all(MUNICIPALITY, "S18")).toEqual(before);
  });

  test("a reminder to close goes on to the queue where closes take turns", async () => {
    const about = { municipality: MUNICIPALITY, family: "domains", slot: "2026-11-23T10:00:00.000Z" };
    const reminder = JSON.stringify({ kind: "close", ...about, reason: "late" });
    expect(await work(reminder)).toEqual({ batchItemFailures: [] });
    expect(aws.sqs.take("close.fifo")?.body).toBe(reminder);
  });

  test("a second look that is owed is held back until it is due, a quarter of an hour at most", async () => {
    const [passed] = (await aws.memory.states.all(MUNICIPALITY, "S18")).filter(({ asset }) =>
      asset.includes("raadhus"),
    );
    if (passed === undefined) throw new Error("no state");
    const candidate = { verdict: "fail", cause: null, slot: passed.slot, looks: 1, deciding: [] } as const;
    const since = new Date().toISOString();
    const waiting = { ...passed, revision: passed.revision + 1, candidate: { ...candidate, since } };
    expect(await aws.memory.states.commit(waiting, passed)).toBe(true);
    const about = { municipality: MUNICIPALITY, family: "domains", slot: `${passed.slot}/confirm` };
    const from = Date.now();
    expect(await work(JSON.stringify({ kind: "second-look", ...about }))).toEqual({ batchItemFailures: [] });
    const [back] = aws.sqs.waiting;
    expect(JSON.parse(back?.body ?? "")).toEqual({ kind: "second-look", ...about });
    expect(Math.round(((back?.due ?? 0) - from) / 1000)).toBe(900);
  });

  test("a second look that nothing waits for is over", async () => {
    const about = { municipality: MUNICIPALITY, family: "domains", slot: "2020-01-01T00:00:00.000Z/confirm" };
    expect(await work(JSON.stringify({ kind: "second-look", ...about }))).toEqual({ batchItemFailures: [] });
    expect(aws.sqs.waiting).toEqual([]);
  });

  test.each([
    ["of another municipality", { municipality: "0999" }],
    ["of a run that nobody planned", { slot: "2020-01-01T00:00:00.000Z" }],
  ])("a batch %s fails", async (_, changes) => {
    const changed = JSON.stringify({ ...(JSON.parse(message) as object), ...changes });
    await expect(work(changed)).rejects.toThrow("All records failed");
  });

  test("what the inventory no longer has is dropped", async () => {
    await aws.push(inventoryOf([]));
    expect(await work(message)).toEqual({ batchItemFailures: [] });
  });
});
