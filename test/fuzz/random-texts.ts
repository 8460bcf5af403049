import { Buffer } from "node:buffer";
import type { Random } from "./random.ts";

const SHORT = 8;

/** So many pieces in a row, each one of `pieces`. */
export function composed(random: Random, pieces: readonly string[], most: number): string {
  return Array.from({ length: random.below(most + 1) }, () => random.pick(pieces)).join("");
}

/** The text with a few places changed: cut, doubled, swapped, overwritten with one of `pieces` or with any octet. */
export function mutated(random: Random, text: string, pieces: readonly string[]): string {
  let result = text;
  for (let times = 1 + random.below(3); times > 0; times -= 1) result = mutatedOnce(random, result, pieces);
  return result;
}

function mutatedOnce(random: Random, text: string, pieces: readonly string[]): string {
  const at = random.below(text.length + 1);
  const end = Math.min(text.length, at + random.below(random.chance(0.8) ? SHORT : text.length + 1));
  const [before, part, after] = [text.slice(0, at), text.slice(at, end), text.slice(end)];
  switch (random.below(7)) {
    case 0:
      return before + after;
    case 1:
      return before + part + part + after;
    case 2:
      return before + random.pick(pieces) + after;
    case 3:
      return before + random.pick(pieces) + part + after;
    case 4:
      return before + String.fromCharCode(random.below(0x100)) + text.slice(at + 1);
    case 5:
      return before + part.toUpperCase() + after;
    default:
      return after + part + before;
  }
}

/** The octets of a text that has one character per octet. */
export function octetsOf(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, "latin1"));
}
