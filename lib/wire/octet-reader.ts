import { fromWire, type Name } from "./name.ts";

/** What is wrong with octets that were read. Caught where a parser hands out its Parsed result, never further out. */
export class WireProblem extends Error {
  /** The octets ended too early: in a truncated reply that is expected. */
  readonly isCut: boolean;

  constructor(problem: string, isCut = false) {
    super(problem);
    this.isCut = isCut;
  }
}

/** Reads big-endian fields from `bytes` between `position` and `end`; throws WireProblem when they run out. */
export class OctetReader {
  readonly bytes: Uint8Array;
  readonly end: number;
  position: number;

  constructor(bytes: Uint8Array, position = 0, end = bytes.length) {
    this.bytes = bytes;
    this.position = position;
    this.end = end;
  }

  get left(): number {
    return this.end - this.position;
  }

  /** A view of the next `count` octets, not a copy. */
  take(count: number, what: string): Uint8Array {
    if (count > this.left) throw new WireProblem(`${what} runs past the end`, true);
    this.position += count;
    return this.bytes.subarray(this.position - count, this.position);
  }

  rest(): Uint8Array {
    return this.take(this.left, "the rest");
  }

  u8(what: string): number {
    return this.take(1, what)[0] ?? 0;
  }

  u16(what: string): number {
    const octets = this.take(2, what);
    return (octets[0] ?? 0) * 0x100 + (octets[1] ?? 0);
  }

  u32(what: string): number {
    return this.u16(what) * 0x1_0000 + this.u16(what);
  }

  /** Octets preceded by one length octet: a character-string (RFC 1035 section 3.3). */
  counted(what: string): Uint8Array {
    return this.take(this.u8(what), what);
  }

  /** An uncompressed name, in lower case. */
  name(what: string): Name {
    const found = fromWire(this.bytes.subarray(0, this.end), this.position);
    if (!found.ok) throw new WireProblem(`${what}: ${found.problem}`);
    this.position = found.value.next;
    return found.value.name;
  }
}
