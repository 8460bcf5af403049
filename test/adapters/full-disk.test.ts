import { afterEach, expect, test } from "@jest/globals";
import { openDataFolder } from "../../lib/adapters/data-folder.ts";
import { startStoreProcess, type StoreProcess } from "./store-process.ts";
import { temporaryFolders } from "./temporary-folder.ts";

const newFolder = temporaryFolders();
const started: StoreProcess[] = [];
/** No file may become larger, in kibibytes: to a process that looks like a disk that is full. */
const LARGEST_FILE = 200;
const CAPPED = `ulimit -f ${LARGEST_FILE}; exec "$@"`;

afterEach(() => Promise.all(started.splice(0).map((child) => child.kill())));

test("a full disk is told; what was written before is there, for the same process and for the next", async () => {
  const folder = newFolder();
  const child = startStoreProcess(folder, "fill", 0, CAPPED);
  started.push(child);
  expect(await child.line()).toBe("open");
  const told = await child.line();
  const written = Number(/^full after (\d+), then read$/.exec(told ?? "")?.[1]);
  expect(written).toBeGreaterThan(LARGEST_FILE / 2);
  const data = await openDataFolder(folder, { create: false });
  const kept = await data.table.query("fill");
  expect(kept.length).toBeGreaterThanOrEqual(written);
  expect(kept.slice(0, written).map(({ sk }) => Number(sk))).toEqual(
    Array.from({ length: written }, (_, number) => number),
  );
  expect(await data.table.put({ pk: "fill", sk: "more", revision: 1, body: 1 }, "absent")).toBe(true);
  await data.close();
});

test("one that visits is told the same as the one that has it open", async () => {
  const folder = newFolder();
  const host = startStoreProcess(folder, "hold", 0, CAPPED);
  started.push(host);
  expect(await host.line()).toBe("open");
  const data = await openDataFolder(folder, { create: false });
  const body = "x".repeat(1_024);
  async function fill(): Promise<void> {
    for (let number = 0; ; number += 1)
      await data.table.put({ pk: "fill", sk: `${number}`, revision: 1, body }, "always");
  }
  await expect(fill()).rejects.toMatchObject({ problem: "full", path: expect.stringContaining(folder) });
  expect(await data.table.put({ pk: "fill", sk: "more", revision: 1, body: 1 }, "absent")).toBe(true);
  await data.close();
});
