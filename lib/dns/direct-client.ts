import { unobserved } from "../core/observation.ts";
import type { Observed } from "../core/observation.ts";
import type { Target } from "../dial/dialer.ts";
import type { Question, Reply } from "../wire/message.ts";
import type { Name } from "../wire/name.ts";
import { createAnswerCache } from "./answer-cache.ts";
import type { PlainExchange, PlainTiming } from "./plain-exchange.ts";

/** An address of an authoritative server. */
export interface DirectServer {
  readonly address: string;
  /** Default 53. */
  readonly port?: number;
}

export interface DirectOptions {
  readonly signal?: AbortSignal | undefined;
  /** The zone that the server is asked about: a server that stays silent about it is not asked about it for ever. */
  readonly zone?: Name;
}

/** Authoritative servers, asked themselves: RD=0, DO=1. Never rejects. */
export interface DirectClient {
  /**
   * UDP, then TCP. The same question goes to the same server once until `forget`; only silence is asked again. After two
   * silent questions about a zone the rest of that zone are answered `unobserved` without being sent.
   */
  ask(server: DirectServer, question: Question, options?: DirectOptions): Promise<Observed<Reply>>;
  /** Starts a new look: replies and silences are forgotten. */
  forget(): void;
}

export interface DirectTimings {
  readonly usual: PlainTiming;
  /** For a server that has been silent to its last questions. */
  readonly doubtful: PlainTiming;
}

const DNS_PORT = 53;
const KEPT_MS = 3_600_000;
const SILENCES_TO_GIVE_UP = 2;

const DEFAULT_TIMINGS: DirectTimings = {
  usual: { udpMs: 3000, resendAfterMs: [1000], tcpMs: 3000 },
  doubtful: { udpMs: 1500, resendAfterMs: [700], tcpMs: 1500 },
};

/**
 * CD is left at 0: an authoritative server validates nothing and ignores it (RFC 4035 section 3.1.6), so the query is the
 * plainest one that asks for signatures.
 */
const FLAGS = { recursionDesired: false, checkingDisabled: false };

export function createDirectClient(exchange: PlainExchange, timings: DirectTimings = DEFAULT_TIMINGS): DirectClient {
  const cache = createAnswerCache({ lifetimeMs: () => KEPT_MS });
  /** Questions in a row without any answer, by server and by server and zone. */
  const silences = new Map<string, number>();

  function isGivenUp(key: string): boolean {
    return (silences.get(key) ?? 0) >= SILENCES_TO_GIVE_UP;
  }

  function note(reply: Observed<Reply>, keys: readonly string[]): void {
    for (const key of keys) {
      if (reply.state === "observed") {
        silences.delete(key);
      } else if (isSilence(reply)) {
        silences.set(key, (silences.get(key) ?? 0) + 1);
      }
    }
  }

  async function send(target: Target, question: Question, zone: Name | undefined, signal: AbortSignal) {
    const server = `${target.address} ${String(target.port)}`;
    const serverZone = `${server} ${zone ?? ""}`;
    if (zone !== undefined && isGivenUp(serverZone)) {
      const detail = `silent to ${String(SILENCES_TO_GIVE_UP)} questions about ${zone}: the rest were not sent`;
      return unobserved("dns-timeout", detail);
    }
    const timing = isGivenUp(server) ? timings.doubtful : timings.usual;
    const reply = await exchange.ask(target, question, { ...FLAGS, purpose: "dns", timing, signal });
    note(reply, zone === undefined ? [server] : [server, serverZone]);
    return reply;
  }

  return {
    ask(server, question, options = {}) {
      const target = { address: server.address, port: server.port ?? DNS_PORT };
      const key = `${target.address} ${String(target.port)} ${question.type} ${question.name}`;
      return cache.ask(key, (signal) => send(target, question, options.zone, signal), options.signal);
    },
    forget() {
      cache.forget();
      silences.clear();
    },
  };
}

function isSilence(reply: Observed<Reply>): boolean {
  return reply.state === "unobserved" && (reply.cause === "dns-timeout" || reply.cause === "tcp-timeout");
}
