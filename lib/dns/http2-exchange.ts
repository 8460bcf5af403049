import http2 from "node:http2";
import { DialError } from "../dial/dial-error.ts";
import { patiently } from "../dial/patience.ts";
import type { Hand } from "../dial/patience.ts";

/** A response that came whole. */
export interface Http2Response {
  readonly status: number;
  /** Empty when there is none. */
  readonly contentType: string;
  readonly body: Uint8Array;
}

export interface Http2Request {
  readonly headers: http2.OutgoingHttpHeaders;
  readonly body: Uint8Array | null;
  /** Octets of the response's body that are accepted. */
  readonly maxBody: number;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** The code of the DialError when the stream ended before a response began: sending the request again does no harm. */
export const UNANSWERED = "UNANSWERED";

/** Sends one request. Rejects with a DialError; silence is `dns-timeout`. */
export function exchangeHttp2(session: http2.ClientHttp2Session, request: Http2Request): Promise<Http2Response> {
  const { timeoutMs, signal } = request;
  const timedOut = (): DialError =>
    new DialError("dns-timeout", "SILENT", `no answer over HTTPS within ${timeoutMs} ms`);
  return patiently({ timeoutMs, signal, doing: "waiting for an answer over HTTPS", timedOut }, (hand) => {
    if (session.closed || session.destroyed) {
      hand.reject(new DialError("connection-reset", UNANSWERED, "the HTTP/2 connection has ended"));
      return;
    }
    const stream = session.request(request.headers, { endStream: request.body === null });
    hand.atEnd(() => stream.close(http2.constants.NGHTTP2_CANCEL));
    listen(stream, request.maxBody, hand);
    if (request.body !== null) {
      stream.end(request.body);
    }
  });
}

function listen(stream: http2.ClientHttp2Stream, maxBody: number, hand: Hand<Http2Response>): void {
  const pieces: Buffer[] = [];
  let held = 0;
  let hasEnded = false;
  let head: Omit<Http2Response, "body"> | null = null;
  stream.on("response", (headers) => {
    head = { status: headers[":status"] ?? 0, contentType: headers["content-type"] ?? "" };
  });
  stream.on("data", (piece: Buffer) => {
    held += piece.length;
    if (held > maxBody) {
      hand.reject(new DialError("protocol-error", "TOO_LARGE", `a body of more than ${maxBody} octets over HTTPS`));
      return;
    }
    pieces.push(piece);
  });
  stream.on("end", () => {
    hasEnded = true;
  });
  // What went wrong is in the code that `close` sees.
  stream.on("error", () => undefined);
  // A reset stream ends too, so that only its closing tells whether the body is whole.
  stream.on("close", () => {
    if (head !== null && hasEnded && stream.rstCode === http2.constants.NGHTTP2_NO_ERROR) {
      hand.resolve({ ...head, body: Buffer.concat(pieces) });
      return;
    }
    const code = head === null ? UNANSWERED : "CUT";
    hand.reject(new DialError("connection-reset", code, `the HTTP/2 stream ended early (code ${stream.rstCode})`));
  });
}
