import type { Asset } from "../../core/asset.ts";
import { type Observation, type Observed, observed } from "../../core/observation.ts";
import { webPlaceOf, bothOrigins, type OriginStart } from "../../web/asset-origins.ts";
import type { HostRole, WebVisit } from "../../web/observations.ts";
import { webTarget } from "../../web/target-text.ts";
import { isUnderDk } from "../../web/under-dk.ts";
import { parseName } from "../../wire/name.ts";
import { lookUpHost } from "../hosts/host-lookup.ts";
import { type Look, visitHost } from "../hosts/visit-hosts.ts";
import type { ProbeContext, WebWanted } from "../probe-context.ts";
import { organisationOf } from "../public-suffix.ts";

const WWW = "www.";

/** Visits a host or url asset at each of its addresses; a service has nothing to visit here. */
export async function probeWebVisits(
  asset: Asset,
  context: ProbeContext,
): Promise<readonly Observation<"web.visit">[]> {
  const place = webPlaceOf(asset);
  const looks =
    place === null
      ? [wholeAsset({ state: "nothing-to-visit", why: "not-web" })]
      : await visitOrigins(
          asset,
          { host: place.host, role: "own", closeness: "whole", isOnly: true },
          place.origins,
          context,
        );
  return looks.map((look) => ({ kind: "web.visit", ...frameOf(asset, look, context) }));
}

/**
 * Visits the names beside an asset's own where visitors may enter: the apex of its `www` or the `www` of its apex, and a name that
 * nobody has made where a wildcard answers for it. Only of hosts at the usual ports.
 */
export async function probeWebEntries(
  asset: Asset,
  context: ProbeContext,
): Promise<readonly Observation<"web.entry">[]> {
  const place = webPlaceOf(asset);
  const isUsual = place !== null && !place.isAddress && place.origins.length > 1;
  const entries = isUsual ? entriesBeside(place.host, context.randomLabel(asset.id)) : [];
  const found = await Promise.all(
    entries.map(async (entry) => ({ entry, lookup: await lookUpHost(entry.host, context) })),
  );
  const looks = await Promise.all(
    found.map(async ({ entry: { host, role }, lookup }): Promise<readonly Look<WebVisit>[]> => {
      if (lookup.state === "unobserved") return role === "entry" ? [{ target: host, result: lookup }] : [];
      if (lookup.value.addresses.length === 0) return [];
      const seen = await visitOrigins(
        asset,
        { host, role, closeness: "whole", isOnly: false },
        bothOrigins("/"),
        context,
      );
      // Nobody enters by a name that was made up here: what is not to be seen under it is nobody's answer.
      return role === "entry" ? seen : seen.filter(({ result }) => result.state === "observed");
    }),
  );
  const all = looks.flat();
  const told = all.length > 0 ? all : [wholeAsset({ state: "nothing-to-visit", why: "no-entry" })];
  return told.map((look) => ({ kind: "web.entry", ...frameOf(asset, look, context) }));
}

/**
 * Follows visitors of names outside .dk (S17): of a domain its apex, its `www` and `hostsBelow`; of a host or URL its own. One
 * observation of the asset as a whole where its name is under .dk, or where no name has an address.
 */
export async function probeWebRedirects(
  asset: Asset,
  hostsBelow: readonly string[],
  context: ProbeContext,
): Promise<readonly Observation<"web.redirects">[]> {
  const starts = redirectStarts(asset, hostsBelow);
  const frame = (look: Look<WebVisit>): Observation<"web.redirects"> => ({
    kind: "web.redirects",
    ...frameOf(asset, look, context),
  });
  if (starts === null) return [frame(wholeAsset({ state: "nothing-to-visit", why: "under-dk" }))];
  const looks = await Promise.all(
    starts.map(async ({ host, origins }): Promise<readonly Look<WebVisit>[]> => {
      const lookup = await lookUpHost(host, context);
      if (lookup.state === "unobserved") return [{ target: host, result: lookup }];
      if (lookup.value.addresses.length === 0) return [];
      return visitOrigins(asset, { host, role: "own", closeness: "front", isOnly: false }, origins, context);
    }),
  );
  const all = looks.flat();
  return (all.length > 0 ? all : [wholeAsset({ state: "nothing-to-visit", why: "no-address" })]).map(frame);
}

function redirectStarts(
  asset: Asset,
  hostsBelow: readonly string[],
): readonly { readonly host: string; readonly origins: readonly OriginStart[] }[] | null {
  if (asset.kind === "domain") {
    if (isUnderDk(asset.name)) return null;
    return [...new Set([asset.name, ...hostsBelow])].map((host) => ({ host, origins: bothOrigins("/") }));
  }
  const place = webPlaceOf(asset);
  if (place === null) throw new Error(`${asset.id} is not on the web`);
  return isUnderDk(place.host) ? null : [place];
}

function entriesBeside(host: string, label: string): readonly { readonly host: string; readonly role: HostRole }[] {
  const bare = host.startsWith(WWW) ? host.slice(WWW.length) : null;
  const name = parseName(`${bare ?? host}.`);
  const organisation = name.ok ? organisationOf(name.value) : null;
  // A name above which there is only a public suffix is nobody's entry, and has no `www` of the municipality's.
  if (organisation === null) return [];
  const isApex = bare === null && organisation === `${host}.`;
  return [
    ...(bare === null ? [] : [{ host: bare, role: "entry" as const }]),
    ...(isApex ? [{ host: WWW + host, role: "entry" as const }] : []),
    { host: `${label}.${bare ?? host}`, role: "random-label" as const },
  ];
}

/** `isOnly`: the asset has no other host, so that what concerns this one as a whole concerns the asset. */
interface VisitedAs extends Pick<WebWanted, "role" | "closeness"> {
  readonly host: string;
  readonly isOnly: boolean;
}

async function visitOrigins(
  asset: Asset,
  { host, role, closeness, isOnly }: VisitedAs,
  origins: readonly OriginStart[],
  context: ProbeContext,
): Promise<readonly Look<WebVisit>[]> {
  const { signal } = context;
  const randomLabel = context.randomLabel(asset.id);
  const wanted: WebWanted = {
    role,
    closeness,
    origins,
    randomLabel,
    addressesOf: (each) => addressesOf(each, context),
  };
  return visitHost<WebVisit>(
    {
      host,
      targetOfHost: isOnly ? null : host,
      targetAt: (address) => webTarget({ host, address }),
      visit: (address) => context.web.visit({ host, address }, wanted, { signal }),
      notHere: (address, family, why) => ({ host, address, state: "not-here", role, family, why }),
      // Where visitors are led from a name outside .dk, every address counts (fact 17.7).
      setsSilentAside: closeness === "whole",
      isMet: (value) => value.state === "visited" && value.origins.some(({ state }) => state !== "closed"),
      noAddress: { state: "nothing-to-visit", why: "no-address" },
    },
    context,
  );
}

async function addressesOf(host: string, context: ProbeContext): Promise<Observed<readonly string[]>> {
  const found = await lookUpHost(host, context);
  if (found.state === "unobserved") return found;
  return observed(found.value.addresses.filter((address) => context.hasRouteTo(address)));
}

function wholeAsset(value: WebVisit): Look<WebVisit> {
  return { target: null, result: observed(value) };
}

function frameOf<V>(asset: Asset, { target, result }: Look<V>, context: ProbeContext) {
  const observedAt = new Date(context.now()).toISOString();
  return { asset: asset.id, target: target ?? asset.id, observedAt, result };
}
