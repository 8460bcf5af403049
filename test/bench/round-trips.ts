import { openNetwork } from "../../lib/cli/network.ts";
import { readInventory } from "../../lib/inventory/read-inventory.ts";
import type { PracticeCase } from "../../lib/practice/cases.ts";
import { probeDnsChain } from "../../lib/probes/dns-chain.ts";
import { probeDnsServers } from "../../lib/probes/dns-servers.ts";
import { name } from "../../lib/wire/name.ts";
import { type Path, writeInventory } from "../lab/inventory.ts";
import { dig } from "../lab/peers.ts";
import { RESOLVERS } from "../lab/resolvers.ts";
import type { Workshop } from "../lab/workshop.ts";
import { median, report } from "./measure.ts";

const TYPES = ["SOA", "NS", "DNSKEY", "DS", "A", "AAAA", "MX", "TXT"];
const MILLISECONDS_A_MICROSECOND = 1 / 1000;

/** S18's share of target D1: how many round trips one domain takes, cold (first of a process) and warm (after others). */
export async function benchRoundTrips(
  workshop: Workshop,
  roundTripMs: number,
  cases: readonly PracticeCase[],
): Promise<void> {
  console.log(
    `\nround trips of ${String(roundTripMs)} ms for one domain's S18, in one process, resolver knows the answers`,
  );
  await warmResolvers(cases);
  for (const path of ["dns", "doh"] as const) {
    const cold: number[] = [];
    const warm: number[] = [];
    const cpu: number[] = [];
    for (let round = 0; round < 3; round++) {
      const times = await visitInTurn(workshop, path, cases);
      cold.push(times.first / roundTripMs);
      warm.push(median(times.later) / roundTripMs);
      cpu.push(median(times.cpuLater));
    }
    report(`${path}: cold`, median(cold), "RTT", "(target D1: at most 6)");
    report(`${path}: warm`, median(warm), "RTT", "(target D1: at most 2.5)");
    report(`${path}: CPU, warm`, median(cpu), "ms", "(target D1: at most 15)");
  }
}

interface Times {
  readonly first: number;
  readonly later: readonly number[];
  readonly cpuLater: readonly number[];
}

async function visitInTurn(workshop: Workshop, path: Path, cases: readonly PracticeCase[]): Promise<Times> {
  const files = await readInventory(await writeInventory(workshop, `turn-${path}`, path, cases));
  if (!files.ok) throw new Error(`the inventory is refused: ${JSON.stringify(files.problems)}`);
  const network = await openNetwork(files, { signal: new AbortController().signal });
  try {
    const walls: number[] = [];
    const cpus: number[] = [];
    for (const { domain } of cases) {
      const before = process.cpuUsage();
      const started = performance.now();
      const asset = `domain:${domain}`;
      const zone = name(domain);
      const seen = await Promise.all([
        probeDnsChain(asset, zone, [], network.context),
        probeDnsServers(asset, zone, network.context),
      ]);
      walls.push(performance.now() - started);
      const { user, system } = process.cpuUsage(before);
      cpus.push((user + system) * MILLISECONDS_A_MICROSECOND);
      const unseen = seen.find(({ result }) => result.state === "unobserved");
      if (unseen !== undefined) throw new Error(`${domain} was not observed: ${JSON.stringify(unseen.result)}`);
    }
    const [first = NaN, ...later] = walls;
    return { first, later, cpuLater: cpus.slice(1) };
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
