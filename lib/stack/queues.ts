import { Duration } from "aws-cdk-lib";
import { DeduplicationScope, FifoThroughputLimit, Queue, QueueEncryption, type QueueProps } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { accept } from "./accept.ts";

/** A message that could not be handled so often is put aside, with an alarm. */
const RECEIVES = 3;
/** AWS's advice for a queue that a function reads: six times what one invocation may take. */
const VISIBILITY_IN_TIMEOUTS = 6;
/** What nobody could handle waits for a person over the Christmas holidays: the longest SQS keeps anything. */
const PUT_ASIDE_KEPT = Duration.days(14);

interface Timeouts {
  readonly verifyDomains: Duration;
  readonly verifyMail: Duration;
  readonly verifyWeb: Duration;
  readonly closeRun: Duration;
}

/** The ways between the functions, each with a place for what could not be handled. */
export class Queues extends Construct {
  readonly jobs: Queue;
  readonly jobsAside: Queue;
  /** Looks that call gateways, apart: a slow one keeps no domain waiting. */
  readonly mailJobs: Queue;
  readonly mailJobsAside: Queue;
  /** Likewise for hosts, each of which takes many connections. */
  readonly webJobs: Queue;
  readonly webJobsAside: Queue;
  /** First in, first out by municipality: two processes never close runs of the same one at once. */
  readonly close: Queue;
  readonly closeAside: Queue;
  /** Stream records that could not be published: their places in the stream, not their content. */
  readonly publishAside: Queue;
  /** Starts of a round that did not reach the planner, or that it failed at. */
  readonly scheduleAside: Queue;

  constructor(scope: Construct, id: string, timeouts: Timeouts) {
    super(scope, id);
    [this.jobs, this.jobsAside] = this.#looks("Jobs", timeouts.verifyDomains);
    [this.mailJobs, this.mailJobsAside] = this.#looks("MailJobs", timeouts.verifyMail);
    [this.webJobs, this.webJobsAside] = this.#looks("WebJobs", timeouts.verifyWeb);
    this.closeAside = this.#aside("CloseAside", { fifo: true });
    this.close = new Queue(this, "Close", {
      ...CLOSED,
      fifo: true,
      deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
      fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
      visibilityTimeout: sixTimes(timeouts.closeRun),
      deadLetterQueue: { queue: this.closeAside, maxReceiveCount: RECEIVES },
    });
    this.publishAside = this.#aside("PublishAside");
    this.scheduleAside = this.#aside("ScheduleAside");
    for (const last of [this.publishAside, this.scheduleAside]) {
      accept(
        last,
        "It is itself the place for what a function or schedule could not handle; an alarm watches it.",
        "SQS3",
      );
    }
  }

  /** A queue of looks, and the place for those that could not be worked. */
  #looks(id: string, timeout: Duration): [jobs: Queue, aside: Queue] {
    const aside = this.#aside(`${id}Aside`);
    const deadLetterQueue = { queue: aside, maxReceiveCount: RECEIVES };
    return [new Queue(this, id, { ...CLOSED, visibilityTimeout: sixTimes(timeout), deadLetterQueue }), aside];
  }

  #aside(id: string, props: QueueProps = {}): Queue {
    return new Queue(this, id, { ...CLOSED, ...props, retentionPeriod: PUT_ASIDE_KEPT });
  }
}

function sixTimes(timeout: Duration): Duration {
  return Duration.seconds(VISIBILITY_IN_TIMEOUTS * timeout.toSeconds());
}

const CLOSED = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true } as const;
