import type { RecordType } from "../record-type.ts";

/**
 * Where names stand inside RDATA. A number is that many octets, "string" a character-string, "a6" the address suffix of
 * RFC 2874 section 3.1.1, "rest" whatever follows. A layout without "rest" must fill its RDATA exactly.
 */
export type RdataField = number | "name" | "string" | "a6" | "rest";

export interface RdataLayout {
  readonly fields: readonly RdataField[];
  /** Whether its names become lower case in canonical form: RFC 4034 section 6.2 as corrected by RFC 6840 section 5.1. */
  readonly lowered: boolean;
}

const ONE_NAME: RdataLayout = { fields: ["name"], lowered: true };
const TWO_NAMES: RdataLayout = { fields: ["name", "name"], lowered: true };
const PREFERENCE_AND_NAME: RdataLayout = { fields: [2, "name"], lowered: true };

/** Type covered to key tag (RFC 4034 section 3.1), before the signer's name. */
const RRSIG_FIXED_OCTETS = 18;
/** Serial, refresh, retry, expire and minimum (RFC 1035 section 3.3.13). */
const SOA_FIXED_OCTETS = 20;

/**
 * The types whose RDATA may arrive with compressed names (RFC 3597 section 4), or that are read as if it might. Every type
 * that is lowered in canonical form is among them. HINFO holds no names; types defined since RFC 3597 are never compressed.
 */
export const RDATA_LAYOUTS: ReadonlyMap<RecordType, RdataLayout> = new Map<RecordType, RdataLayout>([
  ["NS", ONE_NAME],
  ["MD", ONE_NAME],
  ["MF", ONE_NAME],
  ["CNAME", ONE_NAME],
  ["MB", ONE_NAME],
  ["MG", ONE_NAME],
  ["MR", ONE_NAME],
  ["PTR", ONE_NAME],
  ["DNAME", ONE_NAME],
  ["SOA", { fields: ["name", "name", SOA_FIXED_OCTETS], lowered: true }],
  ["MINFO", TWO_NAMES],
  ["RP", TWO_NAMES],
  ["MX", PREFERENCE_AND_NAME],
  ["AFSDB", PREFERENCE_AND_NAME],
  ["RT", PREFERENCE_AND_NAME],
  ["KX", PREFERENCE_AND_NAME],
  ["PX", { fields: [2, "name", "name"], lowered: true }],
  ["SRV", { fields: [6, "name"], lowered: true }],
  ["NAPTR", { fields: [4, "string", "string", "string", "name"], lowered: true }],
  ["A6", { fields: ["a6"], lowered: true }],
  ["SIG", { fields: [RRSIG_FIXED_OCTETS, "name", "rest"], lowered: true }],
  ["RRSIG", { fields: [RRSIG_FIXED_OCTETS, "name", "rest"], lowered: true }],
  ["NXT", { fields: ["name", "rest"], lowered: true }],
  ["NSEC", { fields: ["name", "rest"], lowered: false }],
]);
