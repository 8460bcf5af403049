import { Buffer } from "node:buffer";
import type { Question, ResourceRecord } from "../wire/message.ts";
import { isAtOrBelow, type Name } from "../wire/name.ts";
import { RCODE } from "../wire/rcode.ts";
import { parseTargetName } from "../wire/rdata/target-name.ts";
import type { RecordType } from "../wire/record-type.ts";
import {
  closestEncloser,
  proveNoData,
  proveNoName,
  proveWildcardNoData,
  proveWildcardUsed,
  wildcardBelow,
} from "./denial.ts";
import { aliasByDname } from "./dname.ts";
import { pathFromOrigin, recordSet, type RecordSet, type Zone, type ZoneNode } from "./zone.ts";

/** The sections of a reply, before they are put on the wire. */
export interface Answer {
  readonly rcode: number;
  readonly authoritative: boolean;
  readonly answer: readonly ResourceRecord[];
  readonly authority: readonly ResourceRecord[];
  readonly additional: readonly ResourceRecord[];
}

/** An alias chain inside one zone is followed this far; what remains is for the resolver. */
const MAX_ALIASES = 8;

interface Draft {
  rcode: number;
  authoritative: boolean;
  readonly dnssecOk: boolean;
  readonly answer: ResourceRecord[];
  readonly authority: ResourceRecord[];
  readonly additional: ResourceRecord[];
}

/** Where the walk down from the origin ends (RFC 1034 section 4.3.2, step 3). */
type Place =
  | { readonly kind: "outside" | "absent" }
  | { readonly kind: "cut" | "dname"; readonly at: Name }
  | { readonly kind: "node" | "wildcard"; readonly at: Name };

/**
 * What an authoritative server of `zone` answers (RFC 1034 section 4.3.2; RFC 4035 section 3.1; RFC 5155 section 7.2).
 * Pure and total: a zone that lacks signatures or proofs is answered from as it is. `question.name` lies in the zone.
 */
export function answerFromZone(zone: Zone, question: Question, dnssecOk: boolean): Answer {
  const draft: Draft = {
    rcode: RCODE.NOERROR,
    authoritative: true,
    dnssecOk,
    answer: [],
    authority: [],
    additional: [],
  };
  let name: Name | null = question.name;
  for (let aliases = 0; name !== null && aliases <= MAX_ALIASES; aliases++)
    name = step(draft, zone, name, question.type);
  return draft;
}

/** Answers for one name; returns the alias target that comes next, or null when the answer is complete. */
function step(draft: Draft, zone: Zone, name: Name, type: RecordType): Name | null {
  const place = locate(zone, name, type);
  switch (place.kind) {
    case "outside":
      return null;
    case "cut":
      if (draft.answer.length === 0) refer(draft, zone, place.at);
      return null;
    case "dname":
      return redirect(draft, zone, name, place.at, type);
    case "node":
      return answerNode(draft, zone, name, name, type);
    case "wildcard":
      return answerNode(draft, zone, name, place.at, type);
    case "absent":
      draft.rcode = RCODE.NXDOMAIN;
      addDenial(draft, zone, proveNoName(zone, name));
      return null;
  }
}

function locate(zone: Zone, name: Name, type: RecordType): Place {
  if (!isAtOrBelow(name, zone.origin)) return { kind: "outside" };
  for (const at of [zone.origin, ...pathFromOrigin(zone.origin, name)]) {
    const isParentSide = at === name && type === "DS";
    if (at !== zone.origin && recordSet(zone, at, "NS") !== null && !isParentSide) return { kind: "cut", at };
    if (at !== name && recordSet(zone, at, "DNAME") !== null) return { kind: "dname", at };
  }
  if (zone.names.has(name)) return { kind: "node", at: name };
  const wildcard = wildcardBelow(closestEncloser(zone, name));
  return zone.names.has(wildcard) ? { kind: "wildcard", at: wildcard } : { kind: "absent" };
}

