import type { Random } from "./random.ts";

/** One hostile input and what is to be done with it. */
export interface Input {
  /** Its octets, or what tells people best what it is: printed when a promise is broken. */
  readonly message: Uint8Array;
  /** Does it; returns how it ended. Throws or rejects when a promise is broken. */
  readonly run: () => string | Promise<string>;
}

/** Makes one input out of random numbers. The same numbers make the same input. `number`: neighbours may be of different kinds. */
export type MakeInput = (random: Random, number: number) => Input;

/** Something that reads what others send. */
export interface Target {
  readonly name: string;
  /** What it reads and what is promised of it, for people. */
  readonly about: string;
  /** Ways to end that a few hundred inputs must all have gone, or the inputs do not try what they should. */
  readonly endings: readonly string[];
  /** Gets ready what inputs are made of: once per worker. */
  prepare(): Promise<MakeInput>;
}

/** Throws what is broken when `holds` is false. */
export function promise(holds: boolean, broken: string): asserts holds {
  if (!holds) throw new Error(broken);
}
