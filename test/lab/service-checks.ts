import { problemsOfVerdict } from "./judge-cases.ts";
import { lastWords, verify } from "./product.ts";
import { checkReplay } from "./run-checks.ts";
import type { Score } from "./score.ts";
import { urlOf } from "./service-case.ts";
import { SERVICE_CASES } from "./service-cases.ts";
import { startServices } from "./service-servers.ts";
import { writeWebInventory } from "./web-checks.ts";
import type { Workshop } from "./workshop.ts";

const REQUIREMENTS = ["S27"];

/** S27 of real mail, file, directory, database, queue and desktop servers, and again without a network. */
export async function judgeServices(workshop: Workshop, score: Score): Promise<void> {
  await startServices(workshop);
  const assets = SERVICE_CASES.map((each) => ({ service: urlOf(each) }));
  const inventory = await writeWebInventory(workshop, "services", assets);
  const observations = workshop.path("service-observations");
  const run = await verify(inventory, ["--save-observations", observations], { requirements: REQUIREMENTS });
  const { result } = run;
  if (result === null) {
    score.note("verify of the services", [lastWords(run)]);
    return;
  }
  for (const each of SERVICE_CASES) {
    const url = urlOf(each);
    // A port that is the protocol's own is not part of a name.
    const named = (name: string) => result.verdicts.find(({ asset }) => asset.name === name);
    const got = named(url) ?? named(url.replace(/:\d+$/u, "")) ?? null;
    const problems = problemsOfVerdict({ ...each.expected, reason: each.reason }, got, "kommune-2024");
    score.note(`service ${url}`, problems, `${got?.verdict ?? "-"} ${got?.cause ?? ""}`.trim());
  }
  const cost = `${(run.ended.milliseconds / 1000).toFixed(1)} s for ${String(assets.length)} assets`;
  score.note("services, replayed without a network", await checkReplay(observations, result, REQUIREMENTS), cost);
}
