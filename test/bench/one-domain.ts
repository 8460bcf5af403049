import { PRACTICE_CASES } from "../../lib/practice/cases.ts";
import { DELV_ANCHORS_FILE, RESOLVERS } from "../lab/resolvers.ts";
import { LAUNCHER } from "../lab/product.ts";
import { runToEnd, type Workshop } from "../lab/workshop.ts";
import { type Cost, measure, median, report, threeTimes } from "./measure.ts";

const DOMAIN = PRACTICE_CASES.find((each) => each.class === "signed")?.domain ?? "";

/** One domain's chain, drawn by us and by peers, each as a program that starts anew, at a resolver that knows the answers. */
export async function benchOneDomain(workshop: Workshop, inventory: string): Promise<void> {
  console.log(`\none domain's chain (${DOMAIN}), start-up included, medians of three`);
  const resolver = RESOLVERS[0] ?? "";
  const delv = ["delv", `@${resolver}`, "-a", workshop.path(DELV_ANCHORS_FILE), "+root=.", "+cdflag", DOMAIN, "SOA"];
  const [delvSeconds] = await bench(workshop, "delv", delv);
  const ours = [process.execPath, LAUNCHER, "dnssec", DOMAIN, "--inventory", inventory];
  await bench(workshop, "ours: dnssec", ours, delvSeconds);
  if (!(await isInstalled("dnsviz"))) {
    console.log("dnsviz is not installed: no comparison with it");
    return;
  }
  const dnsviz = ["dnsviz", "probe", "-s", resolver, "-a", ".", DOMAIN];
  await bench(workshop, "dnsviz probe (asks more)", dnsviz, delvSeconds);
}

async function bench(
  workshop: Workshop,
  what: string,
  [program = "", ...parameters]: readonly string[],
  reference?: number,
): Promise<readonly [number]> {
  const runs: readonly Cost[] = await threeTimes(() => measure(program, parameters, workshop.folder));
  const seconds = median(runs.map((run) => run.seconds));
  const cpu = median(runs.map((run) => run.cpuSeconds));
  const failed = runs.find(({ ended }) => ended.status !== 0);
  const compared = reference === undefined ? "" : `${(seconds / reference).toFixed(1)} x delv, `;
  const status = failed === undefined ? "" : `, status ${String(failed.ended.status)}`;
  report(what, seconds * 1000, "ms", `${compared}${(cpu * 1000).toFixed(0)} ms CPU${status}`);
  return [seconds];
}

async function isInstalled(program: string): Promise<boolean> {
  return (await runToEnd("sh", ["-c", `command -v ${program}`])).status === 0;
}
