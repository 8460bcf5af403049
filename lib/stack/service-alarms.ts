import { Duration } from "aws-cdk-lib";
import { Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import { Alarms, ownMetric } from "./alarms.ts";
import { minutesOf } from "./cadence.ts";
import type { Channels } from "./channels.ts";
import type { Queues } from "./queues.ts";
import type { Settings } from "./settings-form.ts";
import type { StatusApi } from "./status-api.ts";
import type { WatchFunctions } from "./watch-functions.ts";

/** Two cadences without a closed run: what is remembered is stale from then on. */
const CADENCES_MISSED = 2;
/** Percent of a round's looks without an answer. One slow name server is some; this many is us, or a resolver. */
const MOST_INDETERMINATE = 20;
/** Percent of a round's assets that were looked at. One lost batch in twenty shows. */
const LEAST_COVERAGE = 95;
/** Second looks wait in the queue for up to a quarter of an hour on purpose. */
const LONGEST_WAIT_FOR_LOOK = Duration.minutes(30);
const LONGEST_WAIT_FOR_CLOSE = Duration.minutes(15);
const LONGEST_WAIT_FOR_PUBLISHING = Duration.minutes(15);
const WAIT_PERIOD = Duration.minutes(5);

export interface Service {
  readonly settings: Settings;
  readonly watch: WatchFunctions;
  readonly api: StatusApi;
  readonly queues: Queues;
  readonly channels: Channels;
}

/** Every alarm of the service, to the operator. */
export function addAlarms(scope: Construct, service: Service): void {
  const alarms = new Alarms(scope, "Alarms", service.channels.alarms);
  watchFunctions(alarms, service);
  watchQueues(alarms, service);
  watchRounds(alarms, service);
  watchTelling(alarms, service);
}

function watchFunctions(alarms: Alarms, { watch, api }: Service): void {
  const { planner, verifyDomains, verifyMail, verifyWeb, publisher, closeRun } = watch;
  for (const { name, lambda } of [planner, verifyDomains, verifyMail, verifyWeb, publisher, closeRun, api.status]) {
    alarms.addOnce(`${name}-errors`, `The function ${name} failed.`, lambda.metricErrors({ statistic: Stats.SUM }));
  }
  alarms.addOnce("status-unwell", "The status API answered 5xx.", api.http.metricServerError({ statistic: Stats.SUM }));
}

function watchQueues(alarms: Alarms, { queues, watch }: Service): void {
  const aside = {
    jobs: queues.jobsAside,
    "mail-jobs": queues.mailJobsAside,
    "web-jobs": queues.webJobsAside,
    close: queues.closeAside,
    publish: queues.publishAside,
    schedule: queues.scheduleAside,
  };
  for (const [name, queue] of Object.entries(aside)) {
    const metric = queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM });
    alarms.addOnce(`${name}-put-aside`, `Something could not be handled and was put aside (${name}).`, metric);
  }
  const waiting = [
    { id: "jobs-waiting", queue: queues.jobs, longest: LONGEST_WAIT_FOR_LOOK, says: "Batches wait to be looked at." },
    {
      id: "mail-jobs-waiting",
      queue: queues.mailJobs,
      longest: LONGEST_WAIT_FOR_LOOK,
      says: "Mail gateways wait to be looked at.",
    },
    {
      id: "web-jobs-waiting",
      queue: queues.webJobs,
      longest: LONGEST_WAIT_FOR_LOOK,
      says: "Hosts wait to be looked at.",
    },
    { id: "close-waiting", queue: queues.close, longest: LONGEST_WAIT_FOR_CLOSE, says: "Runs wait to be closed." },
  ];
  for (const { id, queue, longest, says } of waiting) {
    const metric = queue.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM, period: WAIT_PERIOD });
    alarms.add({ id, says, metric, threshold: longest.toSeconds(), when: "above", periods: 1, silence: "fine" });
  }
  alarms.add({
    id: "publishing-behind",
    says: "Transitions wait to be published into history.",
    metric: watch.publisher.lambda.metric("IteratorAge", { statistic: Stats.MAXIMUM, period: WAIT_PERIOD }),
    threshold: LONGEST_WAIT_FOR_PUBLISHING.toMilliseconds(),
    ...{ when: "above" as const, periods: 1, silence: "fine" as const },
  });
}

function watchRounds(alarms: Alarms, { settings, watch }: Service): void {
  const cadence = Duration.minutes(minutesOf(settings.cadence.domains));
  const { mail, web } = settings.cadence;
  for (const { id, says, metric, every } of [
    { id: "mail-not-running", says: "mail gateways", metric: "MailRunsClosed", every: mail },
    { id: "web-not-running", says: "hosts and services", metric: "WebRunsClosed", every: web },
  ]) {
    alarms.add({
      id,
      says: `No run over ${says} has closed for two cadences.`,
      metric: ownMetric(watch, metric, "sum", Duration.minutes(minutesOf(every))),
      threshold: 1,
      ...{ when: "below" as const, periods: CADENCES_MISSED, silence: "alarming" as const },
    });
  }
  alarms.add({
    id: "not-running",
    says: "No run over domains has closed for two cadences: hardly anything is being watched.",
    metric: ownMetric(watch, "RunsClosed", "sum", cadence),
    threshold: 1,
    ...{ when: "below" as const, periods: CADENCES_MISSED, silence: "alarming" as const },
  });
  alarms.add({
    id: "indeterminate-rate",
    says: `More than ${MOST_INDETERMINATE} percent of the looks had no answer, twice running.`,
    metric: ownMetric(watch, "IndeterminateRate", "average", cadence),
    threshold: MOST_INDETERMINATE,
    ...{ when: "above" as const, periods: 2, silence: "fine" as const },
  });
  alarms.add({
    id: "shrinking-coverage",
    says: `Less than ${LEAST_COVERAGE} percent of what was planned was looked at, twice running.`,
    metric: ownMetric(watch, "Coverage", "average", cadence),
    threshold: LEAST_COVERAGE,
    ...{ when: "below" as const, periods: 2, silence: "fine" as const },
  });
}

function watchTelling(alarms: Alarms, { channels }: Service): void {
  const metricOf = (metricName: string): Metric =>
    new Metric({
      ...{ namespace: "AWS/SNS", metricName, statistic: Stats.SUM },
      dimensionsMap: { TopicName: channels.alerts.topicName },
    });
  alarms.addOnce("alerts-undelivered", "An alert did not reach somebody.", metricOf("NumberOfNotificationsFailed"));
  alarms.addOnce(
    "alerts-unaddressed",
    "An alert went to nobody: it does not say of what kind it is.",
    metricOf("NumberOfNotificationsFilteredOut-NoMessageAttributes"),
  );
}
