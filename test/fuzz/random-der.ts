import { Buffer } from "node:buffer";
import { DerReader, TAG } from "../../lib/tls/der.ts";
import { flipBit } from "./random-messages.ts";
import type { Random } from "./random.ts";

/** An element as a tree: what it holds, or its content. */
export interface DerTree {
  readonly tag: number;
  readonly inside: readonly DerTree[] | Uint8Array;
}

const CONSTRUCTED = 0x20;
const TAGS = [...Object.values(TAG), 0x0c, 0x13, 0x80, 0x81, 0x82, 0xa0, 0xa3, 0x05, 0x1f];
/** Deeper than certificates go. */
const DEEPEST = 12;

/** Reads sound DER, octet strings that hold DER included, as extensions do. */
export function treeOf(octets: Uint8Array, depth = 0): DerTree {
  const { tag, content } = new DerReader(octets).next("an element");
  const mayHold = (tag & CONSTRUCTED) !== 0 || tag === TAG.octetString;
  return { tag, inside: (mayHold && depth < DEEPEST ? treesIn(content, depth + 1) : null) ?? content };
}

function treesIn(content: Uint8Array, depth: number): readonly DerTree[] | null {
  try {
    const trees = new DerReader(content).all("an element").map(({ octets }) => treeOf(octets, depth));
    return trees.length === 0 ? null : trees;
  } catch {
    // An octet string that holds something else.
    return null;
  }
}

/** Lengths are right whatever stands in the tree. */
export function derOf({ tag, inside }: DerTree): Uint8Array {
  const content = inside instanceof Uint8Array ? inside : Buffer.concat(inside.map(derOf));
  return Uint8Array.from([tag, ...lengthOf(content.length), ...content]);
}

function lengthOf(length: number): readonly number[] {
  if (length < 0x80) return [length];
  if (length < 0x100) return [0x81, length];
  return length < 0x1_0000
    ? [0x82, length >> 8, length & 0xff]
    : [0x83, length >> 16, (length >> 8) & 0xff, length & 0xff];
}

/** An element of anything. */
export function randomTree(random: Random, depth = 0): DerTree {
  const tag = random.chance(0.9) ? random.pick(TAGS) : random.below(0x100);
  if (depth > 5 || random.chance(0.4)) return { tag, inside: random.octets(random.below(12)) };
  return { tag, inside: Array.from({ length: random.below(5) }, () => randomTree(random, depth + 1)) };
}

/** The tree with one of its elements dropped, doubled, moved, retyped, replaced, or its content changed. */
export function alteredTree(random: Random, tree: DerTree): DerTree {
  const { tag, inside } = tree;
  if (inside instanceof Uint8Array) return alteredLeaf(random, tag, inside);
  if (inside.length === 0 || random.chance(0.12)) return { tag, inside: rearranged(random, inside) };
  const at = random.below(inside.length);
  return { tag, inside: inside.map((child, index) => (index === at ? alteredTree(random, child) : child)) };
}

function alteredLeaf(random: Random, tag: number, content: Uint8Array): DerTree {
  const changed = content.slice();
  switch (random.below(4)) {
    case 0:
      return { tag: random.pick(TAGS), inside: content };
    case 1:
      return { tag, inside: random.octets(random.below(20)) };
    case 2:
      return { tag, inside: content.subarray(0, random.below(content.length + 1)) };
    default:
      flipBit(random, changed);
      return { tag, inside: changed };
  }
}

function rearranged(random: Random, children: readonly DerTree[]): readonly DerTree[] {
  const at = random.below(children.length + 1);
  const [before, after] = [children.slice(0, at), children.slice(at)];
  const kind = random.below(4);
  if (kind === 0) return [...before, ...after.slice(1)];
  if (kind === 1) return [...before, randomTree(random, 3), ...after];
  if (kind === 2) return [...before, ...after.slice(0, 1), ...after];
  return [...after, ...before];
}
