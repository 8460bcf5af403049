import { reduce } from "../../../lib/core/reduce.ts";
import { s18 } from "../../../lib/requirements/s18/requirement.ts";
import type { Requirement } from "../../../lib/core/requirement.ts";
import { inventoryOfAssets } from "../../../lib/inventory/inventory.ts";
import { sealInventory } from "../../../lib/verify/evidence.ts";
import type { Memory } from "../../../lib/watch/memory.ts";
import { NO_COUNTS } from "../../../lib/watch/run.ts";
import { createMemory } from "../../../lib/watch/memory/create-memory.ts";
import type { RememberedMunicipality } from "../../support/remembered.ts";
import { lookAt, POLICY } from "../../support/looks.ts";
import { createMemoryEvidence, createMemoryTable } from "../../support/memory-table.ts";
import { domain, MUNICIPALITY } from "../../watch/support/watched.ts";
import { worldOf, type StatusWorld } from "./status-world.ts";

/** A second requirement that looks at domains, so that lists have something to merge. */
export const S19: Requirement = { ...s18, id: "S19" };

export { MUNICIPALITY };

/** Remembers a passing look at a domain. */
export async function remember(memory: Memory, value: string, requirement: Requirement = s18): Promise<void> {
  const subject = { municipality: MUNICIPALITY.id, requirement: requirement.id, asset: `domain:${value}` };
  await memory.states.commit(reduce(null, subject, lookAt(0, "pass"), POLICY), null);
}

/** A municipality that declares these domains; nothing is remembered of any until a test does so. */
export async function declaring(domains: readonly string[]): Promise<StatusWorld & { readonly memory: Memory }> {
  const [table, evidence] = [createMemoryTable(), createMemoryEvidence()];
  const memory = createMemory(table);
  const sealed = sealInventory({ ...inventoryOfAssets(domains.map(domain)), municipality: MUNICIPALITY });
  await evidence.put(sealed.address, sealed.text);
  const { slot } = lookAt(0, "pass");
  await memory.runs.put(
    {
      ...{ id: `domains/${slot}`, municipality: MUNICIPALITY.id, family: "domains", slot, startedAt: slot },
      ...{ batches: [], done: [], closedAt: slot, suspect: null, counts: NO_COUNTS, inventory: sealed.address },
    },
    null,
  );
  const remembered = { table, evidence, memory } as unknown as RememberedMunicipality;
  const now = (): number => Date.parse(slot) + 60_000;
  return { ...worldOf(remembered, { municipality: MUNICIPALITY.id, requirements: [s18, S19], now }), memory };
}
