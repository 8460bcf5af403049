import type { APIGatewayProxyStructuredResultV2, SQSBatchResponse } from "aws-lambda";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createSocket } from "node:dgram";
import os from "node:os";
import path from "node:path";
import type { SocketTable } from "../../lib/dial/sockets.ts";
import { type HttpDetails, httpEvent, scheduled, sqsEvent, streamEvent } from "./events.ts";
import { type FakeDynamoDb, startDynamoDb } from "./fake-dynamodb.ts";
import { type FakeS3, startS3 } from "./fake-s3.ts";
import { type FakeSns, startSns } from "./fake-sns.ts";
import { type FakeSqs, type Sent, startSqs } from "./fake-sqs.ts";
import { type FunctionProcess, startFunction } from "./function-process.ts";

/** What AWS would be to the functions, on this machine: its services, and what calls the functions when something happens. */
export interface Cloud {
  readonly environment: Readonly<Record<string, string>>;
  readonly dynamo: FakeDynamoDb;
  readonly s3: FakeS3;
  readonly sqs: FakeSqs;
  readonly sns: FakeSns;
  /** Starts a round of each family and does all that they cause, second looks included; everything comes twice. */
  round(): Promise<void>;
  ask(path: string, details?: HttpDetails): Promise<APIGatewayProxyStructuredResultV2>;
  /** Everything that the functions have logged, parsed. */
  log(): readonly Readonly<Record<string, unknown>>[];
  stop(): Promise<void>;
}

const TABLE = "kravvagt";
const NAMES = ["planner", "publisher", "close-run", "status"] as const;
/** Which function works which queue of looks, as the stack has it. */
const QUEUES = { jobs: "verify-domains", "mail-jobs": "verify-mail", "web-jobs": "verify-web" } as const;
/** Of each of them. */
const LOOKERS = 3;

