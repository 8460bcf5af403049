/**
 * How a name server behaves: `lame` answers REFUSED, `silent` never, `truncating` sets TC on every UDP answer, `compact`
 * signs its denials as they are asked for (RFC 9824).
 */
export type Behaviour = "normal" | "lame" | "silent" | "truncating" | "truncating-no-tcp" | "compact";

/** One address of a name server; `copy` says that it serves the divergent copy of its zones. */
export interface ServerAddress {
  readonly address: string;
  readonly copy?: true;
}

export interface Server {
  readonly name: string;
  readonly behaviour: Behaviour;
  readonly addresses: readonly ServerAddress[];
}

/** The zone in which the name servers of the domains have their names, and the one that the aliases lead to. */
export const HOSTING_ZONE = "vaertsdns.dk";
export const CLOUD_ZONE = "skyhotel.com";

const IPV6 = "2a0d:2000";

/**
 * All name servers. The addresses are ordinary unicast ones, which really belong to others: they are dialled only in
 * a network namespace of their own, or mapped to loopback.
 */
export const SERVERS = {
  rootA: normal("a.root-servers.net", ["185.20.1.1", `${IPV6}:1::1`]),
  rootB: normal("b.root-servers.net", ["185.20.1.2"]),
  dkA: normal("a.nic.dk", ["185.20.2.1", `${IPV6}:2::1`]),
  dkB: normal("b.nic.dk", ["185.20.2.2"]),
  comA: normal("a.nic.com", ["185.20.3.1", `${IPV6}:3::1`]),
  comB: normal("b.nic.com", ["185.20.3.2"]),
  nuA: normal("a.nic.nu", ["185.20.4.1"]),
  euA: normal("a.nic.eu", ["185.20.5.1"]),
  ns1: normal(`ns1.${HOSTING_ZONE}`, ["185.20.10.1", `${IPV6}:10::1`]),
  ns2: normal(`ns2.${HOSTING_ZONE}`, ["185.20.10.2", `${IPV6}:10::2`]),
  ns3: normal(`ns3.${HOSTING_ZONE}`, ["185.20.10.3"]),
  copy: {
    name: `kopi.${HOSTING_ZONE}`,
    behaviour: "normal",
    addresses: [{ address: "185.20.11.1", copy: true }],
  },
  split: {
    name: `delt.${HOSTING_ZONE}`,
    behaviour: "normal",
    addresses: [{ address: "185.20.11.2" }, { address: `${IPV6}:11::2`, copy: true }],
  },
  lame1: odd("lam1", "lame", "185.20.12.1"),
  lame2: odd("lam2", "lame", "185.20.12.2"),
  silent1: odd("tavs1", "silent", "185.20.13.1"),
  silent2: odd("tavs2", "silent", "185.20.13.2"),
  short1: odd("kort1", "truncating", "185.20.14.1"),
  short2: odd("kort2", "truncating", "185.20.14.2"),
  udpOnly1: odd("udp1", "truncating-no-tcp", "185.20.15.1"),
  udpOnly2: odd("udp2", "truncating-no-tcp", "185.20.15.2"),
  ghost: { name: "ns.findes-ikke-oevelse.dk", behaviour: "silent", addresses: [] },
  compact1: odd("live1", "compact", "185.20.16.1"),
  compact2: odd("live2", "compact", "185.20.16.2"),
} as const satisfies Record<string, Server>;

export type ServerId = keyof typeof SERVERS;

/** The server of an id, in the general form. */
export function server(id: ServerId): Server {
  return SERVERS[id];
}

/** Every id, in the order of the table. */
export const SERVER_IDS = Object.keys(SERVERS) as readonly ServerId[];

function normal(name: string, addresses: readonly string[]): Server {
  return { name, behaviour: "normal", addresses: addresses.map((address) => ({ address })) };
}

function odd(label: string, behaviour: Behaviour, address: string): Server {
  return { name: `${label}.${HOSTING_ZONE}`, behaviour, addresses: [{ address }] };
}
