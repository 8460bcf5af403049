import type { RunAge } from "./run-age.ts";
import type { ToldRequirement } from "./told-requirement.ts";

/** Prometheus text exposition format. */
export const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Gauges by requirement and family: never by asset, which would be a series each. A value that is not known is left out. */
export function metricsText(requirements: readonly ToldRequirement[], ages: readonly RunAge[], engine: string): string {
  return [
    gauge("kravvagt_info", "The engine that answers.", [{ labels: { version: engine }, value: 1 }]),
    gauge(
      "kravvagt_requirement_verdict",
      "The verdict of a requirement as a whole: 1 for the one that holds, 0 for the others.",
      requirements.flatMap(({ requirement, verdict, assets }) =>
        Object.keys(assets).map((each) => ({
          labels: { requirement, verdict: each },
          value: each === verdict ? 1 : 0,
        })),
      ),
    ),
    gauge(
      "kravvagt_assets",
      "Assets by requirement and verdict.",
      requirements.flatMap(({ requirement, assets }) =>
        Object.entries(assets).map(([verdict, value]) => ({ labels: { requirement, verdict }, value })),
      ),
    ),
    gauge("kravvagt_stale_assets", "Assets not seen for two cadences.", byRequirement(requirements, "stale")),
    gauge("kravvagt_open_regressions", "Regressions that are open.", byRequirement(requirements, "openRegressions")),
    gauge(
      "kravvagt_last_run_age_seconds",
      "Seconds since a run of the family closed.",
      ages.flatMap(({ family, ageSeconds }) =>
        ageSeconds === null ? [] : [{ labels: { family }, value: ageSeconds }],
      ),
    ),
    gauge("kravvagt_run_late", "1 while no run has closed for two cadences.", byFamily(ages, "isLate")),
    gauge("kravvagt_run_suspect", "1 while the latest run doubts itself.", byFamily(ages, "isSuspect")),
  ].join("");
}

function byRequirement(
  requirements: readonly ToldRequirement[],
  field: "stale" | "openRegressions",
): readonly Sample[] {
  return requirements.map((told) => ({ labels: { requirement: told.requirement }, value: told[field] }));
}

function byFamily(ages: readonly RunAge[], field: "isLate" | "isSuspect"): readonly Sample[] {
  return ages.map((age) => ({ labels: { family: age.family }, value: age[field] ? 1 : 0 }));
}

function gauge(name: string, help: string, samples: readonly Sample[]): string {
  const lines = samples.map(({ labels, value }) => `${name}{${labelText(labels)}} ${String(value)}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${lines.join("")}`;
}

function labelText(labels: Sample["labels"]): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(",");
}

function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
