import {
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  SendMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { createHash } from "node:crypto";
import type { Family } from "../inventory/inventory.ts";
import { StoreError } from "../ports.ts";
import { runId } from "../watch/job.ts";
import { type CloseMessage, LONGEST_DELAY_MS, type MessageQueues } from "../watch/message.ts";
import { fromServiceError } from "./service-errors.ts";

export interface QueueUrls {
  /** A standard queue: order does not matter, and only such a one can hold single messages back. */
  readonly jobs: string;
  /** The same for the family `mail`, whose looks are worked by a function of their own. */
  readonly mailJobs: string;
  /** And for the family `web`. */
  readonly webJobs: string;
  /** A FIFO queue with the municipality as message group, so that its closes are worked one at a time. */
  readonly close: string;
}

/** What one request takes: entries, and bytes of all of them. */
const MOST_ENTRIES = 10;
const MOST_BYTES = 256 * 1024;
/** Entries that SQS refused for the moment are sent so often in all. */
const ATTEMPTS = 3;

/** The watch's queues on SQS, with messages as JSON. Rejects with StoreError when SQS did not take everything. */
export function createSqsQueues(client: SQSClient, urls: QueueUrls): MessageQueues {
  return {
    send: async (messages, delay) => {
      const seconds = Math.ceil(Math.min(Math.max(0, delay), LONGEST_DELAY_MS) / 1000);
      const byQueue = Map.groupBy(messages, ({ family }) => queueOf(family, urls));
      for (const [url, own] of byQueue) {
        const entries = own.map((message, index): SendMessageBatchRequestEntry => {
          return { Id: String(index), MessageBody: JSON.stringify(message), DelaySeconds: seconds };
        });
        for (const batch of batchesOf(entries)) await sendBatch(client, url, batch);
      }
    },
    close: async (message) => {
      const command = new SendMessageCommand({
        QueueUrl: urls.close,
        MessageBody: JSON.stringify(message),
        MessageGroupId: groupOf(message),
        MessageDeduplicationId: `${runId(message.family, message.slot)}:${message.reason}`,
      });
      await client.send(command).catch((error: unknown) => {
        throw fromServiceError(error, urls.close);
      });
    },
  };
}

function queueOf(family: Family, { jobs, mailJobs, webJobs }: QueueUrls): string {
  if (family === "web") return webJobs;
  return family === "mail" ? mailJobs : jobs;
}

/** A group's name may hold less than the id of a municipality. */
function groupOf({ municipality }: CloseMessage): string {
  return createHash("sha256").update(municipality).digest("hex");
}

function batchesOf(entries: readonly SendMessageBatchRequestEntry[]): readonly SendMessageBatchRequestEntry[][] {
  const batches: SendMessageBatchRequestEntry[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const entry of entries) {
    const size = Buffer.byteLength(entry.MessageBody ?? "");
    const current = batches.at(-1);
    if (current === undefined || current.length === MOST_ENTRIES || bytes + size > MOST_BYTES) {
      batches.push([entry]);
      bytes = size;
    } else {
      current.push(entry);
      bytes += size;
    }
  }
  return batches;
}

/** One answer speaks of each entry by itself: those that were refused are sent again, the others are not. */
async function sendBatch(
  client: SQSClient,
  url: string,
  batch: readonly SendMessageBatchRequestEntry[],
): Promise<void> {
  let entries = [...batch];
  for (let attempt = 1; entries.length > 0; attempt += 1) {
    const command = new SendMessageBatchCommand({ QueueUrl: url, Entries: entries });
    const { Failed = [] } = await client.send(command).catch((error: unknown) => {
      throw fromServiceError(error, url);
    });
    const refused = new Set(Failed.map(({ Id }) => Id));
    entries = entries.filter(({ Id }) => refused.has(Id));
    const [first] = Failed;
    if (entries.length > 0 && attempt === ATTEMPTS) {
      throw new StoreError(
        "unavailable",
        url,
        `${entries.length} messages were refused: ${first?.Code ?? ""} ${first?.Message ?? ""}`,
      );
    }
  }
}
