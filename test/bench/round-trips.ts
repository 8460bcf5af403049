import { readInventory } from "../../lib/inventory/read-inventory.ts";
import type { PracticeCase } from "../../lib/practice/cases.ts";
import { REQUIREMENTS } from "../../lib/requirements/index.ts";
import { openNetwork } from "../../lib/verify/network.ts";
import { planVerification } from "../../lib/verify/plan.ts";
import { runProbes } from "../../lib/verify/run-probes.ts";
import { type Path, writeInventory } from "../lab/inventory.ts";
import type { Workshop } from "../lab/workshop.ts";
import { median, threeTimes } from "./measure.ts";

/** What is asked of a domain in one visit: all of it is DNS. */
export const VISITS = ["S18", "S18+S19+S23"] as const;
export type VisitKind = (typeof VISITS)[number];

/** Milliseconds for one domain: cold is the first of a process, warm one after others; `cpu` and `questions` are of warm ones. */
export interface VisitTimes {
  readonly cold: number;
  readonly warm: number;
  readonly cpu: number;
  readonly questions: number;
}

const MICROSECONDS_A_MILLISECOND = 1000;

/**
 * Visits the given domains in turn, three times over, each time from scratch; returns medians. A round before them, which is
 * not measured, leaves the resolvers with all that they can know: the random names they cannot.
 */
export async function timeVisits(
  workshop: Workshop,
  path: Path,
  kind: VisitKind,
  cases: readonly PracticeCase[],
): Promise<VisitTimes> {
  await visitInTurn(workshop, path, kind, cases);
  const rounds = await threeTimes(() => visitInTurn(workshop, path, kind, cases));
  const later = rounds.flatMap((visits) => visits.slice(1));
  return {
    cold: median(rounds.map(([first]) => first?.wall ?? NaN)),
    warm: median(later.map(({ wall }) => wall)),
    cpu: median(later.map(({ cpu }) => cpu)),
    questions: median(later.map(({ questions }) => questions)),
  };
}

interface Visit {
  readonly wall: number;
  readonly cpu: number;
  readonly questions: number;
}

async function visitInTurn(
  workshop: Workshop,
  path: Path,
  kind: VisitKind,
  cases: readonly PracticeCase[],
): Promise<readonly Visit[]> {
  const files = await readInventory(await writeInventory(workshop, `turn-${path}`, path, cases));
  if (!files.ok) throw new Error(`the inventory is refused: ${JSON.stringify(files.problems)}`);
  const { inventory } = files;
  const requirements = REQUIREMENTS.filter(({ id }) => kind.split("+").includes(id));
  const network = await openNetwork(files, { signal: new AbortController().signal });
  try {
    const visits: Visit[] = [];
    for (const asset of inventory.assets) {
      const { probes } = planVerification([asset], requirements);
      const asked = network.cost().dnsQueries;
      const before = process.cpuUsage();
      const started = performance.now();
      const seen = await runProbes(probes, inventory, network.context, () => undefined);
      const wall = performance.now() - started;
      const { user, system } = process.cpuUsage(before);
      const cpu = (user + system) / MICROSECONDS_A_MILLISECOND;
      visits.push({ wall, cpu, questions: network.cost().dnsQueries - asked });
      const unseen = seen.find(({ result }) => result.state === "unobserved");
      if (unseen !== undefined) throw new Error(`${asset.name} was not observed: ${JSON.stringify(unseen.result)}`);
    }
    return visits;
  } finally {
    network.close();
  }
}
