import { openNetwork } from "../../lib/verify/network.ts";
import { readInventory } from "../../lib/inventory/read-inventory.ts";
import type { PracticeCase } from "../../lib/practice/cases.ts";
import { probeDnsChain } from "../../lib/probes/dns-chain.ts";
import { probeDnsServers } from "../../lib/probes/dns-servers.ts";
import { name } from "../../lib/wire/name.ts";
import { type Path, writeInventory } from "../lab/inventory.ts";
import { dig } from "../lab/peers.ts";
import { RESOLVERS } from "../lab/resolvers.ts";
import type { Workshop } from "../lab/workshop.ts";
import { median, threeTimes } from "./measure.ts";

/** Milliseconds for one domain's S18: cold is the first of a process, warm one after others; `cpu` is of warm ones. */
export interface VisitTimes {
  readonly cold: number;
  readonly warm: number;
  readonly cpu: number;
}

const TYPES = ["SOA", "NS", "DNSKEY", "DS", "A", "AAAA", "MX", "TXT"];
const MICROSECONDS_A_MILLISECOND = 1000;

/** Visits the given domains in turn, three times over, each time from scratch; returns medians. */
export async function timeVisits(workshop: Workshop, path: Path, cases: readonly PracticeCase[]): Promise<VisitTimes> {
  await warmResolvers(cases);
  const rounds = await threeTimes(() => visitInTurn(workshop, path, cases));
  return {
    cold: median(rounds.map(([first]) => first?.wall ?? NaN)),
    warm: median(rounds.flatMap((visits) => visits.slice(1).map(({ wall }) => wall))),
    cpu: median(rounds.flatMap((visits) => visits.slice(1).map(({ cpu }) => cpu))),
  };
}

interface Visit {
  readonly wall: number;
  readonly cpu: number;
}

async function visitInTurn(workshop: Workshop, path: Path, cases: readonly PracticeCase[]): Promise<readonly Visit[]> {
  const files = await readInventory(await writeInventory(workshop, `turn-${path}`, path, cases));
  if (!files.ok) throw new Error(`the inventory is refused: ${JSON.stringify(files.problems)}`);
  const network = await openNetwork(files, { signal: new AbortController().signal });
  try {
    const visits: Visit[] = [];
    for (const { domain } of cases) {
      const before = process.cpuUsage();
      const started = performance.now();
      const seen = await Promise.all([
        probeDnsChain(`domain:${domain}`, name(domain), [], network.context),
        probeDnsServers(`domain:${domain}`, name(domain), network.context),
      ]);
      const wall = performance.now() - started;
      const { user, system } = process.cpuUsage(before);
      visits.push({ wall, cpu: (user + system) / MICROSECONDS_A_MILLISECOND });
      const unseen = seen.find(({ result }) => result.state === "unobserved");
      if (unseen !== undefined) throw new Error(`${domain} was not observed: ${JSON.stringify(unseen.result)}`);
    }
    return visits;
  } finally {
    network.close();
  }
}

/** What a busy resolver would know already; the random names it cannot know. */
async function warmResolvers(cases: readonly PracticeCase[]): Promise<void> {
  for (const resolver of RESOLVERS) {
    for (const { domain } of cases) {
      await Promise.all(TYPES.map((type) => dig(domain, type, { resolver }, "+dnssec")));
    }
  }
}
