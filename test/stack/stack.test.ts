import { describe, expect, test } from "@jest/globals";
import { Match } from "aws-cdk-lib/assertions";
import { FUNCTION_NAMES } from "../../lib/stack/service-function.ts";
import { exampleSettings, type Resource, synthesise } from "./synthesise.ts";

const { template, resources } = synthesise(exampleSettings());

const FUNCTION = "AWS::Lambda::Function";
const QUEUE = "AWS::SQS::Queue";
const BUCKET = "AWS::S3::Bucket";

function ofType(type: string): readonly Resource[] {
  return resources.filter((each) => each.type === type);
}

/** The one resource of a type whose id begins so: ids are the path of constructs and a hash. */
function one(type: string, start: string): Resource {
  const found = ofType(type).filter(({ id }) => new RegExp(`^${start}[0-9A-F]{8}$`, "u").test(id));
  expect(found.map(({ id }) => id)).toHaveLength(1);
  return found[0]!;
}

const arnOf = ({ id }: Resource) => ({ "Fn::GetAtt": [id, "Arn"] });

describe("the record", () => {
  test("one table, on demand, with keys, stream, restore, encryption, and nothing that removes it", () => {
    template.resourceCountIs("AWS::DynamoDB::GlobalTable", 1);
    template.hasResource("AWS::DynamoDB::GlobalTable", { DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
    template.hasResourceProperties("AWS::DynamoDB::GlobalTable", {
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      StreamSpecification: { StreamViewType: "NEW_IMAGE" },
      SSESpecification: { SSEEnabled: true },
      GlobalSecondaryIndexes: Match.absent(),
      Replicas: [
        Match.objectLike({
          Region: "eu-north-1",
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
        }),
      ],
    });
  });

  test.each(["StorageEvidence", "StorageInventory"])("%s keeps versions and logs who reads it", (id) => {
    const { properties, deletionPolicy } = one(BUCKET, id);
    expect(deletionPolicy).toBe("Retain");
    expect(properties.VersioningConfiguration).toEqual({ Status: "Enabled" });
    expect(properties.LoggingConfiguration).toMatchObject({
      DestinationBucketName: { Ref: one(BUCKET, "StorageAccessLog").id },
    });
    expect(properties.LifecycleConfiguration).toMatchObject({
      Rules: [{ NoncurrentVersionExpiration: { NoncurrentDays: 90 }, Status: "Enabled" }],
    });
    expect(properties).not.toHaveProperty("ObjectLockEnabled");
  });

  test("every bucket is encrypted, closed to the public, and refuses what does not come over TLS", () => {
    const buckets = ofType(BUCKET);
    expect(buckets).toHaveLength(3);
    const closed = {
      ...{ BlockPublicAcls: true, BlockPublicPolicy: true },
      ...{ IgnorePublicAcls: true, RestrictPublicBuckets: true },
    };
    for (const { id, properties } of buckets) {
      expect(properties.BucketEncryption).toBeDefined();
      expect(properties.PublicAccessBlockConfiguration).toEqual(closed);
      expect(refusesPlain("AWS::S3::BucketPolicy", { Bucket: { Ref: id } })).toBe(true);
    }
  });
});

describe("the queues", () => {
  test("none holds plain text, none takes messages without TLS", () => {
    const queues = ofType(QUEUE);
    expect(queues).toHaveLength(10);
    for (const { id, properties } of queues) {
      expect(properties.SqsManagedSseEnabled).toBe(true);
      expect(refusesPlain("AWS::SQS::QueuePolicy", { Queues: [{ Ref: id }] })).toBe(true);
    }
  });

  test.each([
    ["QueuesJobs", "QueuesJobsAside", "WatchVerifyDomainsFunction"],
    ["QueuesMailJobs", "QueuesMailJobsAside", "WatchVerifyMailFunction"],
    ["QueuesClose", "QueuesCloseAside", "WatchCloseRunFunction"],
  ])("%s puts aside after three receives and hides a message six times as long as a function may take", (...ids) => {
    const [queue, aside, reader] = [one(QUEUE, ids[0]), one(QUEUE, ids[1]), one(FUNCTION, ids[2])];
    expect(queue.properties.RedrivePolicy).toEqual({ deadLetterTargetArn: arnOf(aside), maxReceiveCount: 3 });
    const { Timeout } = reader.properties as { Timeout: number };
    expect(queue.properties.VisibilityTimeout).toBeGreaterThanOrEqual(6 * Timeout);
    expect(aside.properties.MessageRetentionPeriod).toBe(14 * 24 * 3600);
  });

  test("closes are first in, first out, by group", () => {
    const { properties } = one(QUEUE, "QueuesClose");
    expect(properties).toMatchObject({ FifoQueue: true, DeduplicationScope: "messageGroup" });
    expect(properties).not.toHaveProperty("ContentBasedDeduplication");
    expect(one(QUEUE, "QueuesCloseAside").properties.FifoQueue).toBe(true);
  });
});

describe("the functions", () => {
  test("are these, on Node 24 and ARM, each with a role and a log of its own", () => {
    const functions = ofType(FUNCTION);
    expect(functions).toHaveLength(FUNCTION_NAMES.length);
    for (const { properties } of functions) {
      expect(properties).toMatchObject({ Runtime: "nodejs24.x", Architectures: ["arm64"], Handler: "index.handler" });
      expect(properties).not.toHaveProperty("TracingConfig");
    }
    const distinct = (of: (properties: Resource["properties"]) => unknown) =>
      new Set(functions.map(({ properties }) => JSON.stringify(of(properties)))).size;
    expect(distinct(({ Role }) => Role)).toBe(FUNCTION_NAMES.length);
    expect(distinct(({ LoggingConfig }) => LoggingConfig)).toBe(FUNCTION_NAMES.length);
  });

  test("logs are kept for ninety days, also when the stack goes", () => {
    const logs = ofType("AWS::Logs::LogGroup");
    expect(logs).toHaveLength(FUNCTION_NAMES.length + 1);
    for (const { properties, deletionPolicy } of logs) {
      expect([properties.RetentionInDays, deletionPolicy]).toEqual([90, "Retain"]);
    }
  });

  test("as many batches are looked at together as are reserved", () => {
    template.hasResourceProperties("AWS::Lambda::EventSourceMapping", {
      EventSourceArn: arnOf(one(QUEUE, "QueuesJobs")),
      FunctionName: { Ref: one(FUNCTION, "WatchVerifyDomainsFunction").id },
      BatchSize: 1,
      ScalingConfig: { MaximumConcurrency: 5 },
      FunctionResponseTypes: ["ReportBatchItemFailures"],
    });
    expect(one(FUNCTION, "WatchVerifyDomainsFunction").properties.ReservedConcurrentExecutions).toBe(5);
    const reserved = ofType(FUNCTION).map(({ properties }) => properties.ReservedConcurrentExecutions as number);
    expect(reserved.reduce((sum, each) => sum + each, 0)).toBe(28);
  });

  test("closes are worked one by one", () => {
    template.hasResourceProperties("AWS::Lambda::EventSourceMapping", {
      EventSourceArn: arnOf(one(QUEUE, "QueuesClose")),
      FunctionName: { Ref: one(FUNCTION, "WatchCloseRunFunction").id },
      BatchSize: 1,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
    });
  });

  test("the publisher hears of states only, from the beginning, and puts aside what it cannot publish", () => {
    template.hasResourceProperties("AWS::Lambda::EventSourceMapping", {
      EventSourceArn: { "Fn::GetAtt": [one("AWS::DynamoDB::GlobalTable", "StorageMemory").id, "StreamArn"] },
      FunctionName: { Ref: one(FUNCTION, "WatchPublisherFunction").id },
      StartingPosition: "TRIM_HORIZON",
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      ...{ MaximumRetryAttempts: 20, MaximumRecordAgeInSeconds: 3600 },
      DestinationConfig: { OnFailure: { Destination: arnOf(one(QUEUE, "QueuesPublishAside")) } },
    });
  });

  test("the planner is started every hour for domains, every six hours for mail and every day for hosts; a start that fails is put aside", () => {
    template.resourceCountIs("AWS::Scheduler::Schedule", 3);
    template.hasResourceProperties("AWS::Scheduler::Schedule", { ScheduleExpression: "cron(0 0 * * ? *)" });
    template.hasResourceProperties("AWS::Scheduler::Schedule", { ScheduleExpression: "cron(0 0/6 * * ? *)" });
    const planner = one(FUNCTION, "WatchPlannerFunction");
    const aside = one(QUEUE, "QueuesScheduleAside");
    template.hasResourceProperties("AWS::Scheduler::Schedule", {
      ScheduleExpression: "cron(0 * * * ? *)",
      ScheduleExpressionTimezone: "UTC",
      FlexibleTimeWindow: { Mode: "OFF" },
      Target: Match.objectLike({ Arn: arnOf(planner), DeadLetterConfig: { Arn: arnOf(aside) } }),
    });
    template.hasResourceProperties("AWS::Lambda::EventInvokeConfig", {
      FunctionName: { Ref: planner.id },
      DestinationConfig: { OnFailure: { Destination: arnOf(aside) } },
    });
  });
});

describe("telling", () => {
  const topic = (start: string) => ({ Ref: one("AWS::SNS::Topic", start).id });

  test("both topics are encrypted with our key, which turns, and ask for TLS", () => {
    const topics = ofType("AWS::SNS::Topic");
    expect(topics).toHaveLength(2);
    const key = one("AWS::KMS::Key", "ChannelsKey");
    expect(key.properties.EnableKeyRotation).toBe(true);
    for (const { id, properties } of topics) {
      expect(properties.KmsMasterKeyId).toEqual(arnOf(key));
      expect(refusesPlain("AWS::SNS::TopicPolicy", { Topics: [{ Ref: id }] })).toBe(true);
    }
  });

  test("alarms of this account may use the topic of alarms and the key, nobody else's", () => {
    const ofThisAccount = {
      StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } },
      ArnLike: { "aws:SourceArn": Match.anyValue() },
    };
    const letIn = { Effect: "Allow", Principal: { Service: "cloudwatch.amazonaws.com" }, Condition: ofThisAccount };
    template.hasResourceProperties("AWS::SNS::TopicPolicy", {
      Topics: [topic("ChannelsAlarms")],
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ ...letIn, Action: "sns:Publish" })]) },
    });
    template.hasResourceProperties("AWS::KMS::Key", {
      KeyPolicy: {
        Statement: Match.arrayWith([Match.objectLike({ ...letIn, Action: ["kms:Decrypt", "kms:GenerateDataKey*"] })]),
      },
    });
  });

  test("people get alerts, the operator alarms and doubts, and no telephone is called that nobody named", () => {
    const subscriptions = ofType("AWS::SNS::Subscription").map(({ properties }) => properties);
    expect(subscriptions).toHaveLength(3);
    expect(subscriptions).toEqual(
      expect.arrayContaining([
        {
          ...{ Protocol: "email", Endpoint: "it-sikkerhed@example.dk", TopicArn: topic("ChannelsAlerts") },
          FilterPolicy: { kind: [{ "anything-but": ["doubt"] }] },
        },
        {
          ...{ Protocol: "email", Endpoint: "drift@example.dk", TopicArn: topic("ChannelsAlerts") },
          FilterPolicy: { kind: ["doubt"] },
        },
        { Protocol: "email", Endpoint: "drift@example.dk", TopicArn: topic("ChannelsAlarms") },
      ]),
    );
  });
});

