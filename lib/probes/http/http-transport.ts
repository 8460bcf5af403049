import http from "node:http";
import type { Duplex } from "node:stream";
import { limitBytesIn } from "../../dial/byte-limit.ts";
import { DialError, toDialError } from "../../dial/dial-error.ts";
import { patiently } from "../../dial/patience.ts";
import type { HopBody } from "../../web/hop.ts";
import type { HttpLimits } from "./http-limits.ts";

export interface HttpRequest {
  /** Path and query. */
  readonly target: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** A header section that was heard, and as much of the content as came. */
export interface RawAnswer {
  readonly httpVersion: string;
  readonly status: number;
  readonly interim: readonly number[];
  /** Names in lower case; values one character per octet; in the order received, duplicates apart. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly content: Buffer;
  readonly cut: HopBody["cut"];
}

export interface TransportOptions {
  readonly limits: HttpLimits;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * One GET over a connected stream, which is the caller's to destroy. Resolves once a header section was heard, however its
 * content ends; rejects with a DialError when there was none. The one place to change for another HTTP implementation.
 */
export type HttpTransport = (stream: Duplex, request: HttpRequest, options: TransportOptions) => Promise<RawAnswer>;

/** Framing beside content: a chunk of one octet takes six. What is sent beyond that is nothing but framing. */
const FRAMING_FACTOR = 8;

/** HTTP/1.1 by node:http, whose parser is strict about what a header section may hold. */
export const nodeTransport: HttpTransport = async (stream, { target, fields }, options) => {
  const { limits, timeoutMs } = options;
  limitBytesIn(stream, limits.maxHeaderOctets * (limits.maxInterim + 1) + limits.maxBodyOctets * FRAMING_FACTOR);
  const startedAt = performance.now();
  const request = http.request({
    method: "GET",
    path: target,
    headers: fields,
    createConnection: () => stream,
    maxHeaderSize: limits.maxHeaderOctets,
  });
  // None is left out: what is too much for us is told, not hidden.
  request.maxHeadersCount = 0;
  const failures: unknown[] = [];
  request.on("error", (error) => failures.push(error));
  try {
    const { response, interim } = await heard(request, options);
    const leftMs = Math.max(0, timeoutMs - (performance.now() - startedAt));
    const isUpgraded = response.statusCode === UPGRADED;
    const content = isUpgraded ? NOTHING : await contentOf(response, failures, { ...options, timeoutMs: leftMs });
    const { httpVersion, statusCode: status = 0 } = response;
    return { httpVersion, status, interim, fields: fieldsOf(response, limits), ...content };
  } finally {
    request.destroy();
  }
};

const UPGRADED = 101;
const NOTHING = { content: Buffer.alloc(0), cut: null };

interface Heard {
  readonly response: http.IncomingMessage;
  readonly interim: readonly number[];
}

function heard(request: http.ClientRequest, { limits, timeoutMs, signal }: TransportOptions): Promise<Heard> {
  const doing = "waiting for the answer's header section";
  const timedOut = (): DialError =>
    new DialError("tcp-timeout", "SILENT", `${doing}: not whole within ${Math.round(timeoutMs)} ms`);
  const interim: number[] = [];
  return patiently<Heard>({ timeoutMs, signal, doing, timedOut }, (hand) => {
    const take = (response: http.IncomingMessage): void => hand.resolve({ response, interim });
    request.once("response", take).once("upgrade", take);
    request.on("information", ({ statusCode }) => {
      interim.push(statusCode);
      if (interim.length > limits.maxInterim) hand.reject(tooMuch(`${limits.maxInterim} interim answers`));
    });
    request.once("error", (error) => hand.reject(httpError(error, doing)));
    request.once("close", () => hand.reject(new DialError("connection-reset", "CLOSED", `${doing}: it was closed`)));
    request.end();
  });
}

function fieldsOf({ rawHeaders }: http.IncomingMessage, { maxFields }: HttpLimits): RawAnswer["fields"] {
  if (rawHeaders.length > 2 * maxFields) throw tooMuch(`${maxFields} header fields`);
  const fields: (readonly [string, string])[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    fields.push([(rawHeaders[at] ?? "").toLowerCase(), rawHeaders[at + 1] ?? ""]);
  }
  return fields;
}

/** Whatever happens to the content, the header section stands. Only when we are stopped ourselves does this reject. */
async function contentOf(
  response: http.IncomingMessage,
  failures: readonly unknown[],
  { limits: { maxBodyOctets }, timeoutMs, signal }: TransportOptions,
): Promise<Pick<RawAnswer, "content" | "cut">> {
  const doing = "reading the content";
  // Copied as it comes: kept in pieces, content of one octet a chunk would take a hundred times its size.
  const content = Buffer.alloc(maxBodyOctets);
  let length = 0;
  const timedOut = (): DialError => new DialError("tcp-timeout", "SILENT", `${doing}: time is over`);
  const broken = (): DialError => new DialError("connection-reset", "CLOSED", `${doing}: the connection broke`);
  let cut: HopBody["cut"] = null;
  try {
    await patiently<undefined>({ timeoutMs, signal, doing, timedOut }, (hand) => {
      response.on("data", (part: Buffer) => {
        if (length < maxBodyOctets) part.copy(content, length);
        length += part.length;
        if (length > maxBodyOctets) hand.reject(tooMuch(`${maxBodyOctets} octets of content`));
      });
      response.once("end", () => (response.complete ? hand.resolve(undefined) : hand.reject(broken())));
      response.once("error", (error) => hand.reject(httpError(error, doing)));
      response.once("close", () => hand.reject(broken()));
      if (response.destroyed) hand.reject(broken());
    });
  } catch (error) {
    cut = cutOf(error, failures);
  } finally {
    response.removeAllListeners("data");
    response.on("error", () => undefined);
  }
  return { content: Buffer.from(content.subarray(0, length)), cut };
}

/** The parser's own reason is told to the request, often before anybody listens to the response, which hears of a reset. */
function cutOf(error: unknown, failures: readonly unknown[]): HopBody["cut"] {
  const doing = "reading the content";
  const { cause } = toDialError(error, doing);
  if (cause === "internal") throw error;
  const isReset = cause === "connection-reset" && failures.length > 0;
  const reason = isReset ? httpError(failures[0], doing).cause : cause;
  if (reason === "tool-limit") return "limit";
  return reason === "tcp-timeout" ? "time" : "broke";
}

function tooMuch(what: string): DialError {
  return new DialError("tool-limit", "HTTP_LIMIT", `more than ${what}`);
}

/** Codes of Node's HTTP parser. A section that is longer than we read is our limit, one that ends early was cut off. */
const PARSER_CAUSES = new Map([
  ["HPE_HEADER_OVERFLOW", "tool-limit"],
  ["HPE_CHUNK_EXTENSIONS_OVERFLOW", "tool-limit"],
  ["HPE_INVALID_EOF_STATE", "connection-reset"],
] as const);

function httpError(error: unknown, doing: string): DialError {
  const code: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "code") : undefined;
  if (typeof code !== "string" || !code.startsWith("HPE_")) return toDialError(error, doing);
  const listed = [...PARSER_CAUSES].find(([each]) => each === code)?.[1];
  return new DialError(listed ?? "protocol-error", code, `${doing}: ${code}`);
}
