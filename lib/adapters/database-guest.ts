import http from "node:http";
import { text } from "node:stream/consumers";
import { StoreError, type StoreProblem } from "../ports.ts";
import {
  GREETING,
  LostLink,
  PROBLEM_HEADER,
  STATUS_LEAVING,
  type DatabaseLink,
  type TravellingError,
} from "./database-link.ts";
import type { Reply } from "./embedded-engine.ts";

/** One request is at most one page of items or one write; a busy process may still need a moment to get to it. */
const ANSWER_TIMEOUT_MS = 4_000;

interface Exchange {
  readonly agent: http.Agent;
  readonly method: "GET" | "POST";
  readonly operation?: string;
  readonly body?: string;
  readonly patience: number;
}

/** Whether somebody listens there who has a data folder open. False also when nobody answers within `patience` ms. */
export async function isHosted(place: string, patience: number): Promise<boolean> {
  const agent = new http.Agent({ keepAlive: false });
  try {
    const { text: greeting } = await exchange(place, { agent, method: "GET", patience });
    return greeting === GREETING;
  } catch (error) {
    if (error instanceof LostLink) return false;
    throw error;
  } finally {
    agent.destroy();
  }
}

/** The database that another process has open, over its socket. */
export function visitDatabase(place: string): DatabaseLink {
  const agent = new http.Agent({ keepAlive: true });
  let isOver = false;
  return {
    send: async (operation, body) => {
      try {
        return await exchange(place, { agent, method: "POST", operation, body, patience: ANSWER_TIMEOUT_MS });
      } catch (error) {
        if (error instanceof LostLink) isOver = true;
        throw error;
      }
    },
    isOver: () => isOver,
    close: async () => {
      isOver = true;
      agent.destroy();
    },
  };
}

async function exchange(place: string, { agent, method, operation, body, patience }: Exchange): Promise<Reply> {
  const response = await new Promise<Reply & { readonly problem: string | undefined }>((resolve, reject) => {
    const lose = (error: Error): void => reject(new LostLink(error.message, { cause: error }));
    const request = http.request({
      agent,
      method,
      socketPath: place,
      signal: AbortSignal.timeout(patience),
      headers: { "x-amz-target": `DynamoDB_20120810.${operation ?? ""}` },
    });
    request.once("error", lose);
    request.once("response", (message) => {
      const problem = message.headers[PROBLEM_HEADER];
      const status = message.statusCode ?? 0;
      text(message).then((content) => resolve({ status, text: content, problem: problem?.toString() }), lose);
    });
    request.end(body);
  });
  if (response.problem !== undefined) throw travelled(response.problem, response.text);
  if (response.status === STATUS_LEAVING) throw new LostLink("the process that has the data folder open is leaving");
  return response;
}

function travelled(problem: string, body: string): StoreError {
  const { path, message } = JSON.parse(body) as TravellingError;
  return new StoreError(problem as StoreProblem, path, message);
}
