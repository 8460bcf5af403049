import type http2 from "node:http2";
import { observed, unobserved } from "../core/observation.ts";
import type { Observed } from "../core/observation.ts";
import { toDialError, DialError } from "../dial/dial-error.ts";
import type { Dialer } from "../dial/dialer.ts";
import { Turnstile } from "../dial/turnstile.ts";
import type { Question, Reply } from "../wire/message.ts";
import { openDohSession } from "./doh-session.ts";
import type { DohServer } from "./doh-session.ts";
import { exchangeHttp2, UNANSWERED } from "./http2-exchange.ts";
import type { Http2Request, Http2Response } from "./http2-exchange.ts";
import { makeQuery } from "./query.ts";
import type { OutgoingQuery } from "./query.ts";
import type { Upstream, UpstreamOptions } from "./upstream.ts";

export interface DohOptions extends DohServer {
  readonly dialer: Dialer;
  readonly countQuery: () => void;
  /** Default POST; GET lets caches on the way help (RFC 8484 section 4.1). */
  readonly method?: "GET" | "POST";
}

const MEDIA_TYPE = "application/dns-message";
/** The largest DNS message (RFC 8484 section 6). */
const LARGEST_MESSAGE = 65_535;
const STATUS_OK = 200;
/** Requests at once; servers commonly allow 100 streams. Beyond that questions wait for their turn, uncounted. */
const STREAMS = 96;
const QUEUE_PATIENCE_MS = 120_000;

/**
 * A resolver over HTTPS (RFC 8484): HTTP/2 on one long-lived connection that is opened anew when it has ended. The URL is
 * one of parseDohUrl.
 */
export function dohUpstream(options: DohOptions): Upstream {
  return new DohUpstream(options);
}

class DohUpstream implements Upstream {
  readonly name: string;
  readonly #options: DohOptions;
  readonly #turnstile = new Turnstile({ concurrent: STREAMS, perSecond: Infinity });
  #current: Promise<http2.ClientHttp2Session> | null = null;
  #lastHeardAt = 0;

  constructor(options: DohOptions) {
    this.name = options.url.href;
    this.#options = options;
  }

  async ask(question: Question, wanted: UpstreamOptions): Promise<Observed<Reply>> {
    const { url, method = "POST", countQuery } = this.#options;
    const { checkingDisabled, timeoutMs, signal } = wanted;
    const doing = `asking ${url.host}`;
    let leave: (() => void) | null = null;
    try {
      leave = await this.#turnstile.enter({ waitMs: QUEUE_PATIENCE_MS, signal, doing });
      const query = makeQuery(question, { recursionDesired: true, checkingDisabled }, "doh");
      countQuery();
      const request = { ...requestFor(url, method, query), maxBody: LARGEST_MESSAGE, timeoutMs, signal };
      return readResponse(await this.#exchange(request), query);
    } catch (error) {
      const failure = toDialError(error, doing);
      return unobserved(failure.cause, failure.message);
    } finally {
      leave?.();
    }
  }

  close(): void {
    this.#current?.then(
      (session) => session.destroy(),
      () => undefined,
    );
    this.#current = null;
  }

  /** A request that no response began for may have met a connection that was just ending: it is sent once more. */
  async #exchange(request: Http2Request): Promise<Http2Response> {
    try {
      return await this.#exchangeOnce(request);
    } catch (error) {
      if (error instanceof DialError && error.code === UNANSWERED) {
        return this.#exchangeOnce(request);
      }
      throw error;
    }
  }

  async #exchangeOnce(request: Http2Request): Promise<Http2Response> {
    const session = await this.#obtainSession();
    const sentAt = performance.now();
    try {
      const response = await exchangeHttp2(session, request);
      this.#lastHeardAt = performance.now();
      return response;
    } catch (error) {
      const failure = toDialError(error, "asking over HTTPS");
      if (failure.cause === "dns-timeout" && this.#lastHeardAt < sentAt) {
        session.destroy(); // The connection is dead, whatever TCP believes.
      }
      throw failure;
    }
  }

  /** The session in use, or the one being opened: an ended one is replaced when `#leave` has not done so yet. */
  async #obtainSession(): Promise<http2.ClientHttp2Session> {
    const known = this.#current;
    const session = await known;
    if (session?.closed === false && !session.destroyed) {
      return session;
    }
    if (this.#current === known || this.#current === null) {
      this.#current = this.#openSession();
    }
    return this.#current;
  }

  #openSession(): Promise<http2.ClientHttp2Session> {
    const opening = openDohSession(this.#options, this.#options.dialer);
    const leave = (): void => {
      if (this.#current === opening) {
        this.#current = null;
      }
    };
    opening.then((session) => session.once("close", leave).once("goaway", leave), leave);
    return opening;
  }
}

/** Reads a DoH server's URL. A URI template's `{?dns}` is taken off. Throws a RangeError unless https and bare. */
export function parseDohUrl(text: string): URL {
  const bare = text.replace(/\{\?dns\}$/, "");
  const url = URL.parse(bare);
  if (url?.protocol !== "https:" || url.username !== "" || url.password !== "" || url.hash !== "") {
    throw new RangeError(`not the https URL of a DNS server: ${JSON.stringify(text)}`);
  }
  return url;
}

function requestFor(url: URL, method: "GET" | "POST", query: OutgoingQuery): Pick<Http2Request, "headers" | "body"> {
  const path = `${url.pathname}${url.search}`;
  if (method === "GET") {
    const separator = url.search === "" ? "?" : "&";
    const message = Buffer.from(query.bytes).toString("base64url");
    return { headers: { ":path": `${path}${separator}dns=${message}`, accept: MEDIA_TYPE }, body: null };
  }
  return {
    headers: {
      ":method": "POST",
      ":path": path,
      accept: MEDIA_TYPE,
      "content-type": MEDIA_TYPE,
      "content-length": query.bytes.length,
    },
    body: query.bytes,
  };
}

/** Whatever is not a DNS answer to this query is no answer: the HTTP layer's refusals are not the DNS's. */
function readResponse(response: Http2Response, query: OutgoingQuery): Observed<Reply> {
  if (response.status !== STATUS_OK) {
    return unobserved("protocol-error", `HTTP status ${String(response.status)} from the resolver`);
  }
  if (response.contentType.split(";")[0]?.trim().toLowerCase() !== MEDIA_TYPE) {
    return unobserved("protocol-error", "the resolver's answer is not of type application/dns-message");
  }
  const match = query.match(response.body);
  switch (match.kind) {
    case "reply":
      return match.reply.flags.includes("tc")
        ? unobserved("protocol-error", "truncated over HTTPS")
        : observed(match.reply);
    case "malformed":
      return unobserved("protocol-error", `malformed answer over HTTPS: ${match.problem}`);
    default:
      return unobserved("protocol-error", "the resolver answered another question over HTTPS");
  }
}
