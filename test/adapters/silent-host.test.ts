import { expect, test } from "@jest/globals";
import { openDataFolder } from "../../lib/adapters/data-folder.ts";
import { startStoreProcess } from "./store-process.ts";
import { temporaryFolders } from "./temporary-folder.ts";

const newFolder = temporaryFolders();
const SOON_MS = 10_000;
/** How long a failure to open is remembered, and a little. */
const A_WHILE_MS = 600;

test("one that has the folder open and does not answer: locked, in good time, also for one that was connected", async () => {
  const folder = newFolder();
  const host = startStoreProcess(folder, "hold");
  try {
    expect(await host.line()).toBe("open");
    const data = await openDataFolder(folder, { create: false });
    host.process.kill("SIGSTOP");
    const before = performance.now();
    const locked = expect.objectContaining({ name: "StoreError", problem: "locked", path: folder });
    await Promise.all([
      expect(openDataFolder(folder, { create: false })).rejects.toEqual(locked),
      expect(data.table.get("P", "a")).rejects.toEqual(locked),
    ]);
    expect(performance.now() - before).toBeLessThan(SOON_MS);
    host.process.kill("SIGCONT");
    await new Promise((resolve) => setTimeout(resolve, A_WHILE_MS));
    expect(await data.table.get("P", "a")).toBeNull();
    await data.close();
  } finally {
    await host.kill();
  }
});
