import { REQUIREMENTS } from "../../../lib/requirements/index.ts";
import { createStatusHandler } from "../../../lib/status/handler.ts";
import type { Renderer, StaticAssets } from "../../../lib/status/renderer.ts";
import type { StatusContext } from "../../../lib/status/status-context.ts";
import type { StatusHandler, StatusResponse } from "../../../lib/status/status-request.ts";
import { watchedFamilies } from "../../../lib/watch/families.ts";
import { createRecall } from "../../../lib/watch/recall.ts";
import { summarise } from "../../../lib/watch/summarise.ts";
import { MUNICIPALITY, type RememberedMunicipality, rememberedMunicipality } from "../../support/remembered.ts";

/** Half an hour after the last round of `statusWorld`. */
export const NOW = Date.parse("2026-11-22T10:30:00.000Z");

/** What a browser sends as Accept. */
export const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/** Says what it was given, so that a test sees which page was made of what. */
export const TELLING_RENDERER: Renderer = {
  page: (id, body, view) => `<!doctype html><title>${id}</title>${JSON.stringify({ body, view })}`,
  problem: (problem, view) => `<!doctype html><title>problem</title>${JSON.stringify({ problem, view })}`,
};

export const ASSETS: StaticAssets = new Map([
  ["style.0123.css", { type: "text/css; charset=utf-8", body: Buffer.from("body{}") }],
]);

/** A handler over a municipality that is remembered, and a way to ask it. */
export interface StatusWorld {
  readonly remembered: RememberedMunicipality;
  readonly context: StatusContext;
  readonly handler: StatusHandler;
  /** What the handler told of: failures of ours. */
  readonly errors: unknown[];
  ask(target: string, options?: AskOptions): Promise<StatusResponse>;
  /** The body as JSON, from an answer that must be 200. */
  read<Body>(target: string, options?: AskOptions): Promise<Body>;
}

export interface AskOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Three practice domains; the signed one was fine on the 20th and is broken on the 22nd. */
export async function statusWorld(): Promise<StatusWorld> {
  const remembered = await rememberedMunicipality();
  await remembered.round("2026-11-20T10:00:00.000Z", ["signed", "unsigned", "all-silent"]);
  await remembered.round("2026-11-22T10:00:00.000Z", ["signed", "unsigned", "all-silent"], { signed: "expired" });
  await putSummary(remembered, Date.parse("2026-11-22T10:10:00.000Z"));
  return worldOf(remembered);
}

/** The handler over what is remembered; parts of its context may be others. */
export function worldOf(
  remembered: RememberedMunicipality,
  changes: Partial<StatusContext> = {},
  renderer: Renderer = TELLING_RENDERER,
): StatusWorld {
  const context: StatusContext = {
    ...{ municipality: MUNICIPALITY.id, memory: remembered.memory, evidence: remembered.evidence },
    ...{ now: () => NOW, secret: "a secret of tests", requirements: REQUIREMENTS, language: "da", ...changes },
  };
  const errors: unknown[] = [];
  const handler = createStatusHandler(context, renderer, { assets: ASSETS, onError: (error) => errors.push(error) });
  const ask = (target: string, { method = "GET", headers = {} }: AskOptions = {}): Promise<StatusResponse> => {
    const [path = "", ...query] = target.split("?");
    return handler({ method, path, query: new URLSearchParams(query.join("?")), headers });
  };
  const read = async <Body>(target: string, options?: AskOptions): Promise<Body> => {
    const answer = await ask(target, options);
    if (answer.status !== 200) throw new Error(`${target}: ${String(answer.status)} ${String(answer.body)}`);
    return JSON.parse(String(answer.body)) as Body;
  };
  return { remembered, context, handler, errors, ask, read };
}

/** What a close at `now` would have left. */
export async function putSummary({ memory, evidence }: RememberedMunicipality, now: number): Promise<void> {
  const [newest] = await memory.runs.newest(MUNICIPALITY.id, "domains", 1);
  if (newest === undefined) throw new Error("nothing has run");
  const inventory = await createRecall(evidence).inventory(newest.value.inventory);
  if (!inventory.ok) throw new Error(inventory.detail);
  const families = watchedFamilies(MUNICIPALITY, inventory.value, REQUIREMENTS);
  const watched = families.find(({ family }) => family === newest.value.family);
  if (watched === undefined) throw new Error("nothing is watched");
  const states = await memory.states.all(MUNICIPALITY.id, "S18");
  await memory.days.putSummary(summarise({ run: newest.value, watched, states, now }, null));
}
