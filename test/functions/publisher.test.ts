import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type * as publisherModule from "../../functions/publisher.ts";
import { reduce } from "../../lib/core/reduce.ts";
import type { AssetState } from "../../lib/core/state.ts";
import type { Subject } from "../../lib/core/transition.ts";
import { lookAt, POLICY } from "../support/looks.ts";
import { streamEvent } from "../bundles/events.ts";
import { type Aws, contextOf, MUNICIPALITY, startAws } from "./aws.ts";

type Handler = typeof publisherModule.handler;

let aws: Aws;
let handler: Handler;

beforeAll(async () => {
  aws = await startAws();
  ({ handler } = await import("../../functions/publisher.ts"));
});

afterAll(async () => aws.stop());

/** A state with a transition in its outbox, written as a function that died before it published. */
async function unpublished(domain: string): Promise<{ readonly subject: Subject; readonly state: AssetState }> {
  const subject: Subject = { municipality: MUNICIPALITY, requirement: "S18", asset: `domain:${domain}` };
  const state = reduce(null, subject, lookAt(0, "fail"), POLICY);
  expect(await aws.memory.states.commit(state, null)).toBe(true);
  return { subject, state };
}

test("what an insert and a change tell of is published once, and the outbox is empty then", async () => {
  const { subject, state } = await unpublished("ny.dk");
  const records = aws.dynamo.takeRecords();
  expect(records.map(({ eventName }) => eventName)).toEqual(["INSERT"]);
  for (let time = 0; time < 2; time += 1) {
    expect(await handler(streamEvent(records), contextOf("publisher"))).toEqual({ batchItemFailures: [] });
  }
  const changed = aws.dynamo.takeRecords();
  expect(changed.map(({ eventName }) => eventName)).toEqual(["MODIFY"]);
  await handler(streamEvent(changed), contextOf("publisher"));
  expect(aws.dynamo.takeRecords()).toEqual([]);
  expect(await aws.memory.transitions.history(subject)).toEqual(state.outbox);
  expect((await aws.memory.states.of(subject))?.outbox).toEqual([]);
  expect(await aws.memory.notices.all(MUNICIPALITY)).toHaveLength(1);
});

test("a record that is none of ours fails by itself, and the others are worked", async () => {
  const { subject } = await unpublished("anden.dk");
  const records = aws.dynamo.takeRecords();
  const [whole] = records;
  const broken = { ...whole, dynamodb: { ...whole?.dynamodb, Keys: {}, SequenceNumber: "7" } };
  const answer = await handler(streamEvent([broken, ...records]), contextOf("publisher"));
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: "7" }] });
  expect(await aws.memory.transitions.history(subject)).toHaveLength(1);
});

test("items that are no states are passed over", async () => {
  const record = {
    dynamodb: { Keys: { pk: { S: `R#${MUNICIPALITY}` }, sk: { S: "domains/x" } }, SequenceNumber: "8" },
  };
  expect(await handler(streamEvent([record]), contextOf("publisher"))).toEqual({ batchItemFailures: [] });
});
