import { type PracticeCase, PRACTICE_CASES } from "../../lib/practice/cases.ts";
import { startInternet } from "../lab/internet.ts";
import { writeInventory } from "../lab/inventory.ts";
import type { Placement } from "../lab/name-servers.ts";
import { Workshop } from "../lab/workshop.ts";
import { benchManyDomains } from "./many-domains.ts";
import { benchOneDomain } from "./one-domain.ts";
import { benchRoundTrips } from "./round-trips.ts";

const MANY = 300;
const IN_TURN = 9;
const ROUND_TRIP_MS = 30;
const COUNTING: Placement = { relayed: new Set(["185.20.10.2"]), delayMs: 0 };
const FAR_AWAY: Placement = { relayed: "all", delayMs: ROUND_TRIP_MS };

await inLab(async (workshop) => {
  const many = healthyDomains(MANY);
  const internet = await startInternet(workshop, COUNTING, [...PRACTICE_CASES, ...many]);
  await benchOneDomain(workshop, await writeInventory(workshop, "one", "dns", many.slice(0, 1)));
  await benchManyDomains(workshop, internet, COUNTING, many);
});
await inLab(async (workshop) => {
  const few = healthyDomains(IN_TURN);
  await startInternet(workshop, FAR_AWAY, [...PRACTICE_CASES, ...few]);
  await benchRoundTrips(workshop, ROUND_TRIP_MS, few);
});

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
