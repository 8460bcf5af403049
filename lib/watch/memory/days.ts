import type { RequirementId } from "../../core/requirement-id.ts";
import type { Item, Table } from "../../ports.ts";
import { numberText, snapshotsKey, summaryKey } from "../keys.ts";
import type { DayMemory, Snapshot } from "../memory.ts";
import type { SnapshotRow } from "../summary.ts";
import { inChunks } from "./chunks.ts";
import { rowsForm, snapshotForm, summaryForm } from "./day-forms.ts";
import { corrupt, readBody } from "./stored-item.ts";

/** How often a snapshot that is replaced while it is read is read anew. */
const READINGS = 3;

/**
 * The summary, and a snapshot a day. The rows of each close lie under its own moment, the head that makes a snapshot of them
 * is written after them, and only then are those of earlier closes removed: two closes are never mixed, and one that was cut
 * short leaves the one before as it was.
 */
export function createDayMemory(table: Table): DayMemory {
  return {
    summary: async (municipality) => {
      const { pk, sk } = summaryKey(municipality);
      const item = await table.get(pk, sk);
      return item === null ? null : readBody(item, summaryForm);
    },
    putSummary: async (summary) => {
      await table.put({ ...summaryKey(summary.municipality), revision: 1, body: summary }, "always");
    },
    putSnapshot: async (municipality, date, requirement, snapshot) => {
      const day = dayOf(municipality, requirement, date);
      const { closedAt } = snapshot;
      const chunks = inChunks(snapshot.rows);
      for (const [number, body] of chunks.entries())
        await table.put({ pk: day.rows, sk: chunkKey(closedAt, number), revision: 1, body }, "always");
      await putHead(day, date, { ...snapshot, rows: [] }, chunks.length, table);
      for (const { sk } of await table.query(day.rows, { to: closedAt })) await table.remove(day.rows, sk);
    },
    snapshot: async (municipality, date, requirement) => {
      for (let reading = 1; ; reading += 1) {
        const { pk, sk } = dayOf(municipality, requirement, date);
        const [item] = await table.query(pk, { from: `${requirement}#`, to: sk, newestFirst: true, limit: 1 });
        if (item === undefined) return null;
        const head = readBody(item, snapshotForm);
        const rows = await rowsOf(dayOf(municipality, requirement, head.date), head, table);
        if (rows !== null) return { date: head.date, closedAt: head.closedAt, inventory: head.inventory, rows };
        if (reading === READINGS) throw corrupt(item, "its rows are not all there");
      }
    },
  };
}

/** Where a requirement's day lies: its head, and the partition of its rows. */
interface Day {
  readonly pk: string;
  readonly sk: string;
  readonly rows: string;
}

function dayOf(municipality: string, requirement: RequirementId, date: string): Day {
  const pk = snapshotsKey(municipality);
  return { pk, sk: `${requirement}#${date}`, rows: `${pk}#${requirement}#${date}` };
}

function chunkKey(closedAt: string, number: number): string {
  return `${closedAt}#${numberText(number)}`;
}

/** Puts the head unless that of a later close stands there: the day is named by its last. */
async function putHead(
  { pk, sk }: Day,
  date: string,
  { closedAt, inventory }: Snapshot,
  chunks: number,
  table: Table,
): Promise<void> {
  for (;;) {
    const standing = await table.get(pk, sk);
    if (standing !== null && readBody(standing, snapshotForm).closedAt > closedAt) return;
    const item: Item = {
      ...{ pk, sk, revision: (standing?.revision ?? 0) + 1 },
      body: { date, closedAt, inventory, chunks },
    };
    if (await table.put(item, standing === null ? "absent" : { revision: standing.revision })) return;
  }
}

/** Null when they are not all there: another close has replaced them meanwhile. */
async function rowsOf(
  { rows }: Day,
  { closedAt, chunks }: { readonly closedAt: string; readonly chunks: number },
  table: Table,
): Promise<readonly SnapshotRow[] | null> {
  if (chunks === 0) return [];
  const range = { from: chunkKey(closedAt, 0), to: chunkKey(closedAt, chunks - 1) };
  const found = await table.query(rows, range);
  return found.length === chunks ? found.flatMap((item) => readBody(item, rowsForm)) : null;
}
