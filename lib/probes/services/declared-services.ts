import type { Asset } from "../../core/asset.ts";
import { type Observation, observed } from "../../core/observation.ts";
import type { ServiceVisit } from "../../services/observations.ts";
import { placeOfService, SERVICE_SCHEMES } from "../../services/schemes.ts";
import { portTarget } from "../../web/target-text.ts";
import { type Look, visitHost } from "../hosts/visit-hosts.ts";
import type { ProbeContext } from "../probe-context.ts";

/** Speaks to a declared service at each of its addresses as far as it speaks in clear; other assets are no services. */
export async function probeServices(
  asset: Asset,
  context: ProbeContext,
): Promise<readonly Observation<"service.visit">[]> {
  const observedAt = new Date(context.now()).toISOString();
  const looks = await looksAt(asset, context);
  return looks.map(({ target, result }) => {
    return { kind: "service.visit", asset: asset.id, target: target ?? asset.id, observedAt, result };
  });
}

async function looksAt(asset: Asset, context: ProbeContext): Promise<readonly Look<ServiceVisit>[]> {
  const nothing = (why: "not-a-service" | "not-tcp"): readonly Look<ServiceVisit>[] => [
    { target: null, result: observed({ state: "nothing-to-visit", why }) },
  ];
  if (asset.kind !== "service") return nothing("not-a-service");
  const { scheme, host, port } = placeOfService(asset.url);
  if (SERVICE_SCHEMES[scheme]?.isUdp === true) return nothing("not-tcp");
  const at = (address: string) => ({ scheme, host, address, port });
  return visitHost<ServiceVisit>(
    {
      host,
      targetOfHost: null,
      targetAt: (address) => portTarget({ host, port, address }),
      visit: (address) => context.services.visit(at(address), { signal: context.signal }),
      notHere: (address, family) => ({ ...at(address), state: "not-here", family }),
      setsSilentAside: false,
      isMet: ({ state }) => state === "visited",
      noAddress: { state: "nothing-to-visit", why: "no-address" },
    },
    context,
  );
}
