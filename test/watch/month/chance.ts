import { createHash } from "node:crypto";

const RANGE = 2 ** 32;

/** A number from 0 up to 1 that the parts decide: the same for the same parts, and unlike that of any others. */
export function chance(...parts: readonly (string | number)[]): number {
  return createHash("sha256").update(parts.join("\n")).digest().readUInt32BE() / RANGE;
}
