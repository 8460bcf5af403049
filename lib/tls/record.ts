import { Buffer } from "node:buffer";
import { CONTENT, RECORD_OCTETS_LIMIT } from "./record-octets.ts";

/** One record: its type, its version field and a view of its content. */
export interface TlsRecord {
  readonly type: number;
  readonly version: number;
  readonly content: Uint8Array;
}

const HEAD_OCTETS = 5;
/** RFC 5246 section 6.2.3 allows this much more for what is encrypted. */
const ENCRYPTED_EXTRA = 2_048;
const MAJOR = 3;
/** Servers never need empty records in clear (RFC 8446 section 5.1); some send a few (RFC 5246 section 6.2.1). */
const EMPTY_RECORDS_LIMIT = 16;
const KNOWN_TYPES: readonly number[] = [...Object.values(CONTENT), 24];

/**
 * Cuts a stream into records, however it arrives. Once it meets something that is no record it stops for good: `problem`
 * says why. It holds at most one unfinished record. Never throws.
 */
export class RecordReader {
  #held: Uint8Array = new Uint8Array(0);
  #empty = 0;
  #problem: string | null = null;

  get problem(): string | null {
    return this.#problem;
  }

  /** Octets of a record that is not whole yet. */
  get unfinished(): number {
    return this.#held.length;
  }

  /** The records that are whole with this chunk, in their order. */
  push(chunk: Uint8Array): readonly TlsRecord[] {
    if (this.#problem !== null) return [];
    let octets: Uint8Array = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const records: TlsRecord[] = [];
    while (this.#problem === null) {
      const length = this.#lengthOf(octets);
      if (length === null || octets.length < HEAD_OCTETS + length) break;
      const [type = 0, major = 0, minor = 0] = octets;
      records.push({
        type,
        version: major * 0x100 + minor,
        content: octets.subarray(HEAD_OCTETS, HEAD_OCTETS + length),
      });
      octets = octets.subarray(HEAD_OCTETS + length);
    }
    // A copy, so that a large chunk is not kept alive for the few octets at its end.
    this.#held = this.#problem === null ? Uint8Array.from(octets) : new Uint8Array(0);
    return records;
  }

  /** The content's length; null when the head is not whole. Judges the head as soon as it can be. */
  #lengthOf(octets: Uint8Array): number | null {
    const [type, major, , high, low] = octets;
    if (type !== undefined && !KNOWN_TYPES.includes(type)) return this.#stop("what arrived is no TLS record");
    if (major !== undefined && major !== MAJOR) return this.#stop("what arrived is no TLS record");
    if (high === undefined || low === undefined) return null;
    const length = high * 0x100 + low;
    const limit = RECORD_OCTETS_LIMIT + (type === CONTENT.applicationData ? ENCRYPTED_EXTRA : 0);
    if (length > limit) return this.#stop(`a record of ${length} octets`);
    if (length === 0 && octets.length >= HEAD_OCTETS && ++this.#empty > EMPTY_RECORDS_LIMIT)
      return this.#stop(`more than ${EMPTY_RECORDS_LIMIT} empty records`);
    return length;
  }

  #stop(problem: string): null {
    this.#problem = problem;
    return null;
  }
}