/** A referral: the cut's NS set, with DS or the proof that there is none (RFC 4035 section 3.1.4), and glue. */
function refer(draft: Draft, zone: Zone, cut: Name): void {
  draft.authoritative = false;
  const servers = recordSet(zone, cut, "NS")?.records ?? [];
  draft.authority.push(...servers);
  const ds = recordSet(zone, cut, "DS");
  if (draft.dnssecOk) for (const set of ds === null ? proveNoData(zone, cut) : [ds]) add(draft, draft.authority, set);
  for (const record of servers) {
    const server = targetOf(record);
    if (server === null) continue;
    for (const type of ["A", "AAAA"]) draft.additional.push(...(recordSet(zone, server, type)?.records ?? []));
  }
}

/** `owner` is where the data stands: the name itself, or the wildcard that stands in for it (RFC 4592 section 3.3). */
function answerNode(draft: Draft, zone: Zone, name: Name, owner: Name, type: RecordType): Name | null {
  const isWildcard = owner !== name;
  const node = zone.nodes.get(owner);
  // What stands beside a CNAME, such as NSEC (RFC 4035 section 2.5), is answered as it is.
  const direct = matching(node, type);
  const alias = direct.length > 0 ? null : recordSet(zone, owner, "CNAME");
  const found = alias === null ? direct : [alias];
  if (found.length === 0) {
    addDenial(draft, zone, isWildcard ? proveWildcardNoData(zone, name, owner) : proveNoData(zone, name));
    return null;
  }
  for (const set of found) add(draft, draft.answer, set, isWildcard ? name : undefined);
  if (isWildcard && draft.dnssecOk) for (const set of proveWildcardUsed(zone, name)) add(draft, draft.authority, set);
  return alias?.records[0] === undefined ? null : targetOf(alias.records[0]);
}

function matching(node: ZoneNode | undefined, type: RecordType): readonly RecordSet[] {
  if (node === undefined) return [];
  if (type === "RRSIG") return withSignatures(node).map((set) => ({ records: set.signatures, signatures: [] }));
  const sets = type === "ANY" ? [...node.values()] : [node.get(type)];
  return sets.filter((set) => set !== undefined && set.records.length > 0) as RecordSet[];
}

function withSignatures(node: ZoneNode): readonly RecordSet[] {
  return [...node.values()].filter((set) => set.signatures.length > 0);
}

/** RFC 6672 section 3.1: the DNAME, the CNAME made from it, and on with the new name; YXDOMAIN if that is too long. */
function redirect(draft: Draft, zone: Zone, name: Name, owner: Name, type: RecordType): Name | null {
  const set = recordSet(zone, owner, "DNAME");
  const dname = set?.records[0];
  if (set === null || dname === undefined) return null;
  add(draft, draft.answer, set);
  const alias = aliasByDname(name, dname);
  if (alias === null) {
    draft.rcode = RCODE.YXDOMAIN;
    return null;
  }
  draft.answer.push(alias);
  return type === "CNAME" || type === "ANY" ? null : targetOf(alias);
}

/** SOA with the TTL of negative answers (RFC 2308 section 3), and with DO the proofs. */
function addDenial(draft: Draft, zone: Zone, proofs: readonly RecordSet[]): void {
  const soa = recordSet(zone, zone.origin, "SOA");
  if (soa !== null) add(draft, draft.authority, withTtlAtMost(soa, soaMinimum(soa)));
  if (draft.dnssecOk) for (const set of proofs) add(draft, draft.authority, set);
}

function soaMinimum(soa: RecordSet): number {
  const data = Buffer.from(soa.records[0]?.data ?? "", "base64");
  return data.length < 4 ? 0 : data.readUInt32BE(data.length - 4);
}

function withTtlAtMost(set: RecordSet, limit: number): RecordSet {
  const lowered = (record: ResourceRecord) => ({ ...record, ttl: Math.min(record.ttl, limit) });
  return { records: set.records.map(lowered), signatures: set.signatures.map(lowered) };
}

/** Adds the set once, its signatures only with DO (RFC 4035 section 3.1.1), under `owner` where a wildcard stands in. */
function add(draft: Draft, section: ResourceRecord[], set: RecordSet, owner?: Name): void {
  const records = draft.dnssecOk ? [...set.records, ...set.signatures] : set.records;
  for (const record of records) {
    if (!section.includes(record)) section.push(owner === undefined ? record : { ...record, name: owner });
  }
}

function targetOf(record: ResourceRecord): Name | null {
  const target = parseTargetName(record.data);
  return target.ok ? target.value : null;
}
