import { brokenLink } from "../../../lib/core/transition.ts";
import { historyOfAsset } from "../../../lib/watch/history-of-asset.ts";
import { createMemory } from "../../../lib/watch/memory/create-memory.ts";
import { verifyHistory } from "../../../lib/watch/verify-history.ts";
import { MUNICIPALITY } from "../support/watched.ts";
import { WEAK_FROM } from "./rules.ts";
import type { Month } from "./simulate.ts";
import type { Condition } from "./world.ts";

/** What is wrong with what a month left in the store; empty when every part of it holds. */
export async function faultsIn({ table, evidence, world, watched, end }: Month): Promise<readonly string[]> {
  const memory = createMemory(table);
  const { requirements, inventory } = watched;
  const faults: string[] = [];
  for (const { value } of await memory.notices.all(MUNICIPALITY.id)) {
    if (!value.digest || value.alert !== null) faults.push(`a notice is left: ${JSON.stringify(value)}`);
  }
  if ((await memory.alerts.undelivered(MUNICIPALITY.id)).length > 0) faults.push("an alert was not handed over");
  const failing: string[] = [];
  for (const { id, name } of inventory.assets) {
    const subject = { municipality: MUNICIPALITY.id, requirement: "S18", asset: id } as const;
    const history = await historyOfAsset(subject, { memory, evidence }, end);
    if (history === null) return [`nothing is remembered of ${name}`];
    const { state, transitions } = history;
    const link = brokenLink(transitions.map(({ transition }) => transition));
    if (link !== null) faults.push(`${name}: ${String(link.number)} ${link.problem}`);
    if (state.outbox.length > 0) faults.push(`${name}: not all is published`);
    const truth = verdictOf(world.truth(name, end - 1), requirements[0]?.version ?? 0);
    if (state.verdict !== truth) faults.push(`${name}: remembered as ${state.verdict}, but it is ${truth}`);
    if (state.openRegression !== null) failing.push(id);
    const parts = await verifyHistory(history, requirements, { memory, evidence });
    faults.push(
      ...parts.filter(({ outcome }) => outcome === "broken").map((part) => `${name}: ${JSON.stringify(part)}`),
    );
  }
  const open = (await memory.transitions.open(MUNICIPALITY.id)).map(({ asset }) => asset);
  const known = new Set(inventory.assets.map(({ id }) => id));
  const isSame =
    open
      .filter((asset) => known.has(asset))
      .toSorted()
      .join() === failing.toSorted().join();
  return isSame ? faults : [...faults, `open regressions are ${open.join()}, but states say ${failing.join()}`];
}

function verdictOf(condition: Condition, version: number): "pass" | "fail" {
  if (condition === "fine" || condition === "short") return "pass";
  if (condition === "weak" || condition === "feeble") return version >= WEAK_FROM[condition] ? "fail" : "pass";
  return "fail";
}
