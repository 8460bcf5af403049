import { chmod, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { LAUNCHER } from "./product.ts";
import { type Ended, fileExists, runToEnd, waitUntil, type Workshop } from "./workshop.ts";

/** The lab has a mount namespace of its own, so what is mounted here is seen by nobody else. Anyone may enter it. */
const VOLUME = "/mnt";
const DATA = join(VOLUME, "data");
const TOO_SMALL = "1m";
const LARGE_ENOUGH = "64m";
const CANNOT_BE_USED = 74;
const STAR = "havn-oevelse.dk";
const NOBODY = "65534";
const START_LIMIT_MS = 120_000;

/** The practice story on a volume of one megabyte ends plainly; with room it goes on from there, and the history holds. */
export async function checkFullDisk(): Promise<readonly string[]> {
  return onVolume(TOO_SMALL, async () => {
    const full = await kravvagt("start", "--once", "--data", DATA);
    await mount("remount", LARGE_ENOUGH);
    const next = await kravvagt("start", "--once", "--data", DATA);
    const history = await kravvagt("history", STAR, "S18", "--verify", "--data", DATA);
    const problems = [next, history].flatMap((each, index) =>
      each.status === 0 ? [] : [`${index === 0 ? "the next start" : "history"} ended with ${lastLine(each)}`],
    );
    if (full.status !== CANNOT_BE_USED) problems.push(`on the full disk: ${lastLine(full)}`);
    if (!/^Der er ikke plads til at skrive \/mnt\/data/mu.test(full.stderr))
      problems.push("nobody is told of the disk");
    return problems;
  });
}

/** While a service runs, another user of the machine can neither ask it nor read what it keeps. */
export async function checkForeignUser(workshop: Workshop): Promise<readonly string[]> {
  return onVolume(LARGE_ENOUGH, async () => {
    const service = workshop.start("service", process.execPath, [LAUNCHER, "start", "--data", DATA]);
    try {
      await waitUntil("the service's first message", START_LIMIT_MS, async () => (await outbox()).length > 0);
      const problems = [...(await reachable())];
      // What is inside must be closed by itself, should somebody open the folder.
      await chmod(DATA, 0o755);
      return [...problems, ...(await reachable())];
    } finally {
      await workshop.stop(service);
    }
  });
}

async function reachable(): Promise<readonly string[]> {
  const socket = join(DATA, "socket");
  if (!(await fileExists(socket))) return ["there is no socket"];
  const script = `require("node:net").connect(${JSON.stringify(socket)}).on("error", ({ code }) => console.log(code)).on("connect", () => { console.log("in"); process.exit(); });`;
  const answer = (await asNobody(process.execPath, "-e", script)).stdout.trim();
  const problems = answer === "EACCES" ? [] : [`the socket answers another user with ${answer}`];
  const files = [join(DATA, "kravvagt.json"), ...(await outbox()).map((file) => join(DATA, "outbox", file))];
  for (const file of [...files, join(DATA, "store", "CURRENT")]) {
    if ((await asNobody("cat", file)).status === 0) problems.push(`another user reads ${file}`);
  }
  if ((await asNobody("ls", join(DATA, "evidence"))).status === 0) problems.push("another user lists the evidence");
  return problems;
}

function outbox(): Promise<readonly string[]> {
  return readdir(join(DATA, "outbox")).catch(() => []);
}

async function onVolume(size: string, work: () => Promise<readonly string[]>): Promise<readonly string[]> {
  await mount("mode=755", size);
  try {
    return await work();
  } finally {
    await rm(DATA, { recursive: true, force: true });
    await runToEnd("umount", ["--lazy", VOLUME]);
  }
}

async function mount(how: string, size: string): Promise<void> {
  const mounted = await runToEnd("mount", ["-t", "tmpfs", "-o", `${how},size=${size}`, "tmpfs", VOLUME]);
  if (mounted.status !== 0) throw new Error(`mount ${VOLUME}: ${mounted.stderr.trim()}`);
}

function kravvagt(...args: readonly string[]): Promise<Ended> {
  return runToEnd(process.execPath, [LAUNCHER, ...args]);
}

function asNobody(...command: readonly string[]): Promise<Ended> {
  return runToEnd("setpriv", [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups", ...command]);
}

function lastLine({ status, stdout, stderr }: Ended): string {
  return `status ${String(status)}: ${(stderr.trim() || stdout.trim()).split("\n").at(-1) ?? ""}`;
}
