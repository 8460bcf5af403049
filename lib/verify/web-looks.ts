import { probeServices } from "../probes/services/declared-services.ts";
import { probeHttpsRecord } from "../probes/web/https-record.ts";
import { withOwnHosts } from "../probes/web/own-hosts.ts";
import { probePreload } from "../probes/web/preload-status.ts";
import { probeWebNames } from "../probes/web/web-names.ts";
import { probeWebEntries, probeWebRedirects, probeWebVisits } from "../probes/web/web-visits.ts";
import { declaresHost, hostsBelow } from "./plan.ts";
import type { Probe } from "./probe.ts";

export { createServices } from "../probes/services/services.ts";
export { createPreloadList } from "../probes/web/preload-list.ts";
export { createWebHosts } from "../probes/web/web-hosts.ts";

/** What the family `web` looks at, beside TLS itself. */
export const WEB_PROBES = {
  "web.names": (asset, inventory, context) => probeWebNames(asset, hostsBelow(asset, inventory), context),
  "web.redirects": (asset, inventory, context) => probeWebRedirects(asset, hostsBelow(asset, inventory), context),
  "web.visit": async (asset, inventory, context) =>
    withOwnHosts(await probeWebVisits(asset, context), (host) => declaresHost(inventory, host)),
  "web.entry": async (asset, inventory, context) =>
    withOwnHosts(await probeWebEntries(asset, context), (host) => declaresHost(inventory, host)),
  "dns.https": (asset, _, context) => probeHttpsRecord(asset, context),
  "hsts.preload": (asset, _, context) => probePreload(asset, context),
  "service.visit": (asset, _, context) => probeServices(asset, context),
} as const satisfies Readonly<Record<string, Probe>>;
