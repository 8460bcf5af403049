import type { SuiteTrial } from "./observations.ts";

/** One choice: what was offered, in its order, and what the server took. */
export interface Pick {
  readonly suites: readonly number[];
  readonly suite: number;
}

/**
 * Whose order rules, by all choices at one version. `server`: an accepted suite was passed over for a later one. `client`: always
 * the first that it accepts, and two offers of the same two suites in different orders were answered differently. Else `unknown`.
 */
export function suitePreference(accepted: readonly number[], picks: readonly Pick[]): SuiteTrial["preference"] {
  const isTaken = new Set(accepted);
  const choices = picks.map(({ suites, suite }) => ({ suite, among: suites.filter((each) => isTaken.has(each)) }));
  if (accepted.length < 2) return "unknown";
  if (choices.some(({ suite, among }) => isTaken.has(suite) && among[0] !== suite)) return "server";
  const isTurned = choices.some(({ suite, among }) =>
    choices.some((other) => other.suite !== suite && other.among.includes(suite) && among.includes(other.suite)),
  );
  return isTurned ? "client" : "unknown";
}
