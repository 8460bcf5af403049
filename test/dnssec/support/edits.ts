import type { ZoneEdit } from "./signed-zones.ts";

type Replacement = string | ((match: string, ...groups: string[]) => string);

/** Drops every line that matches. */
export function without(pattern: RegExp): ZoneEdit {
  return (text) => lines(text, (line) => (pattern.test(line) ? null : line));
}

/** Replaces in every line that matches `pattern`. */
export function inLines(pattern: RegExp, from: RegExp | string, to: Replacement): ZoneEdit {
  return (text) =>
    lines(text, (line) => (pattern.test(line) ? line.replace(from, typeof to === "string" ? () => to : to) : line));
}

/** Lets the signatures over the lines that match `pattern` have ended in 2021. */
export function expired(pattern: RegExp): ZoneEdit {
  return inLines(pattern, " 20800101000000 ", " 20210101000000 ");
}

/** Lets the signatures over the lines that match `pattern` begin in 2070. */
export function early(pattern: RegExp): ZoneEdit {
  return inLines(pattern, " 20200101000000 ", " 20700101000000 ");
}

/** Changes the signature's octets in the lines that match. */
export function corrupted(pattern: RegExp): ZoneEdit {
  return inLines(
    pattern,
    /(.)(.{20})$/,
    (_: string, letter: string, rest: string) => `${letter === "A" ? "B" : "A"}${rest}`,
  );
}

export function added(line: string): ZoneEdit {
  return (text) => `${text}${line}\n`;
}

export function all(...edits: readonly ZoneEdit[]): ZoneEdit {
  return (text) => edits.reduce((result, edit) => edit(result), text);
}

function lines(text: string, change: (line: string) => string | null): string {
  return text
    .split("\n")
    .map(change)
    .filter((line) => line !== null)
    .join("\n");
}
