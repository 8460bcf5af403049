import type { Question, Reply, ResourceRecord } from "../../../lib/wire/message.ts";
import {
  ancestorsOf,
  compareCanonical,
  isAtOrBelow,
  labelCount,
  labelsOf,
  prepend,
  wildcardAt,
  type Name,
} from "../../../lib/wire/name.ts";
import { parseNsec3 } from "../../../lib/wire/rdata/nsec3.ts";
import { parseTargetName } from "../../../lib/wire/rdata/target-name.ts";
import { rdataOctets } from "../../../lib/wire/rdata/read-rdata.ts";
import { typeName } from "../../../lib/wire/record-type.ts";
import { observed } from "../../../lib/core/observation.ts";
import { hashName } from "../../../lib/dnssec/nsec3-hash.ts";
import type { Lookup } from "../../../lib/dnssec/lookup.ts";
import { substituteSuffix } from "../../../lib/dnssec/answer.ts";
import type { Zones } from "./signed-zones.ts";

/** Answers like a resolver with DO and CD set that has all of `zones`: aliases are followed into one reply. */
export function respond(zones: Zones, question: Question): Reply {
  const answer: ResourceRecord[] = [];
  const authority: ResourceRecord[] = [];
  let rcode = 0;
  let current = question.name;
  for (let step = 0; step < 4; step += 1) {
    const zone = zoneFor(zones, current, question.type);
    if (zone === null) return replyOf(question, 2, [], []);
    const part = answerFrom(zone, { name: current, type: question.type });
    answer.push(...part.answer);
    authority.push(...part.authority);
    rcode = part.rcode;
    if (part.next === null) break;
    current = part.next;
  }
  return replyOf(question, rcode, answer, authority);
}

/** The responder as the validator's lookup: every question has an answer. */
export function lookupIn(zones: Zones): Lookup {
  return (question) => observed(respond(zones, question));
}

export function replyOf(
  question: Question,
  rcode: number,
  answer: readonly ResourceRecord[],
  authority: readonly ResourceRecord[],
): Reply {
  const edns = { udpSize: 1232, dnssecOk: true, errors: [] };
  return { rcode, flags: ["rd", "ra"], question, answer, authority, additional: [], edns };
}

interface Zone {
  readonly apex: Name;
  readonly records: readonly ResourceRecord[];
}

interface Part {
  readonly rcode: number;
  readonly answer: readonly ResourceRecord[];
  readonly authority: readonly ResourceRecord[];
  readonly next: Name | null;
}

function zoneFor(zones: Zones, name: Name, type: string): Zone | null {
  const ancestors = [...ancestorsOf(name)].reverse();
  const apex = ancestors.find(
    (ancestor) => zones.has(ancestor) && !(type === "DS" && ancestor === name && name !== "."),
  );
  return apex === undefined ? null : { apex, records: zones.get(apex) ?? [] };
}

function answerFrom(zone: Zone, { name, type }: Question): Part {
  const dname = zone.records.find(
    (record) => record.type === "DNAME" && record.name !== name && isAtOrBelow(name, record.name),
  );
  if (dname !== undefined) return followDname(zone, name, dname);
  if (existsInZone(zone, name)) return answerAt(zone, name, name, type, []);
  const encloser = closestExisting(zone, name);
  const wildcard = wildcardAt(encloser);
  if (existsInZone(zone, wildcard)) return answerAt(zone, wildcard, name, type, noCloser(zone, name, encloser));
  const authority = [...soa(zone), ...noCloser(zone, name, encloser), ...noWildcard(zone, encloser)];
  return { rcode: 3, answer: [], authority: unique(authority), next: null };
}

function answerAt(zone: Zone, owner: Name, name: Name, type: string, proof: readonly ResourceRecord[]): Part {
  const direct = withSignatures(zone, owner, type, name);
  if (direct.length > 0) return { rcode: 0, answer: direct, authority: proof, next: null };
  const cname = withSignatures(zone, owner, "CNAME", name);
  if (cname.length > 0) return { rcode: 0, answer: cname, authority: proof, next: targetOf(cname) };
  const authority = [...soa(zone), ...proof, ...denialAt(zone, owner)];
  return { rcode: 0, answer: [], authority: unique(authority), next: null };
}

function followDname(zone: Zone, name: Name, dname: ResourceRecord): Part {
  const set = withSignatures(zone, dname.name, "DNAME", dname.name);
  const target = targetOf(set);
  const next = target === null ? null : substituteSuffix(name, dname.name, target);
  if (next === null) throw new Error("a DNAME of the test zones makes no name");
  const labels = labelsOf(next).map((label) => Buffer.from([label.length, ...Buffer.from(label)]));
  const data = Buffer.concat([...labels, Buffer.from([0])]).toString("base64");
  return { rcode: 0, answer: [...set, { name, type: "CNAME", ttl: 0, data }], authority: [], next };
}