export async function startCloud(bundles: string, table: SocketTable, municipality: string): Promise<Cloud> {
  const [dynamo, s3, sqs, sns] = await Promise.all([startDynamoDb(TABLE), startS3(), startSqs(), startSns()]);
  const folder = await mkdtemp(path.join(os.tmpdir(), "kravvagt-chain-"));
  const hole = createSocket("udp4").unref();
  await new Promise<void>((resolve) => hole.bind(0, "127.0.0.1", resolve));
  const sockets = path.join(folder, "sockets.json");
  const ports = Object.fromEntries([...table].map(([key, { port }]) => [key, port]));
  await writeFile(sockets, JSON.stringify({ ports, hole: hole.address().port }));
  const environment = environmentOf({ dynamo, s3, sqs, sns }, municipality);
  const functions = new Map<string, FunctionProcess>();
  for (const name of NAMES) functions.set(name, await startFunction(name, bundles, environment, null));
  const lookers: Looker[] = [];
  for (const [queue, name] of Object.entries(QUEUES)) {
    const some = Array.from({ length: LOOKERS }, () => startFunction(name, bundles, environment, sockets));
    lookers.push(...(await Promise.all(some)).map((looker) => ({ queue, looker })));
  }
  const invoke = async (name: (typeof NAMES)[number], event: unknown): Promise<unknown> =>
    functions.get(name)?.invoke(event);
  const everyone = [...functions.values(), ...lookers.map(({ looker }) => looker)];
  return {
    ...{ environment, dynamo, s3, sqs, sns },
    round: async () => {
      for (const family of ["domains", "mail", "web", "domains", "mail", "web"]) {
        await invoke("planner", scheduled(family, new Date().toISOString()));
      }
      await settle({ sqs, dynamo, lookers, invoke });
    },
    ask: async (asked, details) =>
      (await invoke("status", httpEvent(asked, details))) as APIGatewayProxyStructuredResultV2,
    log: () => everyone.flatMap(({ log }) => log.map((line) => JSON.parse(line) as Record<string, unknown>)),
    stop: async () => {
      for (const each of everyone) each.stop();
      hole.close();
      await Promise.all([dynamo, s3, sqs, sns].map((service) => service.stop()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Services = Pick<Cloud, "dynamo" | "s3" | "sqs" | "sns">;

function environmentOf({ dynamo, s3, sqs, sns }: Services, municipality: string): Readonly<Record<string, string>> {
  return {
    ...{ AWS_REGION: "eu-north-1", AWS_ACCESS_KEY_ID: "none", AWS_SECRET_ACCESS_KEY: "none" },
    ...{ AWS_ENDPOINT_URL_DYNAMODB: dynamo.url, AWS_ENDPOINT_URL_S3: s3.url },
    ...{ AWS_ENDPOINT_URL_SQS: sqs.url, AWS_ENDPOINT_URL_SNS: sns.url },
    ...{ TABLE_NAME: TABLE, EVIDENCE_BUCKET: "evidence", INVENTORY_BUCKET: "inventory", MUNICIPALITY: municipality },
    JOBS_QUEUE_URL: `${sqs.url}/000000000000/jobs`,
    MAIL_JOBS_QUEUE_URL: `${sqs.url}/000000000000/mail-jobs`,
    WEB_JOBS_QUEUE_URL: `${sqs.url}/000000000000/web-jobs`,
    CLOSE_QUEUE_URL: `${sqs.url}/000000000000/close.fifo`,
    ALERT_TOPIC_ARN: "arn:aws:sns:eu-north-1:000000000000:alerts",
    ...{ LANGUAGE: "da", POWERTOOLS_SERVICE_NAME: "Kravvagt" },
  };
}

/** A process of a function that looks, and the queue that it works. */
interface Looker {
  readonly queue: string;
  readonly looker: FunctionProcess;
}

interface Moving extends Pick<Cloud, "sqs" | "dynamo"> {
  readonly lookers: readonly Looker[];
  readonly invoke: (name: (typeof NAMES)[number], event: unknown) => Promise<unknown>;
}

/** Delivers what the functions send each other until nothing is left. */
async function settle(moving: Moving): Promise<void> {
  const { sqs, dynamo, invoke } = moving;
  for (;;) {
    const records = dynamo.takeRecords();
    // As Lambda does after a failure: the same records once more.
    for (let time = 0; records.length > 0 && time < 2; time += 1) done(await invoke("publisher", streamEvent(records)));
    if (await look(moving)) continue;
    const close = sqs.take("close.fifo");
    if (close !== null) {
      for (let time = 0; time < 2; time += 1) done(await invoke("close-run", sqsEvent("close.fifo", close.body)));
      continue;
    }
    if (records.length === 0 && !(await waitOrRemind(moving))) return;
  }
}

/** Hands out the messages that are due, as many at once as there are functions. False when there was none. */
async function look({ sqs, lookers }: Moving): Promise<boolean> {
  const now = Date.now();
  const due = lookers.flatMap(({ queue, looker }) => {
    const message = sqs.take(queue, (each) => each.due <= now);
    return message === null ? [] : [{ looker, message }];
  });
  const twice = async (looker: FunctionProcess, { queue, body }: Sent): Promise<void> => {
    for (let time = 0; time < 2; time += 1) done(await looker.invoke(sqsEvent(queue, body)));
  };
  await Promise.all(due.map(({ looker, message }) => twice(looker, message)));
  return due.length > 0;
}

/** Waits for a second look; where none is owed, delivers the reminders to close, which nothing needs any more. */
async function waitOrRemind({ sqs, lookers }: Moving): Promise<boolean> {
  const secondLook = sqs.waiting.find(({ body }) => body.includes('"second-look"'));
  if (secondLook !== undefined) {
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, secondLook.due - Date.now()) + 5));
    return true;
  }
  for (const { queue, looker } of lookers) {
    const reminder = sqs.take(queue);
    if (reminder === null) continue;
    done(await looker.invoke(sqsEvent(queue, reminder.body)));
    return true;
  }
  return false;
}

function done(response: unknown): void {
  const { batchItemFailures } = response as SQSBatchResponse;
  if (batchItemFailures.length > 0) throw new Error(`not worked: ${JSON.stringify(batchItemFailures)}`);
}
