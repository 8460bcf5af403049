import { readFile, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { once } from "node:events";
import { mapSideBySide } from "../../scripts/zones/run-tool.ts";
import { type Cost, measure } from "../bench/measure.ts";
import { addAddresses } from "./name-servers.ts";
import { LAUNCHER, type Result } from "./product.ts";
import type { Score } from "./score.ts";
import { writeWebInventory } from "./web-checks.ts";
import {
  HOSTILE_CASES,
  HOSTILE_READY,
  type HostileCase,
  METADATA_HOST,
  TRAP_ADDRESS,
  TRAP_LOG,
} from "./web-hostile-cases.ts";
import { fileExists, waitUntil, type Workshop } from "./workshop.ts";

const START_LIMIT_MS = 60_000;
/** What the issue allows a hostile server; the questions about its name come before it. */
const MOST_SECONDS = 15 + 2;
const MOST_MEGABYTES = 200;
/** Nearly all of them wait. */
const SIDE_BY_SIDE = 5;
const HTTP_PORT = 80;
const REQUIREMENTS = ["S27", "K11"] as const;

/** Hostile servers cost a bounded time and memory and never pass, and nothing is ever dialled at the trap. */
export async function judgeHostile(workshop: Workshop, score: Score): Promise<void> {
  await addAddresses([TRAP_ADDRESS, ...HOSTILE_CASES.map(({ address }) => address)]);
  const program = new URL("web-hostile.ts", import.meta.url).pathname;
  workshop.start("web-hostile", process.execPath, ["--no-warnings", program, workshop.folder]);
  await waitUntil("the hostile servers", START_LIMIT_MS, () => fileExists(workshop.path(HOSTILE_READY)));
  await mapSideBySide(HOSTILE_CASES, SIDE_BY_SIDE, (each) => noteHostile(workshop, each, score));
  const byName = await lookAt(workshop, METADATA_HOST);
  const right = byName.verdicts.get("S27")?.startsWith("indeterminate vantage-blocked") === true;
  score.note("hostile: a name at the trap's address", right ? [] : [describe(byName)], describe(byName));
  score.note("the trap saw nobody", await trapped(workshop));
}

async function noteHostile(workshop: Workshop, each: HostileCase, score: Score): Promise<void> {
  const look = await lookAt(workshop, each.host);
  const problems = REQUIREMENTS.flatMap((id) => {
    const [verdict = "none"] = look.verdicts.get(id)?.split(" ") ?? [];
    return each[id].includes(verdict) ? [] : [`${id} is ${verdict} instead of ${each[id].join(" or ")}`];
  });
  if (look.seconds > MOST_SECONDS) problems.push(`took ${look.seconds.toFixed(1)} s`);
  if (look.megabytes > MOST_MEGABYTES) problems.push(`took ${look.megabytes.toFixed(0)} MB`);
  score.note(`hostile: ${each.manner}`, problems, describe(look));
}

interface Look {
  /** Verdict and cause by requirement. */
  readonly verdicts: ReadonlyMap<string, string>;
  readonly seconds: number;
  readonly megabytes: number;
  readonly lastWords: string;
}

async function lookAt(workshop: Workshop, host: string): Promise<Look> {
  const inventory = await writeWebInventory(workshop, host, [{ host }]);
  const options = ["--inventory", inventory, "--requirement", REQUIREMENTS.join(","), "--format", "json"];
  const cost = await measure(process.execPath, [LAUNCHER, "verify", ...options], workshop.folder);
  const result = resultOf(cost);
  const verdicts = (result?.verdicts ?? []).map(
    ({ requirement, verdict, cause }) => [requirement, `${verdict} ${cause ?? ""}`.trim()] as const,
  );
  return {
    verdicts: new Map(verdicts),
    seconds: result?.cost.seconds ?? cost.seconds,
    megabytes: cost.peakMegabytes,
    lastWords: result === null ? cost.ended.stderr.slice(-400) : "",
  };
}

function resultOf({ ended: { stdout } }: Cost): Result | null {
  return stdout.startsWith("{") ? (JSON.parse(stdout) as Result) : null;
}

function describe({ verdicts, seconds, megabytes, lastWords }: Look): string {
  const said = [...verdicts].map(([id, verdict]) => `${id} ${verdict}`).join(", ");
  return `${said} ${lastWords} ${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB`;
}

/** Who dialled the trap; that it would have seen them is proven by dialling it. */
async function trapped(workshop: Workshop): Promise<readonly string[]> {
  const log = workshop.path(TRAP_LOG);
  const seen = (await readFile(log, "utf8")).split("\n").filter((line) => line !== "");
  await writeFile(log, "");
  const socket = connect(HTTP_PORT, TRAP_ADDRESS);
  await once(socket, "close");
  const isAwake = (await readFile(log, "utf8")).startsWith(`${String(HTTP_PORT)} `);
  return [...seen.map((line) => `it was dialled: ${line}`), ...(isAwake ? [] : ["the trap is asleep"])];
}
