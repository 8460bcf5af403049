import { type PracticeCase, PRACTICE_CASES } from "../../lib/practice/cases.ts";
import { mapSideBySide } from "../../scripts/zones/run-tool.ts";
import { type Path, writeInventory } from "./inventory.ts";
import { expectationOf, MAIL_REQUIREMENTS, problemsOfVerdict, type Reading, verdictOf } from "./judge-cases.ts";
import { judgeMailPeers, writeResolvConf } from "./mail-peers.ts";
import { lastWords, type Result, type Verified, verify } from "./product.ts";
import { checkQuestions, checkReplay, countQuestions, forgetQuestions } from "./run-checks.ts";
import { countCalls } from "./postfix.ts";
import type { Score } from "./score.ts";
import type { Workshop } from "./workshop.ts";

export const MAIL_CASES: readonly PracticeCase[] = PRACTICE_CASES.filter(({ mail }) => mail !== undefined);

const QUICK_CASES = MAIL_CASES.filter(({ slow }) => slow !== true);
/** What one visit of a domain answers. */
const VISIT = ["S18", ...MAIL_REQUIREMENTS];
/** Two for each kind of certificate; an address of the canary is called once more when somebody else is silent. */
const MOST_CALLS = 5;
const PEERS_SIDE_BY_SIDE = 4;

/** What independent tools say of every case about mail. */
export async function judgePeersOfMail(workshop: Workshop, score: Score): Promise<void> {
  await writeResolvConf(workshop);
  await mapSideBySide(MAIL_CASES, PEERS_SIDE_BY_SIDE, async (each) => {
    const { problems, said } = await judgeMailPeers(workshop, each);
    score.note(`mail peers ${each.class}`, problems, `${each.domain}: ${said}`);
  });
}

/** The verdicts of S19, S20 and S23 on every case about mail, again offline, by DoH, and in the state reading. */
export async function judgeMail(workshop: Workshop, score: Score): Promise<void> {
  const observations = workshop.path("mail-observations");
  await forgetQuestions(workshop);
  const before = await countCalls(workshop);
  const run = await verifyMail(workshop, "dns", ["--save-observations", observations]);
  const seen = `${String(await countQuestions(workshop))} seen at one server`;
  score.note("mail: no question twice", await checkQuestions(workshop), seen);
  score.note("mail: gateways are called gently", tooManyCalls(before, await countCalls(workshop)));
  const { result } = run;
  if (result === null) {
    score.note("verify of mail", [lastWords(run)]);
    return;
  }
  for (const each of MAIL_CASES) {
    for (const requirement of MAIL_REQUIREMENTS) {
      const expected = expectationOf(each, requirement);
      if (expected === null) continue;
      const got = verdictOf(each, result, requirement);
      const remark = `${each.domain}: ${got?.verdict ?? "-"} ${got?.cause ?? ""}`.trim();
      score.note(`${requirement} ${each.class}`, problemsOfVerdict(expected, got, "kommune-2024"), remark);
    }
  }
  const cost = `${(run.ended.milliseconds / 1000).toFixed(1)} s, ${String(result.cost.dnsQueries)} questions`;
  score.note("mail, replayed without a network", await checkReplay(observations, result, VISIT), cost);
  score.note(
    "mail by DoH",
    problemsOf(await verifyMail(workshop, "doh", [], QUICK_CASES), "kommune-2024", QUICK_CASES),
  );
  const state = ["--from-observations", observations, "--reading", "stat-2024-10"];
  const again = await verify(null, state, { offline: true, requirements: VISIT });
  score.note("mail in the state reading", problemsOf(again, "stat-2024-10", MAIL_CASES));
}

/** Every practice gateway has one name, so that each of its addresses is visited once, whoever receives mail there. */
function tooManyCalls(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): readonly string[] {
  const calls = [...after].map(([address, count]) => ({ address, count: count - (before.get(address) ?? 0) }));
  if (calls.every(({ count }) => count === 0)) return ["the gateways saw no call"];
  return calls
    .filter(({ count }) => count > MOST_CALLS)
    .map(({ address, count }) => `${address} was called ${String(count)} times`);
}

async function verifyMail(
  workshop: Workshop,
  path: Path,
  options: readonly string[],
  cases: readonly PracticeCase[] = MAIL_CASES,
): Promise<Verified> {
  const inventory = await writeInventory(workshop, `mail-${path}`, path, cases);
  return verify(inventory, options, { requirements: VISIT });
}

function problemsOf(run: Verified, reading: Reading, cases: readonly PracticeCase[]): readonly string[] {
  const { result } = run;
  if (result === null) return [lastWords(run)];
  return cases.flatMap((each) => MAIL_REQUIREMENTS.flatMap((id) => problemsOfOne(each, id, result, reading)));
}

function problemsOfOne(
  each: PracticeCase,
  requirement: (typeof MAIL_REQUIREMENTS)[number],
  result: Result,
  reading: Reading,
): readonly string[] {
  const expected = expectationOf(each, requirement);
  if (expected === null) return [];
  const problems = problemsOfVerdict(expected, verdictOf(each, result, requirement), reading);
  return problems.map((problem) => `${requirement} ${each.domain}: ${problem}`);
}
