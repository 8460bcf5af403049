import { firstCause } from "../core/cause.ts";
import type { Cause } from "../core/cause.ts";
import { observed, unobserved } from "../core/observation.ts";
import type { Observed } from "../core/observation.ts";
import type { UdpPurpose } from "../dial/budgets.ts";
import { toDialError } from "../dial/dial-error.ts";
import type { DialError } from "../dial/dial-error.ts";
import type { Dialer, Target } from "../dial/dialer.ts";
import type { Question, Reply } from "../wire/message.ts";
import { makeQuery } from "./query.ts";
import type { Heard, QueryFlags } from "./query.ts";
import { TcpLinks } from "./tcp-links.ts";

/** How long to wait, in milliseconds. `udpMs` counts from the first sending, `resendAfterMs` likewise. */
export interface PlainTiming {
  readonly udpMs: number;
  readonly resendAfterMs: readonly number[];
  /** For the TCP connection to come about, and again for the answer over it. */
  readonly tcpMs: number;
}

export interface PlainOptions extends QueryFlags {
  readonly purpose: UdpPurpose;
  readonly timing: PlainTiming;
  readonly signal?: AbortSignal | undefined;
}

/** DNS over UDP and TCP on port 53 or where the target says. Never rejects. */
export interface PlainExchange {
  /**
   * UDP with EDNS first; TCP when the answer was truncated, when nothing came, when the port is closed, or when the
   * question's letter case was not kept. A FORMERR to EDNS is the reply: there is no second question without it.
   */
  ask(target: Target, question: Question, options: PlainOptions): Promise<Observed<Reply>>;
  close(): void;
}

/** Why TCP is tried: the words for it, and the cause that UDP alone would have given. */
interface Detour {
  readonly why: string;
  readonly cause: Cause | null;
}

/** `countQuery` is called once for each question that is sent, over UDP and over TCP. */
export function createPlainExchange(dialer: Dialer, countQuery: () => void): PlainExchange {
  return new DialledExchange(dialer, countQuery);
}

class DialledExchange implements PlainExchange {
  readonly #dialer: Dialer;
  readonly #countQuery: () => void;
  readonly #links: TcpLinks;

  constructor(dialer: Dialer, countQuery: () => void) {
    this.#dialer = dialer;
    this.#countQuery = countQuery;
    this.#links = new TcpLinks(dialer);
  }

  async ask(target: Target, question: Question, options: PlainOptions): Promise<Observed<Reply>> {
    let heard: Heard;
    try {
      heard = await this.#overUdp(target, question, options);
    } catch (error) {
      const failure = toDialError(error, "asking over UDP");
      const detour = detourAfter(failure);
      return detour === null
        ? unobserved(failure.cause, failure.message)
        : this.#overTcp(target, question, options, detour);
    }
    if (heard.kind === "malformed") {
      return unobserved("protocol-error", `malformed answer over UDP: ${heard.problem}`);
    }
    if (heard.kind === "case-changed") {
      return this.#overTcp(target, question, options, { why: "letter case not kept over UDP", cause: null });
    }
    return heard.reply.flags.includes("tc")
      ? this.#overTcp(target, question, options, { why: "truncated over UDP", cause: null })
      : observed(heard.reply);
  }

  close(): void {
    this.#links.close();
  }

  async #overUdp(target: Target, question: Question, options: PlainOptions): Promise<Heard> {
    const { purpose, timing, signal } = options;
    const query = makeQuery(question, options, "datagram");
    let heard: Heard | null = null;
    const accept = (datagram: Uint8Array): boolean => {
      const match = query.match(datagram);
      heard = match.kind === "foreign" ? null : match;
      return heard !== null;
    };
    this.#countQuery();
    const udp = { purpose, timeoutMs: timing.udpMs, resendAfterMs: timing.resendAfterMs, signal };
    await this.#dialer.exchangeUdp(target, query.bytes, accept, udp);
    return heard ?? { kind: "malformed", problem: "no answer was kept" };
  }

  async #overTcp(target: Target, question: Question, options: PlainOptions, detour: Detour): Promise<Observed<Reply>> {
    const { purpose, timing, signal } = options;
    let heard: Heard;
    try {
      const query = makeQuery(question, options, "stream");
      this.#countQuery();
      heard = await this.#links.exchange(target, query, purpose, { timeoutMs: timing.tcpMs, signal });
    } catch (error) {
      const failure = toDialError(error, "asking over TCP");
      const causes = detour.cause === null ? [failure.cause] : [failure.cause, detour.cause];
      return unobserved(firstCause(causes) ?? "internal", `${detour.why}, TCP: ${failure.message}`);
    }
    if (heard.kind !== "reply") {
      const problem = heard.kind === "malformed" ? heard.problem : "letter case not kept";
      return unobserved("protocol-error", `${detour.why}, malformed answer over TCP: ${problem}`);
    }
    return heard.reply.flags.includes("tc")
      ? unobserved("protocol-error", `${detour.why}, and again over TCP`)
      : observed(heard.reply);
  }
}

/** Null when TCP cannot do better: no route, our own fault, stopped, or flooded. */
function detourAfter(failure: DialError): Detour | null {
  switch (failure.cause) {
    case "dns-timeout":
      return { why: "silent over UDP", cause: "dns-timeout" };
    case "connection-refused":
    case "connection-reset":
      return { why: "refused over UDP", cause: failure.cause };
    default:
      return null;
  }
}
