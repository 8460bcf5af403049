import { Buffer } from "node:buffer";
import type { ResourceRecord } from "../wire/message.ts";
import { compareCanonical, isAtOrBelow, parentOf, type Name } from "../wire/name.ts";
import { typeName, type RecordType } from "../wire/record-type.ts";
import { hashChain, type HashChain } from "./hash-chain.ts";

/** Records of one owner and type, with the RRSIGs that cover that type. Either list may be empty in a broken zone. */
export interface RecordSet {
  readonly records: readonly ResourceRecord[];
  readonly signatures: readonly ResourceRecord[];
}

/** The record sets at one owner name. */
export type ZoneNode = ReadonlyMap<RecordType, RecordSet>;

/** A zone indexed for answering (RFC 1034 section 4.3.2): it serves what its file holds, broken or not. */
export interface Zone {
  readonly origin: Name;
  /** Owner names with data, glue included; owners of nothing but NSEC3 records are not names (RFC 5155 section 7.2.8). */
  readonly nodes: ReadonlyMap<Name, ZoneNode>;
  /** Every name that exists: owners and empty non-terminals (RFC 4592 section 2.2.2). */
  readonly names: ReadonlySet<Name>;
  /** Owners of NSEC records in canonical order (RFC 4034 section 6.1). */
  readonly nsecOwners: readonly Name[];
  /** The NSEC3 chain, null when the zone has none. */
  readonly hashes: HashChain | null;
}

interface OpenSet {
  readonly records: ResourceRecord[];
  readonly signatures: ResourceRecord[];
}

/** Indexes the records of one zone file. Records outside `origin` are dropped, as a name server does. */
export function indexZone(origin: Name, records: readonly ResourceRecord[]): Zone {
  const owners = groupByOwner(records.filter((record) => isAtOrBelow(record.name, origin)));
  const hashed = new Map<Name, RecordSet>();
  const nodes = new Map<Name, ZoneNode>();
  for (const [name, node] of owners) {
    const nsec3 = node.get("NSEC3");
    if (nsec3 !== undefined) hashed.set(name, nsec3);
    if (nsec3 === undefined || node.size > 1) nodes.set(name, node);
  }
  const nsecOwners = [...nodes.keys()]
    .filter((name) => hasRecords(nodes.get(name)?.get("NSEC")))
    .sort(compareCanonical);
  const parameters = nodes.get(origin)?.get("NSEC3PARAM")?.records ?? [];
  const names = withAncestors(origin, nodes.keys());
  return { origin, nodes, names, nsecOwners, hashes: hashChain(hashed, parameters) };
}

function groupByOwner(records: readonly ResourceRecord[]): Map<Name, Map<RecordType, OpenSet>> {
  const owners = new Map<Name, Map<RecordType, OpenSet>>();
  for (const record of records) {
    const node = owners.get(record.name) ?? new Map<RecordType, OpenSet>();
    owners.set(record.name, node);
    const isSignature = record.type === "RRSIG";
    const type = isSignature ? coveredType(record) : record.type;
    const set = node.get(type) ?? { records: [], signatures: [] };
    node.set(type, set);
    (isSignature ? set.signatures : set.records).push(record);
  }
  return owners;
}

/** RFC 4034 section 3.1.1. Only this field is read, so that a signature that is broken elsewhere is still served. */
function coveredType(signature: ResourceRecord): RecordType {
  const data = Buffer.from(signature.data, "base64");
  return typeName(data.length < 2 ? 0 : data.readUInt16BE(0));
}

/** The set of one type at one name, if it holds any record; a signature alone is no set. */
export function recordSet(zone: Zone, name: Name, type: RecordType): RecordSet | null {
  const set = zone.nodes.get(name)?.get(type);
  return set !== undefined && hasRecords(set) ? set : null;
}

/** The names from just below `origin` down to `name` itself, which lies at or below it. */
export function pathFromOrigin(origin: Name, name: Name): readonly Name[] {
  const path: Name[] = [];
  for (let at = name; at !== origin; at = parentOf(at) ?? origin) path.unshift(at);
  return path;
}

function hasRecords(set: RecordSet | undefined): boolean {
  return set !== undefined && set.records.length > 0;
}

function withAncestors(origin: Name, owners: Iterable<Name>): Set<Name> {
  const names = new Set<Name>([origin]);
  for (const owner of owners) for (const name of pathFromOrigin(origin, owner)) names.add(name);
  return names;
}
