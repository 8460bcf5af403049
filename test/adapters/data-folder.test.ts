import { describe, expect, test } from "@jest/globals";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
} from "node:fs";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { openDataFolder } from "../../lib/adapters/data-folder.ts";
import type { StoreProblem } from "../../lib/ports.ts";
import { temporaryFolders } from "./temporary-folder.ts";

const newFolder = temporaryFolders();
const NOBODY = 65_534;

function problem(name: StoreProblem, at: string) {
  return expect.objectContaining({ name: "StoreError", problem: name, path: at });
}

async function refusal(folder: string, create = true): Promise<unknown> {
  return openDataFolder(folder, { create }).then(
    async (data) => {
      await data.close();
      return "opened";
    },
    (error: unknown) => error,
  );
}

/** Everything in a folder with its content, so that it can be seen that nothing was touched. */
function everythingIn(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    statSync(path.join(folder, name)).isFile(),
  );
  return Object.fromEntries(files.map((name) => [name, readFileSync(path.join(folder, name), "base64")]));
}

describe("opening a folder", () => {
  test("one that is missing is made, with its parents; one that is empty is taken; and both are found again", async () => {
    const parent = newFolder();
    for (const folder of [path.join(parent, "new", "data"), parent]) {
      if (folder === parent) rmSync(path.join(parent, "new"), { recursive: true });
      const made = await openDataFolder(folder, { create: true });
      await made.table.put({ pk: "P", sk: "a", revision: 1, body: 1 }, "absent");
      await made.close();
      const found = await openDataFolder(folder, { create: false });
      expect(found.path).toBe(folder);
      expect(await found.table.get("P", "a")).toMatchObject({ body: 1 });
      await found.close();
      expect(JSON.parse(readFileSync(path.join(folder, "kravvagt.json"), "utf8"))).toEqual({
        schema: "kravvagt/data/1",
      });
    }
  });

  test("a relative path is told as an absolute one", async () => {
    const folder = newFolder();
    const data = await openDataFolder(path.relative(process.cwd(), folder), { create: true });
    expect(data.path).toBe(folder);
    await data.close();
  });

  test("the root of a fresh volume is empty, and so is one where another was killed while making it", async () => {
    const folder = newFolder();
    mkdirSync(path.join(folder, "lost+found"));
    writeFileSync(path.join(folder, "kravvagt.json.4711.tmp"), "");
    expect(await refusal(folder)).toBe("opened");
  });

  test("without leave to make one, nothing is made", async () => {
    const folder = newFolder();
    expect(await refusal(path.join(folder, "none"), false)).toEqual(problem("unreadable", path.join(folder, "none")));
    expect(await refusal(folder, false)).toEqual(problem("unreadable", folder));
    expect(readdirSync(folder)).toEqual([]);
  });

  test("somebody else's folder is left alone", async () => {
    const folder = newFolder();
    writeFileSync(path.join(folder, "thesis.txt"), "years of work");
    const before = everythingIn(folder);
    expect(await refusal(folder)).toEqual(problem("not-ours", folder));
    expect(await refusal(path.join(folder, "thesis.txt"))).toEqual(
      problem("not-ours", path.join(folder, "thesis.txt")),
    );
    expect(everythingIn(folder)).toEqual(before);
  });

  test("a path through a file leads nowhere", async () => {
    const file = path.join(newFolder(), "file");
    writeFileSync(file, "");
    expect(await refusal(path.join(file, "data"))).toEqual(problem("not-ours", path.join(file, "data")));
  });

  test.each<readonly [string, string, StoreProblem]>([
    ["a newer one", '{"schema":"kravvagt/data/2"}', "newer"],
    ["one of something else", '{"schema":"kravvagt/result/1"}', "not-ours"],
    ["one that is cut off", '{"schema":"krav', "corrupt"],
    ["an empty one", "", "corrupt"],
    ["one without a schema", "[1]", "corrupt"],
  ])("the marker: %s", async (_, content, expected) => {
    const folder = newFolder();
    const marker = path.join(folder, "kravvagt.json");
    writeFileSync(marker, content);
    expect(await refusal(folder)).toEqual(problem(expected, marker));
    expect(everythingIn(folder)).toEqual({ "kravvagt.json": Buffer.from(content).toString("base64") });
  });
});

