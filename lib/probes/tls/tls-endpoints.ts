import type { Asset } from "../../core/asset.ts";
import { type Observation, observed } from "../../core/observation.ts";
import { placeOfService, SERVICE_SCHEMES } from "../../services/schemes.ts";
import type { StartTlsProtocol, TlsVisit } from "../../tls/observations.ts";
import { HTTPS_PORT, webPlaceOf } from "../../web/asset-origins.ts";
import { portTarget } from "../../web/target-text.ts";
import { type Look, visitHost } from "../hosts/visit-hosts.ts";
import type { ProbeContext } from "../probe-context.ts";

/** How TLS begins: in a protocol that changes to it, from the first octet (null), or not at all. */
type Beginning = StartTlsProtocol | null | "never";

/** Where the asset has TLS. */
interface TlsPlace {
  readonly host: string;
  readonly isAddress: boolean;
  readonly port: number;
  /** Of a service: what its URL promises, which its own words overrule. */
  readonly beginning: Beginning;
  /** Of a service. */
  readonly scheme: string | null;
}

const NO_TLS_SERVICE = observed({ state: "nothing-to-visit", why: "no-tls-service" } as const);

/** Profiles the TLS server of a host, URL or service at each of its addresses. */
export async function probeTlsEndpoints(
  asset: Asset,
  context: ProbeContext,
): Promise<readonly Observation<"tls.endpoint">[]> {
  const place = placeOf(asset);
  const looks: readonly Look<TlsVisit>[] =
    place === null ? [{ target: null, result: NO_TLS_SERVICE }] : await visitPlace(asset, place, context);
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
  const port = origins.length > 1 ? HTTPS_PORT : secure.port;
  return { host, isAddress, port, beginning: null, scheme: null };
}

function serviceTls(url: string): TlsPlace | null {
  const place = placeOfService(url);
  const facts = SERVICE_SCHEMES[place.scheme];
  // What is not known may be TLS all the same, under a name of somebody's own.
  if (facts === undefined || facts.protection === "implicit") return { ...place, beginning: null };
  if (facts.isUdp === true || facts.protection === "exempt") return null;
  return { ...place, beginning: facts.startTls ?? "never" };
}

function visitPlace(asset: Asset, place: TlsPlace, context: ProbeContext): Promise<readonly Look<TlsVisit>[]> {
  const { host, port } = place;
  const serverName = place.isAddress ? null : host;
  const isActive = asset.consent === "active";
  const at = (address: string, startTls: StartTlsProtocol | null) => ({ host, serverName, address, port, startTls });
  return visitHost<TlsVisit>(
    {
      host,
      targetOfHost: null,
      targetAt: (address) => portTarget({ host, port, address }),
      visit: async (address) => {
        const beginning = await beginningAt(address, place, context);
        if (beginning === "never") return NO_TLS_SERVICE;
        return context.tls.visit(at(address, beginning), { isActive, signal: context.signal });
      },
      notHere: (address, family, why) => {
        return { ...at(address, place.beginning === "never" ? null : place.beginning), state: "not-here", family, why };
      },
      setsSilentAside: asset.kind !== "service",
      noAddress: { state: "nothing-to-visit", why: "no-address" },
    },
    context,
  );
}

/** What the service itself said counts: a port declared as `imap` may take TLS from the first octet, and so may one as `mqtt`. */
async function beginningAt(address: string, place: TlsPlace, context: ProbeContext): Promise<Beginning> {
  const { scheme, host, port, beginning } = place;
  if (scheme === null) return beginning;
  const { signal } = context;
  const seen = await context.services.visit({ scheme, host, address, port }, { signal });
  if (seen.state !== "observed" || seen.value.state !== "visited") return beginning;
  const { speech } = seen.value;
  if (speech.kind === "tls") return null;
  return speech.kind === "dialogue" ? speech.protocol : beginning;
}
