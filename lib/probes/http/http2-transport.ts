import http2 from "node:http2";
import type { TLSSocket } from "node:tls";
import { DialError, toDialError } from "../../dial/dial-error.ts";
import { patiently } from "../../dial/patience.ts";
import type { HopTls } from "../../web/hop.ts";
import { tooMuch } from "./answer-start.ts";
import { ContentBuffer } from "./content-buffer.ts";
import type { HttpLimits } from "./http-limits.ts";
import { cutOf } from "./http-transport.ts";
import type { GetOptions, HttpRequest, RawAnswer, WebConnection } from "./web-connection.ts";

/** Pseudo-header fields (RFC 9113 section 8.3) beside those that count. */
const PSEUDO_FIELDS = 4;
/** Megabytes of frames, header tables and content that node:http2 may hold for a session: its smallest unit. */
const SESSION_MEGABYTES = 1;
const HTTP_2 = "2";
/** What HTTP/2 says otherwise: the host in :authority, nothing about the connection (RFC 9113 sections 8.2.2 and 8.3.1). */
const NOT_SENT: ReadonlySet<string> = new Set(["host", "connection"]);
const { NGHTTP2_NO_ERROR } = http2.constants;

/**
 * HTTP/2 for one request over a TLS session that agreed on it. By node:http2 and not undici, which joins fields that came apart: what
 * counts of them is the first alone (RFC 6797 section 8.1). Octets are bounded by the stream below, since the session reads past it.
 */
export class Http2Connection implements WebConnection {
  readonly tls: HopTls | null;
  /** Sessions are asked once: what is gained by more is lost in minding their other streams. */
  isOpen = true;
  readonly hasHeard = true;
  readonly #stream: TLSSocket;
  readonly #limits: HttpLimits;
  #session: http2.ClientHttp2Session | null = null;

  constructor(stream: TLSSocket, tls: HopTls, limits: HttpLimits) {
    this.#stream = stream;
    this.tls = tls;
    this.#limits = limits;
  }

  async get(request: HttpRequest, options: GetOptions): Promise<RawAnswer> {
    this.isOpen = false;
    const exchange = new Http2Exchange(this.#limits);
    try {
      this.#session = http2.connect("https://connected.invalid", {
        createConnection: () => this.#stream,
        settings: { enablePush: false, maxHeaderListSize: this.#limits.maxHeaderOctets },
        maxHeaderListPairs: this.#limits.maxFields + PSEUDO_FIELDS,
        maxSessionMemory: SESSION_MEGABYTES,
      });
      return await exchange.run(this.#session, this.#stream, request, options);
    } finally {
      this.close();
    }
  }

  close(): void {
    this.isOpen = false;
    this.#session?.destroy();
    this.#stream.destroy();
  }
}

type Head = Pick<RawAnswer, "httpVersion" | "status" | "interim" | "fields">;
interface Settled {
  readonly resolve: (value: undefined) => void;
  readonly reject: (error: Error) => void;
}

class Http2Exchange {
  readonly #limits: HttpLimits;
  readonly #content: ContentBuffer;
  readonly #interim: number[] = [];
  #head: Head | null = null;

  constructor(limits: HttpLimits) {
    this.#limits = limits;
    this.#content = new ContentBuffer(limits.maxBodyOctets);
  }