describe("permission", () => {
  const asRoot = process.getuid?.() === 0;

  /** Opens as another user where this one may do anything, and gives the problem. */
  function problemAsUser(folder: string): string {
    const child = path.join(import.meta.dirname, "store-child.ts");
    const own = [process.execPath, child, folder, "hold"];
    const user = ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups", ...own];
    const [command = "", ...rest] = asRoot ? user : own;
    return spawnSync(command, rest, { encoding: "utf8", input: "stop" }).stdout.trim();
  }

  test("a folder that others may not enter or write is refused with the right word", () => {
    const folder = newFolder();
    chmodSync(folder, 0o555);
    expect(problemAsUser(folder)).toBe("read-only");
    expect(problemAsUser(path.join(folder, "new"))).toBe("read-only");
    chmodSync(folder, 0o000);
    expect(problemAsUser(folder)).toBe("unreadable");
    chmodSync(folder, 0o700);
  });

  test("a data folder of one user cannot be used by another", async () => {
    const folder = newFolder();
    const data = await openDataFolder(path.join(folder, "data"), { create: true });
    chmodSync(folder, 0o755);
    chmodSync(path.join(folder, "data"), asRoot ? 0o755 : 0o000);
    expect(["read-only", "unreadable"]).toContain(problemAsUser(path.join(folder, "data")));
    if (asRoot) expect(connectAsNobody(path.join(folder, "data", "socket"))).toBe("EACCES");
    chmodSync(path.join(folder, "data"), 0o700);
    expect(await data.table.get("P", "a")).toBeNull();
    await data.close();
  });

  function connectAsNobody(socket: string): string {
    const script = `net.connect(${JSON.stringify(socket)}).on("error", (e) => console.log(e.code)).on("connect", () => { console.log("in"); process.exit(); })`;
    const command = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups", process.execPath, "-e", script];
    return spawnSync("setpriv", command, { encoding: "utf8" }).stdout.trim();
  }
});

describe("damage is told, and nothing is repaired or removed", () => {
  /** A closed folder with items in tables and in the log. */
  async function filledFolder(): Promise<string> {
    const folder = newFolder();
    for (const round of [1, 2]) {
      const data = await openDataFolder(folder, { create: true });
      const items = Array.from({ length: 100 }, (_, number) => ({ pk: "P", sk: `${round}#${number}`, revision: 1 }));
      await Promise.all(items.map((item) => data.table.put({ ...item, body: "y".repeat(600) }, "absent")));
      await data.close();
    }
    return folder;
  }

  function fileLike(folder: string, pattern: RegExp): string {
    const [name] = readdirSync(path.join(folder, "store")).filter((file) => pattern.test(file));
    if (name === undefined) throw new Error(`no file like ${String(pattern)}`);
    return path.join(folder, "store", name);
  }

  function garble(file: string, from: number, length: number): void {
    const content = readFileSync(file);
    content.fill(0x5a, from, from + length);
    writeFileSync(file, content);
  }

  /** Opens and reads everything; gives the error. */
  async function readAll(folder: string): Promise<unknown> {
    try {
      const data = await openDataFolder(folder, { create: false });
      try {
        return await data.table.query("P");
      } finally {
        await data.close();
      }
    } catch (error) {
      return error;
    }
  }

  const corrupt = expect.objectContaining({ name: "StoreError", problem: "corrupt" });

  test.each<readonly [string, RegExp, (file: string) => void]>([
    ["an emptied CURRENT", /^CURRENT$/, (file) => truncateSync(file)],
    ["a missing CURRENT", /^CURRENT$/, (file) => rmSync(file)],
    ["a CURRENT that names what is not there", /^CURRENT$/, (file) => writeFileSync(file, "MANIFEST-999999\n")],
    ["a garbled MANIFEST", /^MANIFEST/, (file) => garble(file, 10, 40)],
    ["a missing MANIFEST", /^MANIFEST/, (file) => rmSync(file)],
    ["a missing table", /\.ldb$/, (file) => rmSync(file)],
    ["an emptied table", /\.ldb$/, (file) => truncateSync(file)],
    ["a table that was cut off", /\.ldb$/, (file) => truncateSync(file, 300)],
    ["a garbled end of a table", /\.ldb$/, (file) => garble(file, statSync(file).size - 40, 40)],
    ["a garbled beginning of a table", /\.ldb$/, (file) => garble(file, 0, 400)],
    ["a garbled log", /\.log$/, (file) => garble(file, 40_000, 20)],
    ["a garbled head of a record in the log", /\.log$/, (file) => garble(file, 0, 7)],
  ])("%s", async (_, pattern, damage) => {
    const folder = await filledFolder();
    const file = fileLike(folder, pattern);
    copyFileSync(file, path.join(folder, "kept"));
    damage(file);
    const damaged = existsSync(file) ? readFileSync(file) : null;
    expect(await readAll(folder)).toEqual(corrupt);
    expect(await readAll(folder)).toEqual(corrupt);
    expect(existsSync(file) ? readFileSync(file) : null).toEqual(damaged);
    copyFileSync(path.join(folder, "kept"), file);
    expect(await readAll(folder)).toHaveLength(200);
  });

  test("a log whose last record was cut off is what a killed process leaves: all before it is there", async () => {
    const folder = await filledFolder();
    const log = fileLike(folder, /\.log$/);
    truncateSync(log, statSync(log).size - 5);
    expect(await readAll(folder)).toHaveLength(199);
  });
});
