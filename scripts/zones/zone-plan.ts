import type { PracticeCase } from "../../lib/practice/cases.ts";
import { gatewayOf } from "../../lib/practice/gateways.ts";
import { DEFAULT_SERVERS, keyPair, type Recipe } from "./recipe.ts";
import { RECIPES } from "./recipes.ts";
import { CLOUD_ZONE, HOSTING_ZONE, SERVER_IDS, server, type ServerId } from "./servers.ts";
import { type DelegationLines, domainZone, plainZone, serverAddressLines } from "./unsigned-zone.ts";

/** One zone to be made. `text` writes it unsigned, with the delegations to the zones below it. */
export interface ZonePlan {
  /** Empty for the root. */
  readonly zone: string;
  readonly recipe: Recipe;
  readonly text: (serial: number, delegations: DelegationLines) => string;
}

const RSASHA256 = 8;
const NSEC3 = { iterations: 0, salt: null, optOut: false } as const;

/** Every zone of the practice internet: those of the given cases, and those that hold them together. */
export function planZones(cases: readonly PracticeCase[]): readonly ZonePlan[] {
  const domains = cases.flatMap((each, index) => planDomain(each, index) ?? []);
  const zones = new Set(domains.map(({ zone }) => zone));
  // The delegation below the opt-out zone exists only together with it.
  const below = zones.has(OPT_OUT_PARENT) ? [planPlain(`kort.${OPT_OUT_PARENT}`, { keys: [], ds: [] }, [])] : [];
  return [...domains, ...below, ...INFRASTRUCTURE];
}

/** The servers that the parent of a zone names. */
export function serversOf(recipe: Recipe): readonly ServerId[] {
  return recipe.servers ?? DEFAULT_SERVERS;
}

/** Every server of a zone: those that the parent names and those that the zone names. */
export function allServersOf(recipe: Recipe): readonly ServerId[] {
  return [...new Set([...serversOf(recipe), ...(recipe.ownServers ?? [])])];
}

/** The innermost zone that holds the delegation of `zone`; null for the root. */
export function parentZone(zone: string, zones: ReadonlySet<string>): string | null {
  if (zone === "") return null;
  const labels = zone.split(".");
  const above = labels.map((_, index) => labels.slice(index + 1).join("."));
  return above.find((name) => zones.has(name)) ?? null;
}

const OPT_OUT_PARENT = "erhverv-oevelse.dk";

const hostingServers = SERVER_IDS.filter((id) => server(id).name.endsWith(`.${HOSTING_ZONE}`));

const INFRASTRUCTURE: readonly ZonePlan[] = [
  planPlain(
    "",
    { keys: keyPair(RSASHA256, 2048), servers: ["rootA", "rootB"] },
    serverAddressLines(["rootA", "rootB"]),
  ),
  planPlain("dk", { denial: NSEC3, servers: ["dkA", "dkB"] }, serverAddressLines(["dkA", "dkB"])),
  planPlain(
    "com",
    { denial: { ...NSEC3, optOut: true }, servers: ["comA", "comB"] },
    serverAddressLines(["comA", "comB"]),
  ),
  planPlain("nu", { keys: [], ds: [], servers: ["nuA"] }, serverAddressLines(["nuA"])),
  planPlain("eu", { ds: [{ key: 0, digest: 2, corrupt: true }], servers: ["euA"] }, serverAddressLines(["euA"])),
  planPlain(HOSTING_ZONE, {}, serverAddressLines(hostingServers)),
  planPlain(CLOUD_ZONE, { keys: [], ds: [] }, [
    ...["selvbetjening A 185.20.90.1", "selvbetjening AAAA 2a0d:2000:90::1"],
    ...[`mx A ${gatewayOf(CLOUD_ZONE).ipv4}`, `mx AAAA ${gatewayOf(CLOUD_ZONE).ipv6}`],
  ]),
];

function planDomain(each: PracticeCase, index: number): ZonePlan | null {
  const recipe = RECIPES[each.class];
  if (recipe === undefined) throw new Error(`no recipe for the class ${each.class}`);
  if (recipe === null) return null;
  const text: ZonePlan["text"] = (serial, delegations) => domainZone(each.domain, recipe, serial, index, delegations);
  return { zone: each.domain, recipe, text };
}

function planPlain(zone: string, recipe: Recipe, lines: readonly string[]): ZonePlan {
  const servers = serversOf(recipe);
  return { zone, recipe, text: (serial, delegations) => plainZone(zone, serial, servers, lines, delegations) };
}
