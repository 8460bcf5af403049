import type { Verdict } from "../core/verdict.ts";

/** What the process ends with, as interfaces.md section 1 promises. Codes from 64 on are those of BSD's sysexits. */
export const EXIT = {
  pass: 0,
  fail: 1,
  indeterminate: 2,
  usage: 64,
  input: 66,
  unavailable: 69,
  ownBug: 70,
  data: 74,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What an exit code is made of: a result, or the verdicts of a report. */
interface Reached {
  readonly interrupted: boolean;
  readonly requirements: readonly { readonly verdict: Verdict }[];
}

/**
 * Pass is the last line: reached only when something was judged and nothing failed or stayed open. Without a single resolver
 * nothing was looked up, and that is said before anything about verdicts.
 */
export function exitCodeOf({ interrupted, requirements }: Reached, withoutResolver = false): ExitCode {
  if (interrupted) return EXIT.interrupted;
  if (withoutResolver) return EXIT.unavailable;
  if (requirements.some(({ verdict }) => verdict === "fail")) return EXIT.fail;
  if (requirements.length === 0) return EXIT.indeterminate;
  if (requirements.some(({ verdict }) => verdict === "indeterminate")) return EXIT.indeterminate;
  return EXIT.pass;
}
