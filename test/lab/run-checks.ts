import { readFile, rm } from "node:fs/promises";
import { type PracticeCase, PRACTICE_CASES } from "../../lib/practice/cases.ts";
import type { Internet } from "./internet.ts";
import { writeInventory } from "./inventory.ts";
import { problemsOfVerdict, verdictOf } from "./judge-cases.ts";
import { QUERY_LOG } from "./name-servers.ts";
import { lastWords, type Result, verify } from "./product.ts";
import { RESOLVERS } from "./resolvers.ts";
import { fileExists, type Workshop } from "./workshop.ts";

/** A question that a relay in front of a name server saw. */
interface SeenQuestion {
  readonly transport: string;
  readonly server: string;
  readonly from: string;
  readonly name: string | null;
  readonly type: string | null;
}

/** Stored observations, judged without any network, must give the very same bytes. */
export async function checkReplay(
  observations: string,
  first: Result,
  requirements: readonly string[] = ["S18"],
): Promise<readonly string[]> {
  const replay = await verify(null, ["--from-observations", observations], { offline: true, requirements });
  if (replay.result === null) return [lastWords(replay)];
  const again = replay.result;
  const verdicts = first.verdicts.flatMap((verdict, at) => {
    const [before, after] = [JSON.stringify(verdict), JSON.stringify(again.verdicts[at])];
    return before === after
      ? []
      : [`${verdict.asset.id} ${verdict.requirement} differs: ${firstDifference(before, after)}`];
  });
  const isSame = JSON.stringify(again.requirements) === JSON.stringify(first.requirements);
  const isWhole = again.verdicts.length === first.verdicts.length;
  return [...(isSame ? [] : ["requirements differ"]), ...(isWhole ? [] : ["other verdicts"]), ...verdicts.slice(0, 5)];
}

/** What stands in either text from where they part. */
function firstDifference(before: string, after = ""): string {
  let at = 0;
  while (at < before.length && before[at] === after[at]) at += 1;
  return [before, after].map((text) => text.slice(Math.max(0, at - 30), at + 60)).join(" / ");
}

/** No question may reach a name server twice over one transport, resolvers' questions apart. */
export async function checkQuestions(workshop: Workshop): Promise<readonly string[]> {
  const asked = (await seenQuestions(workshop)).filter(({ from }) => !RESOLVERS.includes(from));
  if (asked.length === 0) return ["the relay saw no question of ours"];
  const groups = Map.groupBy(asked, (each) => [each.server, each.transport, each.name, each.type].join(" "));
  const repeated = [...groups].filter(([, entries]) => entries.length > 1);
  return repeated.slice(0, 5).map(([question, entries]) => `asked ${String(entries.length)} times: ${question}`);
}

/** Forgets the questions that earlier runs asked. */
export async function forgetQuestions(workshop: Workshop): Promise<void> {
  await rm(workshop.path(QUERY_LOG), { force: true });
}

/** How many questions the relay saw, those of resolvers apart. */
export async function countQuestions(workshop: Workshop): Promise<number> {
  return (await seenQuestions(workshop)).filter(({ from }) => !RESOLVERS.includes(from)).length;
}

/** DoH must lead to the verdicts that plain DNS led to. */
export async function checkDoh(workshop: Workshop, first: Result): Promise<readonly string[]> {
  const run = await verify(await writeInventory(workshop, "doh", "doh"));
  if (run.result === null) return [lastWords(run)];
  const summary = (result: Result): ReadonlyMap<string, string> =>
    new Map(result.verdicts.map(({ asset, verdict, cause }) => [asset.id, `${verdict} ${cause ?? ""}`]));
  const [doh, dns] = [summary(run.result), summary(first)];
  return [...dns].flatMap(([id, verdict]) =>
    doh.get(id) === verdict ? [] : [`${id}: ${doh.get(id) ?? "none"} by DoH`],
  );
}

/** The state text's reading changes what it must and nothing else. */
export async function checkStateReading(inventory: string): Promise<readonly string[]> {
  const run = await verify(inventory, ["--reading", "stat-2024-10"]);
  const { result } = run;
  if (result === null) return [lastWords(run)];
  return PRACTICE_CASES.flatMap((each) =>
    problemsOfVerdict(each, verdictOf(each, result), "stat-2024-10").map((problem) => `${each.domain}: ${problem}`),
  );
}

/** Without a resolver nothing is known, and the person is told so. */
export async function checkWithoutResolver(workshop: Workshop, internet: Internet): Promise<readonly string[]> {
  await Promise.all(internet.resolvers.map((resolver) => workshop.stop(resolver)));
  const cases: readonly PracticeCase[] = PRACTICE_CASES.filter(({ class: name }) => WITHOUT_RESOLVER.includes(name));
  const run = await verify(await writeInventory(workshop, "no-resolver", "dns", cases));
  const { ended, result } = run;
  if (result === null) return [lastWords(run)];
  const problems = result.verdicts.flatMap(({ asset, verdict, cause, findings }) => {
    if (verdict !== "indeterminate") return [`${asset.id} is ${verdict}`];
    if (!SILENT_CAUSES.includes(cause ?? "")) return [`${asset.id} has the cause ${cause ?? "missing"}`];
    return findings.every(({ text }) => text.trim() === "") ? [`${asset.id} has no text`] : [];
  });
  if (result.verdicts.length !== cases.length) problems.push(`${String(result.verdicts.length)} verdicts`);
  if (!STATUSES_WITHOUT_ANSWERS.includes(ended.status)) problems.push(`exit status ${String(ended.status)}`);
  const told = [ended.stderr, ...result.verdicts.flatMap(({ findings }) => findings.map(({ text }) => text))].join(" ");
  if (!RESOLVERS.some((address) => told.includes(address))) problems.push("nobody is told which resolver is silent");
  return problems;
}

/** Something is indeterminate, or a service is not available: interfaces section 1 gives both for this. */
const STATUSES_WITHOUT_ANSWERS: readonly number[] = [2, 69];
const WITHOUT_RESOLVER: readonly string[] = ["signed", "unsigned", "expired", "not-registered"];
const SILENT_CAUSES: readonly string[] = ["dns-timeout", "dns-servfail", "connection-refused", "vantage-blocked"];

async function seenQuestions(workshop: Workshop): Promise<readonly SeenQuestion[]> {
  const file = workshop.path(QUERY_LOG);
  if (!(await fileExists(file))) return [];
  const lines = (await readFile(file, "utf8")).trim().split("\n");
  return lines.map((line) => JSON.parse(line) as SeenQuestion);
}
