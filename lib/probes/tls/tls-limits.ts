/** What one profile of a server may cost, and how long each step is waited for, in milliseconds. */
export interface TlsLimits {
  readonly connectMs: number;
  /** From the connection to the point where a hello may be said. */
  readonly startTlsMs: number;
  /** From our hello to the last octet of the answer. */
  readonly replyMs: number;
  /** One handshake of the runtime's own. */
  readonly handshakeMs: number;
  /** The whole visit; what was not asked by then stays open. */
  readonly visitMs: number;
  readonly atOnce: number;
  /** Before each connection to a server that was seen to bear only a few. */
  readonly pauseMs: number;
  readonly connections: number;
  /** Unanswered connections in a row after which nothing more is asked. */
  readonly silences: number;
  /** Different chains that are kept. */
  readonly chains: number;
}

export const TLS_LIMITS: TlsLimits = {
  connectMs: 3_000,
  startTlsMs: 7_000,
  replyMs: 2_500,
  handshakeMs: 3_000,
  visitMs: 12_000,
  atOnce: 6,
  pauseMs: 150,
  connections: 250,
  silences: 5,
  chains: 8,
};
