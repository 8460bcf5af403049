import { parseArgs } from "node:util";
import { type PracticeCase, PRACTICE_CASES } from "../../lib/practice/cases.ts";
import { startInternet } from "../lab/internet.ts";
import { writeInventory } from "../lab/inventory.ts";
import type { Placement } from "../lab/name-servers.ts";
import { Workshop } from "../lab/workshop.ts";
import { benchMailDomains } from "./mail-domains.ts";
import { benchManyDomains } from "./many-domains.ts";
import { benchOneDomain } from "./one-domain.ts";
import { report } from "./measure.ts";
import { timeVisits, type VisitKind, VISITS, type VisitTimes } from "./round-trips.ts";
import { benchStatusApi } from "./status-api.ts";
import { benchWeb } from "./web-servers.ts";

const MANY = 300;
const IN_TURN = 9;
/** The target is stated for the first; the second shows how much of the time is round trips. */
const ROUND_TRIPS_MS = [30, 130] as const;
const PATHS = ["dns", "doh"] as const;
const COUNTING: Placement = { relayed: new Set(["185.20.10.2"]), delayMs: 0 };

/** What is measured, in this order. `--only` names some of them. */
const PARTS: Readonly<Record<string, () => Promise<void>>> = {
  domains: benchDomains,
  mail: () => inLab((workshop) => benchMailDomains(workshop, COUNTING)),
  web: () => inLab((workshop) => benchWeb(workshop, COUNTING)),
  "round-trips": benchRoundTrips,
  status: benchStatusApi,
};
const ALL = Object.keys(PARTS).join(",");
const { values: options } = parseArgs({ options: { only: { type: "string", default: ALL } } });

for (const name of options.only.split(",")) {
  const part = PARTS[name];
  if (part === undefined) throw new Error(`--only: no part is called ${name}; there are ${ALL}`);
  await part();
}

async function benchDomains(): Promise<void> {
  await inLab(async (workshop) => {
    const many = healthyDomains(MANY);
    const internet = await startInternet(workshop, COUNTING, [...PRACTICE_CASES, ...many]);
    await benchOneDomain(workshop, await writeInventory(workshop, "one", "dns", many.slice(0, 1)));
    await benchManyDomains(workshop, internet, COUNTING, many);
  });
}

/** Target D1: what S18, S19 and S23 ask of a domain, and S18's share. Two distances tell round trips from computing: the slope between them is round trips alone. */
async function benchRoundTrips(): Promise<void> {
  const few = healthyDomains(IN_TURN);
  const times = new Map<string, VisitTimes>();
  for (const delayMs of ROUND_TRIPS_MS) {
    await inLab(async (workshop) => {
      await startInternet(workshop, { relayed: "all", delayMs }, [...PRACTICE_CASES, ...few]);
      for (const path of PATHS) {
        for (const visit of VISITS) {
          times.set(`${visit} ${path} ${String(delayMs)}`, await timeVisits(workshop, path, visit, few));
        }
      }
    });
  }
  for (const visit of VISITS) reportRoundTrips(visit, times);
}

function reportRoundTrips(visit: VisitKind, times: ReadonlyMap<string, VisitTimes>): void {
  const [near, far] = ROUND_TRIPS_MS;
  console.log(
    `\n${visit} of one domain in one process, ${String(near)} ms away, resolver knows the answers, medians of three`,
  );
  for (const path of PATHS) {
    const [here, there] = [times.get(`${visit} ${path} ${String(near)}`), times.get(`${visit} ${path} ${String(far)}`)];
    if (here === undefined || there === undefined) throw new Error("a measurement is missing");
    for (const [kind, target] of [
      ["cold", 6],
      ["warm", 2.5],
    ] as const) {
      const pure = (there[kind] - here[kind]) / (far - near);
      const remark = `${here[kind].toFixed(0)} ms; ${pure.toFixed(1)} by the slope (target D1: at most ${String(target)})`;
      report(`${path}, ${kind}`, here[kind] / near, "RTT", remark);
    }
    report(`${path}, CPU of a warm one`, here.cpu, "ms", "(target D1: at most 15)");
    report(`${path}, questions of a warm one`, here.questions, "");
  }
}

/** Further domains made like the healthy one of the case list. */
function healthyDomains(count: number): readonly PracticeCase[] {
  const healthy = PRACTICE_CASES.find((each) => each.class === "signed");
  if (healthy === undefined) throw new Error("no healthy case");
  return Array.from({ length: count }, (_, index) => ({
    ...healthy,
    domain: `forsyning${String(index + 1)}-oevelse.dk`,
  }));
}

async function inLab(work: (workshop: Workshop) => Promise<void>): Promise<void> {
  const workshop = await Workshop.open();
  try {
    await work(workshop);
  } finally {
    await workshop.close(false);
  }
}
