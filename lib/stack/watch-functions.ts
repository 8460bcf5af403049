import { Duration } from "aws-cdk-lib";
import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import { FilterCriteria, FilterRule, StartingPosition } from "aws-cdk-lib/aws-lambda";
import { DynamoEventSource, SqsDlq, SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { SqsDestination } from "aws-cdk-lib/aws-lambda-destinations";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { letAddEvidence, letKeepMemory, letReadEvidence, letReadInventory, letWriteMemory } from "./access.ts";
import type { Channels } from "./channels.ts";
import type { Queues } from "./queues.ts";
import { ServiceFunction, type FunctionName, type ServiceFunctionProps } from "./service-function.ts";
import type { Settings } from "./settings-form.ts";
import type { Storage } from "./storage.ts";

/**
 * What one invocation may take. A batch is 25 domains; a look that is cut short is lost until its message comes again. Gateways
 * that let callers wait may take most of a minute each, and a host is called some thirty times at each of its addresses.
 */
export const TIMEOUTS = {
  planner: Duration.minutes(1),
  verifyDomains: Duration.minutes(5),
  verifyMail: Duration.minutes(10),
  verifyWeb: Duration.minutes(10),
  publisher: Duration.minutes(1),
  closeRun: Duration.minutes(2),
} as const;

/** One for each shard of the stream; a table on demand begins with four, and a shard that must wait is late for everybody in it. */
const PUBLISHERS = 10;
/** A table that is away for minutes must not have its changes put aside; a record that never works must not stop the rest for long. */
const PUBLISHING_RETRIES = 20;
const PUBLISHING_GIVES_UP = Duration.hours(1);

export interface WatchFunctionsProps {
  readonly settings: Settings;
  readonly bundles: string;
  readonly storage: Storage;
  readonly queues: Queues;
  readonly channels: Channels;
  readonly environment: Readonly<Record<string, string>>;
}

/** The six functions of the watch and what starts them: plan, look, publish, close and tell. */
export class WatchFunctions extends Construct {
  readonly planner: ServiceFunction;
  readonly verifyDomains: ServiceFunction;
  readonly verifyMail: ServiceFunction;
  readonly verifyWeb: ServiceFunction;
  readonly publisher: ServiceFunction;
  readonly closeRun: ServiceFunction;

  constructor(scope: Construct, id: string, props: WatchFunctionsProps) {
    super(scope, id);
    this.planner = this.#planner(props);
    this.verifyDomains = this.#verifyDomains(props);
    this.verifyMail = this.#verifyMail(props);
    this.verifyWeb = this.#verifyWeb(props);
    this.publisher = this.#publisher(props);
    this.closeRun = this.#closeRun(props);
  }

  #planner(props: WatchFunctionsProps): ServiceFunction {
    const { storage, queues } = props;
    const planner = this.#function("Planner", "planner", "Plans a round and hands out its batches", props, {
      ...{ timeout: TIMEOUTS.planner, memory: 512, reserved: 2 },
    });
    planner.lambda.configureAsyncInvoke({
      maxEventAge: Duration.minutes(15),
      retryAttempts: 2,
      onFailure: new SqsDestination(queues.scheduleAside),
    });
    letWriteMemory(storage, planner);
    letAddEvidence(storage, planner);
    letReadInventory(storage, planner);
    planner.allow(
      ["sqs:SendMessage"],
      [queues.jobs, queues.mailJobs, queues.webJobs, queues.close].map(({ queueArn }) => queueArn),
    );
    return planner;
  }

  #verifyDomains(props: WatchFunctionsProps): ServiceFunction {
    const atOnce = props.settings.concurrency.domains;
    const verify = this.#function("VerifyDomains", "verify-domains", "Looks at one batch of domains", props, {
      ...{ timeout: TIMEOUTS.verifyDomains, memory: 1024, reserved: atOnce },
    });
    return this.#looksAt(props.queues.jobs, atOnce, verify, props);
  }

  #verifyMail(props: WatchFunctionsProps): ServiceFunction {
    const { concurrency, mail } = props.settings;
    const says = "Looks at the mail gateways of one batch of domains";
    const verify = this.#function("VerifyMail", "verify-mail", says, props, {
      ...{ timeout: TIMEOUTS.verifyMail, memory: 1024, reserved: concurrency.mail, place: mail.vpc },
    });
    return this.#looksAt(props.queues.mailJobs, concurrency.mail, verify, props);
  }

  #verifyWeb(props: WatchFunctionsProps): ServiceFunction {
    const atOnce = props.settings.concurrency.web;
    const says = "Looks at one batch of hosts, web addresses and services";
    const verify = this.#function("VerifyWeb", "verify-web", says, props, {
      ...{ timeout: TIMEOUTS.verifyWeb, memory: 1024, reserved: atOnce },
    });
    return this.#looksAt(props.queues.webJobs, atOnce, verify, props);
  }

  /** Has the function work a queue of looks, and lets it do what that takes. */
  #looksAt(jobs: Queue, atOnce: number, verify: ServiceFunction, props: WatchFunctionsProps): ServiceFunction {
    const { storage, queues } = props;
    verify.lambda.addEventSource(
      new SqsEventSource(jobs, { batchSize: 1, maxConcurrency: atOnce, reportBatchItemFailures: true }),
    );
    letKeepMemory(storage, verify);
    letAddEvidence(storage, verify);
    letReadEvidence(storage, verify);
    letReadInventory(storage, verify);
    verify.allow(["sqs:SendMessage"], [jobs.queueArn, queues.close.queueArn]);
    return verify;
  }

  #publisher(props: WatchFunctionsProps): ServiceFunction {
    const { storage, queues } = props;
    const publisher = this.#function("Publisher", "publisher", "Copies transitions into history", props, {
      ...{ timeout: TIMEOUTS.publisher, memory: 512, reserved: PUBLISHERS },
    });
    publisher.lambda.addEventSource(
      new DynamoEventSource(storage.table as ITable, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: 50,
        bisectBatchOnError: true,
        reportBatchItemFailures: true,
        retryAttempts: PUBLISHING_RETRIES,
        maxRecordAge: PUBLISHING_GIVES_UP,
        filters: [STATE_ITEMS],
        onFailure: new SqsDlq(queues.publishAside),
      }),
    );
    letKeepMemory(storage, publisher);
    return publisher;
  }

  #closeRun(props: WatchFunctionsProps): ServiceFunction {
    const { storage, queues, channels } = props;
    const close = this.#function("CloseRun", "close-run", "Closes a run and tells what there is to tell", props, {
      ...{ timeout: TIMEOUTS.closeRun, memory: 1024, reserved: 2 },
    });
    close.lambda.addEventSource(new SqsEventSource(queues.close, { batchSize: 1, reportBatchItemFailures: true }));
    letKeepMemory(storage, close);
    letReadEvidence(storage, close);
    letReadInventory(storage, close);
    const { jobs, mailJobs, webJobs } = queues;
    close.allow(["sqs:SendMessage"], [jobs.queueArn, mailJobs.queueArn, webJobs.queueArn]);
    close.allow(["sns:Publish"], [channels.alerts.topicArn]);
    close.allow(["kms:Decrypt", "kms:GenerateDataKey"], [channels.key.keyArn]);
    return close;
  }

  #function(
    id: string,
    name: FunctionName,
    description: string,
    { settings, bundles, environment }: WatchFunctionsProps,
    size: Pick<ServiceFunctionProps, "timeout" | "memory" | "reserved" | "place">,
  ): ServiceFunction {
    return new ServiceFunction(this, id, { name, description, settings, bundles, environment, ...size });
  }
}

/**
 * States lie under partition keys that begin so (lib/watch/keys.ts). Streams can be filtered by `dynamodb` only, and what a filter
 * does with an empty list is not documented: a filter that is wrong about the outbox would silence alerts, so the function looks.
 */
const STATE_ITEMS = FilterCriteria.filter({ dynamodb: { Keys: { pk: { S: FilterRule.beginsWith("M#") } } } });