  async run(
    session: http2.ClientHttp2Session,
    stream: TLSSocket,
    request: HttpRequest,
    { timeoutMs, signal }: GetOptions,
  ): Promise<RawAnswer> {
    const doing = "waiting for the answer over HTTP/2";
    const timedOut = (): DialError =>
      new DialError("tcp-timeout", "SILENT", `${doing}: not whole within ${Math.round(timeoutMs)} ms`);
    try {
      await patiently<undefined>({ timeoutMs, signal, doing, timedOut }, (hand) => {
        // What the stream below was ended for comes first; the session says no more than that it was.
        const fail = (error: Error): void => hand.reject(stream.errored ?? error);
        session.on("error", fail).once("goaway", (code) => {
          if (code !== NGHTTP2_NO_ERROR) fail(broken(`GOAWAY ${code}`));
        });
        session.once("close", () => fail(broken("the session ended")));
        this.#listen(session.request(headersOf(request), { endStream: true }), session, {
          resolve: hand.resolve,
          reject: fail,
        });
      });
    } catch (error) {
      const reason = http2Error(error, doing);
      if (this.#head === null || reason.cause === "internal") throw reason;
      return { ...this.#head, content: this.#content.octets(), cut: cutOf(reason) };
    }
    if (this.#head === null) throw new DialError("protocol-error", "NO_FINAL_ANSWER", `${doing}: it never came`);
    return { ...this.#head, content: this.#content.octets(), cut: null };
  }

  #listen(asked: http2.ClientHttp2Stream, session: http2.ClientHttp2Session, { resolve, reject }: Settled): void {
    const guarded = (act: () => void): void => {
      try {
        act();
      } catch (error) {
        reject(http2Error(error, "reading the answer"));
      }
    };
    asked.on("headers", (headers) => guarded(() => this.#hint(Number(headers[":status"]))));
    asked.once("response", (headers, _flags, raw) => guarded(() => this.#hear(Number(headers[":status"]), raw)));
    asked.on("data", (part: Buffer) => guarded(() => this.#content.add(part)));
    asked.once("error", reject);
    asked.once("end", () => {
      if (asked.rstCode === NGHTTP2_NO_ERROR && !session.destroyed && this.#isAsLongAsSaid()) resolve(undefined);
      else reject(broken("the stream was cut off"));
    });
    asked.once("close", () => reject(broken("the stream was closed")));
  }

  #hint(status: number): void {
    this.#interim.push(status);
    if (this.#interim.length > this.#limits.maxInterim) throw tooMuch("interim answers");
  }

  #hear(status: number, raw: readonly string[]): void {
    const fields: (readonly [string, string])[] = [];
    for (let at = 0; at + 1 < raw.length; at += 2) {
      const name = raw[at] ?? "";
      if (!name.startsWith(":")) fields.push([name.toLowerCase(), raw[at + 1] ?? ""]);
    }
    if (fields.length > this.#limits.maxFields) throw tooMuch("header fields");
    this.#head = { httpVersion: HTTP_2, status, interim: [...this.#interim], fields };
  }

  #isAsLongAsSaid(): boolean {
    const said = this.#head?.fields.find(([name]) => name === "content-length")?.[1];
    return said === undefined || Number(said) === this.#content.octets().length;
  }
}

function headersOf({ target, fields }: HttpRequest): http2.OutgoingHttpHeaders {
  const authority = fields.find(([name]) => name === "host")?.[1] ?? "";
  return {
    ":method": "GET",
    ":scheme": "https",
    ":authority": authority,
    ":path": target,
    ...Object.fromEntries(fields.filter(([name]) => !NOT_SENT.has(name))),
  };
}

function broken(what: string): DialError {
  return new DialError("connection-reset", "HTTP2_CLOSED", what);
}

/** A stream that the server ended is a reset; what else node:http2 complains of is a breach of the protocol. */
function http2Error(error: unknown, doing: string): DialError {
  const code: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "code") : undefined;
  if (error instanceof DialError || typeof code !== "string" || !code.startsWith("ERR_HTTP2_")) {
    return toDialError(error, doing);
  }
  // RFC 9113 section 7: the server wants to be asked in HTTP/1.1, and browsers do.
  if (error instanceof Error && error.message.includes("HTTP_1_1_REQUIRED")) {
    return new DialError("not-observable", "NO_HTTP2", `${doing}: the server wants HTTP/1.1`);
  }
  const isEnded = code === "ERR_HTTP2_STREAM_ERROR" || code === "ERR_HTTP2_STREAM_CANCEL";
  return new DialError(isEnded ? "connection-reset" : "protocol-error", code, `${doing}: ${code}`);
}
