import { once } from "node:events";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { StoreError } from "../ports.ts";
import {
  GREETING,
  LostLink,
  PROBLEM_HEADER,
  STATUS_FAILED,
  STATUS_LEAVING,
  type DatabaseLink,
  type TravellingError,
} from "./database-link.ts";
import type { Engine, Reply } from "./embedded-engine.ts";
import { chooseSocket, forgetSocket, removeSocket } from "./socket-place.ts";
import { fromSystemError } from "./store-problems.ts";

/** Neither group nor others may connect. */
const SOCKET_UMASK = 0o177;
/** Far above one item or one page of keys, in bytes. */
const LARGEST_REQUEST = 1024 * 1024;
const STATUS_TOO_LARGE = 413;
/** A request that has not arrived by then is given up, so that a stuck process cannot hold us open. */
const REQUEST_TIMEOUT_MS = 5_000;
/** How long leaving waits for what is under way. */
const LEAVING_TIMEOUT_MS = 3_000;
const LEAVING_LOOK_MS = 5;

/**
 * Answers for the database that `engine` has open: in this process directly, and others over a socket that only this user
 * can connect to. It takes the engine over, and closes it when it cannot listen.
 */
export async function hostDatabase(engine: Engine, folder: string): Promise<DatabaseLink> {
  const host = new DatabaseHost(engine, folder);
  try {
    await host.listen(await chooseSocket(folder));
    return host;
  } catch (error) {
    await host.close();
    throw fromSystemError(error, folder, "writing");
  }
}

class DatabaseHost implements DatabaseLink {
  readonly #engine: Engine;
  readonly #folder: string;
  readonly #server: http.Server;
  #underWay = 0;
  #leaving: Promise<void> | null = null;

  constructor(engine: Engine, folder: string) {
    this.#engine = engine;
    this.#folder = folder;
    this.#server = http.createServer((request, response) => void this.#answer(request, response));
    this.#server.requestTimeout = REQUEST_TIMEOUT_MS;
    // Others keep their connections for as long as they live; one that we closed would look like our end.
    this.#server.keepAliveTimeout = 0;
  }

  /** Binding happens within the call, so the mask is ours for no other file. */
  async listen(place: string): Promise<void> {
    await removeSocket(place);
    const before = process.umask(SOCKET_UMASK);
    try {
      this.#server.listen(place);
    } finally {
      process.umask(before);
    }
    await once(this.#server, "listening");
  }

  async send(operation: string, request: string) {
    if (this.isOver()) throw new LostLink("closing");
    this.#underWay += 1;
    try {
      return await this.#engine.run(operation, request);
    } finally {
      this.#underWay -= 1;
      if (this.#engine.isBroken()) void this.close().catch(ignore);
    }
  }

  isOver(): boolean {
    return this.#leaving !== null;
  }

  close(): Promise<void> {
    this.#leaving ??= this.#leave();
    return this.#leaving;
  }

  /** The socket goes first and the lock last: whoever takes over finds either both or none of ours. */
  async #leave(): Promise<void> {
    const stopped = new Promise((resolve) => this.#server.close(resolve));
    const patience = AbortSignal.timeout(LEAVING_TIMEOUT_MS);
    while (this.#underWay > 0 && !patience.aborted) {
      await new Promise((resolve) => setTimeout(resolve, LEAVING_LOOK_MS));
    }
    this.#server.closeAllConnections();
    await stopped;
    await forgetSocket(this.#folder).finally(() => this.#engine.close());
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#underWay += 1;
    response.once("close", () => (this.#underWay -= 1));
    response.on("error", ignore);
    try {
      const { status, text: body } = await this.#replyTo(request);
      this.#reply(response, status, body);
    } catch (error) {
      if (error instanceof StoreError) this.#replyWith(response, error);
      else response.destroy();
    }
  }

  async #replyTo(request: IncomingMessage): Promise<Reply> {
    if (request.method === "GET") return { status: 200, text: GREETING };
    if (!(Number(request.headers["content-length"]) <= LARGEST_REQUEST)) return { status: STATUS_TOO_LARGE, text: "" };
    const body = await text(request);
    return this.isOver() ? { status: STATUS_LEAVING, text: "" } : this.send(operationOf(request), body);
  }

  #replyWith(response: ServerResponse, { problem, path, message }: StoreError): void {
    response.setHeader(PROBLEM_HEADER, problem);
    const travelling: TravellingError = { path, message: message.slice(path.length + ": ".length) };
    this.#reply(response, STATUS_FAILED, JSON.stringify(travelling));
  }

  #reply(response: ServerResponse, status: number, body: string): void {
    if (this.isOver()) response.setHeader("connection", "close");
    response.writeHead(status, { "content-length": Buffer.byteLength(body) });
    response.end(body);
  }
}

/** The header reads `DynamoDB_20120810.GetItem`. */
function operationOf(request: IncomingMessage): string {
  return String(request.headers["x-amz-target"]).split(".")[1] ?? "";
}

/** A client that died in the middle is no trouble of ours; Node asks for a listener. */
function ignore(): undefined {
  return undefined;
}
