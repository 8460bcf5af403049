import type { APIGatewayProxyEventV2, DynamoDBRecord, DynamoDBStreamEvent, SQSEvent } from "aws-lambda";
import { createHash, randomUUID } from "node:crypto";

/** Events in the forms that Lambda hands over, as recorded from AWS; only what matters to a function differs. */

const REGION = "eu-north-1";
const ACCOUNT = "000000000000";

/** What the schedule sends, see lib/stack/schedules.ts. */
export function scheduled(family: string, at = "2026-11-23T10:00:00Z"): object {
  return { family, scheduledAt: at };
}

export function sqsEvent(queue: string, ...bodies: readonly string[]): SQSEvent {
  return {
    Records: bodies.map((body) => ({
      messageId: randomUUID(),
      receiptHandle: "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a",
      body,
      attributes: {
        ...{ ApproximateReceiveCount: "1", SentTimestamp: "1795428000000", SenderId: "AROAEXAMPLE:planner" },
        ApproximateFirstReceiveTimestamp: "1795428000012",
        ...(queue.endsWith(".fifo") ? { MessageGroupId: "group", SequenceNumber: "18849496460467696128" } : {}),
      },
      messageAttributes: {},
      md5OfBody: createHash("md5").update(body).digest("hex"),
      eventSource: "aws:sqs",
      eventSourceARN: `arn:aws:sqs:${REGION}:${ACCOUNT}:${queue}`,
      awsRegion: REGION,
    })),
  };
}

export function streamEvent(records: readonly DynamoDBRecord[]): DynamoDBStreamEvent {
  return { Records: [...records] };
}

/** What an HTTP API makes of a GET: the path decoded, the query as it came. */
export function httpEvent(
  path: string,
  { query = "", headers = {}, cookies, method = "GET" }: HttpDetails = {},
): APIGatewayProxyEventV2 {
  const agent = { sourceIp: "192.0.2.1", userAgent: "check" };
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: decodeURIComponent(path),
    rawQueryString: query,
    ...(cookies === undefined ? {} : { cookies: [...cookies] }),
    headers: { host: "abc123.execute-api.eu-north-1.amazonaws.com", "x-forwarded-proto": "https", ...headers },
    requestContext: {
      ...{
        accountId: ACCOUNT,
        apiId: "abc123",
        stage: "$default",
        routeKey: "$default",
        requestId: "JKJaXmPLvHcESHA=",
      },
      domainName: "abc123.execute-api.eu-north-1.amazonaws.com",
      domainPrefix: "abc123",
      http: { method, path: decodeURIComponent(path), protocol: "HTTP/1.1", ...agent },
      ...{ time: "23/Nov/2026:10:00:00 +0000", timeEpoch: 1_795_428_000_000 },
    },
    isBase64Encoded: false,
  };
}

export interface HttpDetails {
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  readonly method?: string;
}
