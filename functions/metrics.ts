import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { Run } from "../lib/watch/run.ts";
import { figuresOf } from "../lib/watch/run-figures.ts";
import type { Summary } from "../lib/watch/summary.ts";

/** The service's name is their only dimension: the alarms of the stack find them by it. */
export const metrics = new Metrics({ namespace: "Kravvagt" });

const PERCENT = 100;

/**
 * Measures, for CloudWatch, a closed round and what it says of the watch itself; second looks are no rounds. Rounds of mail are
 * counted apart: where port 25 is closed none of their looks has an answer, and that is no alarm.
 */
export function measure(run: Run, summary: Summary | null): void {
  const figures = figuresOf(run, summary);
  if (figures === null) return;
  const { seconds, coverage, indeterminate, age } = figures;
  if (run.family === "mail") {
    metrics.addMetric("MailRunsClosed", MetricUnit.Count, 1);
    metrics.addMetric("MailRunSeconds", MetricUnit.Seconds, seconds);
    return;
  }
  metrics.addMetric("RunsClosed", MetricUnit.Count, 1);
  metrics.addMetric("RunSeconds", MetricUnit.Seconds, seconds);
  metrics.addMetric("Coverage", MetricUnit.Percent, PERCENT * coverage);
  if (indeterminate !== null) metrics.addMetric("IndeterminateRate", MetricUnit.Percent, PERCENT * indeterminate);
  if (age !== null) metrics.addMetric("OldestLookSeconds", MetricUnit.Seconds, age);
}

/** Writes what was measured into the log, if anything was. */
export function writeMetrics(): void {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
}
