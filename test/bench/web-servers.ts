import { join } from "node:path";
import { PRACTICE_CASES } from "../../lib/practice/cases.ts";
import { createDialer } from "../../lib/dial/dialer.ts";
import { HTTP_LIMITS } from "../../lib/probes/http/http-limits.ts";
import { visitUrl } from "../../lib/probes/http/visit-url.ts";
import { observed } from "../../lib/core/observation.ts";
import { readFile } from "node:fs/promises";
import { startInternet } from "../lab/internet.ts";
import { withLabResolver, writeResolvConf } from "../lab/mail-peers.ts";
import type { Placement } from "../lab/name-servers.ts";
import { LAUNCHER } from "../lab/product.ts";
import { WEB_ZONE, type WebLabCase } from "../lab/web-case.ts";
import { WEB_CA, WEB_FOLDER } from "../lab/web-certificates.ts";
import { writeWebInventory } from "../lab/web-checks.ts";
import { placeCases, type PlacedCase, startWebServers } from "../lab/web-servers.ts";
import { TLS_LAB_CASES } from "../lab/web-tls-cases.ts";
import { webZones } from "../lab/web-zones.ts";
import type { Workshop } from "../lab/workshop.ts";
import { measure, median, report, threeTimes } from "./measure.ts";

/** How much faster than each peer the targets want us to be. */
interface Target {
  readonly name: string;
  readonly case: string;
  readonly mostConnections: number;
  readonly times: Readonly<Record<"nmap" | "sslscan" | "testssl", number>>;
}

const TARGETS: readonly Target[] = [
  { name: "T1", case: "far-good", mostConnections: 34, times: { nmap: 1.4, sslscan: 6, testssl: 20 } },
  { name: "T2", case: "far-legacy", mostConnections: 190, times: { nmap: 7, sslscan: 8, testssl: 50 } },
];
const HOPS = 4;
const CHAIN = 15;
/** The old server takes testssl longer than that: the ratio is then a lower bound. */
const LONGEST_SECONDS = "240";

const CASES: readonly WebLabCase[] = [
  ...["good", "legacy"].map((name): WebLabCase => ({
    ...caseNamed(name),
    name: `far-${name}`,
    places: caseNamed(name).places.map((place) => ({ ...place, relic: "far" })),
  })),
  ...Array.from({ length: HOPS }, (_, hop): WebLabCase => {
    const next = `return 302 https://chain-${String(hop + 1)}.${WEB_ZONE}/;`;
    const secure = hop + 1 < HOPS ? [next] : ["return 200 'side';"];
    return { name: `chain-${String(hop)}`, places: [{ relic: "far", secure }], expected: {}, reason: "" };
  }),
];

/** Targets T1, T2 and H1: a modern and an old TLS server and a chain of redirects, each 30 ms away, beside the tools of others. */
export async function benchWeb(workshop: Workshop, placement: Placement): Promise<void> {
  const placed = placeCases(CASES);
  await startInternet(workshop, placement, [...PRACTICE_CASES, ...webZones(placed)]);
  await startWebServers(workshop, placed);
  await writeResolvConf(workshop);
  await benchChain(workshop, placed);
  for (const target of TARGETS) await benchTls(workshop, target, find(placed, target.case));
}

