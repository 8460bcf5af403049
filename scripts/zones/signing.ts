import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ZoneKey } from "./keys.ts";
import type { DenialPlan } from "./recipe.ts";
import { runTool } from "./run-tool.ts";
import { parseZoneLines, type ZoneLine } from "./zone-text.ts";

/** Validity of signatures in epoch seconds. */
export interface Period {
  readonly inception: number;
  readonly expiration: number;
}

const MOST_ITERATIONS_OF_BIND = 150;
const LEAST_BITS_OF_BIND = 1024;
const MILLISECONDS = 1000;

/**
 * Signs a zone with an independent signer and returns it one record a line. dnssec-signzone, except where it
 * refuses (more than 150 NSEC3 iterations, RSA below 1024 bits): there ldns-signzone.
 */
export async function signZone(
  zone: string,
  text: string,
  keys: readonly ZoneKey[],
  denial: DenialPlan,
  period: Period,
): Promise<readonly ZoneLine[]> {
  return inFolder(async (folder) => {
    const published = keys.filter((key) => key.plan.use !== "absent");
    const keyRecords = published.map((key) => `@ IN DNSKEY ${key.data}\n`).join("");
    await writeFile(join(folder, "unsigned"), text + keyRecords);
    const signing = published.filter((key) => key.plan.use === "sign");
    const tool = needsLdns(denial, signing) ? signWithLdns : signWithBind;
    await tool(folder, zone, signing, denial, period);
    return parseZoneLines(await readFile(join(folder, "signed"), "utf8"));
  });
}

/** Writes an unsigned zone out in full, one record a line. */
export async function expandZone(zone: string, text: string): Promise<readonly ZoneLine[]> {
  return inFolder(async (folder) => {
    await writeFile(join(folder, "unsigned"), text);
    const lenient = ["-i", "-k", "-m", "-M", "-n", "-r", "-S", "-T", "-W"].flatMap((check) => [
      check,
      check === "-i" ? "none" : "ignore",
    ]);
    const files = ["-o", "expanded", `${zone}.`, "unsigned"];
    await runTool("named-compilezone", ["-q", "-s", "full", ...lenient, ...files], folder);
    return parseZoneLines(await readFile(join(folder, "expanded"), "utf8"));
  });
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "zone-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function needsLdns(denial: DenialPlan, keys: readonly ZoneKey[]): boolean {
  const manyIterations = denial !== "nsec" && denial.iterations > MOST_ITERATIONS_OF_BIND;
  return manyIterations || keys.some((key) => (key.plan.bits ?? LEAST_BITS_OF_BIND) < LEAST_BITS_OF_BIND);
}

type SigningTool = (
  folder: string,
  zone: string,
  keys: readonly ZoneKey[],
  denial: DenialPlan,
  period: Period,
) => Promise<void>;

const signWithBind: SigningTool = async (folder, zone, keys, denial, period) => {
  const nsec3 =
    denial === "nsec"
      ? []
      : ["-3", denial.salt ?? "-", "-H", String(denial.iterations), ...(denial.optOut ? ["-A"] : [])];
  const times = ["-s", compactTime(period.inception), "-e", compactTime(period.expiration)];
  const oneKey = keys.some((key) => key.plan.role === "both") ? ["-z"] : [];
  const files = ["-f", "signed", "unsigned", ...keys.map((key) => key.base)];
  await runTool(
    "dnssec-signzone",
    // Unverified (-P), with full lines, and without jitter.
    ["-q", "-P", "-O", "full", "-N", "keep", ...oneKey, ...nsec3, ...times, "-o", `${zone}.`, ...files],
    folder,
  );
};

const signWithLdns: SigningTool = async (folder, zone, keys, denial, period) => {
  const nsec3 =
    denial === "nsec"
      ? []
      : [
          "-n",
          "-t",
          String(denial.iterations),
          ...(denial.salt === null ? [] : ["-s", denial.salt]),
          ...(denial.optOut ? ["-p"] : []),
        ];
  const times = ["-i", compactTime(period.inception), "-e", compactTime(period.expiration)];
  const files = ["-f", "signed", "unsigned", ...keys.map((key) => key.base)];
  await runTool("ldns-signzone", [...nsec3, ...times, "-o", `${zone}.`, ...files], folder);
};

/** YYYYMMDDHHMMSS in UTC, as both signers and RRSIG records write time. */
export function compactTime(seconds: number): string {
  return new Date(seconds * MILLISECONDS)
    .toISOString()
    .replace(/\.\d+Z$/u, "")
    .replace(/[-:T]/gu, "");
}
