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
/** What the issue allows a hostile server. */
const MOST_SECONDS = 15;
/** The start of the program, the questions about the name and the judging, which are not the server's doing, on a machine that is idle. */
const OWN_SECONDS = 2;
const MOST_MEGABYTES = 200;
/** Looks at one that cost too much, alone: what the machine's other work costs is not the server's doing either. */
const MORE_LOOKS = 3;
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
  const looks = await mapSideBySide(HOSTILE_CASES, SIDE_BY_SIDE, async (each) => ({
    each,
    look: await lookAt(workshop, each.host),
  }));
  for (const { each, look } of looks) await noteHostile(workshop, each, look, score);
  const byName = await lookAt(workshop, METADATA_HOST);
  const right = byName.verdicts.get("S27")?.startsWith("indeterminate vantage-blocked") === true;
  score.note("hostile: a name at the trap's address", right ? [] : [describe(byName)], describe(byName));
  score.note("the trap saw nobody", await trapped(workshop));
}

/** Verdicts must be right at every look, what it costs at one of them. */
async function noteHostile(workshop: Workshop, each: HostileCase, first: Look, score: Score): Promise<void> {
  let look = first;
  let dear = tooDear(look, OWN_SECONDS);
  const wrong = [...wrongVerdicts(each, look)];
  for (let more = 0; more < MORE_LOOKS && dear.length > 0; more += 1) {
    const idle = await lookAt(workshop, METADATA_HOST);
    look = await lookAt(workshop, each.host);
    dear = tooDear(look, Math.max(OWN_SECONDS, 2 * idle.seconds));
    wrong.push(...wrongVerdicts(each, look));
  }
  score.note(`hostile: ${each.manner}`, [...wrong, ...dear], describe(look));
}

function wrongVerdicts(each: HostileCase, look: Look): readonly string[] {
  return REQUIREMENTS.flatMap((id) => {
    const [verdict = "none"] = look.verdicts.get(id)?.split(" ") ?? [];
    return each[id].includes(verdict) ? [] : [`${id} is ${verdict} instead of ${each[id].join(" or ")}`];
  });
}

/** `ownSeconds`: what a look takes without the server. */
function tooDear({ seconds, megabytes }: Look, ownSeconds: number): readonly string[] {
  return [
    ...(seconds > MOST_SECONDS + ownSeconds ? [`took ${seconds.toFixed(1)} s`] : []),
    ...(megabytes > MOST_MEGABYTES ? [`took ${megabytes.toFixed(0)} MB`] : []),
  ];
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
