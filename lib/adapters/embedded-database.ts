import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { StoreError } from "../ports.ts";
import { isHosted, visitDatabase } from "./database-guest.ts";
import { hostDatabase } from "./database-host.ts";
import { LostLink, type DatabaseLink } from "./database-link.ts";
import { openEngine, type Reply } from "./embedded-engine.ts";
import { findSocket } from "./socket-place.ts";
import { Turns } from "./turns.ts";

/** How long whoever has the lock may take to answer, or to let go, before we say that it does not. */
const PATIENCE_MS = 4_000;
/** Between two attempts; drawn anew each time, so that processes that collide do not keep step. */
const SHORTEST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 60;
/** One attempt: finding whoever has it open, and its answer. */
const LONGEST_ATTEMPT_MS = 10_000;
/** A request whose host ended is sent to the next one, so often in all. */
const MOST_ATTEMPTS = 5;
/** Requests under way at once; more would only make each slower, and fill the queue of the socket. */
const PLACES = 64;

/** A DynamoDB on disk, shared by the processes of this machine: one has it open, and when that ends another takes over. */
export interface EmbeddedDatabase {
  readonly client: DynamoDBClient;
  close(): Promise<void>;
}

/**
 * Opens the database that LevelDB keeps in `store`, by way of a socket in `folder`. Rejects with StoreError: "locked" when
 * another process has it open and does not answer.
 */
export async function openEmbeddedDatabase(folder: string, store: string): Promise<EmbeddedDatabase> {
  const access = new DatabaseAccess(folder, store);
  await access.link();
  const client = new DynamoDBClient(clientConfig(access));
  return {
    client,
    close: async () => {
      await access.close();
      client.destroy();
    },
  };
}

/** Always leads to the database, by whichever link is good at the moment. */
class DatabaseAccess {
  readonly #folder: string;
  readonly #store: string;
  readonly #turns = new Turns(PLACES);
  #link: Promise<DatabaseLink> | null = null;
  #isClosed = false;

  constructor(folder: string, store: string) {
    this.#folder = folder;
    this.#store = store;
  }

  /** One link for all who ask at once; a failure is forgotten, so that the next request tries again. */
  async link(): Promise<DatabaseLink> {
    if (this.#isClosed) throw new StoreError("unavailable", this.#folder, "it has been closed");
    const link = (this.#link ??= this.#find());
    const found = await link.catch((error: unknown) => {
      if (this.#link === link) this.#link = null;
      throw error;
    });
    if (!found.isOver()) return found;
    if (this.#link === link) this.#link = null;
    await found.close();
    return this.link();
  }

  /** Rejects in any case once the patience for one attempt is used up, whatever it is that hangs. */
  send(operation: string, request: string): Promise<Reply> {
    return this.#turns.take(() => this.#attempt(operation, request));
  }

  async #attempt(operation: string, request: string): Promise<Reply> {
    let timer: NodeJS.Timeout | undefined;
    const overdue = new Promise<never>((_, reject) => {
      const error = new StoreError("unavailable", this.#folder, "the database does not answer");
      timer = setTimeout(() => reject(error), LONGEST_ATTEMPT_MS);
    });
    const attempt = this.link().then((link) => link.send(operation, request));
    return Promise.race([attempt, overdue]).finally(() => clearTimeout(timer));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const link = await this.#link?.catch(() => null);
    await link?.close();
  }

  /** Visits whoever answers, else takes the lock, else waits for one or the other. */
  async #find(): Promise<DatabaseLink> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const left = deadline - performance.now();
      if (left <= 0) {
        throw new StoreError("locked", this.#folder, "another process has it open, and does not answer on its socket");
      }
      const place = await findSocket(this.#folder);
      if (place !== null && (await isHosted(place, Math.ceil(left)))) return visitDatabase(place);
      const engine = await openEngine(this.#store).catch(unlessLocked);
      if (engine !== null) return hostDatabase(engine, this.#folder);
      await pause();
    }
  }
}

function unlessLocked(error: unknown): null {
  if (error instanceof StoreError && error.problem === "locked") return null;
  throw error;
}

function pause(): Promise<void> {
  const milliseconds = SHORTEST_PAUSE_MS + Math.random() * (LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS);
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** What the SDK hands to whoever carries its requests, as far as it matters here. */
interface SdkRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

function textOf(body: unknown): string {
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : String(body);
}

/** Everything is said outright, so that the SDK looks for no credentials, profile, region or metadata service. */
function clientConfig(access: DatabaseAccess): DynamoDBClientConfig {
  return {
    region: "local",
    endpoint: "http://data-folder.invalid",
    credentials: { accessKeyId: "none", secretAccessKey: "none" },
    requestHandler: {
      handle: async ({ headers, body }: SdkRequest) => {
        const operation = headers["x-amz-target"]?.split(".")[1] ?? "";
        const { status, text } = await access.send(operation, textOf(body));
        const content = Buffer.from(text);
        return {
          response: { statusCode: status, headers: { "content-type": "application/x-amz-json-1.0" }, body: content },
        };
      },
    },
    retryStrategy: {
      mode: "standard",
      acquireInitialRetryToken: async () => repeatToken(0),
      refreshRetryTokenForRetry: async (token, { error }) => {
        const repeats = token.getRetryCount() + 1;
        if (!(error instanceof LostLink) || repeats >= MOST_ATTEMPTS) throw new Error("not to be repeated");
        return repeatToken(repeats);
      },
      recordSuccess: () => undefined,
    },
    defaultsMode: "standard",
    accountIdEndpointMode: "disabled",
    authSchemePreference: [],
    endpointDiscoveryEnabled: false,
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    userAgentAppId: "",
  };
}

/** Finding the next host is what takes time, so there is no pause besides. */
function repeatToken(count: number) {
  return { getRetryCount: () => count, getRetryDelay: () => 0 };
}
