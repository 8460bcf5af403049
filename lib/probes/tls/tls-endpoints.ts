import type { Asset } from "../../core/asset.ts";
import { type Observation, observed } from "../../core/observation.ts";
import { placeOfService, SERVICE_SCHEMES } from "../../services/schemes.ts";
import type { StartTlsProtocol, TlsVisit } from "../../tls/observations.ts";
import { HTTPS_PORT, webPlaceOf } from "../../web/asset-origins.ts";
import { portTarget } from "../../web/target-text.ts";
import { type Look, visitHost } from "../hosts/visit-hosts.ts";
import type { ProbeContext } from "../probe-context.ts";

/** Where the asset has TLS: host, port and how it begins; null where it has none to look at. */
interface TlsPlace {
  readonly host: string;
  readonly isAddress: boolean;
  readonly port: number;
  readonly startTls: StartTlsProtocol | null;
}

/** Profiles the TLS server of a host, URL or service at each of its addresses. */
export async function probeTlsEndpoints(
  asset: Asset,
  context: ProbeContext,
): Promise<readonly Observation<"tls.endpoint">[]> {
  const place = placeOf(asset);
  const looks: readonly Look<TlsVisit>[] =
    place === null
      ? [{ target: null, result: observed({ state: "nothing-to-visit", why: "no-tls-service" }) }]
      : await visitPlace(asset, place, context);
  const observedAt = new Date(context.now()).toISOString();
  return looks.map(({ target, result }) => {
    return { kind: "tls.endpoint", asset: asset.id, target: target ?? asset.id, observedAt, result };
  });
}

function placeOf(asset: Asset): TlsPlace | null {
  if (asset.kind === "service") return serviceTls(asset.url);
  const web = webPlaceOf(asset);
  if (web === null) throw new Error(`${asset.id} has no TLS to look at`);
  const { host, isAddress, origins } = web;
  const secure = origins.find(({ scheme }) => scheme === "https");
  if (secure === undefined) return null;
  return { host, isAddress, port: origins.length > 1 ? HTTPS_PORT : secure.port, startTls: null };
}

function serviceTls(url: string): TlsPlace | null {
  const { scheme, ...where } = placeOfService(url);
  const facts = SERVICE_SCHEMES[scheme];
  // What is not known may be TLS all the same, under a name of somebody's own.
  if (facts === undefined || facts.protection === "implicit") return { ...where, startTls: null };
  if (facts.isUdp === true || facts.protection !== "upgrade" || facts.startTls === null) return null;
  return { ...where, startTls: facts.startTls };
}

function visitPlace(asset: Asset, place: TlsPlace, context: ProbeContext): Promise<readonly Look<TlsVisit>[]> {
  const { host, port, startTls } = place;
  const serverName = place.isAddress ? null : host;
  const isActive = asset.consent === "active";
  const at = (address: string) => ({ host, serverName, address, port, startTls });
  return visitHost<TlsVisit>(
    {
      host,
      targetOfHost: null,
      targetAt: (address) => portTarget({ host, port, address }),
      visit: (address) => context.tls.visit(at(address), { isActive, signal: context.signal }),
      notHere: (address, family, why) => ({ ...at(address), state: "not-here", family, why }),
      setsSilentAside: asset.kind !== "service",
      noAddress: { state: "nothing-to-visit", why: "no-address" },
    },
    context,
  );
}
