import type { Duplex } from "node:stream";
import type { Reading } from "../../services/reading.ts";
import { Dialogue } from "./dialogue.ts";

/** A dialogue that must be over by a certain time, whatever it consists of. Failures as a Dialogue has them. */
export class TimedDialogue {
  readonly #dialogue: Dialogue;
  readonly #endAt: number;
  readonly #signal: AbortSignal;

  constructor(
    stream: Duplex,
    protocol: string,
    { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
  ) {
    this.#dialogue = new Dialogue(stream, protocol);
    this.#endAt = performance.now() + timeoutMs;
    this.#signal = signal;
  }

  /** `doing` for the error: "waiting for the greeting". `mostMs`: for this answer. */
  hear<T>(reading: Reading<T>, doing: string, mostMs = Infinity): Promise<T> {
    const timeoutMs = Math.min(mostMs, Math.max(0, this.#endAt - performance.now()));
    return this.#dialogue.hear(reading, { doing, timeoutMs, signal: this.#signal });
  }

  /** A command in a line of its own, and the answer to it. */
  ask<T>(command: string, reading: Reading<T>): Promise<T> {
    this.say(`${command}\r\n`);
    return this.hear(reading, `waiting for the reply to ${command}`);
  }

  say(octets: string | Uint8Array): void {
    this.#dialogue.say(octets);
  }

  /** See Dialogue. */
  leave(): boolean {
    return this.#dialogue.leave();
  }
}
