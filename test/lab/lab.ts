import { parseArgs } from "node:util";
import { PRACTICE_CASES } from "../../lib/practice/cases.ts";
import { mapSideBySide } from "../../scripts/zones/run-tool.ts";
import { type Internet, startInternet } from "./internet.ts";
import { writeInventory } from "./inventory.ts";
import { judgeGateways } from "./gateway-checks.ts";
import { Gateways } from "./gateways.ts";
import { problemsOfPeers, problemsOfVerdict, verdictOf } from "./judge-cases.ts";
import { checkForeignUser, checkFullDisk } from "./data-folder.ts";
import { checkKilled } from "./killed.ts";
import { judgeMail, judgePeersOfMail } from "./mail-checks.ts";
import { askDelv, askUnbound } from "./peers.ts";
import { lastWords, verify } from "./product.ts";
import {
  checkDoh,
  checkQuestions,
  checkReplay,
  checkStateReading,
  checkWithoutResolver,
  countQuestions,
  forgetQuestions,
} from "./run-checks.ts";
import { Score } from "./score.ts";
import { judgeServices } from "./service-checks.ts";
import { PLACED, WEB_LAB_ZONES } from "./web-cases.ts";
import { judgeWeb } from "./web-checks.ts";
import { judgeHostile } from "./web-hostile-checks.ts";
import { judgeByProfile } from "./web-profile-checks.ts";
import { judgePeersOfWeb } from "./web-peers.ts";
import { startWebServers } from "./web-servers.ts";
import { Workshop } from "./workshop.ts";

/** The second server of most domains, on IPv4: a relay there writes down every question. */
const RELAYED = "185.20.10.2";
const PEERS_SIDE_BY_SIDE = 4;
const EXIT_FAILURE = 1;
const SOMETHING_FAILED = 1;
const PARTS = [
  "web",
  "web-peers",
  "web-hostile",
  "services",
  "peers",
  "S18",
  "mail-peers",
  "mail",
  "gateways",
  "service",
] as const;
type Part = (typeof PARTS)[number];

const { values: options } = parseArgs({
  options: {
    /** Only these parts of PARTS, with commas between them; else all. */
    only: { type: "string", default: PARTS.join(",") },
    /** Starts everything and waits, for looking around by hand. */
    hold: { type: "boolean", default: false },
    /** Leaves the folder of the run behind. */
    keep: { type: "boolean", default: false },
  },
});

const parts = options.only.split(",");
const unknown = parts.find((part) => !PARTS.some((known) => known === part));
if (unknown !== undefined) throw new Error(`--only: no part is called ${unknown}; there are ${PARTS.join(", ")}`);

const workshop = await Workshop.open();
const score = new Score();
try {
  const internet = await startInternet(workshop, { relayed: new Set([RELAYED]), delayMs: 0 }, [
    ...PRACTICE_CASES,
    ...WEB_LAB_ZONES,
  ]);
  const gateways = await Gateways.start(workshop);
  await startWebServers(workshop, PLACED);
  if (options.hold) {
    console.log(`process ${String(process.pid)} holds the lab in ${workshop.folder}`);
    await writeInventory(workshop, "dns", "dns");
    await new Promise(() => setInterval(() => undefined, 1000));
  }
  // First of all: the last of S18's checks stops the resolvers.
  await inPart("web", () => judgeWeb(workshop, score));
  await inPart("web", () => judgeByProfile(workshop, score));
  await inPart("web-peers", () => judgePeersOfWeb(workshop, score));
  await inPart("web-hostile", () => judgeHostile(workshop, score));
  await inPart("services", () => judgeServices(workshop, score));
  await inPart("mail-peers", () => judgePeersOfMail(workshop, score));
  await inPart("mail", () => judgeMail(workshop, score));
  await inPart("gateways", () => judgeGateways(workshop, gateways, score));
  await inPart("peers", judgePeers);
  await inPart("S18", () => judgeProduct(internet));
  await inPart("service", judgeService);
  const dead = workshop.firstDead();
  score.note("every server ran to the end", dead === null ? [] : [dead]);
} finally {
  await workshop.close(options.keep);
}
if (!score.finish()) process.exitCode = EXIT_FAILURE;

async function inPart(part: Part, work: () => Promise<void>): Promise<void> {
  if (parts.includes(part)) await work();
}

async function judgeService(): Promise<void> {
  score.note("a full disk loses nothing", await checkFullDisk());
  score.note("nobody else reaches the data", await checkForeignUser(workshop));
  score.note("the service, killed 50 times", await checkKilled());
}

async function judgePeers(): Promise<void> {
  await mapSideBySide(PRACTICE_CASES, PEERS_SIDE_BY_SIDE, async (each) => {
    const { name, type } = each.shows ?? { name: each.domain, type: "SOA" };
    const [delv, unbound] = await Promise.all([askDelv(workshop, name, type), askUnbound(name, type)]);
    const said = `delv ${delv}, unbound ${unbound}`;
    score.note(`peers ${each.class}`, problemsOfPeers(each, { delv, unbound }), `${name} ${type}: ${said}`);
  });
}

async function judgeProduct(internet: Internet): Promise<void> {
  const inventory = await writeInventory(workshop, "dns", "dns");
  const observations = workshop.path("observations");
  await forgetQuestions(workshop);
  const run = await verify(inventory, ["--save-observations", observations]);
  const { result } = run;
  if (result === null) {
    score.note("verify", [lastWords(run)]);
    return;
  }
  for (const each of PRACTICE_CASES) {
    const got = verdictOf(each, result);
    const problems = problemsOfVerdict(each, got, "kommune-2024");
    score.note(`S18 ${each.class}`, problems, `${each.domain}: ${got?.verdict ?? "-"} ${got?.cause ?? ""}`.trim());
  }
  const { status, milliseconds } = run.ended;
  const cost = `${(milliseconds / 1000).toFixed(1)} s, ${String(result.cost.dnsQueries)} questions`;
  const wrongStatus = status === SOMETHING_FAILED ? [] : [`exit status ${String(status)}`];
  score.note("exit status of a run with failures", wrongStatus, cost);
  score.note("no question twice", await checkQuestions(workshop), `${String(await countQuestions(workshop))} seen`);
  score.note("replay without a network", await checkReplay(observations, result));
  score.note("DoH gives the same verdicts", await checkDoh(workshop, result));
  score.note("the state reading", await checkStateReading(inventory));
  score.note("without a resolver", await checkWithoutResolver(workshop, internet));
}
