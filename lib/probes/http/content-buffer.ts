import { tooMuch } from "./answer-start.ts";

/** Copied as it comes: kept in pieces, content of one octet a chunk would take a hundred times its size. */
export class ContentBuffer {
  readonly #maxOctets: number;
  #kept = Buffer.alloc(0);
  #length = 0;

  constructor(maxOctets: number) {
    this.#maxOctets = maxOctets;
  }

  /** Throws a DialError (`tool-limit`) at the first octet too many; those before it are kept. */
  add(part: Buffer): void {
    const taken = part.subarray(0, this.#maxOctets - this.#length);
    this.#reserve(this.#length + taken.length);
    taken.copy(this.#kept, this.#length);
    this.#length += taken.length;
    if (taken.length < part.length) throw tooMuch("octets of content");
  }

  octets(): Buffer {
    return this.#kept.subarray(0, this.#length);
  }

  #reserve(length: number): void {
    if (length <= this.#kept.length) return;
    const larger = Buffer.alloc(Math.min(this.#maxOctets, Math.max(length, 2 * this.#kept.length)));
    this.#kept.copy(larger);
    this.#kept = larger;
  }
}
