import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnSchedule } from "aws-cdk-lib/aws-scheduler";
import { Aws } from "aws-cdk-lib";
import { Construct } from "constructs";
import { cronOf } from "./cadence.ts";
import type { Queues } from "./queues.ts";
import type { ServiceFunction } from "./service-function.ts";
import type { Settings } from "./settings-form.ts";

/** A start that comes later than this is better left to the next round. */
const LATEST_START_SECONDS = 900;
const ATTEMPTS = 3;

export interface SchedulesProps {
  readonly cadence: Settings["cadence"];
  readonly planner: ServiceFunction;
  readonly queues: Queues;
}

/** One schedule for each family that is built, to the minute: slots are multiples of the cadence. */
export class Schedules extends Construct {
  constructor(scope: Construct, id: string, { cadence, planner, queues }: SchedulesProps) {
    super(scope, id);
    const role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("scheduler.amazonaws.com", {
        conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
      }),
    });
    role.addToPolicy(
      new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [planner.lambda.functionArn] }),
    );
    role.addToPolicy(new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [queues.scheduleAside.queueArn] }));
    for (const family of ["domains", "mail", "web"] as const) {
      const schedule = new CfnSchedule(this, family, {
        description: `Starts a round of ${family}`,
        scheduleExpression: cronOf(cadence[family]),
        scheduleExpressionTimezone: "UTC",
        flexibleTimeWindow: { mode: "OFF" },
        target: {
          arn: planner.lambda.functionArn,
          roleArn: role.roleArn,
          input: JSON.stringify({ family, scheduledAt: "<aws.scheduler.scheduled-time>" }),
          deadLetterConfig: { arn: queues.scheduleAside.queueArn },
          retryPolicy: { maximumRetryAttempts: ATTEMPTS, maximumEventAgeInSeconds: LATEST_START_SECONDS },
        },
      });
      schedule.node.addDependency(role);
    }
  }
}
