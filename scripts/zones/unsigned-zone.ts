import type { Recipe } from "./recipe.ts";
import { DEFAULT_SERVERS } from "./recipe.ts";
import { server, type ServerId } from "./servers.ts";

const TTL = 3600;
const NEGATIVE_TTL = 300;
const WEB_HOSTS = 250;

/** What lies below a zone, as its parent sees it: master-file lines with absolute names. */
export type DelegationLines = readonly string[];

/** The start of every zone: TTL, SOA and NS. `serial` tells versions of a zone apart. */
export function zoneHead(zone: string, serial: number, servers: readonly ServerId[]): string {
  const names = servers.map((id) => server(id).name);
  const mailbox = zone === "" ? "hostmaster." : `hostmaster.${zone}.`;
  const soa = `@ IN SOA ${names[0] ?? ""}. ${mailbox} ${String(serial)} 7200 3600 1209600 ${String(NEGATIVE_TTL)}`;
  return [`$ORIGIN ${zone}.`, `$TTL ${String(TTL)}`, soa, ...names.map((name) => `@ IN NS ${name}.`), ""].join("\n");
}

/** The unsigned zone of a domain: web host, mail host, and what its recipe adds. `number` draws its host addresses. */
export function domainZone(
  zone: string,
  recipe: Recipe,
  serial: number,
  number: number,
  delegations: DelegationLines,
): string {
  const host = 1 + (number % WEB_HOSTS);
  const addresses = (owner: string): readonly string[] => [
    `${owner} A 185.20.80.${String(host)}`,
    `${owner} AAAA 2a0d:2000:80::${host.toString(16)}`,
  ];
  const usual: Readonly<Record<string, readonly string[]>> = {
    apex: addresses("@"),
    spf: ['@ TXT "v=spf1 mx -all"'],
    www: addresses("www"),
    mail: ["@ MX 10 mail", ...addresses("mail")],
  };
  const kept = Object.entries(usual).flatMap(([key, lines]) => (recipe.without?.includes(key) === true ? [] : lines));
  const servers = recipe.ownServers ?? recipe.servers ?? DEFAULT_SERVERS;
  return [zoneHead(zone, serial, servers) + kept.join("\n"), ...(recipe.records ?? []), ...delegations, ""].join("\n");
}

/** A zone that holds only delegations and hosts, such as a top-level domain. */
export function plainZone(
  zone: string,
  serial: number,
  servers: readonly ServerId[],
  lines: readonly string[],
  delegations: DelegationLines,
): string {
  return [zoneHead(zone, serial, servers), ...lines, ...delegations, ""].join("\n");
}

/** Address records of servers, absolute: glue or authoritative data, as the zone they are put in makes them. */
export function serverAddressLines(ids: readonly ServerId[]): readonly string[] {
  return ids.flatMap((id) =>
    server(id).addresses.map(({ address }) => `${server(id).name}. ${address.includes(":") ? "AAAA" : "A"} ${address}`),
  );
}

/** The NS records of a delegation, absolute. */
export function delegationLines(zone: string, servers: readonly ServerId[]): readonly string[] {
  return servers.map((id) => `${zone}. NS ${server(id).name}.`);
}
