import type { Parsed } from "../../lib/wire/parsed.ts";

/** The value of a result that has to be good. */
export function valueOf<T>(result: Parsed<T>): T {
  if (!result.ok) throw new Error(`unexpected problem: ${result.problem}`);
  return result.value;
}

/** The problem of a result that has to be bad. */
export function problemOf(result: Parsed<unknown>): string {
  if (result.ok) throw new Error("unexpected value");
  return result.problem;
}
