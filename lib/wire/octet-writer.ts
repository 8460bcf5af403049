import { Buffer } from "node:buffer";
import { parentOf, ROOT, toWire, type Name } from "./name.ts";

/** The last offset that a compression pointer can hold (RFC 1035 section 4.1.4). */
const POINTER_REACH = 0x3fff;
const LARGEST_U16 = 0xffff;

/** Collects the octets of one message and compresses the names that it is given. */
export class OctetWriter {
  readonly #parts: Uint8Array[] = [];
  readonly #places = new Map<Name, number>();
  length = 0;

  raw(octets: Uint8Array): void {
    this.#parts.push(octets);
    this.length += octets.length;
  }

  /** Throws a RangeError for a value of more than 16 bits, rather than write another one. */
  u16(...values: readonly number[]): void {
    if (values.some((value) => value < 0 || value > LARGEST_U16)) throw new RangeError("a field has more than 16 bits");
    this.raw(Uint8Array.from(values.flatMap((value) => [(value >> 8) & 0xff, value & 0xff])));
  }

  u32(value: number): void {
    this.u16(value >>> 16, value & 0xffff);
  }

  /** The name, its longest known ending replaced by a pointer. */
  name(name: Name): void {
    for (let at = name; at !== ROOT; at = parentOf(at) ?? ROOT) {
      const place = this.#places.get(at);
      if (place !== undefined) {
        this.u16(0xc000 | place);
        return;
      }
      if (this.length <= POINTER_REACH) this.#places.set(at, this.length);
      const wire = toWire(at);
      this.raw(wire.subarray(0, 1 + (wire[0] ?? 0)));
    }
    this.raw(Uint8Array.of(0));
  }

  /** Writes `wire`, the octets of `name` in some letter case, and remembers where its endings stand. */
  nameAs(name: Name, wire: Uint8Array): void {
    let place = this.length;
    for (let at = name; at !== ROOT; at = parentOf(at) ?? ROOT) {
      this.#places.set(at, place);
      place += 1 + (toWire(at)[0] ?? 0);
    }
    this.raw(wire);
  }

  finish(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.#parts, this.length));
  }
}
