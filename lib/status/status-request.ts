/** A request for the status API, whoever carried it: node:http on this machine, or an HTTP API event on AWS. */
export interface StatusRequest {
  /** Upper case. */
  readonly method: string;
  /** Percent-encoded, as it came, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case; a field that came several times is joined by ", " (RFC 9110 section 5.3). */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** What is answered. Headers are complete, those for security among them. */
export interface StatusResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Text is UTF-8; empty for HEAD and 304. */
  readonly body: string | Uint8Array;
}

/** Answers one request. Never rejects: what goes wrong is an answer (RFC 9457 for programs, a page for people). */
export type StatusHandler = (request: StatusRequest) => Promise<StatusResponse>;
