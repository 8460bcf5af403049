import { malformed, parsed, type Parsed } from "../wire/parsed.ts";

/**
 * Reads one answer from the start of what was heard. `null`: more octets are needed. `used`: how many of them the answer took.
 * It is called again with more each time, so it must hold nothing, and bound what it takes.
 */
export type Reading<T> = (octets: Uint8Array) => Parsed<{ readonly value: T; readonly used: number } | null>;

/** Capabilities of IMAP servers come in one line of some hundreds; RFC 9051 section 4 has none above 8,000. */
export const MAX_TEXT_LINE = 8_192;
/** Help texts and lists of capabilities have some tens. */
export const MAX_TEXT_LINES = 256;
const MAX_TEXT_OCTETS = 65_536;
const LF = 0x0a;

/** An answer in lines, given without their ends, other than printable ASCII as "?". A line may end in LF alone. */
export interface LinesForm<T> {
  /** What makes a line none of the protocol's; null for nothing. Asked before `isLast`. */
  readonly problemOf: (line: string, index: number) => string | null;
  readonly isLast: (line: string, index: number) => boolean;
  readonly valueOf: (lines: readonly string[]) => T;
}

export function linesReading<T>({ problemOf, isLast, valueOf }: LinesForm<T>): Reading<T> {
  return (octets) => {
    const lines: string[] = [];
    for (let start = 0; ;) {
      const end = octets.indexOf(LF, start);
      const line = octets.subarray(start, end < 0 ? octets.length : end);
      if (line.length > MAX_TEXT_LINE) return malformed(`a line of more than ${MAX_TEXT_LINE} octets`);
      if (end < 0) return parsed(null);
      const text = textOf(line);
      const problem = problemOf(text, lines.length);
      if (problem !== null) return malformed(problem);
      lines.push(text);
      start = end + 1;
      if (start > MAX_TEXT_OCTETS) return malformed(`an answer of more than ${MAX_TEXT_OCTETS} octets`);
      if (isLast(text, lines.length - 1)) return parsed({ value: valueOf(lines), used: start });
      if (lines.length >= MAX_TEXT_LINES) return malformed(`an answer of more than ${MAX_TEXT_LINES} lines`);
    }
  };
}

function textOf(octets: Uint8Array): string {
  const text = String.fromCharCode(...octets);
  return text.replace(/\r$/u, "").replaceAll(/[^ -~]/gu, "?");
}
