/** A process of its own with a data folder open. Its arguments: the folder, what to do, and how often. */
import { openDataFolder } from "../../lib/adapters/data-folder.ts";
import { StoreError, type Table } from "../../lib/ports.ts";

const [folder = "", deed = "", times = "0"] = process.argv.slice(2);

/** Adds one so many times, each time in place of the revision that was read. */
async function count(table: Table, sk: string): Promise<string> {
  let lost = 0;
  for (let done = 0; done < Number(times);) {
    const before = await table.get("counter", sk);
    const revision = before?.revision ?? 0;
    const item = { pk: "counter", sk, revision: revision + 1, body: Number(before?.body ?? 0) + 1 };
    if (await table.put(item, before === null ? "absent" : { revision })) done += 1;
    else lost += 1;
  }
  return `counted, lost ${lost}`;
}

/** Puts items of a kilobyte until the disk is full, and tells how many were written. */
async function fill(table: Table): Promise<string> {
  for (let written = 0; ; written += 1) {
    try {
      await table.put(
        { pk: "fill", sk: String(written).padStart(8, "0"), revision: 1, body: "x".repeat(1_024) },
        "always",
      );
    } catch (error) {
      const again = await table.get("fill", "00000000").then(() => "read", problemOf);
      return `${problemOf(error)} after ${written}, then ${again}`;
    }
  }
}

function problemOf(error: unknown): string {
  return error instanceof StoreError ? error.problem : String(error);
}

async function run(): Promise<string> {
  const data = await openDataFolder(folder, { create: true });
  process.stdout.write("open\n");
  try {
    if (deed === "count") return await count(data.table, "all");
    if (deed === "count-alone") return await count(data.table, String(process.pid));
    if (deed === "fill") return await fill(data.table);
    await new Promise((resolve) => process.stdin.once("data", resolve));
    return "asked to stop";
  } finally {
    await data.close();
    process.stdin.destroy();
  }
}

process.stdout.write(`${await run().catch(problemOf)}\n`);
