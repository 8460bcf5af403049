import { afterEach, describe, expect, test } from "@jest/globals";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { existsSync, lstatSync, readFileSync, statSync } from "node:fs";
import { mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { openDataFolder } from "../../lib/adapters/data-folder.ts";
import type { DataFolder } from "../../lib/ports.ts";
import { startStoreProcess, type StoreProcess } from "./store-process.ts";
import { temporaryFolders } from "./temporary-folder.ts";

const newFolder = temporaryFolders();
const started: StoreProcess[] = [];
const opened: DataFolder[] = [];
const PERMISSIONS = 0o777;

afterEach(async () => {
  await Promise.all(opened.splice(0).map((data) => data.close()));
  await Promise.all(started.splice(0).map((child) => child.kill()));
});

function start(folder: string, deed: string, times?: number): StoreProcess {
  const child = startStoreProcess(folder, deed, times);
  started.push(child);
  return child;
}

async function open(folder: string): Promise<DataFolder> {
  const data = await openDataFolder(folder, { create: true });
  opened.push(data);
  return data;
}

function permissions(file: string): number {
  return statSync(file).mode & PERMISSIONS;
}

function item(sk: string, revision = 1) {
  return { pk: "P", sk, revision, body: { sk, revision } };
}

async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

async function toEnd(child: StoreProcess): Promise<string | null> {
  expect(await child.line()).toBe("open");
  return child.line();
}

describe("two processes", () => {
  test("see each other's writes, whichever came first", async () => {
    const folder = newFolder();
    const other = start(folder, "hold");
    expect(await other.line()).toBe("open");
    const data = await open(folder);
    expect(await data.table.put(item("a"), "absent")).toBe(true);
    expect(await data.table.put(item("a"), "absent")).toBe(false);
    const third = await open(folder);
    expect(await third.table.get("P", "a")).toEqual(item("a"));
  });

  test("when the one that has it open is killed, another takes over, and nothing is lost", async () => {
    const folder = newFolder();
    const host = start(folder, "hold");
    expect(await host.line()).toBe("open");
    const data = await open(folder);
    const beside = await open(folder);
    for (let number = 0; number < 50; number += 1) await data.table.put(item(`k${number}`), "absent");
    await host.kill();
    expect(existsSync(path.join(folder, "socket"))).toBe(true);
    const taken = await elapsed(async () => {
      const writes = [data.table.put(item("new"), "absent"), beside.table.put(item("newer"), "absent")];
      expect(await Promise.all(writes)).toEqual([true, true]);
    });
    expect(taken).toBeLessThan(3_000);
    expect(await beside.table.query("P")).toHaveLength(52);
    expect(await data.table.query("P")).toHaveLength(52);
  });

  test("when it closes in the midst of the other's writes, each write is carried out once", async () => {
    const folder = newFolder();
    const host = start(folder, "hold");
    expect(await host.line()).toBe("open");
    const data = await open(folder);
    await data.table.put(item("count", 1), "absent");
    const stopped = new Promise((resolve) => setTimeout(resolve, 20)).then(() => host.stop());
    for (let revision = 1; revision < 200; revision += 1) {
      expect(await data.table.put(item("count", revision + 1), { revision })).toBe(true);
    }
    await stopped;
    expect((await data.table.get("P", "count"))?.revision).toBe(200);
  });

  test("neither looks for an account, a profile or a setting of AWS", async () => {
    const home = newFolder();
    await mkdir(path.join(home, ".aws"));
    // Whoever opened one of these to read would wait for ever.
    for (const name of ["config", "credentials"])
      expect(spawnSync("mkfifo", [path.join(home, ".aws", name)]).status).toBe(0);
    const settings = `HOME=${home} AWS_PROFILE=none AWS_ENDPOINT_URL=http://127.0.0.1:1 AWS_MAX_ATTEMPTS=wrong`;
    const child = startStoreProcess(newFolder(), "count", 3, `${settings} exec "$@"`);
    started.push(child);
    expect(await toEnd(child)).toBe("counted, lost 0");
  });

  test("closing is quick although others are connected", async () => {
    const folder = newFolder();
    const host = await open(folder);
    const guest = await open(folder);
    await guest.table.get("P", "a");
    expect(await elapsed(() => host.close())).toBeLessThan(2_000);
    expect(await guest.table.put(item("a"), "absent")).toBe(true);
  });

  test("one that dies in the midst of a request does the other no harm", async () => {
    const folder = newFolder();
    const host = await open(folder);
    for (const sent of ["POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 900\r\n\r\n{", "nonsense\r\n\r\n", ""]) {
      const socket = connect(path.join(folder, "socket"));
      socket.on("error", () => undefined);
      await once(socket, "connect");
      await new Promise((resolve) => socket.write(sent || "P", resolve));
      socket.destroy();
    }
    expect(await host.table.put(item("a"), "absent")).toBe(true);
    expect(await elapsed(() => host.close())).toBeLessThan(2_000);
  });

  test("what is closed refuses with a word", async () => {
    const data = await open(newFolder());
    await data.close();
    await data.close();
    await expect(data.table.get("P", "a")).rejects.toMatchObject({ name: "StoreError", problem: "unavailable" });
  });
});

describe("four processes at once", () => {
  const FOUR = [1, 2, 3, 4];

  test("count to two hundred: one has the lock, the others visit it, and whoever ends hands over", async () => {
    const folder = newFolder();
    const children = FOUR.map(() => start(folder, "count", 50));
    expect(await Promise.all(children.map(toEnd))).toEqual(
      FOUR.map(() => expect.stringMatching(/^counted, lost \d+$/)),
    );
    const data = await open(folder);
    expect(await data.table.get("counter", "all")).toMatchObject({ body: 200, revision: 200 });
  });

  test("and none counts twice or not at all when the first is killed", async () => {
    const folder = newFolder();
    const host = start(folder, "hold");
    expect(await host.line()).toBe("open");
    const data = await open(folder);
    const children = FOUR.map(() => start(folder, "count-alone", 60));
    await Promise.all(children.map((child) => child.line()));
    while ((await data.table.query("counter")).length < FOUR.length) await new Promise(setImmediate);
    await host.kill();
    expect(await Promise.all(children.map((child) => child.line()))).toEqual(FOUR.map(() => "counted, lost 0"));
    expect((await data.table.query("counter")).map(({ body }) => body)).toEqual(FOUR.map(() => 60));
  });
});

describe("the socket", () => {
  test("is for this user alone, as are the folders, and goes when nobody listens", async () => {
    const folder = path.join(newFolder(), "data");
    const data = await open(folder);
    expect(lstatSync(path.join(folder, "socket")).isSocket()).toBe(true);
    expect(permissions(path.join(folder, "socket"))).toBe(0o600);
    expect(["", "store", "evidence"].map((name) => permissions(path.join(folder, name)))).toEqual([
      0o700, 0o700, 0o700,
    ]);
    expect(permissions(path.join(folder, "kravvagt.json"))).toBe(0o600);
    await data.close();
    expect(existsSync(path.join(folder, "socket"))).toBe(false);
  });

  test("a long path leads to a temporary folder of ours, which another finds, takes over, and removes in the end", async () => {
    const folder = path.join(newFolder(), "d".repeat(100), "data");
    const host = start(folder, "hold");
    expect(await host.line()).toBe("open");
    const place = readFileSync(path.join(folder, "socket-path"), "utf8");
    expect([permissions(path.dirname(place)), permissions(place)]).toEqual([0o700, 0o600]);
    const data = await open(folder);
    expect(await data.table.put(item("a"), "absent")).toBe(true);
    await host.kill();
    expect(await data.table.get("P", "a")).toEqual(item("a"));
    expect(readFileSync(path.join(folder, "socket-path"), "utf8")).toBe(place);
    await data.close();
    expect([existsSync(path.dirname(place)), existsSync(path.join(folder, "socket-path"))]).toEqual([false, false]);
  });

  test("a noted folder that is open to others, or a link, is not trusted", async () => {
    const folder = path.join(newFolder(), "d".repeat(100), "data");
    await (await openDataFolder(folder, { create: true })).close();
    const elsewhere = newFolder();
    await mkdir(path.join(elsewhere, "open"), { mode: 0o755 });
    await mkdir(path.join(elsewhere, "private"), { mode: 0o700 });
    await symlink(path.join(elsewhere, "private"), path.join(elsewhere, "link"));
    for (const name of ["open", "link"]) {
      await writeFile(path.join(folder, "socket-path"), path.join(elsewhere, name, "socket"));
      const data = await openDataFolder(folder, { create: false });
      expect(await readdir(path.join(elsewhere, name))).toEqual([]);
      await data.close();
    }
    expect(await readdir(elsewhere)).toEqual(["link", "open", "private"]);
  });
});
