import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createOutboxFolder } from "../../lib/adapters/outbox-folder.ts";
import type { AlertSink } from "../../lib/ports.ts";
import { alertText } from "../../lib/reports/alert-text.ts";
import { contextOf, RECOVERY, REGRESSION } from "../reports/alert-examples.ts";
import { readMail } from "./read-mail.ts";

let home = "";
let folder = "";

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), "kravvagt-outbox-"));
  folder = path.join(home, "data", "outbox");
});

afterEach(async () => {
  await rm(home, { recursive: true, force: true });
});

function outbox(calls: string[] = []): AlertSink {
  return createOutboxFolder({
    folder,
    correspondents: { from: null, to: ["it@example.dk"] },
    write: async (alert) => {
      calls.push(alert.id);
      return alertText(alert, contextOf("S18_SIGNATURE_EXPIRED", "fail"), "da");
    },
    inReplyTo: async (alert) => (alert.kind === "recovery" ? REGRESSION.id : null),
  });
}

const fileOf = (id: string): string => path.join(folder, `${id}.eml`);

describe("the outbox folder", () => {
  test("holds one readable message per alert, for the owner alone", async () => {
    await outbox().deliver(REGRESSION);
    await outbox().deliver(RECOVERY);
    expect((await readdir(folder)).toSorted()).toEqual([`${REGRESSION.id}.eml`, `${RECOVERY.id}.eml`].toSorted());
    const { headers, text } = readMail(await readFile(fileOf(RECOVERY.id)));
    expect(headers.get("in-reply-to")).toContain(REGRESSION.id);
    expect(text).toContain("er opfyldt igen for signed.dk");
    expect((await stat(fileOf(REGRESSION.id))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  test("stays as it is however often an alert is delivered", async () => {
    const calls: string[] = [];
    const sink = outbox(calls);
    await sink.deliver(REGRESSION);
    const first = await readFile(fileOf(REGRESSION.id));
    await sink.deliver({ ...REGRESSION, createdAt: "2027-01-01T00:00:00.000Z" });
    await outbox(calls).deliver(REGRESSION);
    expect(calls).toEqual([REGRESSION.id]);
    expect((await readFile(fileOf(REGRESSION.id))).equals(first)).toBe(true);
  });

  test("ends with one whole file when many deliver at once", async () => {
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => outbox().deliver(REGRESSION)));
    expect(results.some(({ status }) => status === "fulfilled")).toBe(true);
    await outbox().deliver(REGRESSION);
    expect(await readdir(folder)).toEqual([`${REGRESSION.id}.eml`]);
    expect(readMail(await readFile(fileOf(REGRESSION.id))).text).toContain("SE BEVISET");
  });

  test("clears away what a process that was killed left half written", async () => {
    await outbox().deliver(RECOVERY);
    const left = path.join(folder, `.${REGRESSION.id}.eml.0000`);
    await writeFile(left, "half a mess");
    await outbox().deliver(REGRESSION);
    expect((await readdir(folder)).some((name) => name.startsWith("."))).toBe(false);
  });

  test("rejects when it cannot write, and leaves nothing behind", async () => {
    await writeFile(path.join(home, "data"), "a file, where the folder should be");
    await expect(outbox().deliver(REGRESSION)).rejects.toThrow(/ENOTDIR|EEXIST/);
  });

  test("rejects when the words cannot be had, and writes nothing", async () => {
    const sink = createOutboxFolder({
      ...{ folder, correspondents: { from: null, to: [] } },
      write: () => Promise.reject(new Error("no memory")),
    });
    await expect(sink.deliver(REGRESSION)).rejects.toThrow("no memory");
    await expect(readdir(folder)).rejects.toThrow("ENOENT");
  });

  test.each(["../outside", "", "a/b", `${REGRESSION.id}/..`])("an id never names another file: %j", async (id) => {
    await expect(outbox().deliver({ ...REGRESSION, id })).rejects.toThrow("not an alert id");
    expect(await readdir(home)).toEqual([]);
  });

  test("leaves the mode of a folder that was there", async () => {
    await outbox().deliver(REGRESSION);
    await chmod(folder, 0o750);
    await outbox().deliver(RECOVERY);
    expect((await stat(folder)).mode & 0o777).toBe(0o750);
  });
});
