const RANGE = 2 ** 32;
/** Of the 32-bit FNV-1a hash, and of the finalizer of MurmurHash3, which spreads what FNV leaves alike. */
const FNV_START = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const SPREAD = [0x85ebca6b, 0xc2b2ae35] as const;

/** A number from 0 up to 1 that the parts decide: the same for the same parts, and as good as random for others. */
export function chance(...parts: readonly (string | number)[]): number {
  const text = parts.join("\n");
  let hash = FNV_START;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), FNV_PRIME);
  }
  hash = Math.imul(hash ^ (hash >>> 16), SPREAD[0]);
  hash = Math.imul(hash ^ (hash >>> 13), SPREAD[1]);
  return ((hash ^ (hash >>> 16)) >>> 0) / RANGE;
}
