import type net from "node:net";
import type { TLSSocket } from "node:tls";
import Client from "undici/lib/dispatcher/client.js";
import type { Cause } from "../../core/cause.ts";
import { DialError, toDialError } from "../../dial/dial-error.ts";
import { patiently } from "../../dial/patience.ts";
import type { HopTls } from "../../web/hop.ts";
import { AnswerStart, tooMuch } from "./answer-start.ts";
import { ContentBuffer } from "./content-buffer.ts";
import type { HttpLimits } from "./http-limits.ts";
import { wantsOurs } from "./secure-stream.ts";
import type { GetOptions, HttpRequest, RawAnswer, WebConnection } from "./web-connection.ts";

/** Longer than any visit: we close connections ourselves, and those that servers want closed sooner are. */
const KEPT_MS = 60_000;
/** RFC 8446 section 6.2: alerts 116 and 42, which in TLS 1.3 come after a handshake that was whole for us. */
const WANTS_OUR_CERTIFICATE = /CERTIFICATE_REQUIRED|ALERT_BAD_CERTIFICATE/u;
/** Whole sections are counted by AnswerStart and here; undici counts names and values alone. */
const LEAST_STATUS = 200;

/**
 * HTTP/1.1 by undici over a connected stream, which is destroyed with the connection. The one place to change for another
 * implementation. What undici leaves out, AnswerStart adds; a 101 that nobody asked for is a breach of RFC 9110 section 7.8 to it, and
 * no answer. Nothing is followed, retried or remembered: undici's client alone does none of that.
 */
export class Http1Connection implements WebConnection {
  readonly tls: HopTls | null;
  readonly #stream: net.Socket | TLSSocket;
  readonly #limits: HttpLimits;
  readonly #start: AnswerStart;
  readonly #client: Client;
  /** undici forgets an alert when the end comes right after it. */
  #wantsOurCertificate = false;

  constructor(stream: net.Socket | TLSSocket, tls: HopTls | null, limits: HttpLimits) {
    this.tls = tls;
    this.#stream = stream;
    this.#limits = limits;
    this.#start = new AnswerStart(stream, limits);
    let isGiven = false;
    // The origin is for undici alone: what is sent stands in the request, and the stream is connected, over TLS or not.
    this.#client = new Client("http://connected.invalid", {
      connect: (_, callback) => {
        // A second time it is asked for because the first stream is gone, perhaps before the request was written.
        const gone = isGiven || stream.destroyed ? (stream.errored ?? closed()) : null;
        isGiven = true;
        // Not before undici has done asking.
        queueMicrotask(() => (gone === null ? callback(null, stream) : callback(gone, null)));
      },
      allowH2: false,
      maxHeaderSize: limits.maxHeaderOctets,
      keepAliveTimeout: KEPT_MS,
      // Time is kept by the exchange as a whole.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    // It outlives every exchange. An error after the close (seen of TLS in Node 24.21) would find undici without a parser.
    const hear = (error: unknown): void => {
      this.#wantsOurCertificate ||= WANTS_OUR_CERTIFICATE.test(String(Reflect.get(Object(error), "code")));
    };
    stream.on("error", hear);
    stream.once("close", () => stream.removeAllListeners("error").on("error", hear));
  }

  get isOpen(): boolean {
    return !this.#stream.destroyed && this.#stream.readable && this.#stream.writable;
  }

  get hasHeard(): boolean {
    return this.#start.octets > 0;
  }

