import type { PracticeCase } from "../../lib/practice/cases.ts";
import { DIFFERENCES } from "./differences.ts";
import { type Opinion, type Peer, PEERS } from "./peers.ts";
import type { AssetVerdict, Result } from "./product.ts";

export type Reading = "kommune-2024" | "stat-2024-10";

/** The verdict on a case in a result, if there is exactly one. */
export function verdictOf(each: PracticeCase, result: Result): AssetVerdict | null {
  const found = result.verdicts.filter(
    ({ asset, requirement }) => asset.id === `domain:${each.domain}` && requirement === "S18",
  );
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** What is wrong with the product's verdict on a case; nothing if it is as expected. */
export function problemsOfVerdict(each: PracticeCase, got: AssetVerdict | null, reading: Reading): readonly string[] {
  if (got === null) return ["no verdict"];
  const problems = [...wrongVerdict(each, got, reading), ...wrongFindings(each, got, reading)];
  return problems.length === 0 ? [] : [...problems, `findings ${describeFindings(got)}`];
}

function wrongVerdict(each: PracticeCase, { verdict, cause }: AssetVerdict, reading: Reading): readonly string[] {
  const expected = reading === "stat-2024-10" ? (each.underState ?? each.verdict) : each.verdict;
  const right: readonly string[] = [expected, ...(each.acceptable ?? [])];
  if (!right.includes(verdict)) return [`${verdict} instead of ${right.join(" or ")} (${each.reason})`];
  if (verdict !== "indeterminate") return [];
  const causes: readonly string[] = each.causes ?? [];
  return causes.includes(cause ?? "") ? [] : [`cause ${cause ?? "missing"} instead of ${causes.join(" or ")}`];
}

function wrongFindings(each: PracticeCase, got: AssetVerdict, reading: Reading): readonly string[] {
  const problems: string[] = [];
  const warns = got.findings.some(({ outcome }) => outcome === "warn");
  // What the state text makes a failure is a warning in the municipal reading alone.
  const warning = reading === "stat-2024-10" && each.underState !== undefined ? undefined : each.warning;
  if (warning === true && !warns) problems.push("no warning");
  if (warning === false && warns) problems.push("a warning where nothing is wrong");
  const tags = new Set(got.findings.map(({ tag }) => tag));
  const expectedTags = reading === "stat-2024-10" && each.underState !== undefined ? [] : (each.tags ?? []);
  for (const tag of expectedTags) if (!tags.has(tag)) problems.push(`no ${tag}`);
  return problems;
}

/** Whether the peers say what the case list says, known differences apart. */
export function problemsOfPeers(each: PracticeCase, said: Readonly<Record<Peer, Opinion>>): readonly string[] {
  return PEERS.flatMap((peer) => {
    const difference = DIFFERENCES.find((known) => known.class === each.class && known.peer === peer);
    const expected = difference?.says ?? each.chain;
    return said[peer] === expected ? [] : [`${peer} says ${said[peer]} instead of ${expected}`];
  });
}

function describeFindings({ findings }: AssetVerdict): string {
  const shown = findings.filter(({ outcome }) => outcome !== "pass").map(({ tag, outcome }) => `${tag}:${outcome}`);
  return shown.length === 0 ? "pass only" : [...new Set(shown)].join(" ");
}
