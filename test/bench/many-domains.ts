import { rm, writeFile } from "node:fs/promises";
import type { PracticeCase } from "../../lib/practice/cases.ts";
import { type Internet, startResolvers } from "../lab/internet.ts";
import { writeInventory } from "../lab/inventory.ts";
import { type Placement, QUERY_LOG } from "../lab/name-servers.ts";
import { LAUNCHER } from "../lab/product.ts";
import { DELV_ANCHORS_FILE, RESOLVERS } from "../lab/resolvers.ts";
import { checkQuestions, countQuestions } from "../lab/run-checks.ts";
import { type Service, type Workshop } from "../lab/workshop.ts";
import { type Cost, describeRuns, measure, median, report, threeTimes } from "./measure.ts";

const TYPES = ["SOA", "NS", "DNSKEY", "DS", "A", "AAAA", "MX", "TXT"];

/** Many signed domains judged for S18 in one run, beside one delv run each, and beside bare questions to a validating resolver. */
export async function benchManyDomains(
  workshop: Workshop,
  internet: Internet,
  placement: Placement,
  cases: readonly PracticeCase[],
): Promise<void> {
  const count = cases.length;
  console.log(`\n${String(count)} signed domains, resolvers with empty caches, medians of three`);
  let running: readonly Service[] = internet.resolvers;
  const emptyCaches = async (): Promise<void> => {
    await Promise.all(running.map((resolver) => workshop.stop(resolver)));
    running = await startResolvers(workshop, internet.manifest, internet.zoneFolder, placement);
  };
  const inventory = await writeInventory(workshop, "many", "dns", cases);
  const verify = [LAUNCHER, "verify", "--inventory", inventory, "--requirement", "S18", "--format", "json"];
  const ours = await threeTimes(async () => {
    await emptyCaches();
    await rm(workshop.path(QUERY_LOG), { force: true });
    return measure(process.execPath, verify, workshop.folder);
  });
  const seconds = median(ours.map((run) => run.seconds));
  const cpu = median(ours.map((run) => run.cpuSeconds));
  report("ours: verify, S18", seconds, "s", describeRuns(ours, count / seconds));
  report("  CPU of ours", (cpu * 1000) / count, "ms", "a domain (target D1: at most 15 for S18 + S19 + S23)");
  report("  peak memory of ours", median(ours.map((run) => run.peakMegabytes)), "MB");
  const repeated = await checkQuestions(workshop);
  const seen = await countQuestions(workshop);
  report("  questions at one of two servers", seen / count, "a domain", `repeated: ${repeated.join("; ") || "none"}`);

  const delv = await threeTimes(async () => {
    await emptyCaches();
    return measure("sh", ["-c", delvScript(workshop, cases)], workshop.folder);
  });
  compare("delv, one run each (no look at the name servers)", median(delv.map((run) => run.seconds)), seconds, delv);
  const questions = workshop.path("questions.txt");
  await writeFile(questions, cases.flatMap(({ domain }) => TYPES.map((type) => `${domain} ${type}\n`)).join(""));
  const dig = await threeTimes(async () => {
    await emptyCaches();
    const resolver = `@${RESOLVERS[0] ?? ""}`;
    return measure("dig", [resolver, "+dnssec", "+noall", "+answer", "-f", questions], workshop.folder);
  });
  compare(
    `dig, ${String(TYPES.length)} questions each to a validating resolver`,
    median(dig.map((run) => run.seconds)),
    seconds,
    dig,
  );
}

function compare(what: string, seconds: number, ours: number, runs: readonly Cost[]): void {
  const cpu = median(runs.map((run) => run.cpuSeconds));
  report(what, seconds, "s", `ours takes ${(ours / seconds).toFixed(2)} of it; its CPU ${cpu.toFixed(1)} s`);
}

function delvScript(workshop: Workshop, cases: readonly PracticeCase[]): string {
  const anchors = `-a ${workshop.path(DELV_ANCHORS_FILE)} +root=. +cdflag`;
  return cases.map(({ domain }) => `delv @${RESOLVERS[0] ?? ""} ${anchors} ${domain} SOA`).join("\n");
}
