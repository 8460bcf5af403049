import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { AttributeValue, DynamoDBRecord } from "aws-lambda";
import dynalite from "dynalite";
import { type Asked, listen, type Listening, started } from "./listening.ts";

/** DynamoDB on this machine with one table, which tells of every state that was put, as its stream would. */
export interface FakeDynamoDb extends Listening {
  readonly client: DynamoDBClient;
  /** The records since the last call, oldest first. */
  takeRecords(): readonly DynamoDBRecord[];
}

const REGION = "eu-north-1";

export async function startDynamoDb(table: string): Promise<FakeDynamoDb> {
  const engine = await started(dynalite({ createTableMs: 0 }));
  const records: DynamoDBRecord[] = [];
  const front = await listen(async (asked) => {
    const { status, text } = await forwarded(engine.url, asked);
    if (status === 200) records.push(...recordsOf(asked, records.length));
    return { status, type: "application/x-amz-json-1.0", body: text };
  });
  const credentials = { accessKeyId: "none", secretAccessKey: "none" };
  const client = new DynamoDBClient({ endpoint: front.url, region: REGION, credentials });
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: "PAY_PER_REQUEST",
      ...keysOf(["pk", "HASH"], ["sk", "RANGE"]),
    }),
  );
  return {
    url: front.url,
    client,
    takeRecords: () => records.splice(0),
    stop: async () => {
      client.destroy();
      await front.stop();
      await engine.stop();
    },
  };
}

function keysOf(...keys: readonly (readonly [string, "HASH" | "RANGE"])[]) {
  return {
    KeySchema: keys.map(([AttributeName, KeyType]) => ({ AttributeName, KeyType })),
    AttributeDefinitions: keys.map(([AttributeName]) => ({ AttributeName, AttributeType: "S" as const })),
  };
}

async function forwarded(engine: string, { headers, body }: Asked): Promise<{ status: number; text: string }> {
  const kept = ["x-amz-target", "content-type", "authorization", "x-amz-date"];
  const entries = kept.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])] as const]));
  const answer = await fetch(engine, { method: "POST", headers: Object.fromEntries(entries), body });
  return { status: answer.status, text: await answer.text() };
}

/** A stream record of the form that Lambda gets, for an item that a stream filtered to states would tell of. */
function recordsOf({ headers, body }: Asked, number: number): readonly DynamoDBRecord[] {
  if (!String(headers["x-amz-target"]).endsWith(".PutItem")) return [];
  const { Item } = JSON.parse(body.toString()) as { readonly Item: Record<string, AttributeValue> };
  const { pk, sk, revision } = Item;
  if (pk?.S?.startsWith("M#") !== true || sk === undefined) return [];
  return [
    {
      ...{ eventID: String(number), eventVersion: "1.1", eventSource: "aws:dynamodb", awsRegion: REGION },
      eventName: revision?.N === "1" ? "INSERT" : "MODIFY",
      dynamodb: {
        ...{ ApproximateCreationDateTime: Math.floor(Date.now() / 1000), Keys: { pk, sk }, NewImage: Item },
        ...{ SequenceNumber: String(100_000 + number), SizeBytes: body.length, StreamViewType: "NEW_IMAGE" },
      },
      eventSourceARN: `arn:aws:dynamodb:${REGION}:000000000000:table/kravvagt/stream/2026-11-23T00:00:00.000`,
    },
  ];
}
