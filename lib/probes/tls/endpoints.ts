import { type Observed, unobserved } from "../../core/observation.ts";
import { toDialError } from "../../dial/dial-error.ts";
import type { Dialer } from "../../dial/dialer.ts";
import { Turnstile } from "../../dial/turnstile.ts";
import type { TlsAddress, TlsVisit } from "../../tls/observations.ts";
import type { TlsEndpoints } from "../probe-context.ts";
import { TLS_LIMITS, type TlsLimits } from "./tls-limits.ts";
import { visitEndpoint, type VisitTools } from "./visit-endpoint.ts";

export interface TlsEndpointsOptions {
  readonly dialer: Pick<Dialer, "connectTcp">;
  /** Certificate authorities in PEM, beside those that the runtime trusts. */
  readonly extraAuthorities: readonly string[];
  /** The name for EHLO; unset: the address called from. */
  readonly ehloName?: string | undefined;
  readonly limits?: Partial<TlsLimits>;
}

/**
 * The TLS servers of one run. Each is profiled once per place, name and closeness, whoever asks; what was seen is kept until the
 * run ends.
 */
export function createTlsEndpoints({ limits, ...options }: TlsEndpointsOptions): TlsEndpoints {
  return new VisitedEndpoints({ ...options, limits: { ...TLS_LIMITS, ...limits } });
}

/** A visit has its time, and each takes several connections at once: more of them would only wait for the processor together. */
const VISITS_AT_ONCE = 12;
/** Hundreds of hosts take their turns; waiting longer than this is our own failure. */
const QUEUE_PATIENCE_MS = 900_000;

class VisitedEndpoints implements TlsEndpoints {
  readonly #turns = new Turnstile({ concurrent: VISITS_AT_ONCE, perSecond: Infinity });
  readonly #tools: VisitTools;
  readonly #visits = new Map<string, Promise<Observed<TlsVisit>>>();

  constructor(tools: VisitTools) {
    this.#tools = tools;
  }

  async visit(where: TlsAddress, options: Parameters<TlsEndpoints["visit"]>[1]): Promise<Observed<TlsVisit>> {
    const { serverName, address, port, startTls } = where;
    const key = JSON.stringify([serverName, address, port, startTls, options.isActive]);
    const visiting = this.#visits.get(key) ?? this.#look(where, options);
    this.#visits.set(key, visiting);
    const seen = await visiting;
    // What an abort cut short is no result for whoever asks next.
    if (options.signal.aborted && this.#visits.get(key) === visiting) this.#visits.delete(key);
    if (seen.state === "unobserved" || !("host" in seen.value)) return seen;
    return { ...seen, value: { ...seen.value, host: where.host } };
  }

  async #look(where: TlsAddress, options: Parameters<TlsEndpoints["visit"]>[1]): Promise<Observed<TlsVisit>> {
    let leave = (): void => undefined;
    try {
      const doing = `profiling ${where.address} port ${where.port}`;
      leave = await this.#turns.enter({ waitMs: QUEUE_PATIENCE_MS, signal: options.signal, doing });
      return await visitEndpoint(where, this.#tools, options);
    } catch (error) {
      const { cause, message } = toDialError(error, `profiling ${where.address} port ${where.port}`);
      return unobserved(cause, message);
    } finally {
      leave();
    }
  }
}
