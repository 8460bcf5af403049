import { altered } from "./alterations.ts";
import { exerciseDecoding } from "./decoding.ts";
import { randomMessage } from "./random-messages.ts";
import { Random } from "./random.ts";
import type { PracticeAnswers } from "./signed-answers.ts";
import { exerciseValidation } from "./validation.ts";

/** One message and what is to be done with it. */
export interface Input {
  readonly number: number;
  readonly message: Uint8Array;
  /** Does it; returns how it ended. Throws when a promise is broken. */
  readonly run: () => string;
}

/** What broke, and everything that is needed to see it again. */
export interface Violation {
  readonly seed: number;
  readonly input: number;
  readonly problem: string;
  readonly hex: string;
}

/** No message may take longer than this, however hostile. */
export const TIME_LIMIT_MS = 1_000;

/** Makes the inputs of a seed: odd ones are messages to decode, even ones are replies that were altered on their way. */
export function inputsOf(seed: number, practice: PracticeAnswers): (number: number) => Input {
  const samples = [...practice.messages.values()];
  return (number) => {
    const random = new Random(seed, number);
    if (number % 2 === 1) {
      const message = randomMessage(random, samples);
      return { number, message, run: () => exerciseDecoding(message) };
    }
    const answer = random.pick(practice.answers);
    const key = random.pick(answer.used);
    const original = practice.messages.get(key);
    if (original === undefined) throw new Error("a reply that validation read was not kept");
    const message = altered(random, original, samples);
    return { number, message, run: () => `validated: ${exerciseValidation(answer, key, message, practice)}` };
  };
}

/** Runs an input. What took too long is run again before it counts, since the machine may have been busy. */
export function problemWith(input: Input, count: (ending: string) => void): string | null {
  try {
    const [ending, milliseconds] = timed(input.run);
    if (milliseconds > TIME_LIMIT_MS && timed(input.run)[1] > TIME_LIMIT_MS)
      return `took ${Math.round(milliseconds)} ms`;
    count(ending);
    return null;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

function timed(run: () => string): readonly [string, number] {
  const start = performance.now();
  const ending = run();
  return [ending, performance.now() - start];
}
