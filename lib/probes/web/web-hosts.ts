import { type Observed, observed, unobserved } from "../../core/observation.ts";
import { toDialError } from "../../dial/dial-error.ts";
import type { Dialer } from "../../dial/dialer.ts";
import { Turnstile } from "../../dial/turnstile.ts";
import type { WebAddress, WebVisit } from "../../web/observations.ts";
import type { HttpTools } from "../http/get-once.ts";
import { HTTP_LIMITS, type HttpLimits } from "../http/http-limits.ts";
import type { WebHosts, WebWanted } from "../probe-context.ts";
import { visitOrigins } from "./origin-visits.ts";

export interface WebHostsOptions {
  readonly dialer: Pick<Dialer, "connectTcp">;
  /** See userAgentOf. */
  readonly userAgent: string;
  /** Certificate authorities in PEM, beside those that the runtime trusts. */
  readonly extraAuthorities: readonly string[];
  readonly limits?: Partial<HttpLimits>;
}

/** A visit has at most five connections to its address, four of them to one port: two bring the dialer to what one port bears. */
const VISITS_PER_ADDRESS = 2;
/** A visit has its time: more of them at once would only wait for the processor together. */
const VISITS_AT_ONCE = 24;
/** 300 hosts behind one address take their turns; waiting longer than this is our own failure. */
const QUEUE_PATIENCE_MS = 900_000;

/**
 * The web hosts of one run. Each is visited once per address, host, origins and closeness, whoever asks; what was seen is kept until
 * the run ends, and serves who asks for less of the same.
 */
export function createWebHosts({ dialer, userAgent, extraAuthorities, limits }: WebHostsOptions): WebHosts {
  return new VisitedHosts({ dialer, userAgent, extraAuthorities, limits: { ...HTTP_LIMITS, ...limits } });
}

class VisitedHosts implements WebHosts {
  readonly #tools: HttpTools;
  readonly #visits = new Map<string, Promise<Observed<WebVisit>>>();
  readonly #lanes = new Map<string, Turnstile>();
  readonly #all = new Turnstile({ concurrent: VISITS_AT_ONCE, perSecond: Infinity });

  constructor(tools: HttpTools) {
    this.#tools = tools;
  }

  async visit(
    where: WebAddress,
    wanted: WebWanted,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<Observed<WebVisit>> {
    const key = keyOf(where, wanted, wanted.closeness);
    const known = this.#visits.get(key) ?? this.#visits.get(keyOf(where, wanted, "whole"));
    const visiting = known ?? this.#visitInTurn(where, wanted, signal);
    if (known === undefined) this.#visits.set(key, visiting);
    const seen = await visiting;
    // What an abort cut short is no result for whoever asks next.
    if (signal.aborted && this.#visits.get(key) === visiting) this.#visits.delete(key);
    return seen.state === "unobserved" ? seen : observed(asWanted(seen.value, wanted));
  }

  async #visitInTurn(where: WebAddress, wanted: WebWanted, signal: AbortSignal): Promise<Observed<WebVisit>> {
    const lane =
      this.#lanes.get(where.address) ?? new Turnstile({ concurrent: VISITS_PER_ADDRESS, perSecond: Infinity });
    this.#lanes.set(where.address, lane);
    const turn = { waitMs: QUEUE_PATIENCE_MS, signal, doing: `visiting ${where.address}` };
    const leaves: (() => void)[] = [];
    try {
      leaves.push(await lane.enter(turn));
      leaves.push(await this.#all.enter(turn));
      return await visitOrigins(where, wanted, this.#tools, signal);
    } catch (error) {
      const { cause, message } = toDialError(error, turn.doing);
      return unobserved(cause, message);
    } finally {
      leaves.forEach((leave) => leave());
    }
  }
}

/** The label is not part of it: any path that nobody has made is as good as another. */
function keyOf({ host, address }: WebAddress, { origins }: WebWanted, closeness: WebWanted["closeness"]): string {
  return JSON.stringify([address, host, closeness, origins.map(({ scheme, port, path }) => [scheme, port, path])]);
}

/** Others may have asked in another role, or for more. */
function asWanted(visit: WebVisit, { role, closeness }: WebWanted): WebVisit {
  if (visit.state !== "visited") return visit;
  if (closeness === "whole") return { ...visit, role };
  const origins = visit.origins.map((origin) => ({
    ...origin,
    walks: origin.walks.filter(({ purpose }) => purpose === "front"),
  }));
  return { ...visit, role, origins };
}
