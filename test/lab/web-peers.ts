import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Observation } from "../../lib/core/observation.ts";
import type { TlsVisit } from "../../lib/tls/observations.ts";
import { suiteOf, SUITES } from "../../lib/tls/suites.ts";
import { TLS_VERSIONS, type TlsVersion } from "../../lib/tls/versions.ts";
import { mapSideBySide } from "../../scripts/zones/run-tool.ts";
import { knownDifference } from "./differences.ts";
import { withLabResolver, writeResolvConf } from "./mail-peers.ts";
import { lastWords, verify } from "./product.ts";
import type { Score } from "./score.ts";
import { assetOf, placed } from "./web-cases.ts";
import { WEB_CA, WEB_FOLDER } from "./web-certificates.ts";
import { writeWebInventory } from "./web-checks.ts";
import { HEADER_LAB_CASES } from "./web-header-cases.ts";
import type { PlacedCase } from "./web-servers.ts";
import { TLS_LAB_CASES } from "./web-tls-cases.ts";
import { runToEnd, type Workshop } from "./workshop.ts";

/** Independent scanners of TLS, and curl as a browser that keeps HSTS policies. */
export const TLS_PEERS = ["sslscan", "nmap", "testssl"] as const;
export type WebPeer = (typeof TLS_PEERS)[number] | "curl";

/** It takes twenty seconds for a small server. */
const FOR_TESTSSL: readonly string[] = ["good", "tls10", "rc4"];
const SIDE_BY_SIDE = 2;
const CURL_PATIENCE_SECONDS = "20";
const SAME = "the same";
/** What comes of the fields that K11 rejects, as a browser sees it. */
const NO_POLICY: readonly string[] = ["K11_HEADER_INVALID", "K11_HEADER_OFF", "K11_HEADER_MISSING"];
const VERSION_OF_TESTSSL: Readonly<Record<string, TlsVersion>> = {
  ssl3: "SSLv3",
  tls1: "TLSv1.0",
  tls1_1: "TLSv1.1",
  tls1_2: "TLSv1.2",
  tls1_3: "TLSv1.3",
};

/** What other tools say of the lab's web servers, known differences apart: accepted versions and suites, and policies kept. */
export async function judgePeersOfWeb(workshop: Workshop, score: Score): Promise<void> {
  await writeResolvConf(workshop);
  const cases = TLS_LAB_CASES.map(({ name }) => placed(name));
  const ours = await lookOurselves(workshop, cases);
  if (typeof ours === "string") {
    score.note("web peers: our own look", [ours]);
    return;
  }
  await mapSideBySide(cases, SIDE_BY_SIDE, (each) => noteScanners(workshop, each, ours, score));
  const headers = HEADER_LAB_CASES.filter(({ name }) => name.startsWith("hsts-")).map(({ name }) => placed(name));
  await mapSideBySide(headers, SIDE_BY_SIDE, (each) => notePolicy(workshop, each, score));
}

type Seen = ReadonlySet<string>;

/** Pairs of version and suite by address, as `TLSv1.2 TLS_...`; or why there are none. */
async function lookOurselves(
  workshop: Workshop,
  cases: readonly PlacedCase[],
): Promise<ReadonlyMap<string, Seen> | string> {
  const folder = workshop.path("peer-observations");
  await rm(folder, { recursive: true, force: true });
  const inventory = await writeWebInventory(workshop, "web-peers", cases.map(assetOf));
  const run = await verify(inventory, ["--save-observations", folder], { requirements: ["S27"] });
  if (run.result === null) return lastWords(run);
  const seen = new Map<string, Seen>();
  for (const file of (await readdir(folder)).filter((name) => name.startsWith("tls.endpoint--"))) {
    const { result } = JSON.parse(await readFile(join(folder, file), "utf8")) as Observation<"tls.endpoint">;
    if (result.state === "observed" && result.value.state === "visited")
      seen.set(result.value.address, pairsOf(result.value));
  }
  return seen;
}

function pairsOf({ suites }: Extract<TlsVisit, { readonly state: "visited" }>): Seen {
  return new Set(suites.flatMap(({ version, accepted }) => accepted.map((number) => pair(version, number))));
}

function pair(version: TlsVersion, number: number): string {
  return `${version} ${suiteOf(number)?.name ?? `0x${number.toString(16)}`}`;
}

async function noteScanners(
  workshop: Workshop,
  each: PlacedCase,
  ours: ReadonlyMap<string, Seen>,
  score: Score,
): Promise<void> {
  const { webCase, addresses } = each;
  const peers = TLS_PEERS.filter((peer) => peer !== "testssl" || FOR_TESTSSL.includes(webCase.name));
  for (const address of addresses.slice(-1)) {
    const own = ours.get(address) ?? new Set<string>();
    const problems: string[] = own.size === 0 ? ["ours saw nothing"] : [];
    const said: string[] = [`${String(own.size)} suites`];
    for (const peer of peers) {
      const theirs = await SCANNERS[peer](workshop, each, address);
      const difference = describeDifference(own, theirs);
      const expected = knownDifference(webCase.name, peer) ?? SAME;
      said.push(`${peer} ${String(theirs.size)}`);
      if (difference !== expected) problems.push(`${peer} says: ${difference}; expected: ${expected}`);
    }
    score.note(`web peers ${webCase.name}`, problems, said.join(", "));
  }
}