/** The RRset and its signatures at `owner`, as if they stood at `name`. */
function withSignatures(zone: Zone, owner: Name, type: string, name: Name): ResourceRecord[] {
  return zone.records
    .filter((record) => record.name === owner && (record.type === type || coveredType(record) === type))
    .map((record) => ({ ...record, name }));
}

function coveredType(record: ResourceRecord): string | null {
  const octets = rdataOctets(record.data);
  return record.type === "RRSIG" && octets.ok ? typeName((octets.value[0] ?? 0) * 256 + (octets.value[1] ?? 0)) : null;
}

function targetOf(records: readonly ResourceRecord[]): Name | null {
  const target = parseTargetName(records[0]?.data ?? "");
  return target.ok ? target.value : null;
}

function soa(zone: Zone): ResourceRecord[] {
  return withSignatures(zone, zone.apex, "SOA", zone.apex);
}

function isNsec3(record: ResourceRecord): boolean {
  return record.type === "NSEC3" || coveredType(record) === "NSEC3";
}

/** Also true of empty non-terminals. */
function existsInZone(zone: Zone, name: Name): boolean {
  return zone.records.some((record) => !isNsec3(record) && isAtOrBelow(record.name, name));
}

function closestExisting(zone: Zone, name: Name): Name {
  const ancestors = [...ancestorsOf(name)]
    .reverse()
    .filter((ancestor) => ancestor !== name && isAtOrBelow(ancestor, zone.apex));
  return ancestors.find((ancestor) => existsInZone(zone, ancestor)) ?? zone.apex;
}

function denialAt(zone: Zone, owner: Name): readonly ResourceRecord[] {
  const exact = [...withSignatures(zone, owner, "NSEC", owner), ...nsec3Matching(zone, owner)];
  if (exact.length > 0) return exact;
  // An empty non-terminal under NSEC, or an unsigned delegation that opt-out skipped.
  const encloser = closestExisting(zone, owner);
  return [...nsecCovering(zone, owner), ...nsec3Matching(zone, encloser), ...nsec3Covering(zone, owner)];
}

function noCloser(zone: Zone, name: Name, encloser: Name): readonly ResourceRecord[] {
  const nextCloser =
    [...ancestorsOf(name)].find((ancestor) => labelCount(ancestor) === labelCount(encloser) + 1) ?? name;
  return [...nsecCovering(zone, name), ...nsec3Matching(zone, encloser), ...nsec3Covering(zone, nextCloser)];
}

function noWildcard(zone: Zone, encloser: Name): readonly ResourceRecord[] {
  return [...nsecCovering(zone, wildcardAt(encloser)), ...nsec3Covering(zone, wildcardAt(encloser))];
}

function nsecCovering(zone: Zone, name: Name): ResourceRecord[] {
  const owners = zone.records.filter((record) => record.type === "NSEC").map((record) => record.name);
  const before = owners.filter((owner) => compareCanonical(owner, name) < 0).sort(compareCanonical);
  const last = before.at(-1);
  return last === undefined ? [] : withSignatures(zone, last, "NSEC", last);
}

function nsec3Owner(
  zone: Zone,
  name: Name,
  pick: (owners: readonly Name[], hashed: Name) => Name | undefined,
): ResourceRecord[] {
  const chain = zone.records.filter((record) => record.type === "NSEC3");
  const first = parseNsec3(chain[0]?.data ?? "");
  if (!first.ok) return [];
  const hashed = prepend(hashName(name, first.value.salt, first.value.iterations), zone.apex);
  const owner = pick(chain.map((record) => record.name).sort(), hashed);
  return owner === undefined ? [] : withSignatures(zone, owner, "NSEC3", owner);
}

function nsec3Matching(zone: Zone, name: Name): ResourceRecord[] {
  return nsec3Owner(zone, name, (owners, hashed) => owners.find((owner) => owner === hashed));
}

function nsec3Covering(zone: Zone, name: Name): ResourceRecord[] {
  return nsec3Owner(zone, name, (owners, hashed) =>
    owners.includes(hashed) ? undefined : (owners.findLast((owner) => owner < hashed) ?? owners.at(-1)),
  );
}

function unique(records: readonly ResourceRecord[]): readonly ResourceRecord[] {
  return [...new Map(records.map((record) => [JSON.stringify(record), record])).values()];
}
