import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { openDataFolder } from "../../lib/adapters/data-folder.ts";
import type { RequirementId } from "../../lib/core/requirement-id.ts";
import { brokenLink, type Transition } from "../../lib/core/transition.ts";
import { REQUIREMENTS } from "../../lib/requirements/index.ts";
import type { Alert } from "../../lib/watch/alert.ts";
import { createMemory } from "../../lib/watch/memory/create-memory.ts";

/**
 * Kills the service at random moments while a domain breaks and mends, and then looks whether anything was lost, doubled or
 * left untold: `node test/service/killed.ts --times 10 --seed 1`.
 */
const { values } = parseArgs({
  options: { times: { type: "string", default: "10" }, seed: { type: "string", default: "1" } },
});
const TIMES = Number(values.times);
const STAR = "havn-oevelse.dk";
const MUNICIPALITY = "0000";
/** A start takes about a second; a whole regression with its second look about five. */
const [SHORTEST_LIFE_MS, LONGEST_LIFE_MS] = [200, 7000];
const PATIENCE_MS = 180_000;
const TWO_ROUNDS_MS = 8000;
/** What a domain that loses its signatures fails: each is told of in every turn. */
const FALLS: readonly RequirementId[] = ["S18", "S19", "S20", "S23"];
const MESSAGES = FALLS.length;

const draw = generator(Number(values.seed));
const folder = await mkdtemp(path.join(os.tmpdir(), "kravvagt-killed-"));
const outbox = path.join(folder, "data", "outbox");
const CHILD = path.join(import.meta.dirname, "service-child.ts");
const COMMAND = path.join(import.meta.dirname, "../../bin/kravvagt.ts");
let output = "";
let isBroken = false;
let turns = 0;
const problems: string[] = [];
const check = (what: string, holds: boolean): void => {
  process.stdout.write(`${holds ? "ok  " : "FAIL"} ${what}\n`);
  if (!holds) problems.push(what);
};

try {
  await setBroken(false);
  let child = start();
  await until(() => output.includes("alle med svar"), "the first round");
  for (let kills = 0; kills < TIMES; kills += 1) {
    await turnWhenTold();
    const isBesideAnother = draw() < 0.3;
    const other = isBesideAnother ? runHistory() : null;
    await sleep(SHORTEST_LIFE_MS + draw() * (LONGEST_LIFE_MS - SHORTEST_LIFE_MS));
    child.kill("SIGKILL");
    await once(child, "exit");
    await other;
    child = start();
  }
  await until(async () => (await mails()) >= turns * MESSAGES, "the messages of the last turn");
  if (isBroken) await turnWhenTold();
  await until(async () => (await mails()) >= turns * MESSAGES, "the last messages");
  // Whatever is still to come must come now: two more rounds.
  await sleep(TWO_ROUNDS_MS);
  child.kill("SIGINT");
  const [code] = (await once(child, "exit")) as [number];
  check(`interrupted cleanly (exit ${String(code)})`, code === 130);
  await inspect();
  const verified = await runHistory("--verify");
  check(`history --verify exits 0 (${String(verified)})`, verified === 0);
} catch (error) {
  problems.push(String(error));
  process.stdout.write(`FAIL ${String(error)}\n--- what the service said ---\n${output}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.stdout.write(`${problems.length === 0 ? `${String(TIMES)} kills survived` : "NOT survived"}\n`);
process.exit(problems.length === 0 ? 0 : 1);

function start(): ChildProcess {
  const child = spawn(process.execPath, [CHILD, folder], { stdio: ["ignore", "pipe", "pipe"] });
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (output += text.toString()));
  return child;
}

/** Changes the world once what it was before has been told: every turn is a regression or a recovery of each requirement. */
async function turnWhenTold(): Promise<void> {
  if ((await mails()) < turns * MESSAGES) return;
  turns += 1;
  await setBroken(!isBroken);
}

async function setBroken(next: boolean): Promise<void> {
  isBroken = next;
  const temporary = path.join(folder, ".broken.json");
  await writeFile(temporary, JSON.stringify(next ? [STAR] : []));
  await rename(temporary, path.join(folder, "broken.json"));
}

async function mails(): Promise<number> {
  const files = await readdir(outbox).catch(() => []);
  return files.filter((file) => file.endsWith(".eml")).length;
}

async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await sleep(50);
  }
}

/** A second command on the same data folder. It must never disturb the service. Resolves with its exit code. */
async function runHistory(...options: readonly string[]): Promise<number> {
  const args = [COMMAND, "history", STAR, "S18", "--data", path.join(folder, "data"), ...options];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (said += text.toString()));
  const [code] = (await once(child, "exit")) as [number];
  if (code !== 0) process.stdout.write(`history exited ${String(code)}:\n${said}\n`);
  return code;
}

async function inspect(): Promise<void> {
  const data = await openDataFolder(path.join(folder, "data"), { create: false });
  const memory = createMemory(data.table);
  for (const { id } of REQUIREMENTS) {
    const states = await memory.states.all(MUNICIPALITY, id);
    check(`${id}: every subject has a state`, states.length > 0);
    for (const state of states) {
      const subject = `${id} ${state.asset}`;
      const history = await memory.transitions.history(state);
      const link = brokenLink(history);
      check(`${subject}: ${String(history.length)} transitions, the chain holds`, link === null);
      check(
        `${subject}: history and state agree, nothing is unpublished`,
        history.length === state.last && history.at(-1)?.hash === state.link && state.outbox.length === 0,
      );
      if (state.asset === `domain:${STAR}` && FALLS.includes(id)) await inspectStar(id, history, memory);
      else check(`${subject}: nothing but its baseline`, history.length === 1);
    }
  }
  const waiting = await memory.notices.all(MUNICIPALITY);
  check(
    "nothing waits to be told but tomorrow's digest",
    waiting.every(({ value }) => value.digest && value.transition.kind === "baseline"),
  );
  check("no alert waits", (await memory.alerts.undelivered(MUNICIPALITY)).length === 0);
  await data.close();

  async function inspectStar(
    requirement: RequirementId,
    history: readonly Transition[],
    { alerts }: typeof memory,
  ): Promise<void> {
    const kinds = history.map(({ kind }) => kind);
    const expected = [
      "baseline",
      ...Array.from({ length: turns }, (__, n) => (n % 2 === 0 ? "regression" : "recovery")),
    ];
    check(`${requirement} ${STAR}: ${kinds.join(", ")}`, JSON.stringify(kinds) === JSON.stringify(expected));
    const ids = (await readdir(outbox)).filter((file) => file.endsWith(".eml")).map((file) => file.slice(0, 32));
    const filed: Alert[] = [];
    for (const id of ids) {
      const found = await alerts.of(MUNICIPALITY, id);
      if (found !== null) filed.push(found.value.alert);
    }
    check("every message in the outbox is of an alert that is kept", filed.length === ids.length);
    const told = filed.flatMap((alert) =>
      (alert.kind === "regression" || alert.kind === "recovery") && alert.requirement === requirement
        ? alert.members.filter(({ asset }) => asset === `domain:${STAR}`).map(({ number }) => number)
        : [],
    );
    const owed = history.filter(({ kind }) => kind !== "baseline").map(({ number }) => number);
    check(
      `each transition is told in exactly one message: ${told.sort((a, b) => a - b).join(" ")}`,
      JSON.stringify(told) === JSON.stringify(owed),
    );
  }
}

/** A small generator (mulberry32), so that a run can be repeated: Math.random cannot be seeded. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
