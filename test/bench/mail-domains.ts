import { rm, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { type PracticeCase, PRACTICE_CASES } from "../../lib/practice/cases.ts";
import { PRACTICE_SELECTOR } from "../../lib/practice/practice-case.ts";
import { dkimKey, REJECT, TLSA_OF_BOTH } from "../../scripts/zones/mail-records.ts";
import type { Recipe } from "../../scripts/zones/recipe.ts";
import { RECIPES } from "../../scripts/zones/recipes.ts";
import { type Door, Gateways } from "../lab/gateways.ts";
import { type Internet, startInternet, startResolvers } from "../lab/internet.ts";
import { writeInventory } from "../lab/inventory.ts";
import { dmarcCommand, fingerCommand, spfCommand, withLabResolver, writeResolvConf } from "../lab/mail-peers.ts";
import type { Placement } from "../lab/name-servers.ts";
import { countCalls } from "../lab/postfix.ts";
import { LAUNCHER } from "../lab/product.ts";
import { checkQuestions, countQuestions, forgetQuestions } from "../lab/run-checks.ts";
import type { Service, Workshop } from "../lab/workshop.ts";
import { describeRuns, measure, median, report, threeTimes } from "./measure.ts";

const DOMAINS = 300;
const GATEWAYS = 20;
const REQUIREMENTS = "S18,S19,S20,S23";
/** Looked at once each, to show what costs how much. */
const SHARES = ["S18", "S19", "S20", "S23", "S18,S19,S23"];
const CLASS = "bench-gateway-";
const SENDER: readonly string[] = [
  '@ TXT "v=spf1 ip4:185.20.97.0/28 -all"',
  'www TXT "v=spf1 -all"',
  REJECT,
  dkimKey(),
];
const QUESTIONS: readonly (readonly [below: string, type: string])[] = [
  ["", "SOA"],
  ["", "NS"],
  ["", "DNSKEY"],
  ["", "DS"],
  ["", "MX"],
  ["", "TXT"],
  ["_dmarc.", "TXT"],
  [`${PRACTICE_SELECTOR}._domainkey.`, "TXT"],
];

/** One run of a tool for one domain, and what it prints when all is well. */
interface PeerRun {
  readonly what: string;
  readonly command: (domain: string) => readonly string[];
  readonly says: RegExp;
}

const PEERS: readonly PeerRun[] = [
  { what: "posttls-finger", command: fingerCommand, says: /: Verified TLS connection established/gu },
  { what: "spfquery", command: (domain) => spfCommand(domain), says: /^pass$/gmu },
  { what: "opendmarc-check", command: dmarcCommand, says: /Domain policy: reject/gu },
  {
    what: `dig, ${String(QUESTIONS.length)} questions`,
    command: (domain) => [
      ...["dig", "+dnssec", "+noall", "+answer"],
      ...QUESTIONS.flatMap(([below, type]) => [`${below}${domain}`, type]),
    ],
    says: /"v=DKIM1;/gu,
  },
];

/** Many domains that share some gateways, judged for all that is built, beside one run each of the tools that judge a part of it. */
export async function benchMailDomains(workshop: Workshop, placement: Placement): Promise<void> {
  // The zone factory finds recipes by class; it learns of the bench's here.
  Object.assign(RECIPES, gatewayRecipes());
  const domains = mailDomains();
  const internet = await startInternet(workshop, placement, [...PRACTICE_CASES, ...gatewayDomains(), ...domains]);
  await Gateways.start(workshop, doors());
  await writeResolvConf(workshop);
  console.log(`\n${String(DOMAINS)} domains that share ${String(GATEWAYS)} mail gateways, resolvers with empty caches`);
  const emptyCaches = resolverRestart(workshop, internet, placement);
  const seconds = await benchOurs(workshop, domains, emptyCaches);
  const theirs = await benchPeers(workshop, domains, emptyCaches);
  const sum = theirs.reduce((total, each) => total + each, 0);
  report("peers together", sum, "s", `ours takes ${(seconds / sum).toFixed(2)} of it (target: at most 0.33)`);
}

async function benchOurs(
  workshop: Workshop,
  domains: readonly PracticeCase[],
  emptyCaches: () => Promise<void>,
): Promise<number> {
  const inventory = await writeInventory(workshop, "mail-domains", "dns", domains);
  const command = (requirements: string): readonly string[] => [
    ...[LAUNCHER, "verify", "--inventory", inventory, "--requirement", requirements, "--format", "json"],
  ];
  let calls: ReadonlyMap<string, number> = new Map();
  let callsBefore = calls;
  const runs = await threeTimes(async () => {
    await emptyCaches();
    await forgetQuestions(workshop);
    callsBefore = await countCalls(workshop);
    const run = await measure(process.execPath, command(REQUIREMENTS), workshop.folder);
    calls = await countCalls(workshop);
    return run;
  });
  const seconds = median(runs.map((run) => run.seconds));
  const cpu = median(runs.map((run) => run.cpuSeconds));
  report(`ours: verify, ${REQUIREMENTS} (median of three)`, seconds, "s", describeRuns(runs, DOMAINS / seconds));
  report("  CPU of ours", (cpu * 1000) / DOMAINS, "ms", "a domain");
  report("  peak memory of ours", median(runs.map((run) => run.peakMegabytes)), "MB");
  const most = Math.max(...[...calls].map(([address, count]) => count - (callsBefore.get(address) ?? 0)));
  report("  connections to the most visited gateway address", most, "", "(target: at most two for each of two kinds)");
  const repeated = await checkQuestions(workshop);
  const perDomain = (await countQuestions(workshop)) / DOMAINS;
  report("  questions at one of two servers", perDomain, "a domain", `repeated: ${repeated.join("; ") || "none"}`);
  for (const requirements of SHARES) {
    await emptyCaches();
    const run = await measure(process.execPath, command(requirements), workshop.folder);
    const perDomain = `${((run.cpuSeconds * 1000) / DOMAINS).toFixed(1)} ms CPU a domain`;
    report(`  ${requirements} alone`, run.seconds, "s", `${perDomain}; ${describeRuns([run], DOMAINS / run.seconds)}`);
  }
  return seconds;
}

/** Seconds that each peer took for all domains, as many at a time as there are cores. */
async function benchPeers(
  workshop: Workshop,
  domains: readonly PracticeCase[],
  emptyCaches: () => Promise<void>,
): Promise<readonly number[]> {
  const cores = String(availableParallelism());
  const seconds: number[] = [];
  for (const { what, command, says } of PEERS) {
    await emptyCaches();
    const script = workshop.path("peer.txt");
    await writeFile(script, domains.map(({ domain }) => `${command(domain).join(" ")}\n`).join(""));
    const [program = "", ...parameters] = withLabResolver(workshop);
    const sideBySide = ["xargs", "-a", script, "-P", cores, "-d", "\\n", "-I", "{}", "sh", "-c", "{} || true"];
    const run = await measure(program, [...parameters, ...sideBySide], workshop.folder);
    const well = Array.from((run.ended.stdout + run.ended.stderr).matchAll(says)).length;
    const remark = `${cores} side by side; CPU ${run.cpuSeconds.toFixed(1)} s; well: ${String(well)}`;
    report(what, run.seconds, "s", remark);
    seconds.push(run.seconds);
    await rm(script);
  }
  return seconds;
}

function resolverRestart(workshop: Workshop, internet: Internet, placement: Placement): () => Promise<void> {
  let running: readonly Service[] = internet.resolvers;
  return async () => {
    await Promise.all(running.map((resolver) => workshop.stop(resolver)));
    running = await startResolvers(workshop, internet.manifest, internet.zoneFolder, placement);
  };
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

function addressesOf(gateway: number): { readonly ipv4: string; readonly ipv6: string } {
  return { ipv4: `185.20.96.${String(gateway)}`, ipv6: `2a0d:2000:96::${gateway.toString(16)}` };
}

function doors(): readonly Door[] {
  const addresses = numbers(GATEWAYS).flatMap((gateway) => Object.values(addressesOf(gateway)));
  // oevelse.dk has the canary.
  return [...addresses, "185.20.95.1", "2a0d:2000:95::1"].map((address) => ({ address, manner: "well" }));
}

function gatewayZone(gateway: number): string {
  return `posthus${String(gateway)}-oevelse.dk`;
}

/** For each gateway the zone that it lies in, and the domains that use it. */
function gatewayRecipes(): Readonly<Record<string, Recipe>> {
  const without = ["mail", "spf"];
  const recipes = numbers(GATEWAYS).flatMap((gateway): readonly (readonly [string, Recipe])[] => {
    const { ipv4, ipv6 } = addressesOf(gateway);
    const host = [`mail A ${ipv4}`, `mail AAAA ${ipv6}`, 'mail TXT "v=spf1 -all"', ...TLSA_OF_BOTH];
    return [
      [`${CLASS}${String(gateway)}`, { without, records: ["@ MX 10 mail", ...host, ...SENDER] }],
      [`${CLASS}${String(gateway)}-user`, { without, records: [`@ MX 10 mail.${gatewayZone(gateway)}.`, ...SENDER] }],
    ];
  });
  return Object.fromEntries(recipes);
}

function gatewayDomains(): readonly PracticeCase[] {
  return numbers(GATEWAYS).map((gateway) => ({
    ...healthyCase(),
    domain: gatewayZone(gateway),
    class: `${CLASS}${String(gateway)}`,
  }));
}

function mailDomains(): readonly PracticeCase[] {
  return numbers(DOMAINS).map((number) => ({
    ...healthyCase(),
    domain: `forening${String(number)}-oevelse.dk`,
    class: `${CLASS}${String(1 + (number % GATEWAYS))}-user`,
  }));
}

function healthyCase(): PracticeCase {
  const healthy = PRACTICE_CASES.find((each) => each.class === "mail-well");
  if (healthy === undefined) throw new Error("no case with well mail");
  return healthy;
}
