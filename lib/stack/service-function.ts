import { type Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Code, Function as LambdaFunction, Runtime, Tracing } from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import type { Bucket, CfnBucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { existsSync } from "node:fs";
import path from "node:path";
import { accept } from "./accept.ts";
import { LOG_RETENTION } from "./log-retention.ts";
import type { Settings } from "./settings-form.ts";
import { placeIn, type VpcPlace } from "./vpc-place.ts";

/** The entry points, each a folder of `functions/` bundled under the same name. */
export const FUNCTION_NAMES = [
  "planner",
  "verify-domains",
  "verify-mail",
  "verify-web",
  "publisher",
  "close-run",
  "status",
] as const;

export type FunctionName = (typeof FUNCTION_NAMES)[number];

export interface ServiceFunctionProps {
  readonly name: FunctionName;
  readonly description: string;
  /** The folder that holds one folder per bundle, `<name>/index.mjs` in it. */
  readonly bundles: string;
  readonly settings: Settings;
  readonly timeout: Duration;
  /** MB; computing power grows with it. */
  readonly memory: number;
  /** Invocations that are kept free for it, and that it cannot exceed. */
  readonly reserved: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Where it stands when it is not on AWS's own network. */
  readonly place?: VpcPlace | null;
}

/** One Lambda function with a role of its own that may write its own log and nothing else until it is granted more. */
export class ServiceFunction extends Construct {
  readonly name: FunctionName;
  readonly lambda: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    const { name, settings, environment } = props;
    this.name = name;
    this.role = new Role(this, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    const logGroup = new LogGroup(this, "Log", {
      retention: LOG_RETENTION[settings.logs.days],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    logGroup.grantWrite(this.role);
    this.lambda = new LambdaFunction(this, "Function", {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(bundleIn(props.bundles, name)),
      handler: "index.handler",
      role: this.role,
      logGroup,
      timeout: props.timeout,
      memorySize: props.memory,
      ...(settings.concurrency.reserve && { reservedConcurrentExecutions: props.reserved }),
      tracing: settings.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      // The service name is the only dimension of every metric: alarms find them by it, and two stacks keep apart.
      environment: { ...environment, POWERTOOLS_SERVICE_NAME: Stack.of(this).stackName },
    });
    if (props.place) placeIn(props.place, this.lambda, this.role);
    if (settings.tracing) {
      accept(this.role, "X-Ray's write actions know no resources; they reveal nothing.", "IAM5[Resource::*]");
    }
  }

  /** Lets the function do these actions to these resources. */
  allow(actions: readonly string[], resources: readonly string[]): void {
    this.role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  }

  /** Lets the function do these actions to every object whose key begins with the prefix. */
  allowWithin(actions: readonly string[], bucket: Bucket, prefix: string): void {
    this.allow(actions, [bucket.arnForObjects(`${prefix}*`)]);
    const id = Stack.of(bucket).getLogicalId(bucket.node.defaultChild as CfnBucket);
    const reason = `Objects below ${prefix} are named by what they hold, so their names cannot be listed beforehand.`;
    accept(this.role, reason, `IAM5[Resource::<${id}.Arn>/${prefix}*]`);
  }
}

function bundleIn(bundles: string, name: FunctionName): string {
  const folder = path.join(bundles, name);
  if (existsSync(path.join(folder, "index.mjs"))) return folder;
  throw new Error(`${path.join(folder, "index.mjs")} is not there: bundle the functions first (npm run bundle)`);
}
