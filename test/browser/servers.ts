import { answerHeaders } from "../../lib/status/answer-headers.ts";
import { STATIC_ASSETS } from "../../lib/status/assets.ts";
import { createStatusHandler } from "../../lib/status/handler.ts";
import { type LocalServer, startStatusServer } from "../../lib/status/local-server.ts";
import { pageRenderer } from "../../lib/status/pages/index.ts";
import { staticAnswer } from "../../lib/status/static-answer.ts";
import type { StatusHandler } from "../../lib/status/status-request.ts";
import { AT, bodiesWith, HOSTILE, PAGE_IDS, PATHS } from "./bodies.ts";
import { openTown } from "./town.ts";

const TOKEN = "a token of tests";

/** The status service over a municipality that is remembered. What it reports as its own fault ends the run. */
export async function serveTown(): Promise<LocalServer> {
  const onError = (error: unknown): never => {
    throw error instanceof Error ? error : new Error(String(error));
  };
  const handler = createStatusHandler(await openTown(), pageRenderer, { assets: STATIC_ASSETS, onError });
  return startStatusServer({ handler, port: 0, token: TOKEN });
}

/** Every page with each hostile text in turn: `?text=` is its number. Headers as from the real handler. */
export function serveHostile(): Promise<LocalServer> {
  const handler: StatusHandler = async (request) => {
    const file = staticAnswer(request, STATIC_ASSETS);
    if (file !== null) return file;
    const id = PAGE_IDS.find((each) => PATHS[each] === request.path);
    const text = HOSTILE[Number(request.query.get("text"))] ?? "";
    const view = { language: "da", here: `${request.path}?${request.query.toString()}`, now: AT } as const;
    const headers = answerHeaders("text/html; charset=utf-8", "revalidate");
    if (id === undefined) {
      const problem = { type: "urn:x", title: text, status: 404, detail: text };
      return { status: 404, headers, body: pageRenderer.problem(problem, view) };
    }
    return { status: 200, headers, body: pageRenderer.page(id, bodiesWith(text)[id], view) };
  };
  return startStatusServer({ handler, port: 0, token: TOKEN });
}
