import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { LostLink } from "./database-link.ts";
import type { Reply } from "./embedded-engine.ts";

/** A request whose host ended is sent to the next one, so often in all. */
const MOST_ATTEMPTS = 5;

/** What the SDK hands to whoever carries its requests, as far as it matters here. */
interface SdkRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/**
 * The SDK's client for a database that `send` leads to. A request that rejects with `LostLink` is sent again, which the SDK
 * counts in `$metadata.attempts`; any other error is handed on as it is.
 */
export function createEmbeddedClient(send: (operation: string, request: string) => Promise<Reply>): DynamoDBClient {
  const requestHandler: DynamoDBClientConfig["requestHandler"] = {
    handle: async ({ headers, body }: SdkRequest) => {
      const { status, text } = await send(headers["x-amz-target"]?.split(".")[1] ?? "", textOf(body));
      const answer = { "content-type": "application/x-amz-json-1.0" };
      return { response: { statusCode: status, headers: answer, body: Buffer.from(text) } };
    },
  };
  return new DynamoDBClient({ ...OUTRIGHT, requestHandler });
}

/** Everything is said outright, so that the SDK looks for no credentials, profile, region or metadata service. */
const OUTRIGHT: DynamoDBClientConfig = {
  region: "local",
  endpoint: "http://data-folder.invalid",
  credentials: { accessKeyId: "none", secretAccessKey: "none" },
  // Whoever can reach the database may use it: the socket's permissions decide, no signature does.
  signer: { sign: async (request) => request },
  disableClockSkewCorrection: true,
  defaultsMode: "standard",
  accountIdEndpointMode: "disabled",
  authSchemePreference: [],
  endpointDiscoveryEnabled: false,
  useDualstackEndpoint: false,
  useFipsEndpoint: false,
  userAgentAppId: "",
  retryMode: "standard",
  maxAttempts: MOST_ATTEMPTS,
  retryStrategy: {
    mode: "standard",
    acquireInitialRetryToken: async () => attemptToken(0),
    refreshRetryTokenForRetry: async (token, { error }) => {
      const repeats = token.getRetryCount() + 1;
      if (!(error instanceof LostLink) || repeats >= MOST_ATTEMPTS) throw new Error("not to be repeated");
      return attemptToken(repeats);
    },
    recordSuccess: () => undefined,
  },
};

/** Finding the next host is what takes time, so there is no pause besides. */
function attemptToken(repeats: number) {
  return { getRetryCount: () => repeats, getRetryDelay: () => 0 };
}

function textOf(body: unknown): string {
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : String(body);
}
