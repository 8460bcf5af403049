import type { MadeZone } from "./factory.ts";
import type { Period } from "./signing.ts";
import { type Behaviour, server, SERVER_IDS, type ServerId } from "./servers.ts";
import { allServersOf } from "./zone-plan.ts";

/** Which server serves which zone file, and how: enough to configure real servers or practice ones. */
export interface Manifest {
  readonly schema: "kravvagt/zones/1";
  /** Validity of ordinary signatures. */
  readonly signed: Period;
  readonly rootHints: string;
  readonly trustAnchors: string;
  /** Zones as they are when their DMARC policy has been weakened. */
  readonly weakened: readonly ZoneFile[];
  readonly servers: readonly ManifestServer[];
}

/** A zone without final dot, the root as ".", and its file, relative to the manifest. */
export interface ZoneFile {
  readonly zone: string;
  readonly file: string;
}

/** One name server as seen at the given addresses; a server whose addresses differ stands here more than once. */
export interface ManifestServer {
  /** A-labels, no final dot. */
  readonly name: string;
  readonly addresses: readonly string[];
  readonly behaviour: Behaviour;
  /** Empty for lame and silent ones. */
  readonly zones: readonly ZoneFile[];
}

export const MANIFEST_SCHEMA = "kravvagt/zones/1";
export const ROOT_HINTS_FILE = "root.hints";
export const TRUST_ANCHOR_FILE = "root.ds";
export const MANIFEST_FILE = "manifest.json";

const HINT_TTL = 3_600_000;
const ROOT_SERVERS: readonly ServerId[] = ["rootA", "rootB"];

/** The file that holds a zone, or its divergent copy. */
export function zoneFile(zone: string, copy: boolean): string {
  return `${zone === "" ? "root" : zone}${copy ? ".copy" : ""}.zone`;
}

/** The file that holds a zone whose DMARC policy has been weakened. */
export function weakenedFile(zone: string): string {
  return `${zone}.weakened.zone`;
}

/** Joins servers and zones. */
export function makeManifest(zones: readonly MadeZone[], signed: Period): Manifest {
  return {
    schema: MANIFEST_SCHEMA,
    signed,
    rootHints: ROOT_HINTS_FILE,
    trustAnchors: TRUST_ANCHOR_FILE,
    weakened: zones
      .filter(({ weakened }) => weakened !== null)
      .map(({ plan: { zone } }) => ({ zone, file: weakenedFile(zone) })),
    servers: SERVER_IDS.flatMap((id) => manifestServers(id, zones)),
  };
}

/** Root hints as a master file, for a recursive resolver. */
export function rootHints(): string {
  return ROOT_SERVERS.flatMap((id) => [
    `. ${String(HINT_TTL)} IN NS ${server(id).name}.`,
    ...server(id).addresses.map(
      ({ address }) => `${server(id).name}. ${String(HINT_TTL)} IN ${address.includes(":") ? "AAAA" : "A"} ${address}`,
    ),
  ])
    .map((line) => `${line}\n`)
    .join("");
}

function manifestServers(id: ServerId, zones: readonly MadeZone[]): readonly ManifestServer[] {
  const { name, behaviour, addresses } = server(id);
  const served = zones.filter(({ plan }) => allServersOf(plan.recipe).includes(id));
  return [false, true].flatMap((copy) => {
    const here = addresses.filter((each) => (each.copy === true) === copy).map(({ address }) => address);
    // A server that signs as it is asked exists only with its zone.
    if (here.length === 0 || (behaviour === "compact" && served.length === 0)) return [];
    const files = served.map(({ plan }) => ({
      zone: plan.zone === "" ? "." : plan.zone,
      file: zoneFile(plan.zone, copy),
    }));
    const answers = behaviour !== "lame" && behaviour !== "silent";
    return [{ name, addresses: here, behaviour, zones: answers ? files : [] }];
  });
}
