import type { Dialer } from "../dial/dialer.ts";
import type { ProbeContext, RecursiveDns } from "../probes/probe-context.ts";
import type { Name } from "../wire/name.ts";

export interface VisitorsSettings {
  readonly dialer: Dialer;
  readonly resolver: RecursiveDns;
  readonly ehloName: string | undefined;
  /** See GatewaysOptions. */
  readonly canaries: readonly Name[] | undefined;
  readonly userAgent: string;
  /** Certificate authorities in PEM, beside those that the runtime trusts. */
  readonly extraAuthorities: readonly string[];
}

type Visitors = Pick<ProbeContext, "gateways" | "web" | "tls" | "services" | "preload">;

/** Those who visit gateways, hosts and services, each loaded and made with its first visit: most runs need few of them. */
export function createVisitors(settings: VisitorsSettings): Visitors {
  const { dialer, resolver, ehloName, canaries, userAgent, extraAuthorities } = settings;
  const gateways = once(async () => {
    const { createGateways } = await import("./mail-looks.ts");
    return createGateways({ dialer, resolver, ehloName, canaries });
  });
  const web = once(async () => {
    const { createWebHosts } = await import("./web-looks.ts");
    return createWebHosts({ dialer, userAgent, extraAuthorities });
  });
  const tls = once(async () => {
    const { createTlsEndpoints } = await import("./tls-looks.ts");
    return createTlsEndpoints({ dialer, extraAuthorities, ehloName });
  });
  const services = once(async () => {
    const { createServices } = await import("./web-looks.ts");
    return createServices({ dialer, ehloName });
  });
  const preload = once(async () => {
    const { createPreloadList } = await import("./web-looks.ts");
    return createPreloadList({ resolver, dialer, userAgent, extraAuthorities });
  });
  return {
    gateways: { visit: async (gateway, options) => (await gateways()).visit(gateway, options) },
    web: { visit: async (where, wanted, options) => (await web()).visit(where, wanted, options) },
    tls: { visit: async (where, options) => (await tls()).visit(where, options) },
    services: { visit: async (where, options) => (await services()).visit(where, options) },
    preload: { statusOf: async (host, options) => (await preload()).statusOf(host, options) },
  };
}

/** The same for all who ask: what a visitor has visited is shared. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => (made ??= make());
}
