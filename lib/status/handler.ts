import type { Language } from "../core/messages.ts";
import { printableJson } from "../reports/printable.ts";
import { answerHeaders } from "./answer-headers.ts";
import { sealCursor } from "./cursor.ts";
import { entityTag, isNamed } from "./etag.ts";
import { matchRoute } from "./match-route.ts";
import { preferredLanguage, prefersPage } from "./negotiate.ts";
import { PROBLEM_TYPE, refusalOf, toldProblem } from "./problem.ts";
import { languageAsked, readRequest } from "./read-request.ts";
import { missing, Refusal } from "./refusal.ts";
import type { Renderer, StaticAssets } from "./renderer.ts";
import type { Answer, Route } from "./route.ts";
import { ROUTES } from "./routes.ts";
import { staticAnswer } from "./static-answer.ts";
import type { StatusContext } from "./status-context.ts";
import { createSharedReading, type SharedReading } from "./status-reading.ts";
import type { StatusHandler, StatusRequest, StatusResponse } from "./status-request.ts";

/** What a handler may be given besides. */
export interface HandlerOptions {
  /** Style sheets, fonts and pictures of the pages. */
  readonly assets?: StaticAssets;
  /** Told what was answered with 500 or 503: those who asked are not told the details. */
  readonly onError?: (error: unknown) => void;
}

/** Longer paths name nothing: an asset's id has 1,000 octets, each three characters at most. */
const LONGEST_PATH = 4_096;
const JSON_TYPE = "application/json; charset=utf-8";
const PAGE_TYPE = "text/html; charset=utf-8";

/** How an answer is to look. */
interface Wish {
  readonly language: Language;
  readonly isPage: boolean;
  /** Path and query, as they came. */
  readonly here: string;
}

/** The status API over what is remembered: JSON for programs, pages for people, by the same routes. */
export function createStatusHandler(
  context: StatusContext,
  renderer: Renderer,
  { assets = new Map(), onError = () => undefined }: HandlerOptions = {},
): StatusHandler {
  const shared = createSharedReading(context);
  return async (request) => {
    const wish = wishOf(request, context.language);
    try {
      const answer = staticAnswer(request, assets) ?? (await answerOf(request, wish, shared, renderer));
      return forMethod(request, unlessKnown(request, answer));
    } catch (error) {
      return forMethod(request, failed(error, wish, { renderer, onError, now: context.now }));
    }
  };
}

function wishOf({ path, query, headers }: StatusRequest, otherwise: Language): Wish {
  const language = languageAsked(query) ?? preferredLanguage(headers["accept-language"], otherwise);
  return {
    language,
    isPage: prefersPage(headers.accept),
    here: query.size === 0 ? path : `${path}?${query.toString()}`,
  };
}

async function answerOf(
  request: StatusRequest,
  wish: Wish,
  shared: SharedReading,
  renderer: Renderer,
): Promise<StatusResponse> {
  const { path, query, method } = request;
  if (path.length > LONGEST_PATH) throw tooLong();
  const match = matchRoute(path, ROUTES);
  if (match === null) return elsewhere(request);
  requireMethod(method, match.route);
  const { asked, walk } = readRequest(match, query, wish.language, shared);
  const nextPage = (position: unknown): string => sealCursor(position, walk, shared.secret);
  const answer = await match.route.answer(asked, { ...shared, nextPage });
  return written(answer, match.route, { ...wish, now: shared.now() }, renderer);
}

/** A slash too many is no other place; anything else is not there. */
function elsewhere({ path, query, method }: StatusRequest): StatusResponse {
  const without = path.endsWith("/") ? path.slice(0, -1) : path;
  const match = without === path || without === "" || without === "/" ? null : matchRoute(without, ROUTES);
  if (match === null) throw missing("not-found", "Der er intet på denne adresse.", "There is nothing at this address.");
  requireMethod(method, match.route);
  return redirect(308, query.size === 0 ? without : `${without}?${query.toString()}`);
}

