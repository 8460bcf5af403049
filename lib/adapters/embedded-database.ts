import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { StoreError } from "../ports.ts";
import { isHosted, visitDatabase } from "./database-guest.ts";
import { hostDatabase } from "./database-host.ts";
import type { DatabaseLink } from "./database-link.ts";
import { createEmbeddedClient } from "./embedded-client.ts";
import { openEngine, type Reply } from "./embedded-engine.ts";
import { findSocket } from "./socket-place.ts";
import { Turns } from "./turns.ts";

/** How long whoever has the lock may take to answer, or to let go, before we say that it does not. */
const PATIENCE_MS = 4_000;
/** Between two attempts; drawn anew each time, so that processes that collide do not keep step. */
const SHORTEST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 60;
/** A database that did not open is not tried again before this: recovering its log anew for each request is costly. */
const TRY_AGAIN_AFTER_MS = 500;
/** One attempt: finding whoever has it open, and its answer. */
const LONGEST_ATTEMPT_MS = 9_000;
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
  const client = createEmbeddedClient((operation, request) => access.send(operation, request));
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

  /** One link for all who ask at once, until it is over; the next is sought when somebody asks for it. */
  async link(): Promise<DatabaseLink> {
    if (this.#isClosed) throw new StoreError("unavailable", this.#folder, "it has been closed");
    this.#link ??= this.#seek(null);
    const asked = this.#link;
    const found = await asked;
    if (!found.isOver()) return found;
    if (this.#link === asked) this.#link = this.#seek(found);
    return this.link();
  }

  /** Rejects in any case once the patience for one attempt is used up, whatever it is that hangs. */
  send(operation: string, request: string): Promise<Reply> {
    return this.#turns.take(() => this.#attempt(operation, request));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const link = await this.#link?.catch(() => null);
    await link?.close();
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

  /** A failure is told to all who ask within a while, and then forgotten. */
  async #seek(before: DatabaseLink | null): Promise<DatabaseLink> {
    try {
      await before?.close();
      return await this.#find();
    } catch (error) {
      setTimeout(() => (this.#link = null), TRY_AGAIN_AFTER_MS).unref();
      throw error;
    }
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
