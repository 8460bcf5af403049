import type { Observed } from "../../core/observation.ts";
import type { Dialer } from "../../dial/dialer.ts";
import type { ServiceAddress, ServiceVisit } from "../../services/observations.ts";
import type { Services } from "../probe-context.ts";
import { SERVICE_LIMITS, type ServiceLimits } from "./service-limits.ts";
import { type ServiceTools, visitService } from "./visit-service.ts";

export interface ServicesOptions {
  readonly dialer: Pick<Dialer, "connectTcp">;
  /** The name for EHLO; unset: the address called from. */
  readonly ehloName?: string | undefined;
  readonly limits?: Partial<ServiceLimits>;
}

/** The services of one run. Each is visited once per scheme, address and port, whoever asks; what was seen is kept until the run ends. */
export function createServices(options: ServicesOptions): Services {
  return new VisitedServices(options);
}

class VisitedServices implements Services {
  readonly #tools: ServiceTools;
  readonly #visits = new Map<string, Promise<Observed<ServiceVisit>>>();

  constructor({ dialer, ehloName, limits }: ServicesOptions) {
    this.#tools = { dialer, ehloName: ehloName ?? null, limits: { ...SERVICE_LIMITS, ...limits } };
  }

  async visit(where: ServiceAddress, { signal }: { readonly signal: AbortSignal }): Promise<Observed<ServiceVisit>> {
    // The host is part of what is said, as the name that is indicated and in XMPP.
    const key = `${where.scheme} ${where.host} ${where.address} ${where.port}`;
    const visiting = this.#visits.get(key) ?? visitService(where, this.#tools, signal);
    this.#visits.set(key, visiting);
    const seen = await visiting;
    // What an abort cut short is no result for whoever asks next.
    if (signal.aborted && this.#visits.get(key) === visiting) this.#visits.delete(key);
    return seen;
  }
}
