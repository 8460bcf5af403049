import type { ResourceRecord } from "../wire/message.ts";
import { labelsOf, type Name, ROOT } from "../wire/name.ts";
import { parseMx } from "../wire/rdata/mx.ts";

/** Gateways of one route that are looked at. Whoever writes an MX record set writes as many as fit into a reply. */
export const MAX_GATEWAYS = 64;

/** One host that MX records name, with every preference it is named with, ascending. */
export interface Exchange {
  readonly host: Name;
  readonly preferences: readonly number[];
}

/** What an MX record set says. */
export interface MxSet {
  /** Each host once, sorted by name, at most MAX_GATEWAYS; without the root, which means "no mail" (RFC 7505 section 3). */
  readonly exchanges: readonly Exchange[];
  /** Hosts beyond MAX_GATEWAYS: never looked at. */
  readonly leftOut: readonly Name[];
  /** Preferences of the entries that say "no mail", ascending. */
  readonly nullPreferences: readonly number[];
  /** Records whose data is no MX data. */
  readonly unreadable: number;
}

/** Reads MX records, in whatever order they came. */
export function readMxSet(records: readonly ResourceRecord[]): MxSet {
  const read = records.map(({ data }) => parseMx(data));
  const entries = read.flatMap((mx) => (mx.ok ? [mx.value] : []));
  const byHost = Map.groupBy(entries, ({ exchange }) => exchange);
  const preferencesOf = (host: Name): readonly number[] =>
    [...new Set(byHost.get(host)?.map(({ preference }) => preference))].sort((a, b) => a - b);
  const { lookedAt, leftOut } = withinBounds([...byHost.keys()].filter((host) => host !== ROOT));
  return {
    exchanges: lookedAt.map((host) => ({ host, preferences: preferencesOf(host) })),
    leftOut,
    nullPreferences: preferencesOf(ROOT),
    unreadable: read.length - entries.length,
  };
}

/** Each host once, sorted, and which of them the bound leaves out. */
export function withinBounds(hosts: readonly Name[]): {
  readonly lookedAt: readonly Name[];
  readonly leftOut: readonly Name[];
} {
  const sorted = [...new Set(hosts)].sort();
  return { lookedAt: sorted.slice(0, MAX_GATEWAYS), leftOut: sorted.slice(MAX_GATEWAYS) };
}

const IPV4_LABELS = 4;
const LARGEST_OCTET = 255;

/** Whether the name is an address by mistake: "192.0.2.1" has four labels, "2001:db8::1" is one; neither can have records. */
export function isAddressLiteral(host: Name): boolean {
  const labels = labelsOf(host);
  if (labels.some((label) => label.includes(":"))) return true;
  return (
    labels.length === IPV4_LABELS && labels.every((label) => /^\d{1,3}$/.test(label) && Number(label) <= LARGEST_OCTET)
  );
}
