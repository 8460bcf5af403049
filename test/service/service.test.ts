import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { temporaryFolders } from "../adapters/temporary-folder.ts";
import { DOMAINS, type QuickPractice, SITE, STAR, startQuickPractice } from "../cli/quick-practice.ts";
import { type Ran, runMain } from "../cli/run-main.ts";

const newFolder = temporaryFolders();
const CHILD = path.join(import.meta.dirname, "service-child.ts");
const COMMAND = path.join(import.meta.dirname, "../../bin/kravvagt.ts");
const PATIENCE_MS = 60_000;
/** An end that hangs takes for ever; how quick a quick one is hangs on how busy the machine is. */
const QUICKLY_MS = 10_000;
const NOBODY = 65_534;
/** Kibibytes: no file may become larger, which to a process looks like a disk that is full. */
const LARGEST_FILE = 30;
/** Of the family `domains`, which judges several requirements of each. */
const ALL_SEEN = `${DOMAINS.length} domæner set i \\d+ kig, alle med svar`;
/** A round and another that confirms it, each with a start of the service. */
const STORY_MS = 180_000;

/** A service in a process of its own, see service-child.ts. */
interface Service {
  readonly child: ChildProcess;
  /** Waits until it has said something that matches, and gives all it has said so far. */
  said(pattern: RegExp): Promise<string>;
  /** Ends it; its exit code, and how many milliseconds it took. */
  end(signal: NodeJS.Signals): Promise<{ readonly code: number | null; readonly took: number }>;
}

/** What rests on the signatures of a domain: its name stands under .dk all the same. */
const FALLS = ["S18", "S19", "S20", "S23"];

const started: Service[] = [];
let practice: QuickPractice;

beforeAll(async () => {
  practice = await startQuickPractice();
});
afterEach(async () => {
  for (const service of started.splice(0)) await service.end("SIGKILL");
});
afterAll(() => practice.stop());

function start(folder: string, more: readonly string[] = [], wrap = 'exec "$@"'): Service {
  writeFileSync(path.join(folder, "broken.json"), "[]");
  const command = [process.execPath, CHILD, folder, ...more];
  const child = spawn("bash", ["-c", wrap, "bash", ...command], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (output += text.toString()));
  const exited = once(child, "exit");
  const service: Service = {
    child,
    async said(pattern) {
      const deadline = performance.now() + PATIENCE_MS;
      while (!pattern.test(output)) {
        if (performance.now() > deadline) throw new Error(`never said ${String(pattern)}: ${output}`);
        await sleep(20);
      }
      return output;
    },
    async end(signal) {
      const before = performance.now();
      child.kill(signal);
      const [code] = (await exited) as [number | null];
      return { code, took: performance.now() - before };
    },
  };
  started.push(service);
  return service;
}

function beside(folder: string, ...args: readonly string[]): Promise<Ran> {
  return runMain([...args, "--data", path.join(folder, "data")], { services: practice.services });
}

/** The messages in the outbox. */
function mailsIn(folder: string): readonly string[] {
  return readdirSync(path.join(folder, "data", "outbox")).filter((name) => name.endsWith(".eml"));
}

