import { commonAncestor, compareCanonical, isAtOrBelow, wildcardAt, type Name } from "../wire/name.ts";
import type { RecordType } from "../wire/record-type.ts";
import { bitmapDenies, speaksForDescendants, type DenialProof, type DenialQuery } from "./denial-types.ts";

/** An NSEC record whose signature by the zone is good. */
export interface ProvenNsec {
  readonly owner: Name;
  readonly next: Name;
  readonly types: ReadonlySet<RecordType>;
}

/** What may stand in the bitmap of a name that does not exist (RFC 9824 section 2). */
const NXNAME_COMPANIONS: ReadonlySet<RecordType> = new Set(["NSEC", "RRSIG", "NXNAME"]);

/** What these records prove about the query (RFC 4035 section 5.4, RFC 6840 section 4, RFC 9824); null: not a denial of it. */
export function proveDenialByNsec(query: DenialQuery, nsecs: readonly ProvenNsec[]): DenialProof | null {
  const exact = nsecs.find(({ owner }) => owner === query.name);
  if (exact !== undefined) return denialAtName(exact.types, query.type);
  const covering = coveringNsec(query.name, query.apex, nsecs);
  if (covering === null) return null;
  if (isAtOrBelow(covering.next, query.name)) return { kind: "nodata", types: null, nameExists: true };
  return denialByWildcard(query, closestEncloser(query.name, covering), nsecs);
}

/**
 * Whether these records prove that nothing closer to `name` exists than the wildcard below `encloser` that it was made from
 * (RFC 4035 section 5.3.4).
 */
export function proveNoCloserByNsec(name: Name, encloser: Name, apex: Name, nsecs: readonly ProvenNsec[]): boolean {
  const covering = coveringNsec(name, apex, nsecs);
  if (covering === null || isAtOrBelow(covering.next, name)) return false;
  return closestEncloser(name, covering) === encloser;
}

/** Compact denial gives every name that is asked for an NSEC of its own, and NXNAME to those that do not exist (RFC 9824). */
function denialAtName(types: ReadonlySet<RecordType>, type: RecordType): DenialProof | null {
  if (types.has("NXNAME")) {
    return types.isSubsetOf(NXNAME_COMPANIONS) ? { kind: "nxdomain", compact: true } : null;
  }
  return bitmapDenies(types, type) ? { kind: "nodata", types, nameExists: true } : null;
}

/** The name does not exist: neither may the wildcard that would answer for it, or it must lack the type. */
function denialByWildcard(query: DenialQuery, encloser: Name, nsecs: readonly ProvenNsec[]): DenialProof | null {
  const wildcard = wildcardAt(encloser);
  const exact = nsecs.find(({ owner }) => owner === wildcard);
  if (exact !== undefined) {
    const denied = !exact.types.has("NXNAME") && bitmapDenies(exact.types, query.type);
    return denied ? { kind: "nodata", types: null, nameExists: false } : null;
  }
  const covering = coveringNsec(wildcard, query.apex, nsecs);
  if (covering === null) return null;
  // Names below the wildcard make it an empty non-terminal, which matches and has no data (RFC 4592 section 2.2.2).
  if (isAtOrBelow(covering.next, wildcard)) return { kind: "nodata", types: null, nameExists: false };
  return { kind: "nxdomain", compact: false };
}

/** An NSEC that shows that no records are at `name`; the name may still exist for the sake of names below it. */
function coveringNsec(name: Name, apex: Name, nsecs: readonly ProvenNsec[]): ProvenNsec | null {
  return nsecs.find((nsec) => covers(nsec, name, apex)) ?? null;
}

function covers(nsec: ProvenNsec, name: Name, apex: Name): boolean {
  if (!isAtOrBelow(name, apex) || !isAtOrBelow(nsec.owner, apex) || !isAtOrBelow(nsec.next, apex)) return false;
  if (compareCanonical(nsec.owner, name) >= 0) return false;
  // The last NSEC of a zone points back at the apex (RFC 4034 section 4.1.1).
  if (nsec.next !== apex && compareCanonical(name, nsec.next) >= 0) return false;
  return !isAtOrBelow(name, nsec.owner) || speaksForDescendants(nsec.types);
}

/** The longest ancestor of `name` that the covering record shows to exist: one that owner or next lies at or below. */
function closestEncloser(name: Name, covering: ProvenNsec): Name {
  const byOwner = commonAncestor(name, covering.owner);
  const byNext = commonAncestor(name, covering.next);
  return isAtOrBelow(byOwner, byNext) ? byOwner : byNext;
}
