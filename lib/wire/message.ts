import type { Name } from "./name.ts";
import type { RecordType } from "./record-type.ts";

/** What is asked: an absolute name and a type, always class IN. */
export interface Question {
  readonly name: Name;
  readonly type: RecordType;
}

/**
 * One resource record of class IN (RFC 1035 section 4.1.3), in a form that survives JSON.
 * `data` is the RDATA in base64 with embedded names decompressed and their letter case kept, because
 * signatures are computed over exactly those octets (RFC 4034 section 6.2, RFC 6840 section 5.1).
 */
export interface ResourceRecord {
  readonly name: Name;
  readonly type: RecordType;
  /** Seconds, 0 to 2^31 - 1 (RFC 2181 section 8). */
  readonly ttl: number;
  readonly data: string;
}

/** Extended DNS Error (RFC 8914): unauthenticated, so an explanation and never a decision. */
export interface ExtendedError {
  readonly code: number;
  readonly text: string;
}

/** A decoded DNS response. `rcode` includes the EDNS extension bits (RFC 6891 section 6.1.3). */
export interface Reply {
  readonly rcode: number;
  /** Flags that were set, in this order: aa, tc, rd, ra, ad, cd. */
  readonly flags: readonly Flag[];
  readonly question: Question | null;
  readonly answer: readonly ResourceRecord[];
  readonly authority: readonly ResourceRecord[];
  /** Without the OPT pseudo-record. */
  readonly additional: readonly ResourceRecord[];
  /** Null when the reply carries no OPT record. */
  readonly edns: {
    readonly udpSize: number;
    readonly dnssecOk: boolean;
    readonly errors: readonly ExtendedError[];
  } | null;
}

export type Flag = "aa" | "tc" | "rd" | "ra" | "ad" | "cd";
