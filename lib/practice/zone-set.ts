import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { canonicalAddress } from "../dial/address-policy.ts";
import { name } from "../wire/name.ts";
import { parseAddress } from "../wire/rdata/address.ts";
import { parseZoneFile } from "../wire/zone-file.ts";
import { BEHAVIOURS, type Behaviour, type NameServer } from "./authority.ts";
import type { Variants } from "./faults.ts";
import { indexZone, recordSet, type Zone } from "./zone.ts";

/** The name servers that a manifest describes. The first ones that serve the root are where resolution begins. */
export interface ZoneSet {
  readonly servers: readonly NameServer[];
  readonly rootAddresses: readonly string[];
  /** Path of the file with the root's DS records. */
  readonly trustAnchors: string;
  /** Zones as they are after a fault that takes a signer. */
  readonly variants: Variants;
}

const MANIFEST = "manifest.json";
const MANIFEST_SCHEMA = "kravvagt/zones/1";

/** The form that scripts/zones writes; zone and file names are relative to the manifest. */
interface Manifest {
  readonly schema: string;
  readonly trustAnchors: string;
  readonly weakened?: readonly { readonly zone: string; readonly file: string }[];
  readonly servers: readonly {
    readonly name: string;
    readonly addresses: readonly string[];
    readonly behaviour: string;
    readonly zones: readonly { readonly zone: string; readonly file: string }[];
  }[];
}

/** Loads the zones in `folder`. Throws when the manifest or a zone file is not what the zone factory writes. */
export async function loadZoneSet(folder: string): Promise<ZoneSet> {
  const manifest = JSON.parse(await readFile(join(folder, MANIFEST), "utf8")) as Manifest;
  if (manifest.schema !== MANIFEST_SCHEMA) throw new Error(`${folder}: the manifest is not ${MANIFEST_SCHEMA}`);
  const load = zoneLoader(folder);
  const servers = await Promise.all(
    manifest.servers.map(async (server) => ({
      addresses: server.addresses.map(canonicalAddress),
      behaviour: behaviourOf(server.behaviour),
      zones: await Promise.all(server.zones.map(({ zone, file }) => load(zone, file))),
    })),
  );
  const roots = servers.filter(({ zones }) => zones.some(({ origin }) => origin === "."));
  if (roots.length === 0) throw new Error(`${folder}: no server of the manifest serves the root`);
  const rootAddresses = roots.flatMap(({ addresses }) => addresses);
  const weakened = await Promise.all((manifest.weakened ?? []).map(({ zone, file }) => load(zone, file)));
  const variants: Variants = new Map([["policy-weakened", new Map(weakened.map((zone) => [zone.origin, zone]))]]);
  return { servers, rootAddresses, trustAnchors: join(folder, manifest.trustAnchors), variants };
}

/** The addresses of a host, canonical text, as any zone of these servers tells them. */
export function addressesIn(servers: readonly NameServer[], host: string): readonly string[] {
  const owner = name(host);
  const zones = new Set(servers.flatMap((server) => server.zones));
  const sets = [...zones].flatMap((zone) => [recordSet(zone, owner, "A"), recordSet(zone, owner, "AAAA")]);
  const found = sets.flatMap((set) => set?.records ?? []).map(({ data }) => parseAddress(data));
  return [...new Set(found.flatMap((address) => (address.ok ? [canonicalAddress(address.value)] : [])))];
}

/** Each file is read once, however many servers have it. */
function zoneLoader(folder: string): (zone: string, file: string) => Promise<Zone> {
  const loaded = new Map<string, Promise<Zone>>();
  return (zone, file) => {
    const found = loaded.get(file) ?? loadZone(zone, join(folder, file));
    loaded.set(file, found);
    return found;
  };
}

async function loadZone(zone: string, path: string): Promise<Zone> {
  const origin = name(zone);
  const records = parseZoneFile(await readFile(path, "utf8"), origin);
  if (!records.ok) throw new Error(`${path}: ${records.problem}`);
  return indexZone(origin, records.value);
}

function behaviourOf(text: string): Behaviour {
  const known = BEHAVIOURS.find((behaviour) => behaviour === text);
  if (known === undefined) throw new Error(`unknown behaviour of a name server: ${text}`);
  return known;
}
