import type { Name } from "../wire/name.ts";
import type { RecordType } from "../wire/record-type.ts";

/** What is denied: data of `type` at `name`, by the zone `apex`. */
export interface DenialQuery {
  readonly name: Name;
  readonly type: RecordType;
  readonly apex: Name;
}

/**
 * What NSEC or NSEC3 records prove. `nodata`: the name exists (`types`: what it has; null when only a name below it or a
 * wildcard shows that). `nxdomain`: nothing exists at or below it. `unsigned-delegation-possible`: opt-out hides the answer.
 */
export type DenialProof =
  | { readonly kind: "nodata"; readonly types: ReadonlySet<RecordType> | null; readonly nameExists: boolean }
  | { readonly kind: "nxdomain"; readonly compact: boolean }
  | { readonly kind: "unsigned-delegation-possible" };

/**
 * Whether records at a name with these types may speak for the names below it (RFC 6840 section 4.1): not from above a zone
 * cut, and not from above a DNAME.
 */
export function speaksForDescendants(types: ReadonlySet<RecordType>): boolean {
  return !isParentSideOfCut(types) && !types.has("DNAME");
}

/** NS without SOA: the record stands in the parent and knows nothing of the child but its DS. */
export function isParentSideOfCut(types: ReadonlySet<RecordType>): boolean {
  return types.has("NS") && !types.has("SOA");
}

/**
 * Whether a bitmap at the very name denies `type`. CNAME must be absent too (RFC 6840 section 4.3). DS lives on the parent's
 * side of a cut and all else on the child's (RFC 4035 section 5.2, RFC 6840 section 4.1).
 */
export function bitmapDenies(types: ReadonlySet<RecordType>, type: RecordType): boolean {
  if (types.has(type) || types.has("CNAME")) return false;
  return type === "DS" ? !types.has("SOA") : !isParentSideOfCut(types);
}
