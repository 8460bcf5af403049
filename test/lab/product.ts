import { fileURLToPath } from "node:url";
import { type Ended, runToEnd } from "./workshop.ts";

/** The parts of a `kravvagt/result/1` that the lab reads (interfaces.md section 3). */
export interface Result {
  readonly requirements: readonly unknown[];
  readonly verdicts: readonly AssetVerdict[];
  readonly cost: { readonly seconds: number; readonly dnsQueries: number };
}

export interface AssetVerdict {
  readonly asset: { readonly id: string; readonly name: string };
  readonly requirement: string;
  readonly verdict: string;
  readonly cause: string | null;
  readonly findings: readonly { readonly tag: string; readonly outcome: string; readonly text: string }[];
}

export const LAUNCHER = fileURLToPath(new URL("../../bin/launch.mjs", import.meta.url));

/** One run of `verify`; null result: it wrote no result, and `ended` says why. */
export interface Verified {
  readonly ended: Ended;
  readonly result: Result | null;
}

/**
 * Runs the product as a person would, for S18 unless other requirements are named; stored observations bring their inventory
 * along. With `offline`, in a network namespace that has no network at all.
 */
export async function verify(
  inventory: string | null,
  options: readonly string[] = [],
  { offline = false, requirements = ["S18"] }: { offline?: boolean; requirements?: readonly string[] } = {},
): Promise<Verified> {
  const command = [
    LAUNCHER,
    "verify",
    ...(inventory === null ? [] : ["--inventory", inventory]),
    "--requirement",
    requirements.join(","),
    "--format",
    "json",
    ...options,
  ];
  const ended = offline
    ? await runToEnd("unshare", ["--net", process.execPath, ...command])
    : await runToEnd(process.execPath, command);
  return { ended, result: readResult(ended.stdout) };
}

/** The last words of a run that gave no result. */
export function lastWords({ ended }: Verified): string {
  const words = (ended.stderr.trim() || ended.stdout.trim()).split("\n").slice(-3).join(" / ");
  return `status ${String(ended.status)}: ${words.slice(0, 400)}`;
}

function readResult(text: string): Result | null {
  try {
    const value = JSON.parse(text) as { schema?: unknown };
    return value.schema === "kravvagt/result/1" ? (value as unknown as Result) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
