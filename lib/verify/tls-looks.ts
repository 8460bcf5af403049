import { probeTlsEndpoints } from "../probes/tls/tls-endpoints.ts";
import type { Probe } from "./probe.ts";

export { createTlsEndpoints } from "../probes/tls/endpoints.ts";

/** The look at TLS, by itself: who asks for it alone need not load what speaks HTTP. */
export const TLS_PROBES = {
  "tls.endpoint": (asset, _, context) => probeTlsEndpoints(asset, context),
} as const satisfies Readonly<Record<string, Probe>>;
