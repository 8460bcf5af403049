import { beforeEach, describe, expect, test } from "@jest/globals";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { mockClient } from "aws-sdk-client-mock";
import { createSnsSink } from "../../lib/adapters/sns-sink.ts";
import { septetsOf } from "../../lib/reports/sms-text.ts";
import type { Alert } from "../../lib/watch/alert.ts";

const TOPIC = "arn:aws:sns:eu-north-1:000000000000:alerts";
const COMMON = { id: "0".repeat(32), municipality: "0101", run: "domains/x", createdAt: "2026-11-23T10:00:00.000Z" };
const DOUBT: Alert = { ...COMMON, kind: "doubt", suspicion: "mass", worse: 60, well: 84 };
const GAP: Alert = { ...COMMON, kind: "gap", requirement: "S18", cause: "dns-timeout", total: 0, members: [] };
const FORECAST: Alert = {
  ...COMMON,
  ...{
    kind: "forecast",
    what: "inventory",
    requirement: null,
    name: "inventory",
    validUntil: "2026-12-31T23:00:00.000Z",
  },
};

const client = new SNSClient({ region: "eu-north-1", credentials: { accessKeyId: "none", secretAccessKey: "none" } });
const mock = mockClient(client);

beforeEach(() => {
  mock.reset();
  mock.on(PublishCommand).resolves({});
});

async function published(alert: Alert, subject: string, body = "Teksten.\n") {
  const write = (): Promise<{ subject: string; body: string; brief: string }> =>
    Promise.resolve({ subject, body, brief: "" });
  await createSnsSink(client, { topic: TOPIC, write, municipality: "Kommunen Øvelse" }).deliver(alert);
  const input = mock.commandCalls(PublishCommand).at(-1)?.args[0].input;
  return { ...input, messages: JSON.parse(input?.Message ?? "") as Record<string, string> };
}

describe("alerts by SNS", () => {
  test("the e-mail is whole, the text message short, the subject ASCII", async () => {
    const { TopicArn, Subject, MessageStructure, messages } = await published(
      GAP,
      "S18 kan ikke afgøres: ø.dk",
      "Årsag: …\n",
    );
    expect([TopicArn, MessageStructure]).toEqual([TOPIC, "json"]);
    expect(Subject).toBe("S18 kan ikke afgoeres: oe.dk");
    expect(messages).toEqual({
      default: "S18 kan ikke afgøres: ø.dk\n\nÅrsag: …\n",
      email: "S18 kan ikke afgøres: ø.dk\n\nÅrsag: …\n",
      sms: "Kommunen Øvelse: S18 kan ikke afgøres: ø.dk",
    });
  });

  test.each([
    [DOUBT, { kind: "doubt", severity: "high" }],
    [GAP, { kind: "gap", severity: "high", requirement: "S18" }],
    [FORECAST, { kind: "forecast", severity: "low" }],
  ])("$kind: subscriptions can choose by attributes", async (alert, own) => {
    const { MessageAttributes } = await published(alert, "Emne");
    const values = Object.entries(MessageAttributes ?? {}).map(([name, { StringValue }]) => [name, StringValue]);
    expect(Object.fromEntries(values)).toEqual({ ...own, municipality: "0101", alert: COMMON.id });
  });

  test("long subjects and texts are cut to what is taken", async () => {
    const { Subject, Message, messages } = await published(GAP, "æ".repeat(150), "linje med «tegn»\n".repeat(20_000));
    expect(Subject).toHaveLength(99);
    expect(Subject).toMatch(/^[!-~][ -~]*\.\.\.$/u);
    expect(septetsOf(messages.sms ?? "")).toBe(160);
    expect(Buffer.byteLength(Message ?? "")).toBeLessThan(256 * 1024);
    expect(messages.email).toMatch(/«tegn»\n\n\[\.\.\.\]\n$/u);
  });

  test("what SNS refuses is not handed over", async () => {
    mock.on(PublishCommand).rejects(Object.assign(new Error("no topic"), { name: "NotFoundException" }));
    await expect(published(GAP, "Emne")).rejects.toMatchObject({
      name: "StoreError",
      problem: "unreadable",
      path: TOPIC,
    });
  });
});
