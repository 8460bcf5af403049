import type { Expected } from "../../lib/practice/practice-case.ts";
import { WEB_ZONE } from "./web-case.ts";

/** Where the lab's services live: one address for each way of setting a server up. */
export const SERVICE_DOORS = [
  ...["mail-open", "mail-strict", "mail-old", "mail-plain"],
  ...["submission-open", "submission-strict", "submission-may", "submission-plain", "submission-anonymous"],
  ...["ftp-plain", "ftp-optional", "ftp-forced", "ftp-implicit"],
  ...["ldap-plain", "ldap-optional", "ldap-strict"],
  ...["mysql-tls", "mysql-plain", "postgres-tls", "postgres-plain"],
  ...["queue", "redis", "redis-protected", "shell", "desktop-tls", "desktop-open", "desktop-self-signed"],
  ...["odd-stripped", "odd-refused", "odd-injected", "odd-preauth", "odd-lines", "odd-slow"],
  ...["odd-no-capa", "odd-two-minds", "odd-endless", "odd-banner", "odd-late-refusal", "odd-broken-tls"],
] as const;
export type ServiceDoor = (typeof SERVICE_DOORS)[number];

/** One declared service of the lab, and what S27 must say of it, written from the specification. */
export interface ServiceLabCase {
  readonly door: ServiceDoor;
  readonly scheme: string;
  readonly port: number;
  readonly expected: Expected;
  readonly reason: string;
}

export function hostOfDoor(door: ServiceDoor): string {
  return `${door}.${WEB_ZONE}`;
}

export function addressOfDoor(door: ServiceDoor): string {
  return `185.21.30.${String(SERVICE_DOORS.indexOf(door) + 1)}`;
}

/** The hosts of all services, for the zone that they are in. */
export const SERVICE_LAB_HOSTS = SERVICE_DOORS.map((door) => ({
  host: hostOfDoor(door),
  addresses: [addressOfDoor(door)],
}));

export function urlOf({ door, scheme, port }: ServiceLabCase): string {
  return `${scheme}://${hostOfDoor(door)}:${String(port)}`;
}
