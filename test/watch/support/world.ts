import type { Look } from "../../../lib/core/look.ts";
import { isAnswer, reduce } from "../../../lib/core/reduce.ts";
import { confirmSlotOf } from "../../../lib/core/slot.ts";
import type { Subject } from "../../../lib/core/transition.ts";
import type { Verdict } from "../../../lib/core/verdict.ts";
import type { Inventory } from "../../../lib/inventory/inventory.ts";
import type { Table } from "../../../lib/ports.ts";
import type { Alert, FiledAlert } from "../../../lib/watch/alert.ts";
import { type Closed, closeRun } from "../../../lib/watch/close-run.ts";
import { isWell } from "../../../lib/watch/doubt.ts";
import { alertsKey } from "../../../lib/watch/keys.ts";
import { createMemory } from "../../../lib/watch/memory/create-memory.ts";
import type { Memory } from "../../../lib/watch/memory.ts";
import type { Run } from "../../../lib/watch/run.ts";
import { addressOf, HOUR, lookAt, MINUTE, POLICY, secondLookAt, START } from "../../support/looks.ts";
import { createMemoryTable } from "../../support/memory-table.ts";
import { MUNICIPALITY, watching } from "./watched.ts";

/** What is seen of each domain: a verdict, or more of the look. Domains that are not named pass. */
export type Seen = Readonly<Record<string, Verdict | Partial<Look>>>;

/** A municipality's domains, looked at as a test says, over a table in memory. */
export interface World {
  readonly table: Table;
  readonly memory: Memory;
  /** Looks at all domains in the round of this hour; the run stays open. Returns its id. */
  look(hour: number, seen?: Seen, run?: Partial<Run>): Promise<string>;
  /** Takes the second look at these domains that belongs to the round of this hour. */
  lookAgain(hour: number, seen: Seen, run?: Partial<Run>): Promise<string>;
  /** Closes a run one minute after its looks, or at another moment (epoch milliseconds). */
  close(run: string, now?: number): Promise<Closed>;
  /** All alerts that were ever filed, oldest first. */
  alerts(): Promise<readonly Alert[]>;
}

export function createWorld(
  domains: readonly string[],
  inventory: Partial<Inventory> = {},
  table: Table = createMemoryTable(),
): World {
  const memory = createMemory(table);
  const watched = watching(domains, inventory);
  const round = async (slot: string, looks: ReadonlyMap<string, Look>, changes: Partial<Run>): Promise<string> => {
    const id = `domains/${slot}`;
    const counts = { looks: 0, answers: 0, worse: 0, well: 0 };
    for (const [domain, look] of looks) {
      const subject: Subject = { municipality: MUNICIPALITY.id, requirement: "S18", asset: `domain:${domain}` };
      const before = await memory.states.of(subject);
      await memory.states.commit(reduce(before, subject, look, POLICY), before);
      counts.looks += 1;
      if (isAnswer(look)) counts.answers += 1;
      if (before === null || !isWell(before)) continue;
      counts.well += 1;
      if (look.verdict === "fail") counts.worse += 1;
    }
    const run: Run = {
      ...{ id, municipality: MUNICIPALITY.id, family: "domains", slot, startedAt: slot.slice(0, 24) },
      ...{ batches: [[...looks.keys()]], done: [0], closedAt: null, suspect: null, counts },
      ...{ inventory: addressOf("inventory"), ...changes },
    };
    await memory.runs.put(run, null);
    return id;
  };
  return {
    table,
    memory,
    look: async (hour, seen = {}, run = {}) => {
      const looks = domains.map(
        (domain) => [domain, asLook(seen[domain] ?? "pass", (v, c) => lookAt(hour, v, c))] as const,
      );
      return round(lookAt(hour, "pass").slot, new Map(looks), run);
    },
    lookAgain: async (hour, seen, run = {}) => {
      const looks = Object.entries(seen).map(
        ([domain, what]) => [domain, asLook(what, (v, c) => secondLookAt(hour, v, c))] as const,
      );
      return round(confirmSlotOf(lookAt(hour, "pass").slot), new Map(looks), run);
    },
    close: async (id, now = momentOf(id)) => {
      const run = await memory.runs.of(MUNICIPALITY.id, id);
      if (run === null) throw new Error(`there is no run ${id}`);
      return closeRun(run, watched, { memory, onEvent: () => undefined }, now);
    },
    alerts: async () => {
      const filed = (await table.query(alertsKey(MUNICIPALITY.id))).map(({ body }) => (body as FiledAlert).alert);
      return filed.toSorted((a, b) => (`${a.createdAt} ${a.id}` < `${b.createdAt} ${b.id}` ? -1 : 1));
    },
  };
}

type Make = (verdict: Verdict, changes?: Partial<Look>) => Look;

function asLook(what: Verdict | Partial<Look>, make: Make): Look {
  return typeof what === "string" ? make(what) : make(what.verdict ?? "fail", what);
}

function momentOf(id: string): number {
  const after = id.endsWith("/confirm") ? POLICY.confirmAfter + MINUTE : MINUTE;
  return Date.parse(id.split("/")[1] ?? "") + after;
}

/** The hour of a moment, counted from `START`. */
export function hourOf(moment: string): number {
  return (Date.parse(moment) - START) / HOUR;
}