  async get(request: HttpRequest, options: GetOptions): Promise<RawAnswer> {
    const exchange = new Http1Exchange(this.#stream, this.#start, this.#limits);
    this.#start.expectAnother();
    try {
      return await exchange.run(this.#client, request, options);
    } catch (error) {
      throw this.#wantsOurCertificate ? wantsOurs("waiting for the answer") : error;
    } finally {
      if (!exchange.isWhole) this.close();
    }
  }

  close(): void {
    // The stream, and not the socket below a TLS session: destroying that first has been seen to crash the process (Node 24.21).
    this.#stream.destroy();
    void this.#client.destroy();
  }
}

type Head = Pick<RawAnswer, "httpVersion" | "status" | "interim" | "fields">;

class Http1Exchange {
  isWhole = false;
  readonly #stream: net.Socket | TLSSocket;
  readonly #start: AnswerStart;
  readonly #limits: HttpLimits;
  readonly #content: ContentBuffer;
  #head: Head | null = null;

  constructor(stream: net.Socket | TLSSocket, start: AnswerStart, limits: HttpLimits) {
    this.#stream = stream;
    this.#start = start;
    this.#limits = limits;
    this.#content = new ContentBuffer(limits.maxBodyOctets);
  }

  /** Whatever happens to the content, a header section that was heard stands; when we are stopped ourselves this rejects. */
  async run(client: Client, request: HttpRequest, { timeoutMs, signal }: GetOptions): Promise<RawAnswer> {
    const doing = "waiting for the answer";
    const timedOut = (): DialError =>
      new DialError("tcp-timeout", "SILENT", `${doing}: not whole within ${Math.round(timeoutMs)} ms`);
    try {
      await patiently<undefined>({ timeoutMs, signal, doing, timedOut }, (hand) => {
        client.dispatch(
          { method: "GET", path: request.target, headers: [...request.fields].flat() },
          {
            onRequestStart: () => undefined,
            onResponseStart: (controller, status) => this.#hear(status, controller.rawHeaders),
            onResponseData: (_, part) => this.#content.add(part),
            onResponseEnd: () => {
              // After a reset undici ends content that has no length as if it were whole.
              if (this.#stream.errored === null) hand.resolve(undefined);
              else hand.reject(this.#stream.errored);
            },
            onResponseError: (_, error) => hand.reject(error),
          },
        );
      });
    } catch (error) {
      const reason = httpError(error, doing);
      if (this.#head === null || reason.cause === "internal") throw reason;
      return { ...this.#head, content: this.#content.octets(), cut: cutOf(reason) };
    }
    if (this.#head === null) throw new Error("undici ended an answer that never began");
    this.isWhole = true;
    return { ...this.#head, content: this.#content.octets(), cut: null };
  }

  #hear(status: number, raw: unknown): void {
    const { version, interim } = this.#start;
    if (version === null || status < LEAST_STATUS) {
      throw new DialError("protocol-error", "NO_FINAL_ANSWER", "an interim answer that was not asked for");
    }
    this.#head = { httpVersion: version, status, interim: [...interim], fields: fieldsOf(raw, this.#limits) };
  }
}

function fieldsOf(raw: unknown, { maxFields }: HttpLimits): RawAnswer["fields"] {
  if (!Array.isArray(raw)) throw new Error("undici gave no raw header fields");
  if (raw.length > 2 * maxFields) throw tooMuch("header fields");
  const texts = raw.map((each: Buffer | string) => (typeof each === "string" ? each : each.toString("latin1")));
  const fields: (readonly [string, string])[] = [];
  for (let at = 0; at + 1 < texts.length; at += 2)
    fields.push([(texts[at] ?? "").toLowerCase(), withoutBlanks(texts[at + 1])]);
  return fields;
}

/** Blanks at the end are no part of a value (RFC 9110 section 5.5); those before it undici has taken off. */
function withoutBlanks(value = ""): string {
  let end = value.length;
  while (end > 0 && " \t".includes(value.charAt(end - 1))) end -= 1;
  return value.slice(0, end);
}

/** Why content that had begun was not read to its end. */
export function cutOf({ cause }: DialError): RawAnswer["cut"] {
  if (cause === "tool-limit") return "limit";
  return cause === "tcp-timeout" ? "time" : "broke";
}

/** undici's words for what a server did. A section that is longer than we read is our own limit. */
const CAUSES: ReadonlyMap<string, readonly [cause: Cause, code: string]> = new Map([
  ["UND_ERR_HEADERS_OVERFLOW", ["tool-limit", "HEADER_OVERFLOW"]],
  ["UND_ERR_SOCKET", ["connection-reset", "CLOSED"]],
  ["UND_ERR_RES_CONTENT_LENGTH_MISMATCH", ["protocol-error", "CONTENT_LENGTH"]],
  ["HTTPParserError", ["protocol-error", "MALFORMED"]],
]);
/** Answers that undici hangs up on, told as errors of the socket. */
const BREACHES: ReadonlySet<string> = new Set(["bad response", "bad upgrade"]);

function httpError(error: unknown, doing: string): DialError {
  if (error instanceof DialError || typeof error !== "object" || error === null) return toDialError(error, doing);
  const read = (property: string): string => String(Reflect.get(error, property));
  const word = read("name") === "HTTPParserError" ? read("name") : read("code");
  if (word === "UND_ERR_SOCKET" && BREACHES.has(read("message"))) {
    return new DialError("protocol-error", "BAD_RESPONSE", `${doing}: an answer that was not asked for`);
  }
  const listed = CAUSES.get(word);
  return listed === undefined ? toDialError(error, doing) : new DialError(...listed, `${doing}: ${listed[1]}`);
}

function closed(): DialError {
  return new DialError("connection-reset", "CLOSED", "the connection was closed");
}
