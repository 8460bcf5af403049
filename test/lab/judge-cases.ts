import type { PracticeCase } from "../../lib/practice/cases.ts";
import type { Expected } from "../../lib/practice/practice-case.ts";
import { knownDifference, saysByChance } from "./differences.ts";
import { type Opinion, type Peer, PEERS } from "./peers.ts";
import type { AssetVerdict, Result } from "./product.ts";

export type Reading = "kommune-2024" | "stat-2024-10";

export const MAIL_REQUIREMENTS = ["S19", "S20", "S23"] as const;
export type Judged = "S18" | (typeof MAIL_REQUIREMENTS)[number];

/** What is expected, why, and whether a warning must or must not be there. */
export type Expectation = Expected & Pick<PracticeCase, "warning" | "reason">;

/** What a requirement must say of a case; null: nobody has written it down. */
export function expectationOf(each: PracticeCase, requirement: Judged): Expectation | null {
  if (requirement === "S18") return each;
  const expected = each.mail?.[requirement];
  return expected === undefined ? null : { ...expected, reason: each.reason };
}

/** The verdict on a domain in a result, if there is exactly one. */
export function verdictOf(
  { domain }: { readonly domain: string },
  result: Result,
  requirement: Judged = "S18",
): AssetVerdict | null {
  const found = result.verdicts.filter(
    (verdict) => verdict.asset.id === `domain:${domain}` && verdict.requirement === requirement,
  );
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** What is wrong with the product's verdict; nothing if it is as expected. */
export function problemsOfVerdict(each: Expectation, got: AssetVerdict | null, reading: Reading): readonly string[] {
  if (got === null) return ["no verdict"];
  const problems = [...wrongVerdict(each, got, reading), ...wrongFindings(each, got, reading)];
  return problems.length === 0 ? [] : [...problems, `findings ${describeFindings(got)}`];
}

function wrongVerdict(each: Expectation, { verdict, cause }: AssetVerdict, reading: Reading): readonly string[] {
  const expected = reading === "stat-2024-10" ? (each.underState ?? each.verdict) : each.verdict;
  const right: readonly string[] = [expected, ...(each.acceptable ?? [])];
  if (!right.includes(verdict)) return [`${verdict} instead of ${right.join(" or ")} (${each.reason})`];
  if (verdict !== "indeterminate") return [];
  const causes: readonly string[] = each.causes ?? [];
  return causes.includes(cause ?? "") ? [] : [`cause ${cause ?? "missing"} instead of ${causes.join(" or ")}`];
}

function wrongFindings(each: Expectation, got: AssetVerdict, reading: Reading): readonly string[] {
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
    const expected = knownDifference(each.class, peer) ?? each.chain;
    return said[peer] === expected || said[peer] === saysByChance(each.class, peer)
      ? []
      : [`${peer} says ${said[peer]} instead of ${expected}`];
  });
}

function describeFindings({ findings }: AssetVerdict): string {
  const shown = findings.filter(({ outcome }) => outcome !== "pass").map(({ tag, outcome }) => `${tag}:${outcome}`);
  return shown.length === 0 ? "pass only" : [...new Set(shown)].join(" ");
}
