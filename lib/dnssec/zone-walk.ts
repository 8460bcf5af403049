import type { Question } from "../wire/message.ts";
import type { Name } from "../wire/name.ts";
import type { DelegationProof } from "./delegation.ts";
import type { Bogus, Indeterminate, InsecureReason, Nsec3Use, SignatureUse } from "./outcome.ts";
import type { DsSummary, KeySummary } from "./zone-key.ts";

export type { DelegationProof } from "./delegation.ts";

/** `need`: questions have to be asked before it can be said. */
export type WalkStatus = "secure" | "insecure" | "bogus" | "indeterminate" | "need";

/** One zone on the way down, or the name at which the way ended. */
export interface ZoneStep {
  /** The zone's apex. With `provenBy: "none"`, a name at which the parent failed to show whether a zone begins. */
  readonly zone: Name;
  readonly status: Exclude<WalkStatus, "need">;
  /** Set exactly when the step is insecure. */
  readonly insecure: InsecureReason | null;
  /** Set exactly when the step is bogus or indeterminate. `zone` in it is the zone at fault, which may be the parent. */
  readonly failure: Bogus | Indeterminate | null;
  readonly provenBy: DelegationProof;
  /** RCODE of the DS reply: 3 (NXDOMAIN) under opt-out means that the parent knows no such name. Null: not heard, or an anchor. */
  readonly rcode: number | null;
  /** The parent's DS records, or the trust anchors; authenticated. */
  readonly ds: readonly DsSummary[];
  /** Every key in the DNSKEY RRset; trustworthy only in a secure step. */
  readonly keys: readonly KeySummary[];
  /** The DS that vouches for the key that signs the DNSKEY RRset; null unless secure. */
  readonly entry: DsSummary | null;
  /** How the NSEC3 records that show an unsigned delegation are made; null when none do. */
  readonly nsec3: Nsec3Use | null;
  /** Over the delegation and over the DNSKEY RRset. */
  readonly signatures: readonly SignatureUse[];
  /** The signature that ends first; null when there is none. */
  readonly tightest: SignatureUse | null;
}

/** The way from the trust anchor towards a name. */
export interface ZoneWalk {
  readonly target: Name;
  readonly status: WalkStatus;
  /** The deepest secure zone; null when not even the trust anchor's is. */
  readonly zone: Name | null;
  /** From the trust anchor down; every step but the last is secure. */
  readonly steps: readonly ZoneStep[];
  /** Names on the way at which no zone begins, as the zone above proves. */
  readonly uncut: readonly Name[];
  /** What has to be asked next; empty unless `status` is "need". */
  readonly needs: readonly Question[];
  /** Why the walk has no steps: no anchor encloses the target. Else null: the last step tells. */
  readonly failure: Bogus | Indeterminate | null;
  /** The earliest end of all signatures that a secure walk rests on, in seconds since 1970; null unless secure. */
  readonly expiresAt: number | null;
}
