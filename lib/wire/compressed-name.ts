import { Buffer } from "node:buffer";
import { fromWire, type Name } from "./name.ts";
import { LABEL_LIMIT, NAME_LIMIT } from "./name-text.ts";
import { WireProblem, type OctetReader } from "./octet-reader.ts";

const POINTER = 0xc0;
const POINTER_MASK = 0x3fff;
const HEADER_OCTETS = 12;

/** A name has at most 127 labels, so that more jumps than this serve nothing but to cost time. */
const POINTER_LIMIT = 128;

/**
 * Decoded name octets in one message. 64 KB of records with ordinary names stay far below; pointers to long names, which
 * turn two octets into 255, do not.
 */
const EXPANSION_LIMIT = 1 << 19;

/** Reads the possibly compressed names of one message (RFC 1035 section 4.1.4), with bounds on the work it lets itself be given. */
export class NameExpander {
  readonly #message: Uint8Array;
  /** Owner names by where they start, since most records point at the same few. */
  readonly #known = new Map<number, Name>();
  #expanded = 0;

  constructor(message: Uint8Array) {
    this.#message = message;
  }

  /** The name at the reader's position, in lower case. */
  name(reader: OctetReader, what: string): Name {
    const start = pointerTarget(reader);
    const known = start === null ? undefined : this.#known.get(start);
    if (known !== undefined) {
      reader.position += 2;
      this.#account(known.length);
      return known;
    }
    const name = nameOf(this.octets(reader, what));
    if (start !== null) this.#known.set(start, name);
    return name;
  }

  /** The octets of the name at the reader's position, decompressed, with letter case kept. */
  octets(reader: OctetReader, what: string): Uint8Array {
    const parts: Uint8Array[] = [];
    let total = 1;
    let jumps = 0;
    let at = reader.position;
    let segmentStart = at;
    let limit = reader.end;
    let next: number | null = null;
    for (;;) {
      const length = this.#octet(at, limit, what);
      if (length === 0) break;
      if (length <= LABEL_LIMIT) {
        if (at + 1 + length > limit) throw new WireProblem(`${what} runs past the end`, true);
        parts.push(this.#message.subarray(at, at + 1 + length));
        at += 1 + length;
        total += 1 + length;
        if (total > NAME_LIMIT) throw new WireProblem(`${what} is longer than ${NAME_LIMIT} octets`);
        continue;
      }
      if (length < POINTER) throw new WireProblem(`${what} has an unknown label type`);
      const target = (length * 0x100 + this.#octet(at + 1, limit, what)) & POINTER_MASK;
      if (target >= segmentStart) throw new WireProblem(`${what} has a compression pointer that does not point back`);
      if (target < HEADER_OCTETS) throw new WireProblem(`${what} has a compression pointer into the header`);
      jumps += 1;
      if (jumps > POINTER_LIMIT) throw new WireProblem(`${what} has too many compression pointers`);
      next ??= at + 2;
      // Only the first segment is bounded by the field it stands in: what it points at lies earlier in the message.
      limit = segmentStart;
      at = target;
      segmentStart = target;
    }
    reader.position = next ?? at + 1;
    this.#account(total);
    parts.push(END);
    return Buffer.concat(parts, total);
  }

  #account(octets: number): void {
    this.#expanded += octets;
    if (this.#expanded > EXPANSION_LIMIT) throw new WireProblem("the message's names are too long in total");
  }

  #octet(at: number, limit: number, what: string): number {
    if (at >= limit) throw new WireProblem(`${what} runs past the end`, true);
    return this.#message[at] ?? 0;
  }
}

const END = Uint8Array.of(0);

/** Where the name points, when it is nothing but a pointer. */
function pointerTarget(reader: OctetReader): number | null {
  if (reader.left < 2) return null;
  const first = reader.bytes[reader.position] ?? 0;
  return first >= POINTER ? (first * 0x100 + (reader.bytes[reader.position + 1] ?? 0)) & POINTER_MASK : null;
}

function nameOf(octets: Uint8Array): Name {
  const found = fromWire(octets, 0);
  if (!found.ok) throw new WireProblem(found.problem);
  return found.value.name;
}
