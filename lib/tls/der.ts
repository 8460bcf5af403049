import { OctetReader, WireProblem } from "../wire/octet-reader.ts";
import { malformed, parsed, type Parsed } from "../wire/parsed.ts";

/** Identifier octets of the types that certificates are made of (X.690 section 8.1.2), all in low-tag-number form. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** One element: its identifier octet, its content, and all of its octets. Views, not copies. */
export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array;
  readonly octets: Uint8Array;
}

/** No certificate is near as large; a TLS stack refuses whole messages of this size. */
export const DER_OCTETS_LIMIT = 0x1_0000;
/** Elements of one list: names of a large certificate come to some hundreds. */
export const DER_LIST_LIMIT = 2_048;

const TAG_NUMBER_BITS = 0x1f;
const LONG_LENGTH = 0x80;
const LENGTH_OCTETS_LIMIT = 3;

/**
 * Reads elements one after another, as DER only: lengths definite and as short as they can be. It never reads into an
 * element by itself, so nesting costs nothing. Throws WireProblem; `readDer` catches it.
 */
export class DerReader {
  readonly #octets: OctetReader;
  #count = 0;

  constructor(octets: Uint8Array) {
    this.#octets = new OctetReader(octets);
  }

  get isDone(): boolean {
    return this.#octets.left === 0;
  }

  /** The next element, whatever it is. */
  next(what: string): DerElement {
    this.#count += 1;
    if (this.#count > DER_LIST_LIMIT) throw new WireProblem(`${what}: more than ${DER_LIST_LIMIT} elements in a list`);
    const reader = this.#octets;
    const start = reader.position;
    const tag = reader.u8(what);
    if ((tag & TAG_NUMBER_BITS) === TAG_NUMBER_BITS) throw new WireProblem(`${what}: a tag number above 30`);
    const content = reader.take(this.#length(what), what);
    return { tag, content, octets: reader.bytes.subarray(start, reader.position) };
  }

  /** The next element, which must have this tag. */
  expect(tag: number, what: string): DerElement {
    const element = this.next(what);
    if (element.tag !== tag) throw new WireProblem(`${what}: the tag is ${element.tag}, not ${tag}`);
    return element;
  }

  /** The next element if it has this tag, else null and nothing is read. */
  optional(tag: number, what: string): DerElement | null {
    return this.#octets.bytes[this.#octets.position] === tag && !this.isDone ? this.next(what) : null;
  }

  /** Everything that is left, element by element. */
  all(what: string): readonly DerElement[] {
    const elements: DerElement[] = [];
    while (!this.isDone) elements.push(this.next(what));
    return elements;
  }

  end(what: string): void {
    if (!this.isDone) throw new WireProblem(`${what}: octets are left over`);
  }

  #length(what: string): number {
    const first = this.#octets.u8(what);
    if (first < LONG_LENGTH) return first;
    const count = first - LONG_LENGTH;
    if (count === 0) throw new WireProblem(`${what}: an indefinite length`);
    if (count > LENGTH_OCTETS_LIMIT) throw new WireProblem(`${what}: a length of ${count} octets`);
    const length = this.#octets.take(count, what).reduce((sum, octet) => sum * 0x100 + octet, 0);
    if (length < LONG_LENGTH || length < 0x100 ** (count - 1))
      throw new WireProblem(`${what}: a length that is too long`);
    return length;
  }
}

/** Runs `read` over octets that must be used up. Every WireProblem that it throws becomes the problem. */
export function readDer<T>(octets: Uint8Array, read: (reader: DerReader) => T): Parsed<T> {
  if (octets.length > DER_OCTETS_LIMIT) return malformed(`more than ${DER_OCTETS_LIMIT} octets`);
  try {
    const reader = new DerReader(octets);
    const value = read(reader);
    reader.end("the whole");
    return parsed(value);
  } catch (error) {
    if (error instanceof WireProblem) return malformed(error.message);
    throw error;
  }
}

/** A reader of an element's content. */
export function within(element: DerElement): DerReader {
  return new DerReader(element.content);
}
