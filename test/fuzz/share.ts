/** Which inputs a worker is to run: of those from `first` to below `end`, every `workers`th pair, beginning with `index`. */
export interface Share {
  /** The target's name. */
  readonly target: string;
  readonly seed: number;
  readonly first: number;
  readonly end: number;
  readonly index: number;
  readonly workers: number;
  /** The number and the octets of the input that is being run, so that the parent can tell what it hangs in. */
  readonly current: SharedArrayBuffer;
}

/** What broke, and everything that is needed to see it again. */
export interface Violation {
  readonly input: number;
  readonly problem: string;
  readonly message: Uint8Array;
}

/** What a worker tells now and then, and at its end. */
export interface Report {
  readonly done: number;
  readonly endings: Readonly<Record<string, number>>;
  readonly violation: Violation | null;
  readonly finished: boolean;
}

/** Number of the input and length of its message, each in 4 octets, before the message itself. */
export const CURRENT_HEAD_OCTETS = 8;
export const CURRENT_OCTETS = CURRENT_HEAD_OCTETS + 0x2_0000;

/** Stands in the place of the number until there is an input. */
export const NOT_STARTED = 0xffff_ffff;

/** The numbers of a share. Neighbours are of different kinds, one of them slower, so a worker gets them in pairs. */
export function* numbersOf({ first, end, index, workers }: Omit<Share, "target">): Generator<number> {
  for (let number = first; number < end; number += 1) {
    if (Math.floor((number - first) / 2) % workers === index) yield number;
  }
}
