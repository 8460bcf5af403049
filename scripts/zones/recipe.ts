import type { ServerId } from "./servers.ts";

/** A key of a zone: what it is, and how far it takes part. Algorithm numbers are IANA's (RFC 4034 appendix A.1). */
export interface KeyPlan {
  readonly algorithm: number;
  readonly bits?: number;
  readonly role: "ksk" | "zsk" | "both";
  /** `sign`: published and signing. `publish`: only in the key set. `absent`: nowhere but, perhaps, in a DS. */
  readonly use: "sign" | "publish" | "absent";
  /** The REVOKE flag is set (RFC 5011 section 3). */
  readonly revoked?: true;
}

export type Validity = "long" | "expired" | "future" | "short-lived" | "live";

/** Absent records are proven absent by NSEC or NSEC3 (RFC 4034 section 4, RFC 5155). */
export type DenialPlan =
  "nsec" | { readonly iterations: number; readonly salt: string | null; readonly optOut: boolean };

/** A DS in the parent: of the key at `key` in the recipe's list, perhaps falsified. */
export interface DsPlan {
  readonly key: number;
  readonly digest: 1 | 2 | 4;
  readonly corrupt?: true;
  /** Written instead of the true digest type. */
  readonly claimedDigest?: number;
}

/** What is done to the text of the signed zone. `covering` and `types` name record types. */
export type Edit =
  | { readonly kind: "drop-signatures"; readonly covering: string }
  | { readonly kind: "drop-signatures-by"; readonly algorithm: number; readonly except: string }
  | { readonly kind: "drop-records"; readonly types: readonly string[] }
  | { readonly kind: "corrupt-signatures"; readonly covering: string }
  | { readonly kind: "expire-signatures"; readonly covering: string }
  | { readonly kind: "renumber-algorithm"; readonly to: number }
  | { readonly kind: "mix-case" };

/** How one zone is made. Every field has a default: a healthy zone of today. */
export interface Recipe {
  readonly keys?: readonly KeyPlan[];
  readonly denial?: DenialPlan;
  readonly validity?: Validity;
  /** Master-file lines added to the usual records; relative owner names. */
  readonly records?: readonly string[];
  /** Owners of usual records to leave out, such as "www". */
  readonly without?: readonly string[];
  readonly edits?: readonly Edit[];
  /** Default: SHA-256 of the first key; an empty list: no DS. */
  readonly ds?: readonly DsPlan[];
  /** The servers that the parent names. */
  readonly servers?: readonly ServerId[];
  /** The servers that the zone itself names, where they differ. */
  readonly ownServers?: readonly ServerId[];
  /** What servers that hold the divergent copy serve. */
  readonly copy?: "unsigned" | "older" | "expired" | "without-denial" | "other-keys" | "standby-keys";
  /** There is also a version whose DMARC policy is quarantine, signed by the same keys: an exercise serves it for a while. */
  readonly weakened?: true;
}

const P256 = 13;

export const DEFAULT_KEYS: readonly KeyPlan[] = keyPair(P256);
export const DEFAULT_SERVERS: readonly ServerId[] = ["ns1", "ns2"];

/** A key signing key and a zone signing key of one algorithm. */
export function keyPair(algorithm: number, bits?: number): readonly KeyPlan[] {
  const size = bits === undefined ? {} : { bits };
  return [
    { algorithm, ...size, role: "ksk", use: "sign" },
    { algorithm, ...size, role: "zsk", use: "sign" },
  ];
}
