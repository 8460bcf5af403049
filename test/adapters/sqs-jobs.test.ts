import { beforeEach, describe, expect, test } from "@jest/globals";
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { mockClient } from "aws-sdk-client-mock";
import { createSqsQueues } from "../../lib/adapters/sqs-jobs.ts";
import { closeMessage, lookMessage, messageIn } from "../../lib/watch/message.ts";

const URLS = {
  jobs: "https://sqs.example/1/jobs",
  mailJobs: "https://sqs.example/1/mail-jobs",
  webJobs: "https://sqs.example/1/web-jobs",
  close: "https://sqs.example/1/close.fifo",
};
const ABOUT = { municipality: "0101", family: "domains", slot: "2026-11-23T10:00:00.000Z" } as const;

const client = new SQSClient({ region: "eu-north-1", credentials: { accessKeyId: "none", secretAccessKey: "none" } });
const mock = mockClient(client);
const queues = createSqsQueues(client, URLS);

beforeEach(() => void mock.reset());

function looks(count: number, assets: readonly string[] = ["domain:example.dk"]) {
  const job = { ...ABOUT, run: "", batches: count, assets };
  return Array.from({ length: count }, (_, batch) => lookMessage({ ...job, batch }));
}

function batches() {
  return mock.commandCalls(SendMessageBatchCommand).map(({ args: [{ input }] }) => input.Entries ?? []);
}

describe("jobs", () => {
  test("go ten to a request, each with its delay in whole seconds", async () => {
    mock.on(SendMessageBatchCommand).resolves({ Successful: [], Failed: [] });
    await queues.send(looks(23), 1_200);
    expect(batches().map((entries) => entries.length)).toEqual([10, 10, 3]);
    const entries = batches().flat();
    expect(new Set(entries.map(({ DelaySeconds }) => DelaySeconds))).toEqual(new Set([2]));
    expect(entries.map(({ MessageBody }) => messageIn(MessageBody ?? ""))).toEqual(looks(23));
  });

  test("of mail and of the web have queues of their own", async () => {
    mock.on(SendMessageBatchCommand).resolves({});
    const [domains] = looks(1);
    const mail = { ...domains, family: "mail" } as const;
    const web = { ...domains, family: "web" } as const;
    type Look = ReturnType<typeof lookMessage>;
    await queues.send([...looks(1), mail as Look, web as Look, closeMessage(mail as never, "late")], 0);
    const sent = mock.commandCalls(SendMessageBatchCommand).map(({ args: [{ input }] }) => {
      return [input.QueueUrl, input.Entries?.length];
    });
    expect(sent).toEqual([
      [URLS.jobs, 1],
      [URLS.mailJobs, 2],
      [URLS.webJobs, 1],
    ]);
  });

  test.each([
    [-5, 0],
    [0, 0],
    [900_000, 900],
    [7_200_000, 900],
  ])("a delay of %i ms is one of %i s", async (delay, seconds) => {
    mock.on(SendMessageBatchCommand).resolves({});
    await queues.send(looks(1), delay);
    expect(batches()[0]?.[0]?.DelaySeconds).toBe(seconds);
  });

  test("requests stay below what SQS takes", async () => {
    mock.on(SendMessageBatchCommand).resolves({});
    await queues.send(
      looks(
        12,
        Array.from({ length: 40 }, (_, index) => `${"x".repeat(995)}${index}`),
      ),
      0,
    );
    const sizes = batches().map((entries) =>
      entries.reduce((sum, { MessageBody = "" }) => sum + Buffer.byteLength(MessageBody), 0),
    );
    expect(Math.max(...sizes)).toBeLessThanOrEqual(256 * 1024);
    expect(batches().flat()).toHaveLength(12);
  });

  test("what was refused for the moment is sent again alone, and rejects in the end", async () => {
    const refused = { Id: "1", Code: "InternalError", SenderFault: false, Message: "later" };
    mock
      .on(SendMessageBatchCommand)
      .resolvesOnce({ Failed: [refused] })
      .resolves({});
    await queues.send(looks(3), 0);
    expect(batches().map((entries) => entries.map(({ Id }) => Id))).toEqual([["0", "1", "2"], ["1"]]);
    mock.reset();
    mock.on(SendMessageBatchCommand).resolves({ Failed: [refused] });
    await expect(queues.send(looks(3), 0)).rejects.toMatchObject({ name: "StoreError", problem: "unavailable" });
    expect(batches()).toHaveLength(3);
  });

  test("nothing to send is no request", async () => {
    await queues.send([], 0);
    expect(batches()).toEqual([]);
  });
});

describe("closes", () => {
  test("form one group for a municipality, and are one for a run and a reason", async () => {
    mock.on(SendMessageCommand).resolves({});
    await queues.close(closeMessage(ABOUT, "in"));
    await queues.close(closeMessage(ABOUT, "late"));
    await queues.close(closeMessage({ ...ABOUT, municipality: "Københavns kommune" }, "in"));
    const [first, late, other] = mock.commandCalls(SendMessageCommand).map(({ args: [{ input }] }) => input);
    expect(first?.MessageDeduplicationId).toBe("domains/2026-11-23T10:00:00.000Z:in");
    expect(late?.MessageDeduplicationId).not.toBe(first?.MessageDeduplicationId);
    expect(late?.MessageGroupId).toBe(first?.MessageGroupId);
    expect(other?.MessageGroupId).not.toBe(first?.MessageGroupId);
    expect(other?.MessageGroupId).toMatch(/^[0-9a-f]{64}$/u);
    expect(first?.DelaySeconds).toBeUndefined();
  });

  test("a queue that is not there is the store's problem", async () => {
    mock.on(SendMessageCommand).rejects(Object.assign(new Error("gone"), { name: "QueueDoesNotExist" }));
    await expect(queues.close(closeMessage(ABOUT, "in"))).rejects.toMatchObject({
      problem: "unreadable",
      path: URLS.close,
    });
  });
});
