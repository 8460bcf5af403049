import type { StartTlsProtocol } from "../tls/observations.ts";

/**
 * How a protocol is protected. `implicit`: TLS from the first octet. `upgrade`: it begins in clear and can change to TLS.
 * `clear`: it has no encryption of its own. `own`: it encrypts by itself, without TLS. `exempt`: open by nature (decision 27.3).
 */
export type Protection = "implicit" | "upgrade" | "clear" | "own" | "exempt";

export interface SchemeFacts {
  readonly protection: Protection;
  /** For `upgrade`: what the TLS prober says to get there; null where it cannot. */
  readonly startTls: StartTlsProtocol | null;
  readonly isUdp?: true;
}

const IMPLICIT: SchemeFacts = { protection: "implicit", startTls: null };
const CLEAR: SchemeFacts = { protection: "clear", startTls: null };
const OWN: SchemeFacts = { protection: "own", startTls: null };
const upgrade = (startTls: StartTlsProtocol | null): SchemeFacts => ({ protection: "upgrade", startTls });

/** What is known of protocols by the scheme of their URLs; a scheme that is not here is looked at without prejudice. */
export const SERVICE_SCHEMES: Readonly<Record<string, SchemeFacts | undefined>> = {
  imaps: IMPLICIT,
  pop3s: IMPLICIT,
  smtps: IMPLICIT,
  submissions: IMPLICIT,
  ftps: IMPLICIT,
  ldaps: IMPLICIT,
  sips: IMPLICIT,
  mqtts: IMPLICIT,
  dot: IMPLICIT,
  xmpps: IMPLICIT,
  amqps: IMPLICIT,
  rediss: IMPLICIT,
  imap: upgrade("imap"),
  pop3: upgrade("pop3"),
  ftp: upgrade("ftp"),
  submission: upgrade("smtp"),
  smtp: upgrade("smtp"),
  ldap: upgrade("ldap"),
  xmpp: upgrade("xmpp"),
  rdp: upgrade("rdp"),
  sieve: upgrade(null),
  postgres: upgrade("postgres"),
  postgresql: upgrade("postgres"),
  mysql: upgrade("mysql"),
  mariadb: upgrade("mysql"),
  telnet: CLEAR,
  vnc: CLEAR,
  smb: CLEAR,
  mqtt: CLEAR,
  redis: CLEAR,
  amqp: CLEAR,
  rsync: CLEAR,
  sip: { ...CLEAR, isUdp: true },
  snmp: { ...CLEAR, isUdp: true },
  ssh: OWN,
  sftp: OWN,
  dns: { protection: "exempt", startTls: null },
  ntp: { protection: "exempt", startTls: null, isUdp: true },
  ike: { protection: "exempt", startTls: null, isUdp: true },
  wireguard: { protection: "exempt", startTls: null, isUdp: true },
};

/** Scheme, host and port of a service asset's URL, which the inventory has put into normal form, always with its port. */
export function placeOfService(url: string): {
  readonly scheme: string;
  readonly host: string;
  readonly isAddress: boolean;
  readonly port: number;
} {
  const match = PLACE.exec(url)?.groups;
  if (match === undefined) throw new Error(`${url} is no service with a port`);
  const { scheme = "", host = "", port = "" } = match;
  const bare = host.replace(/^\[|\]$/gu, "");
  return { scheme, host: bare, isAddress: host.startsWith("[") || NUMBERS.test(bare), port: Number(port) };
}

const PLACE = /^(?<scheme>[a-z][a-z0-9+.-]*):\/\/(?<host>\[[^\]]+\]|[^/:[\]]+):(?<port>\d{1,5})$/u;
const NUMBERS = /^\d{1,3}(?:\.\d{1,3}){3}$/u;