function requireMethod(method: string, route: Route): void {
  const allowed = [route.method, "HEAD"];
  if (!allowed.includes(method)) throw notAllowed(allowed.join(", "));
}

/** 308 for what has moved for good, 307 for what may lead elsewhere one day. */
function redirect(status: 307 | 308, location: string): StatusResponse {
  return { status, headers: { ...answerHeaders(null, "revalidate"), location }, body: "" };
}

function written(
  answer: Answer,
  { page }: Route,
  wish: Wish & { readonly now: number },
  renderer: Renderer,
): StatusResponse {
  if ("location" in answer) return redirect(307, answer.location);
  if ("text" in answer) {
    return {
      status: 200,
      headers: answerHeaders(answer.type, answer.isSecret === true ? "never" : "revalidate"),
      body: answer.text,
    };
  }
  const isPage = wish.isPage && page !== null;
  const body = isPage ? renderer.page(page, answer.body as never, wish) : `${printableJson(answer.body)}\n`;
  return { status: 200, headers: negotiated(isPage ? PAGE_TYPE : JSON_TYPE, wish), body };
}

/** What depends on the wishes of whoever asks says so (RFC 9110 section 12.5.5). */
function negotiated(type: string, { language }: Wish): Readonly<Record<string, string>> {
  return { ...answerHeaders(type, "revalidate"), "content-language": language, vary: "Accept, Accept-Language" };
}

/** 304 for a body that whoever asks has already (RFC 9110 section 15.4.5); else with its tag. */
function unlessKnown({ headers: asked }: StatusRequest, answer: StatusResponse): StatusResponse {
  if (answer.status !== 200 || answer.headers["cache-control"] === "no-store") return answer;
  const tag = entityTag(answer.body);
  const headers = { ...answer.headers, etag: tag };
  if (!isNamed(tag, asked["if-none-match"])) return { ...answer, headers };
  const kept = Object.entries(headers).filter(([name]) => name !== "content-type");
  return { status: 304, headers: Object.fromEntries(kept), body: "" };
}

/** HEAD is answered as GET without the body; how long that is stays said (RFC 9110 section 9.3.2). */
function forMethod({ method }: StatusRequest, answer: StatusResponse): StatusResponse {
  if (answer.status === 304) return answer;
  const headers = { ...answer.headers, "content-length": String(Buffer.byteLength(answer.body)) };
  return { ...answer, headers, body: method === "HEAD" ? "" : answer.body };
}

interface Failing {
  readonly renderer: Renderer;
  readonly onError: (error: unknown) => void;
  readonly now: () => number;
}

function failed(error: unknown, wish: Wish, { renderer, onError, now }: Failing): StatusResponse {
  const refusal = refusalOf(error);
  const { status, headers = {} } = refusal.answered;
  if (status >= 500) onError(error);
  const problem = toldProblem(refusal, wish.language);
  const asJson = (): StatusResponse => ({
    status,
    headers: { ...negotiated(PROBLEM_TYPE, wish), ...headers },
    body: `${printableJson(problem)}\n`,
  });
  if (!wish.isPage) return asJson();
  try {
    const body = renderer.problem(problem, { ...wish, now: now() });
    return { status, headers: { ...negotiated(PAGE_TYPE, wish), ...headers }, body };
  } catch (another) {
    onError(another);
    return asJson();
  }
}

function notAllowed(allow: string): Refusal {
  return new Refusal({
    status: 405,
    kind: "method-not-allowed",
    title: { da: "Metoden er ikke tilladt her", en: "The method is not allowed here" },
    detail: { da: `Forventet: ${allow}.`, en: `Expected: ${allow}.` },
    headers: { allow },
  });
}

function tooLong(): Refusal {
  return new Refusal({
    status: 414,
    kind: "too-long",
    title: { da: "Adressen er for lang", en: "The address is too long" },
    detail: { da: `Forventet: højst ${LONGEST_PATH} tegn.`, en: `Expected: at most ${LONGEST_PATH} characters.` },
  });
}
