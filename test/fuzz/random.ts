const STEP = 0x9e3779b9;

/** Random numbers that a seed and the number of an input repeat exactly, on any machine. */
export class Random {
  #state: number;

  constructor(seed: number, input: number) {
    this.#state = (mixed(seed) ^ mixed(input + STEP)) >>> 0;
  }

  /** An integer from 0 to below `limit`, which is at most 2^32. */
  below(limit: number): number {
    this.#state = (this.#state + STEP) >>> 0;
    return Math.floor((mixed(this.#state) / 2 ** 32) * limit);
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.below(2 ** 32) < probability * 2 ** 32;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError("nothing to pick from");
    return item;
  }

  octets(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.below(0x100));
  }
}

/** Spreads every bit of a 32-bit number over all others (the finaliser of MurmurHash3, which is in the public domain). */
function mixed(value: number): number {
  let bits = value >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
