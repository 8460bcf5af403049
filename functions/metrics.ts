import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { Family } from "../lib/inventory/inventory.ts";
import type { Run } from "../lib/watch/run.ts";
import { figuresOf } from "../lib/watch/run-figures.ts";
import type { Summary } from "../lib/watch/summary.ts";

/** The service's name is their only dimension: the alarms of the stack find them by it. */
export const metrics = new Metrics({ namespace: "Kravvagt" });

const PERCENT = 100;

/** Families whose rounds have metrics of their own, and what those begin with. */
const APART: Readonly<Partial<Record<Family, string>>> = { mail: "Mail", web: "Web" };

/**
 * Measures, for CloudWatch, a closed round and what it says of the watch itself; second looks are no rounds. Rounds of mail and
 * of the web are counted apart: where port 25 is closed, or a firewall keeps us out, none of their looks has an answer, and that is
 * no alarm.
 */
export function measure(run: Run, summary: Summary | null): void {
  const figures = figuresOf(run, summary);
  if (figures === null) return;
  const { seconds, coverage, indeterminate, age } = figures;
  const apart = APART[run.family];
  if (apart !== undefined) {
    metrics.addMetric(`${apart}RunsClosed`, MetricUnit.Count, 1);
    metrics.addMetric(`${apart}RunSeconds`, MetricUnit.Seconds, seconds);
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
