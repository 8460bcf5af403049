import type { Observed } from "../core/observation.ts";
import type { Question, Reply } from "../wire/message.ts";
import type { Dialer, Target } from "../dial/dialer.ts";
import type { PlainExchange } from "./plain-exchange.ts";

/** One recursive resolver, however it is reached. */
export interface Upstream {
  /** The URL, or address and port. */
  readonly name: string;
  /** One question with RD=1, DO=1. Never rejects. */
  ask(question: Question, options: UpstreamOptions): Promise<Observed<Reply>>;
  close(): void;
}

export interface UpstreamOptions {
  readonly checkingDisabled: boolean;
  /** For the answer, counted from when the question is sent; a second transport may add a little. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** For TCP after silence over UDP: a resolver whose UDP is blocked answers at once, or has nothing to say. */
const TCP_MS = 3000;
/** When a question to a resolver is repeated: once for a lost datagram, then for a resolver that gave up on it. */
const RESEND_AFTER_MS = [1000, 3000, 7000];

/** A resolver over UDP and TCP. It is a named service: its port may be dialled although its address is special. */
export function plainUpstream(target: Target, dialer: Dialer, exchange: PlainExchange): Upstream {
  dialer.registerService({ ...target, protocol: "udp" });
  dialer.registerService({ ...target, protocol: "tcp" });
  const host = target.address.includes(":") ? `[${target.address}]` : target.address;
  return {
    name: `${host}:${String(target.port)}`,
    ask: (question, { checkingDisabled, timeoutMs, signal }) =>
      exchange.ask(target, question, {
        recursionDesired: true,
        checkingDisabled,
        purpose: "resolver",
        timing: { udpMs: timeoutMs, resendAfterMs: RESEND_AFTER_MS, tcpMs: Math.min(timeoutMs, TCP_MS) },
        signal,
      }),
    close: () => undefined,
  };
}
