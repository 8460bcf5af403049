import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { s3Client } from "../../lib/adapters/aws-clients.ts";
import { createDynamoTable } from "../../lib/adapters/dynamodb-table.ts";
import { putInventory } from "../../lib/adapters/s3-inventory.ts";
import { packInventory } from "../../lib/inventory/inventory-version.ts";
import type { Table } from "../../lib/ports.ts";
import { createMemory } from "../../lib/watch/memory/create-memory.ts";
import type { Memory } from "../../lib/watch/memory.ts";
import { SUBJECT } from "../support/looks.ts";
import { type FakeDynamoDb, startDynamoDb } from "../bundles/fake-dynamodb.ts";
import { type FakeS3, startS3 } from "../bundles/fake-s3.ts";
import { type FakeSns, startSns } from "../bundles/fake-sns.ts";
import { type FakeSqs, startSqs } from "../bundles/fake-sqs.ts";

/** AWS on this machine, for functions that are imported after it has been started. */
export interface Aws {
  readonly dynamo: FakeDynamoDb;
  readonly s3: FakeS3;
  readonly sqs: FakeSqs;
  readonly sns: FakeSns;
  readonly table: Table;
  readonly memory: Memory;
  /** Puts an inventory, as an object of version 1, where the functions read it. */
  push(inventory: object): Promise<void>;
  stop(): Promise<void>;
}

export const MUNICIPALITY = SUBJECT.municipality;
const TABLE = "kravvagt";

/** Starts the services and sets the environment to them. */
export async function startAws(): Promise<Aws> {
  const [dynamo, s3, sqs, sns] = await Promise.all([startDynamoDb(TABLE), startS3(), startSqs(), startSns()]);
  Object.assign(process.env, {
    ...{ AWS_REGION: "eu-north-1", AWS_ACCESS_KEY_ID: "none", AWS_SECRET_ACCESS_KEY: "none" },
    ...{ AWS_ENDPOINT_URL_DYNAMODB: dynamo.url, AWS_ENDPOINT_URL_S3: s3.url },
    ...{ AWS_ENDPOINT_URL_SQS: sqs.url, AWS_ENDPOINT_URL_SNS: sns.url },
    ...{ TABLE_NAME: TABLE, EVIDENCE_BUCKET: "evidence", INVENTORY_BUCKET: "inventory", MUNICIPALITY },
    JOBS_QUEUE_URL: `${sqs.url}/000000000000/jobs`,
    MAIL_JOBS_QUEUE_URL: `${sqs.url}/000000000000/mail-jobs`,
    WEB_JOBS_QUEUE_URL: `${sqs.url}/000000000000/web-jobs`,
    CLOSE_QUEUE_URL: `${sqs.url}/000000000000/close.fifo`,
    ALERT_TOPIC_ARN: "arn:aws:sns:eu-north-1:000000000000:alerts",
    ...{
      LANGUAGE: "da",
      POWERTOOLS_SERVICE_NAME: "Kravvagt",
      POWERTOOLS_LOG_LEVEL: process.env.KRAVVAGT_TEST_LOG ?? "SILENT",
    },
  });
  const table = createDynamoTable(dynamo.client, TABLE);
  return {
    ...{ dynamo, s3, sqs, sns, table, memory: createMemory(table) },
    push: async (inventory) => {
      const folder = await mkdtemp(path.join(os.tmpdir(), "kravvagt-push-"));
      const file = path.join(folder, "inventory.json");
      await writeFile(file, JSON.stringify(inventory));
      const { read, version } = await packInventory(file);
      if (version === null) throw new Error(JSON.stringify(read));
      const client = s3Client();
      await putInventory(client, { bucket: "inventory", key: "inventory/current.json" }, version);
      client.destroy();
      await rm(folder, { recursive: true });
    },
    stop: async () => {
      await Promise.all([dynamo, s3, sqs, sns].map((service) => service.stop()));
    },
  };
}

/** An inventory of these domains. */
export function inventoryOf(domains: readonly string[], changes: object = {}): object {
  return {
    version: 1,
    municipality: { id: MUNICIPALITY, name: "Eksempelkommune" },
    assets: domains.map((domain) => ({ domain })),
    ...changes,
  };
}

/** What a function is told of itself, with so long to go. */
export function contextOf(name: string, milliseconds = 60_000): never {
  return {
    ...{ functionName: name, functionVersion: "$LATEST", memoryLimitInMB: "512", awsRequestId: "request" },
    invokedFunctionArn: `arn:aws:lambda:eu-north-1:000000000000:function:${name}`,
    getRemainingTimeInMillis: () => milliseconds,
  } as never;
}
