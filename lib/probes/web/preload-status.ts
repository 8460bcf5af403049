import type { Asset } from "../../core/asset.ts";
import { type Observation, observed } from "../../core/observation.ts";
import { webPlaceOf } from "../../web/asset-origins.ts";
import type { ProbeContext } from "../probe-context.ts";

/** Asks whether browsers ship the host on their list. What cannot be known is a value, `unknown`: nothing rests on it alone. */
export async function probePreload(asset: Asset, context: ProbeContext): Promise<Observation<"hsts.preload">> {
  const observedAt = new Date(context.now()).toISOString();
  const place = webPlaceOf(asset);
  if (place === null) throw new Error(`${asset.id} is not on the web`);
  const { host, isAddress } = place;
  const literal = { state: "absent", entry: null, source: "", asOf: observedAt.slice(0, 10), detail: "" } as const;
  const status = isAddress ? literal : await context.preload.statusOf(host, { signal: context.signal });
  return { kind: "hsts.preload", asset: asset.id, target: asset.id, observedAt, result: observed({ host, ...status }) };
}
