import { dynamoClient } from "../lib/adapters/aws-clients.ts";
import { createDynamoTable } from "../lib/adapters/dynamodb-table.ts";
import { settingsFrom } from "../lib/adapters/function-settings.ts";
import type { Table } from "../lib/ports.ts";
import { createMemory } from "../lib/watch/memory/create-memory.ts";
import type { Memory } from "../lib/watch/memory.ts";

/** The table that the environment names, and what is remembered in it. Sends nothing yet. */
export function openMemory(): { readonly table: Table; readonly memory: Memory } {
  const table = createDynamoTable(dynamoClient(), settingsFrom(process.env, "TABLE_NAME").TABLE_NAME);
  return { table, memory: createMemory(table) };
}
