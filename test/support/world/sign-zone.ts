import { signedLabelCount, signedOctets } from "../../../lib/dnssec/signed-octets.ts";
import type { ResourceRecord } from "../../../lib/wire/message.ts";
import { compareCanonical, isAtOrBelow, type Name, toWire } from "../../../lib/wire/name.ts";
import { parseRrsig } from "../../../lib/wire/rdata/rrsig.ts";
import { writeTypeBitmap } from "../../../lib/wire/rdata/type-bitmap.ts";
import { type RecordType, typeNumber } from "../../../lib/wire/record-type.ts";
import { ALGORITHM, signatureOf, type WorldKey } from "./world-key.ts";

/** Valid at any moment that a scenario may choose; within the 68 years of serial arithmetic (RFC 4034 section 3.1.5). */
const INCEPTION = Date.UTC(2020, 0, 1) / 1000;
const EXPIRATION = Date.UTC(2080, 0, 1) / 1000;

const NSEC_TTL = 300;

/** Whether the signature over the set of this owner and type is to be broken. */
export type IsSpoilt = (owner: Name, type: RecordType) => boolean;

export interface SigningPlan {
  readonly origin: Name;
  readonly key: WorldKey;
  /** Without an NSEC chain, denials are made at the moment of the question. */
  readonly chain: boolean;
  readonly isSpoilt: IsSpoilt;
}

/**
 * The records of a zone with DNSKEY, the NSEC chain and a signature over every set that the zone has authority for
 * (RFC 4035 sections 2.1 to 2.3): not the NS of a delegation, nor glue.
 */
export function signZone(records: readonly ResourceRecord[], plan: SigningPlan): readonly ResourceRecord[] {
  const { origin, key, chain, isSpoilt } = plan;
  const complete = [...records, key.dnskey];
  const sets = authoritativeSets(complete, origin);
  const denials = chain ? nsecChain(complete, origin).map((record): SignedSet => [record]) : [];
  const signatures = [...sets, ...denials].map((set) => signSet(key, set, isSpoilt(set[0].name, set[0].type)));
  return [...complete, ...denials.flat(), ...signatures];
}

type SignedSet = readonly [ResourceRecord, ...ResourceRecord[]];

/** The RRSIG of one RRset; `spoilt`: one that does not verify. */
export function signSet(key: WorldKey, set: SignedSet, spoilt = false): ResourceRecord {
  const [{ name, type, ttl }] = set;
  const head = Buffer.alloc(18);
  head.writeUInt16BE(typeNumber(type), 0);
  head.writeUInt8(ALGORITHM, 2);
  head.writeUInt8(signedLabelCount(name), 3);
  head.writeUInt32BE(ttl, 4);
  head.writeUInt32BE(EXPIRATION, 8);
  head.writeUInt32BE(INCEPTION, 12);
  head.writeUInt16BE(key.keyTag, 16);
  const fields = Buffer.concat([head, toWire(key.zone)]);
  const draft = parseRrsig(Buffer.concat([fields, Buffer.from([0])]));
  if (!draft.ok) throw new Error(draft.problem);
  const rdata = set.map(({ data }) => new Uint8Array(Buffer.from(data, "base64")));
  const signature = signatureOf(key, signedOctets(draft.value, name, type, rdata));
  const record = { name, type: "RRSIG", ttl, data: Buffer.concat([fields, signature]).toString("base64") };
  return spoilt ? spoil(record) : record;
}

/** The same RRSIG with the last bit of its signature turned. */
export function spoil(rrsig: ResourceRecord): ResourceRecord {
  const octets = Buffer.from(rrsig.data, "base64");
  octets.writeUInt8(octets.readUInt8(octets.length - 1) ^ 1, octets.length - 1);
  return { ...rrsig, data: octets.toString("base64") };
}

/** An NSEC record (RFC 4034 section 4.1). */
export function nsec(owner: Name, next: Uint8Array, types: Iterable<RecordType>): ResourceRecord {
  const bitmap = writeTypeBitmap(new Set([...types, "NSEC", "RRSIG"]));
  return { name: owner, type: "NSEC", ttl: NSEC_TTL, data: Buffer.concat([next, bitmap]).toString("base64") };
}

function authoritativeSets(records: readonly ResourceRecord[], origin: Name): readonly SignedSet[] {
  const cuts = cutsOf(records, origin);
  const sets = Map.groupBy(records, ({ name, type }) => `${name} ${type}`);
  return [...sets.values()].flatMap(([first, ...others]): readonly SignedSet[] => {
    if (first === undefined || isOccluded(first.name, cuts)) return [];
    return cuts.has(first.name) && first.type !== "DS" ? [] : [[first, ...others]];
  });
}

/** One record for each owner of data or of a delegation; an empty non-terminal has none (RFC 4035 section 2.3). */
function nsecChain(records: readonly ResourceRecord[], origin: Name): readonly ResourceRecord[] {
  const cuts = cutsOf(records, origin);
  const standing = records.filter(({ name }) => !isOccluded(name, cuts));
  const owners = [...Map.groupBy(standing, ({ name }) => name)].sort(([a], [b]) => compareCanonical(a, b));
  return owners.map(([owner, own], index) => {
    const [next] = owners[index + 1] ?? [origin];
    return nsec(owner, toWire(next), bitmapTypes(own, cuts.has(owner)));
  });
}

/** At a delegation the parent has authority for NS and DS only (RFC 4035 section 2.3). */
export function bitmapTypes(records: readonly ResourceRecord[], isCut: boolean): readonly RecordType[] {
  return records.map(({ type }) => type).filter((type) => !isCut || type === "NS" || type === "DS");
}

/** The names at which a zone delegates. */
export function cutsOf(records: readonly ResourceRecord[], origin: Name): ReadonlySet<Name> {
  return new Set(records.filter(({ name, type }) => type === "NS" && name !== origin).map(({ name }) => name));
}

function isOccluded(name: Name, cuts: ReadonlySet<Name>): boolean {
  return [...cuts].some((cut) => name !== cut && isAtOrBelow(name, cut));
}
