import { isAtOrBelow, parentOf, wildcardAt, type Name } from "../wire/name.ts";
import type { RecordType } from "../wire/record-type.ts";
import { bitmapDenies, speaksForDescendants, type DenialProof, type DenialQuery } from "./denial-types.ts";

/** An NSEC3 record whose signature by the zone is good. Hashes are base32hex in lower case, which sorts as their octets do. */
export interface ProvenNsec3 {
  readonly ownerHash: string;
  readonly nextHash: string;
  readonly optOut: boolean;
  readonly types: ReadonlySet<RecordType>;
}

/** Hashes a name as the records at hand are hashed; null when the work allowed is used up. */
export type NameHasher = (name: Name) => string | null;

/** The closest encloser of a name that does not exist, and the record that denies the next closer name (RFC 5155 section 8.3). */
interface EncloserProof {
  readonly encloser: Name;
  readonly nextCloser: ProvenNsec3;
}

/**
 * What these records, all with the same hash parameters, prove about the query (RFC 5155 sections 8.4 to 8.7); null: not a
 * denial of it.
 */
export function proveDenialByNsec3(
  query: DenialQuery,
  records: readonly ProvenNsec3[],
  hash: NameHasher,
): DenialProof | null {
  const exact = matching(query.name, records, hash);
  if (exact !== null) {
    return bitmapDenies(exact.types, query.type) ? { kind: "nodata", types: exact.types, nameExists: true } : null;
  }
  const proof = closestEncloserProof(query.name, query.apex, records, hash);
  if (proof === null) return null;
  if (proof.nextCloser.optOut) return { kind: "unsigned-delegation-possible" };
  return denialByWildcard(query.type, proof.encloser, records, hash);
}

/**
 * Whether these records prove that nothing closer to `name` exists than the wildcard below `encloser` that it was made from
 * (RFC 5155 section 8.8). With opt-out an unsigned delegation may be closer: `unsigned-delegation-possible`.
 */
export function proveNoCloserByNsec3(
  name: Name,
  encloser: Name,
  records: readonly ProvenNsec3[],
  hash: NameHasher,
): "proven" | "unsigned-delegation-possible" | null {
  const nextCloser = childTowards(name, encloser);
  const record = nextCloser === null ? null : covering(nextCloser, records, hash);
  if (record === null) return null;
  return record.optOut ? "unsigned-delegation-possible" : "proven";
}

function denialByWildcard(
  type: RecordType,
  encloser: Name,
  records: readonly ProvenNsec3[],
  hash: NameHasher,
): DenialProof | null {
  const wildcard = wildcardAt(encloser);
  const exact = matching(wildcard, records, hash);
  if (exact !== null) {
    return bitmapDenies(exact.types, type) ? { kind: "nodata", types: null, nameExists: false } : null;
  }
  return covering(wildcard, records, hash) === null ? null : { kind: "nxdomain", compact: false };
}

/** From the name upwards: the first ancestor that a record matches, if the name one label longer is covered. */
function closestEncloserProof(
  name: Name,
  apex: Name,
  records: readonly ProvenNsec3[],
  hash: NameHasher,
): EncloserProof | null {
  let nextCloser = name;
  for (let at = parentOf(name); at !== null && isAtOrBelow(at, apex); at = parentOf(at)) {
    const match = matching(at, records, hash);
    if (match !== null) {
      const denial = speaksForDescendants(match.types) ? covering(nextCloser, records, hash) : null;
      return denial === null ? null : { encloser: at, nextCloser: denial };
    }
    nextCloser = at;
  }
  return null;
}

function matching(name: Name, records: readonly ProvenNsec3[], hash: NameHasher): ProvenNsec3 | null {
  const hashed = hash(name);
  return records.find(({ ownerHash }) => ownerHash === hashed) ?? null;
}

function covering(name: Name, records: readonly ProvenNsec3[], hash: NameHasher): ProvenNsec3 | null {
  const hashed = hash(name);
  return hashed === null ? null : (records.find((record) => covers(record, hashed)) ?? null);
}

/** The last record of a chain points at the first, and a lone one at itself (RFC 5155 section 3.1.7). */
function covers({ ownerHash, nextHash }: ProvenNsec3, hashed: string): boolean {
  if (ownerHash < nextHash) return ownerHash < hashed && hashed < nextHash;
  return hashed > ownerHash || hashed < nextHash;
}

/** The name on the way from `encloser` to `name` that is one label longer than `encloser`; null unless `name` is below it. */
function childTowards(name: Name, encloser: Name): Name | null {
  for (let at: Name | null = name; at !== null; at = parentOf(at)) if (parentOf(at) === encloser) return at;
  return null;
}
