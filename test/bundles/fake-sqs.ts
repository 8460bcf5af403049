import { createHash, randomUUID } from "node:crypto";
import { listen, type Listening } from "./listening.ts";

/** A message that was sent and not yet taken. */
export interface Sent {
  readonly queue: string;
  readonly body: string;
  /** Epoch milliseconds: not to be handed out before. */
  readonly due: number;
  /** Of FIFO queues; null of others. */
  readonly group: string | null;
}

export interface FakeSqs extends Listening {
  readonly waiting: readonly Sent[];
  /** Takes the oldest message of a queue that `isWanted`, due or not; null when there is none. */
  take(queue: string, isWanted?: (message: Sent) => boolean): Sent | null;
}

interface Entry {
  readonly Id?: string;
  readonly MessageBody: string;
  readonly DelaySeconds?: number;
  readonly MessageGroupId?: string;
  readonly MessageDeduplicationId?: string;
}

/** SQS as far as it is used: SendMessage and SendMessageBatch, in the JSON protocol. FIFO queues drop what they have seen. */
export async function startSqs(): Promise<FakeSqs> {
  const waiting: Sent[] = [];
  const seen = new Set<string>();
  const put = (url: string, entry: Entry): object => {
    const queue = url.slice(url.lastIndexOf("/") + 1);
    const {
      MessageBody: body,
      DelaySeconds = 0,
      MessageGroupId: group = null,
      MessageDeduplicationId: id = null,
    } = entry;
    const isFifo = queue.endsWith(".fifo");
    if (isFifo !== (group !== null && id !== null)) throw new Error(`${queue}: a group and an id, or neither`);
    if (isFifo && DelaySeconds > 0) throw new Error(`${queue}: a FIFO queue holds no single message back`);
    const isRepeated = isFifo && seen.has(`${queue} ${String(id)}`);
    if (isFifo) seen.add(`${queue} ${String(id)}`);
    if (!isRepeated) waiting.push({ queue, body, due: Date.now() + DelaySeconds * 1000, group });
    const digest = createHash("md5").update(body).digest("hex");
    return { MessageId: randomUUID(), MD5OfMessageBody: digest, ...(entry.Id === undefined ? {} : { Id: entry.Id }) };
  };
  const server = await listen(({ headers, body }) => {
    const request = JSON.parse(body.toString()) as Entry & { QueueUrl: string; Entries?: readonly Entry[] };
    const isBatch = String(headers["x-amz-target"]).endsWith(".SendMessageBatch");
    const answer = isBatch
      ? { Successful: (request.Entries ?? []).map((entry) => put(request.QueueUrl, entry)), Failed: [] }
      : put(request.QueueUrl, request);
    return { status: 200, type: "application/x-amz-json-1.0", body: JSON.stringify(answer) };
  });
  return {
    ...server,
    waiting,
    take: (queue, isWanted = () => true) => {
      const at = waiting.findIndex((message) => message.queue === queue && isWanted(message));
      return at < 0 ? null : (waiting.splice(at, 1)[0] ?? null);
    },
  };
}
