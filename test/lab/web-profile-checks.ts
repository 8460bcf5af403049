import { writeFile } from "node:fs/promises";
import { stringify } from "yaml";
import { type AssetVerdict, LAUNCHER, lastWords, type Result, verify } from "./product.ts";
import type { Score } from "./score.ts";
import { assetIdOf, assetOf, placed } from "./web-cases.ts";
import { writeWebInventory } from "./web-checks.ts";
import { CBC_CASE, WITHOUT_CBC } from "./web-profile-cases.ts";
import { runToEnd, type Workshop } from "./workshop.ts";

const REQUIREMENTS = ["S27", "K11"] as const;
const FAILED = 1;
const UNTOUCHED = "good";

/** What `judge --format json` says, as far as the lab reads it. */
interface JudgedAgain {
  readonly changes: readonly {
    readonly asset: string;
    readonly requirement: string;
    readonly from: { readonly verdict: string };
    readonly to: { readonly verdict: string };
    readonly appeared: readonly { readonly tag: string }[];
  }[];
}

/**
 * A profile that is dropped in flips a real server that takes what it forbids, and no other, from what was stored: as a folder of
 * observations and as remembered evidence, both judged where there is no network at all.
 */
export async function judgeByProfile(workshop: Workshop, score: Score): Promise<void> {
  const cases = [placed(CBC_CASE.name), placed(UNTOUCHED)];
  const inventory = await writeWebInventory(workshop, "profile", cases.map(assetOf));
  const profile = workshop.path("uden-cbc.yaml");
  await writeFile(profile, stringify(WITHOUT_CBC));
  const [observations, data] = [workshop.path("profile-observations"), workshop.path("profile-data")];
  const stores = ["--save-observations", observations, "--data", data];
  const run = await verify(inventory, stores, { requirements: REQUIREMENTS });
  if (run.result === null) {
    score.note("verify for another profile", [lastWords(run)]);
    return;
  }
  score.note("the profile in force passes both", problemsOf(run.result, "pass"));
  const stored = ["--from-observations", observations, "--tls-profile", profile];
  const again = await verify(null, stored, { offline: true, requirements: REQUIREMENTS });
  const wrong = again.result === null ? [lastWords(again)] : problemsOf(again.result, "fail");
  score.note("stored observations, another profile, no network", wrong);
  score.note("remembered evidence, another profile, no network", await judgeRemembered(data, profile));
}

/** `cbc`: the verdict of S27 on the server that takes CBC; everything else passes. */
function problemsOf({ verdicts }: Result, cbc: string): readonly string[] {
  const asset = assetIdOf(placed(CBC_CASE.name));
  const isAsked = ({ asset: { id }, requirement }: AssetVerdict): boolean => id === asset && requirement === "S27";
  const wrong = verdicts.filter((each) => each.verdict !== (isAsked(each) ? cbc : "pass"));
  const tags = verdicts.filter(isAsked).flatMap(({ findings }) => findings.map(({ tag }) => tag));
  return [
    ...wrong.map(({ asset: { id }, requirement, verdict }) => `${requirement} ${id} is ${verdict}`),
    ...(verdicts.length === 4 ? [] : [`${String(verdicts.length)} verdicts`]),
    ...(cbc === "pass" || tags.includes("S27_PROFILE_SUITE") ? [] : ["no S27_PROFILE_SUITE"]),
  ];
}

async function judgeRemembered(data: string, profile: string): Promise<readonly string[]> {
  const words = [LAUNCHER, "judge", "--data", data, "--tls-profile", profile, "--format", "json"];
  const { status, stdout, stderr } = await runToEnd("unshare", ["--net", process.execPath, ...words]);
  if (status !== FAILED || !stdout.startsWith("{"))
    return [`status ${String(status)}: ${(stdout + stderr).slice(0, 400)}`];
  const { changes } = JSON.parse(stdout) as JudgedAgain;
  // Findings change by naming another profile; what must not change elsewhere is the verdict.
  const flipped = changes.filter(({ from, to }) => from.verdict !== to.verdict);
  const said = flipped.map(
    ({ requirement, asset, from, to, appeared }) =>
      `${requirement} ${asset} ${from.verdict} ${to.verdict} ${appeared.map(({ tag }) => tag).join(" ")}`,
  );
  const start = `S27 ${assetIdOf(placed(CBC_CASE.name))} pass fail`;
  const isRight = said.length === 1 && said[0]?.startsWith(start) === true && said[0].includes("S27_PROFILE_SUITE");
  return isRight ? [] : [`changes: ${said.join("; ") || "none"}`];
}