describe("a service that watches", () => {
  test(
    "is alone on its folder, shares what it remembers, tells what verify found, and ends with 130",
    async () => {
      const folder = newFolder();
      const service = start(folder);
      await service.said(new RegExp(ALL_SEEN, "u"));
      const inventory = path.join(folder, "inventory.json");

      const second = await beside(folder, "start", "--inventory", inventory);
      const pid = String(service.child.pid);
      expect([second.code, second.stderr]).toEqual([
        74,
        expect.stringContaining(`en anden «kravvagt start» (pid ${pid}) overvåger allerede ud fra denne datamappe`),
      ]);
      const english = await beside(folder, "start", "--once", "--lang", "en");
      expect([english.code, english.stderr]).toEqual([
        74,
        expect.stringContaining(`another "kravvagt start" (pid ${pid})`),
      ]);

      const history = await beside(folder, "history", STAR, "S18", "--verify");
      expect([history.code, history.stdout]).toEqual([0, expect.stringContaining("Historikken holder.")]);
      expect((await beside(folder, "report")).code).toBe(1);
      expect((await beside(folder, "judge")).code).toBe(1);

      // Fewer domains than the service has, so that its own rounds are told from this one.
      writeFileSync(path.join(folder, "two.json"), practice.inventory([STAR, "oevelse.dk", SITE]));
      const verified = await beside(folder, "verify", "--inventory", path.join(folder, "two.json"));
      expect([verified.code, verified.stderr]).toEqual([0, expect.stringMatching(/^Husket\. En tjeneste overvåger/mu)]);
      await service.said(/: 2 domæner set/u);

      const { code, took } = await service.end("SIGINT");
      expect(code).toBe(130);
      expect(took).toBeLessThan(QUICKLY_MS);
      expect(readdirSync(path.join(folder, "data"))).not.toContain("socket");
    },
    STORY_MS,
  );

  test(
    "that was killed is followed at once, and what happened meanwhile is told once",
    async () => {
      const folder = newFolder();
      const first = start(folder);
      await first.said(new RegExp(ALL_SEEN, "u"));
      await first.end("SIGKILL");
      const next = start(folder);
      await next.said(new RegExp(ALL_SEEN, "u"));
      writeFileSync(path.join(folder, "broken.json"), JSON.stringify([STAR]));
      // Without its signatures the domain fails what rests on them, in the rounds of two families.
      for (const id of FALLS) await next.said(new RegExp(`ALARM {2}${id} ikke længere opfyldt`, "u"));
      const said = await next.said(new RegExp(`(?:ALARM[^]*){${FALLS.length}}${ALL_SEEN}`, "u"));
      expect(said).not.toContain("overvåger allerede");
      expect(mailsIn(folder)).toHaveLength(FALLS.length);
    },
    STORY_MS,
  );
});

describe("a disk that is full", () => {
  test(
    "ends the service with 74 and one sentence; what was remembered is there, and the next start goes on",
    async () => {
      const folder = newFolder();
      const full = start(folder, [], `ulimit -f ${LARGEST_FILE}; exec "$@"`);
      const [code] = (await once(full.child, "exit")) as [number];
      const said = await full.said(/plads/u);
      expect(code).toBe(74);
      const told = said.split("\n").filter((line) => line.startsWith("Der er ikke plads til at skrive"));
      expect(told).toEqual([
        expect.stringMatching(new RegExp(`skrive ${folder}.*\\. Frigør plads på disken, og prøv igen\\.$`, "u")),
      ]);
      expect(said).not.toContain("fejl hos os selv");
      const next = start(folder);
      await next.said(new RegExp(ALL_SEEN, "u"));
      for (const domain of DOMAINS) {
        const { code: held, stdout } = await beside(folder, "history", domain, "S18", "--verify");
        expect([domain, held, stdout]).toEqual([domain, 0, expect.stringContaining("Historikken holder.")]);
        expect(stdout).not.toContain(" 2.  ");
      }
    },
    STORY_MS,
  );
});

describe("a folder that this user may not use", () => {
  const isRoot = process.getuid?.() === 0;

  /** Runs the command line as somebody who is not root. */
  function runAsUser(args: readonly string[]): Ran {
    const own = [process.execPath, COMMAND, ...args];
    const user = ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups", ...own];
    const [command = "", ...rest] = isRoot ? user : own;
    const { status, stdout, stderr } = spawnSync(command, rest, { encoding: "utf8", timeout: PATIENCE_MS });
    return { code: status ?? -1, stdout, stderr };
  }

  test.each([
    [0o555, "kan ikke skrives. Giv skriveadgang til mappen"],
    [0o000, "findes ikke eller kan ikke læses. Kontrollér stien og rettighederne"],
  ])("with the permissions %i: 74, and what to do", (mode, words) => {
    const folder = newFolder();
    const [inventory, data] = [path.join(folder, "kommune.json"), path.join(folder, "closed")];
    writeFileSync(inventory, practice.inventory(["oevelse.dk"]));
    chmodSync(folder, 0o755);
    spawnSync("mkdir", ["-m", mode.toString(8).padStart(3, "0"), data]);
    const { code, stdout, stderr } = runAsUser(["start", "--inventory", inventory, "--once", "--data", data]);
    expect([code, stdout]).toEqual([74, ""]);
    expect(stderr).toContain(`${data} ${words}`);
    chmodSync(data, 0o700);
    expect(readdirSync(data)).toEqual([]);
  });
});
