import { Duration, Stack } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, type IMetric, Metric, Stats, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";

/** Namespace of the metrics that the functions write. Their only dimension is the service, never a municipality: that would cost. */
const NAMESPACE = "Kravvagt";
const RUNBOOK = "lib/stack/RUNBOOK.md";
const FIVE_MINUTES = Duration.minutes(5);

export interface Watched {
  /** Names the alarm and its section in the runbook. */
  readonly id: string;
  /** What is so when it rings, in one sentence. */
  readonly says: string;
  readonly metric: IMetric;
  readonly threshold: number;
  /** `above` and `below` leave out the threshold itself; `reaches` includes it. */
  readonly when: "reaches" | "above" | "below";
  /** Periods in a row. */
  readonly periods: number;
  /** What no data means: nothing happened, or the worst. */
  readonly silence: "fine" | "alarming";
}

const OPERATORS = {
  reaches: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  above: ComparisonOperator.GREATER_THAN_THRESHOLD,
  below: ComparisonOperator.LESS_THAN_THRESHOLD,
} as const;

/** Alarms that tell the operator when they ring and when they stop, each with a section in the runbook. */
export class Alarms extends Construct {
  readonly #action: SnsAction;

  constructor(scope: Construct, id: string, topic: ITopic) {
    super(scope, id);
    this.#action = new SnsAction(topic);
  }

  add({ id, says, metric, threshold, when, periods, silence }: Watched): void {
    const alarm = new Alarm(this, id, {
      alarmName: `${Stack.of(this).stackName}-${id}`,
      alarmDescription: `${says} What to do: ${RUNBOOK}, ${id}.`,
      metric,
      threshold,
      comparisonOperator: OPERATORS[when],
      evaluationPeriods: periods,
      datapointsToAlarm: periods,
      treatMissingData: silence === "fine" ? TreatMissingData.NOT_BREACHING : TreatMissingData.BREACHING,
    });
    alarm.addAlarmAction(this.#action);
    alarm.addOkAction(this.#action);
  }

  /** Something that should never happen has happened once within five minutes. */
  addOnce(id: string, says: string, metric: Metric): void {
    const counted = metric.with({ period: FIVE_MINUTES });
    this.add({ id, says, metric: counted, threshold: 1, when: "reaches", periods: 1, silence: "fine" });
  }
}

/** A metric that the functions of this stack write. */
export function ownMetric(
  scope: Construct,
  metricName: string,
  statistic: "sum" | "average",
  period: Duration,
): Metric {
  return new Metric({
    namespace: NAMESPACE,
    metricName,
    period,
    statistic: statistic === "sum" ? Stats.SUM : Stats.AVERAGE,
    dimensionsMap: { service: Stack.of(scope).stackName },
  });
}
