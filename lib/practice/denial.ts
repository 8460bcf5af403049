import { compareCanonical, parentOf, type Name } from "../wire/name.ts";
import { coveringHash, matchingHash, type HashChain } from "./hash-chain.ts";
import { recordSet, type RecordSet, type Zone } from "./zone.ts";

/** Proof that `name` exists without the type asked, or, for DS, that its delegation is unsigned (RFC 4035 3.1.3.1, RFC 5155 7.2.3, 7.2.4). */
export function proveNoData(zone: Zone, name: Name): readonly RecordSet[] {
  if (zone.hashes === null) return distinct([recordSet(zone, name, "NSEC") ?? coveringNsec(zone, name)]);
  const exact = matchingHash(zone.hashes, name);
  return exact === null ? distinct(closestEncloserProof(zone, zone.hashes, name).sets) : [exact];
}

/** Proof that neither `name` nor a wildcard that would match it exists (RFC 4035 section 3.1.3.2, RFC 5155 section 7.2.2). */
export function proveNoName(zone: Zone, name: Name): readonly RecordSet[] {
  const chain = zone.hashes;
  if (chain === null) {
    return distinct([coveringNsec(zone, name), coveringNsec(zone, wildcardBelow(closestEncloser(zone, name)))]);
  }
  const { encloser, sets } = closestEncloserProof(zone, chain, name);
  return distinct([...sets, coveringHash(chain, wildcardBelow(encloser))]);
}

/** Proof that `name` itself does not exist, beside an answer made from a wildcard (RFC 4035 section 3.1.3.3, RFC 5155 section 7.2.6). */
export function proveWildcardUsed(zone: Zone, name: Name): readonly RecordSet[] {
  if (zone.hashes === null) return distinct([coveringNsec(zone, name)]);
  return distinct([coveringHash(zone.hashes, childTowards(closestEncloser(zone, name), name))]);
}

/** Proof that `name` does not exist and the wildcard that matches it lacks the type (RFC 4035 section 3.1.3.4, RFC 5155 section 7.2.5). */
export function proveWildcardNoData(zone: Zone, name: Name, wildcard: Name): readonly RecordSet[] {
  if (zone.hashes === null) return distinct([coveringNsec(zone, name), ...proveNoData(zone, wildcard)]);
  return distinct([...closestEncloserProof(zone, zone.hashes, name).sets, matchingHash(zone.hashes, wildcard)]);
}

/** The deepest existing ancestor of a name that does not exist, at most the origin (RFC 4592 section 3.3.1). */
export function closestEncloser(zone: Zone, name: Name): Name {
  let at = name;
  while (at !== zone.origin && !zone.names.has(at)) at = parentOf(at) ?? zone.origin;
  return at;
}

/** The wildcard directly below `encloser`. */
export function wildcardBelow(encloser: Name): Name {
  return (encloser === "." ? "*." : `*.${encloser}`) as Name;
}

/** The closest ancestor that has an NSEC3 record, and what covers the next closer name: opt-out spans lack nearer ones. */
function closestEncloserProof(
  zone: Zone,
  chain: HashChain,
  name: Name,
): { encloser: Name; sets: (RecordSet | null)[] } {
  for (let at = name; at !== zone.origin;) {
    const above = parentOf(at) ?? zone.origin;
    const match = matchingHash(chain, above);
    if (match !== null) return { encloser: above, sets: [match, coveringHash(chain, at)] };
    at = above;
  }
  return { encloser: zone.origin, sets: [] };
}

function childTowards(ancestor: Name, name: Name): Name {
  let at = name;
  for (let above = parentOf(at); above !== null && above !== ancestor; above = parentOf(at)) at = above;
  return at;
}

function coveringNsec(zone: Zone, name: Name): RecordSet | null {
  const owner =
    zone.nsecOwners.findLast((candidate) => compareCanonical(candidate, name) <= 0) ?? zone.nsecOwners.at(-1);
  return owner === undefined ? null : recordSet(zone, owner, "NSEC");
}

function distinct(sets: readonly (RecordSet | null)[]): readonly RecordSet[] {
  return [...new Set(sets)].filter((set) => set !== null);
}
