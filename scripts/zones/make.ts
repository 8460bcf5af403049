import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { PRACTICE_CASES, type PracticeCase } from "../../lib/practice/cases.ts";
import { makeZones, type MadeZone } from "./factory.ts";
import {
  makeManifest,
  MANIFEST_FILE,
  ROOT_HINTS_FILE,
  rootHints,
  TRUST_ANCHOR_FILE,
  weakenedFile,
  zoneFile,
} from "./manifest.ts";
import type { Validity } from "./recipe.ts";
import type { Period } from "./signing.ts";
import { planZones } from "./zone-plan.ts";

const USAGE = `node scripts/zones/make.ts --out DIR [--cases all|CLASS,CLASS] [--inception DATE] [--expire DATE] [--now DATE] [--keys DIR]

Makes and signs the zones of the practice internet, right and wrong on purpose, with BIND's and ldns's signers.
--now also makes the cases about remaining signature life, whose zones are right only for a day.
--keys keeps the keys, so that the next run is faster and changes less.
`;
const SECONDS_A_DAY = 86_400;

export interface MakeSettings {
  readonly out: string;
  readonly cases: readonly PracticeCase[];
  readonly signed: Period;
  /** Epoch seconds: what counts as today for short-lived signatures; null: those cases are left out. */
  readonly now: number | null;
  /** Null: keys are thrown away. */
  readonly keys: string | null;
}

/** Makes every zone and writes zone files, root hints, trust anchor and manifest into `settings.out`. */
export async function makeInternet(settings: MakeSettings): Promise<readonly MadeZone[]> {
  const cases = settings.cases.filter((each) => each.fresh !== true || settings.now !== null);
  const keyFolder = settings.keys ?? (await mkdtemp(join(tmpdir(), "keys-")));
  try {
    const periods = validityPeriods(settings.signed, settings.now ?? 0);
    const zones = await makeZones(planZones(cases), { keyFolder, periods, width: availableParallelism() });
    await mkdir(settings.out, { recursive: true });
    const root = zones.find(({ plan }) => plan.zone === "");
    if (root === undefined) throw new Error("there is no root zone");
    for (const { plan, text, copy, weakened } of zones) {
      await writeFile(join(settings.out, zoneFile(plan.zone, false)), text);
      if (copy !== null) await writeFile(join(settings.out, zoneFile(plan.zone, true)), copy);
      if (weakened !== null) await writeFile(join(settings.out, weakenedFile(plan.zone)), weakened);
    }
    await writeFile(join(settings.out, TRUST_ANCHOR_FILE), root.ds.map((data) => `. IN DS ${data}\n`).join(""));
    await writeFile(join(settings.out, ROOT_HINTS_FILE), rootHints());
    const manifest = makeManifest(zones, settings.signed);
    await writeFile(join(settings.out, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`);
    return zones;
  } finally {
    if (settings.keys === null) await rm(keyFolder, { recursive: true, force: true });
  }
}

/** All dates lie within 68 years of today: signature times are serial numbers (RFC 4034 section 3.1.5). */
function validityPeriods(long: Period, now: number): Readonly<Record<Validity, Period>> {
  return {
    long,
    expired: { inception: seconds("2019-01-01"), expiration: seconds("2020-01-01") },
    future: { inception: seconds("2085-01-01"), expiration: seconds("2090-01-01") },
    "short-lived": { inception: now - 28 * SECONDS_A_DAY, expiration: now + 2 * SECONDS_A_DAY },
    live: { inception: now - SECONDS_A_DAY / 24, expiration: now + 2 * SECONDS_A_DAY },
  };
}

function seconds(date: string): number {
  const milliseconds = Date.parse(date);
  if (Number.isNaN(milliseconds)) throw new Error(`not a date: ${date}`);
  return Math.floor(milliseconds / 1000);
}

function chooseCases(wanted: string): readonly PracticeCase[] {
  if (wanted === "all") return PRACTICE_CASES;
  return wanted.split(",").map((name) => {
    const found = PRACTICE_CASES.find((each) => each.class === name);
    if (found === undefined) throw new Error(`no case of the class ${name}`);
    return found;
  });
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: "string" },
      cases: { type: "string", default: "all" },
      inception: { type: "string", default: "2020-01-01" },
      expire: { type: "string", default: "2080-01-01" },
      now: { type: "string" },
      keys: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help || values.out === undefined) {
    process.stderr.write(USAGE);
    process.exitCode = values.help ? 0 : 64;
    return;
  }
  const zones = await makeInternet({
    out: values.out,
    cases: chooseCases(values.cases),
    signed: { inception: seconds(values.inception), expiration: seconds(values.expire) },
    now: values.now === undefined ? null : seconds(values.now),
    keys: values.keys ?? null,
  });
  process.stdout.write(`${String(zones.length)} zones in ${values.out}\n`);
}

if (import.meta.main) await main();