describe("the status API", () => {
  test("asks for a signed request everywhere but at /health", () => {
    const routes = ofType("AWS::ApiGatewayV2::Route").map(({ properties }) => properties);
    expect(Object.fromEntries(routes.map(({ RouteKey, AuthorizationType }) => [RouteKey, AuthorizationType]))).toEqual({
      $default: "AWS_IAM",
      "GET /health": "NONE",
    });
  });

  test("is throttled, and logs who asked for what", () => {
    template.hasResourceProperties("AWS::ApiGatewayV2::Stage", {
      StageName: "$default",
      DefaultRouteSettings: { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 },
      AccessLogSettings: { DestinationArn: arnOf(one("AWS::Logs::LogGroup", "StatusApiAccessLog")) },
    });
  });
});

/** Whether the policy of a resource denies everybody what does not come over TLS. */
function refusesPlain(type: string, about: Resource["properties"]): boolean {
  const policies = Object.values(template.findResources(type, { Properties: about })) as {
    Properties: { PolicyDocument: { Statement: Record<string, unknown>[] } };
  }[];
  return policies.some(({ Properties: { PolicyDocument } }) =>
    PolicyDocument.Statement.some(
      ({ Effect, Condition }) =>
        Effect === "Deny" && JSON.stringify(Condition) === '{"Bool":{"aws:SecureTransport":"false"}}',
    ),
  );
}
