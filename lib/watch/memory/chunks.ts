import { LARGEST_BODY } from "../../ports.ts";

/** What a body may hold besides its rows, in octets. */
const ENVELOPE = 1024;

/** The most octets that the rows of one item may have as JSON. */
export const LARGEST_CHUNK = LARGEST_BODY - ENVELOPE;

/** Rows in their order, in as few lists as fit an item each. A row that fits none is alone: the store refuses it by its size. */
export function inChunks<T>(rows: readonly T[]): readonly (readonly T[])[] {
  const chunks: T[][] = [];
  let room = 0;
  for (const row of rows) {
    const size = octetsOf(row) + ",".length;
    if (size > room) {
      chunks.push([]);
      room = LARGEST_CHUNK;
    }
    chunks.at(-1)?.push(row);
    room -= size;
  }
  return chunks;
}

/** How many octets of UTF-8 a value has as JSON. */
export function octetsOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