async function benchTls(workshop: Workshop, { name, times, mostConnections }: Target, { host, addresses }: PlacedCase) {
  const [address = ""] = addresses;
  const inventory = await writeWebInventory(workshop, "bench-web", [{ host }]);
  console.log(`\n${name}: TLS profile of ${host}, 30 ms away, medians of three`);
  const command = [LAUNCHER, "tls", host, "--inventory", inventory, "--format", "json"];
  const runs = await threeTimes(() => measure(process.execPath, command, workshop.folder));
  const seconds = median(runs.map((run) => run.seconds));
  const { stdout, stderr } = runs.at(-1)?.ended ?? { stdout: "", stderr: "" };
  const connections = Number(/"connections":\s*(\d+)/u.exec(stdout)?.[1] ?? NaN);
  report("ours: kravvagt tls, the whole process", seconds, "s", Number.isNaN(connections) ? stderr.slice(0, 200) : "");
  report("  connections", connections, "", `(target: at most ${String(mostConnections)})`);
  report("  CPU", median(runs.map((run) => run.cpuSeconds)), "s");
  const empty = await threeTimes(() => measure(process.execPath, [LAUNCHER, "--version"], workshop.folder));
  const start = median(empty.map((run) => run.seconds));
  report("  of which the program's start", start, "s");
  const script = ["--script", "ssl-enum-ciphers", "--script-args", `tls.servername=${host}`];
  const peers: Readonly<Record<keyof Target["times"], readonly string[]>> = {
    nmap: ["nmap", "-Pn", "-n", "-p443", ...script, address],
    sslscan: ["sslscan", "--no-colour", `--sni-name=${host}`, `${address}:443`],
    testssl: [
      "timeout",
      LONGEST_SECONDS,
      "testssl",
      "--quiet",
      "--warnings",
      "off",
      "--color",
      "0",
      "--ip",
      address,
      "-p",
      "-E",
      "-f",
      "-P",
      host,
    ],
  };
  for (const [peer, words] of Object.entries(peers) as [keyof Target["times"], readonly string[]][]) {
    const [program = "", ...rest] = [...withLabResolver(workshop), ...words];
    const once = (): ReturnType<typeof measure> => measure(program, rest, workshop.folder);
    // Minutes long each: one run is enough to tell twenty times from fifty.
    const costs = peer === "testssl" ? [await once()] : await threeTimes(once);
    const theirs = median(costs.map((cost) => cost.seconds));
    const ratio = `${(theirs / seconds).toFixed(1)} times ours, ${(theirs / (seconds - start)).toFixed(1)} without our start`;
    report(peer, theirs, "s", `${ratio} (target: at least ${String(times[peer])})`);
  }
}

/** Our walk and curl's over the same chain; both resolve names by themselves, we in the process, curl by what it is told. */
async function benchChain(workshop: Workshop, placed: readonly PlacedCase[]): Promise<void> {
  const chain = placed.filter(({ webCase }) => webCase.name.startsWith("chain-"));
  const start = `https://${chain[0]?.host ?? ""}/`;
  const authority = join(workshop.path(WEB_FOLDER), WEB_CA);
  const dialer = createDialer({ allowSpecialAddresses: [], families: ["ipv4"] });
  const tools = {
    dialer,
    userAgent: "kravvagt-bench",
    extraAuthorities: [await readFile(authority, "utf8")],
    limits: HTTP_LIMITS,
  };
  const addressesOf = async (host: string) => observed(chain.find((each) => each.host === host)?.addresses ?? []);
  const walk = async (): Promise<number> => {
    const startedAt = performance.now();
    const hops = await visitUrl(start, addressesOf, tools, { signal: new AbortController().signal });
    if (hops.length !== HOPS || hops.at(-1)?.answer.state !== "observed") throw new Error("the chain was not walked");
    return performance.now() - startedAt;
  };
  const told = chain.flatMap(({ host, addresses }) => ["--resolve", `${host}:443:${addresses[0] ?? ""}`]);
  const options = [
    "-sSL",
    "--http1.1",
    "--cacert",
    authority,
    "-o",
    "/dev/null",
    "-w",
    "%{time_total}",
    ...told,
    start,
  ];
  const curl = async (): Promise<number> => {
    const { ended } = await measure("curl", options, workshop.folder);
    return Number(ended.stdout) * 1000;
  };
  await walk();
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let turn = 0; turn < CHAIN; turn += 1) {
    ours.push(await walk());
    theirs.push(await curl());
  }
  dialer.close();
  console.log(
    `\nH1: ${String(HOPS)} hops over HTTPS at ${String(HOPS)} hosts, 30 ms away, medians of ${String(CHAIN)}`,
  );
  report(
    "ours: the walk",
    median(ours),
    "ms",
    `${(median(ours) / median(theirs)).toFixed(2)} of curl's (target: at most 1.05)`,
  );
  report("curl -L, its own time_total", median(theirs), "ms");
}

function caseNamed(name: string): WebLabCase {
  const found = TLS_LAB_CASES.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no case ${name}`);
  return found;
}

function find(placed: readonly PlacedCase[], name: string): PlacedCase {
  const found = placed.find(({ webCase }) => webCase.name === name);
  if (found === undefined) throw new Error(`no place for ${name}`);
  return found;
}
