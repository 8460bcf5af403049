import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { REQUIREMENTS } from "../../lib/requirements/index.ts";
import { ZONE_FOLDER } from "./internet.ts";
import { problemsOfVerdict } from "./judge-cases.ts";
import { type AssetVerdict, LAUNCHER, lastWords, type Result, verify } from "./product.ts";
import { RESOLVERS } from "./resolvers.ts";
import { checkReplay } from "./run-checks.ts";
import type { Score } from "./score.ts";
import { WEB_SETTINGS, type WebExpectations, type WebExpected, type WebSetting } from "./web-case.ts";
import { assetIdOf, assetOf, PLACED, placed, WEB_LAB_REQUIREMENTS } from "./web-cases.ts";
import { WEB_CA, WEB_FOLDER } from "./web-certificates.ts";
import type { PlacedCase } from "./web-servers.ts";
import { runToEnd, type Workshop } from "./workshop.ts";

/** What an inventory has beside its assets; without `families` both are demanded, with null none is. */
export interface WebInventoryExtras {
  readonly exemptions?: readonly object[];
  readonly settings?: object;
  readonly families?: null;
}

/** Writes an inventory of these assets that trusts the lab's web authority; returns its path. */
export async function writeWebInventory(
  workshop: Workshop,
  name: string,
  assets: readonly object[],
  { families, ...more }: WebInventoryExtras = {},
): Promise<string> {
  const inventory = {
    version: 1,
    municipality: { id: "0999", name: "Kommunen Øvelse" },
    assets,
    ...more,
    network: {
      dns: RESOLVERS,
      authoritative: "direct",
      trustAnchors: join(ZONE_FOLDER, "root.ds"),
      ...(families === null ? {} : { families: ["ipv4", "ipv6"] }),
      ca: join(WEB_FOLDER, WEB_CA),
    },
  };
  const file = workshop.path(`${name}.yaml`);
  await writeFile(file, stringify(inventory));
  return file;
}

/** The verdicts of S17, S27 and K11 on every web case of the lab, again without a network, and two commands for people. */
export async function judgeWeb(workshop: Workshop, score: Score): Promise<void> {
  const cases = PLACED.filter(({ webCase }) => Object.keys(webCase.expected).length > 0);
  const exemptions = exemptionsOf(cases);
  const inventory = await writeWebInventory(workshop, "web", cases.map(assetOf), { exemptions });
  const observations = workshop.path("web-observations");
  const requirements = WEB_LAB_REQUIREMENTS.filter((id) => REQUIREMENTS.some((known) => known.id === id));
  score.note(
    "web: every requirement is built",
    WEB_LAB_REQUIREMENTS.filter((id) => !requirements.includes(id)),
  );
  const run = await verify(inventory, ["--save-observations", observations], { requirements });
  const { result } = run;
  if (result === null) {
    score.note("verify of the web", [lastWords(run)]);
    return;
  }
  for (const each of cases) noteCase(each, each.webCase.expected, result, score);
  const cost = `${(run.ended.milliseconds / 1000).toFixed(1)} s for ${String(cases.length)} assets`;
  score.note("web, replayed without a network", await checkReplay(observations, result, requirements), cost);
  await noteSettings(workshop, score);
  await noteCommands(inventory, score);
}

/** The cases that other settings of the inventory judge otherwise, judged under each of them. */
async function noteSettings(workshop: Workshop, score: Score): Promise<void> {
  for (const setting of WEB_SETTINGS) {
    const cases = PLACED.filter(({ webCase }) => webCase.under?.[setting] !== undefined);
    const inventory = await writeWebInventory(workshop, `web-${setting}`, cases.map(assetOf), EXTRAS[setting]);
    const run = await verify(inventory, [], { requirements: WEB_LAB_REQUIREMENTS });
    if (run.result === null) score.note(`verify of the web, ${setting}`, [lastWords(run)]);
    else for (const each of cases) noteCase(each, each.webCase.under?.[setting] ?? {}, run.result, score, setting);
  }
}

const EXTRAS: Readonly<Record<WebSetting, WebInventoryExtras>> = {
  strong: { settings: { k11Level: "strong" } },
  strict: { settings: { strict: true } },
  reachable: { families: null },
};

function exemptionsOf(cases: readonly PlacedCase[]): readonly object[] {
  return cases.flatMap((each) => {
    const { exemption } = each.webCase;
    return exemption === undefined
      ? []
      : [{ ...exemption, asset: assetIdOf(each), reason: "til øvelse", by: "Øvelseslederen" }];
  });
}

function noteCase(each: PlacedCase, expected: WebExpectations, result: Result, score: Score, setting = ""): void {
  const { name, reason } = each.webCase;
  for (const requirement of WEB_LAB_REQUIREMENTS) {
    const right = expected[requirement];
    if (right === undefined) continue;
    const got = verdictOn(each, requirement, result);
    const problems = [...problemsOfVerdict({ ...right, reason }, got, "kommune-2024"), ...wrongWords(right, got)];
    const said = `${got?.verdict ?? "-"} ${got?.cause ?? ""}`.trim();
    score.note(`${requirement} ${name} ${setting}`.trim(), problems, said);
  }
}

function wrongWords({ says, without }: WebExpected, got: AssetVerdict | null): readonly string[] {
  const findings = got?.findings ?? [];
  const isSaid = (words: string): boolean =>
    findings.some(({ tag, outcome, text }) => tag === words || (outcome !== "pass" && text.includes(words)));
  return [
    ...(says === undefined || isSaid(says) ? [] : [`nothing says ${says}`]),
    ...(without !== undefined && isSaid(without) ? [`${without} is out of place`] : []),
  ];
}

function verdictOn(each: PlacedCase, requirement: string, result: Result): AssetVerdict | null {
  const id = assetIdOf(each);
  const found = result.verdicts.filter((verdict) => verdict.asset.id === id && verdict.requirement === requirement);
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** `tls` and `hsts` show what they saw of a server that is as it should be, and of one that is not. */
async function noteCommands(inventory: string, score: Score): Promise<void> {
  const looks: readonly (readonly [command: string, subject: string, shows: RegExp])[] = [
    ["tls", placed("good").host, /TLS_AES_256_GCM_SHA384/u],
    ["tls", placed("tls10").host, /TLS ?1\.0|TLSv1\.0/u],
    ["hsts", `https://${placed("good").host}/`, /max-age=31536000/u],
    ["hsts", `https://${placed("hsts-no-number").host}/`, /max-age=abc/u],
  ];
  for (const [command, subject, shows] of looks) {
    const { status, stdout, stderr } = await runToEnd(process.execPath, [
      LAUNCHER,
      command,
      subject,
      "--inventory",
      inventory,
    ]);
    const problems = shows.test(stdout) ? [] : [`status ${String(status)}: ${(stdout + stderr).slice(0, 400)}`];
    score.note(`${command} ${subject}`, problems);
  }
}
