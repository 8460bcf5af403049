import type { AssetState } from "../../core/state.ts";
import type { Item, Table } from "../../ports.ts";
import { stateKey, statesKey } from "../keys.ts";
import type { StateMemory } from "../memory.ts";
import { stateForm } from "./state-form.ts";
import { corrupt, readBody, requireKey } from "./stored-item.ts";

/** States, one item each; the item's revision is the state's. */
export function createStateMemory(table: Table): StateMemory {
  return {
    of: async (subject) => {
      const { pk, sk } = stateKey(subject);
      const item = await table.get(pk, sk);
      return item === null ? null : stateIn(item);
    },
    all: async (municipality, requirement) => (await table.query(statesKey(municipality, requirement))).map(stateIn),
    page: async (municipality, requirement, { after, limit }) => {
      const pk = statesKey(municipality, requirement);
      if (after === null) return (await table.query(pk, { limit })).map(stateIn);
      // A range includes its start, which may be there or not.
      const items = await table.query(pk, { from: after, limit: limit + 1 });
      return items
        .filter(({ sk }) => sk !== after)
        .slice(0, limit)
        .map(stateIn);
    },
    commit: (state, before) =>
      table.put(
        { ...stateKey(state), revision: state.revision, body: state },
        before === null ? "absent" : { revision: before.revision },
      ),
  };
}

function stateIn(item: Item): AssetState {
  const state = readBody(item, stateForm);
  requireKey(item, stateKey(state));
  if (state.revision !== item.revision) throw corrupt(item, `was written as revision ${String(item.revision)}`);
  return state;
}