/** `+`: the peer alone has it; `-`: ours alone. */
function describeDifference(own: Seen, theirs: Seen): string {
  const more = [...theirs].filter((each) => !own.has(each)).map((each) => `+${each}`);
  const less = [...own].filter((each) => !theirs.has(each)).map((each) => `-${each}`);
  return [...more, ...less].sort().join(", ") || SAME;
}

const SCANNERS: Readonly<
  Record<(typeof TLS_PEERS)[number], (workshop: Workshop, each: PlacedCase, address: string) => Promise<Seen>>
> = {
  sslscan: async (_, { host, port }, address) => {
    const target = `${address}:${String(port)}`;
    const options = ["--xml=-", "--no-colour", "--show-cipher-ids", `--sni-name=${host}`];
    const { stdout } = await runToEnd("sslscan", [...options, target]);
    const found = stdout.matchAll(/<cipher status="\w+" sslversion="([^"]+)"[^>]* id="0x([0-9A-F]+)"/gu);
    return new Set(Array.from(found, ([, version, id = ""]) => pair(versionNamed(version), Number.parseInt(id, 16))));
  },
  nmap: async (_, { host, port }, address) => {
    const script = ["--script", "ssl-enum-ciphers", "--script-args", `tls.servername=${host}`, "-oX", "-"];
    const { stdout } = await runToEnd("nmap", ["-Pn", "-n", `-p${String(port)}`, ...script, address]);
    return new Set(readNmap(stdout));
  },
  testssl: async (workshop, { host, port, webCase }, address) => {
    const file = workshop.path(`testssl-${webCase.name}.json`);
    await rm(file, { force: true });
    const options = ["--quiet", "--warnings", "off", "--color", "0", "--ip", address, "--jsonfile", file, "-p", "-E"];
    const [program = "", ...words] = [...withLabResolver(workshop), "testssl", ...options];
    await runToEnd(program, [...words, `${host}:${String(port)}`]);
    const found = (await readFile(file, "utf8")).matchAll(/"cipher-(\w+?)_x([0-9a-f]+)"/gu);
    return new Set(
      Array.from(found, ([, version = "", id = ""]) =>
        pair(VERSION_OF_TESTSSL[version] ?? versionNamed(version), Number.parseInt(id, 16)),
      ),
    );
  },
};

/** Tables of versions with tables of suites in them. TLS 1.3's suites have names of nmap's own. */
function readNmap(xml: string): readonly string[] {
  const pairs: string[] = [];
  let version: TlsVersion | null = null;
  for (const [, key, name] of xml.matchAll(/<table key="((?:SSL|TLS)[^"]+)"|<elem key="name">([^<]+)/gu)) {
    if (key !== undefined) version = versionNamed(key);
    else if (version !== null) pairs.push(`${version} ${ianaName(name ?? "")}`);
  }
  return pairs;
}

function ianaName(name: string): string {
  const own = name.replace(/^TLS_AKE_WITH_/u, "TLS_");
  if (!SUITES.some((suite) => suite.name === own)) throw new Error(`nmap names a suite that nobody knows: ${name}`);
  return own;
}

function versionNamed(text: string | undefined): TlsVersion {
  const version = TLS_VERSIONS.find((known) => known === text);
  if (version === undefined) throw new Error(`a peer names a version that nobody knows: ${text ?? ""}`);
  return version;
}

/** Whether curl, which keeps policies as browsers do, keeps one of the front page; and whether the case says so. */
async function notePolicy(workshop: Workshop, { webCase, host, addresses }: PlacedCase, score: Score): Promise<void> {
  const file = workshop.path(`${webCase.name}.hsts`);
  const [address = ""] = addresses;
  const trust = ["--cacert", join(workshop.path(WEB_FOLDER), WEB_CA), "--resolve", `${host}:443:${address}`];
  const options = ["-sS", "-o", "/dev/null", "--http1.1", "-m", CURL_PATIENCE_SECONDS, "--hsts", file, ...trust];
  const { status, stderr } = await runToEnd("curl", [...options, `https://${host}/`]);
  const kept = await readFile(file, "utf8").catch(() => "");
  const said = status !== 0 ? stderr.trim() : kept.includes(host) ? "policy" : "none";
  const tags = webCase.expected.K11?.tags ?? [];
  const isOnFront = !FRONT_IS_WELL.includes(webCase.name) && tags.some((tag) => NO_POLICY.includes(tag));
  const right = knownDifference(webCase.name, "curl") ?? (isOnFront ? "none" : "policy");
  score.note(
    `web peers ${webCase.name}`,
    said === right ? [] : [`curl says ${said} instead of ${right}`],
    `curl ${said}`,
  );
}

/** Cases whose front page, over HTTP/1.1 and at the first address, has the header. */
const FRONT_IS_WELL: readonly string[] = [
  "hsts-not-always",
  "hsts-not-on-robots",
  "hsts-not-on-http2",
  "hsts-second-address",
];
