import { describe, expect, test } from "@jest/globals";
import { Match } from "aws-cdk-lib/assertions";
import { tmpdir } from "node:os";
import { synthesise } from "./synthesise.ts";

const EVERYTHING = `
version: 1
name: Vagt-0999
municipality: "0999"
region: eu-west-1
language: en
alerts: { email: [a@example.dk, b@example.dk], sms: ["+4512345678"] }
operator: { email: [o@example.dk] }
api: { by: jwt, issuer: "https://login.example.dk/tenant/v2.0", audience: [kravvagt] }
cadence: { domains: 6h, mail: 12h, web: 12h }
concurrency: { domains: 12, mail: 4, web: 3, reserve: false }
mail:
  vpc:
    subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
    securityGroup: sg-0123456789abcdef0
logs: { days: 365 }
evidence: { lockDays: 730 }
tracing: true
`;

describe("a stack with every choice made otherwise", () => {
  const { stack, template, resources, findings } = synthesise(EVERYTHING);

  test("nothing is found, and only tracing needs a reason more", () => {
    expect(findings.open).toEqual([]);
    expect(findings.accepted.some(({ rule }) => rule === "AwsSolutions-IAM5[Resource::*]")).toBe(true);
    const open = findings.accepted.filter(({ rule }) => rule === "AwsSolutions-IAM5[Resource::*]");
    expect(open.every(({ reason }) => reason.includes("X-Ray"))).toBe(true);
    const anywhere = resources
      .filter(({ type }) => type === "AWS::IAM::Policy")
      .flatMap(({ properties }) => (properties.PolicyDocument as { Statement: Record<string, unknown>[] }).Statement)
      .filter(({ Resource: on }) => on === "*")
      .flatMap(({ Action }) => Action);
    expect(new Set(anywhere)).toEqual(new Set(["xray:PutTelemetryRecords", "xray:PutTraceSegments"]));
  });

  test("gateways are called from the customer's own network, and nothing else stands in it", () => {
    const placed = resources.filter(({ properties }) => properties.VpcConfig !== undefined);
    expect(placed.map(({ id }) => id.replace(/[0-9A-F]{8}$/u, ""))).toEqual(["WatchVerifyMailFunction"]);
    expect(placed[0]?.properties.VpcConfig).toEqual({
      SubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
      SecurityGroupIds: ["sg-0123456789abcdef0"],
    });
    const policies = resources.flatMap(
      ({ properties }) => (properties.ManagedPolicyArns as unknown[] | undefined) ?? [],
    );
    expect(policies).toHaveLength(1);
  });

  test("name, region and protection", () => {
    expect([stack.stackName, stack.region, stack.terminationProtection]).toEqual(["Vagt-0999", "eu-west-1", true]);
    template.hasResourceProperties("AWS::CloudWatch::Alarm", {
      AlarmName: "Vagt-0999-not-running",
      Dimensions: [{ Name: "service", Value: "Vagt-0999" }],
      ...{ Period: 6 * 3600, EvaluationPeriods: 2 },
    });
    template.hasResourceProperties("AWS::Scheduler::Schedule", { ScheduleExpression: "cron(0 0/6 * * ? *)" });
  });

  test("telephones ring for high severity, and never for the digest or for doubts", () => {
    template.hasResourceProperties("AWS::SNS::Subscription", {
      ...{ Protocol: "sms", Endpoint: "+4512345678" },
      FilterPolicy: { severity: ["high"], kind: [{ "anything-but": ["digest", "doubt"] }] },
    });
    template.resourceCountIs("AWS::SNS::Subscription", 5);
  });

  test("tokens of the issuer, for the audience, everywhere but at /health", () => {
    template.hasResourceProperties("AWS::ApiGatewayV2::Authorizer", {
      AuthorizerType: "JWT",
      JwtConfiguration: { Issuer: "https://login.example.dk/tenant/v2.0", Audience: ["kravvagt"] },
    });
    template.hasResourceProperties("AWS::ApiGatewayV2::Route", {
      ...{ RouteKey: "$default", AuthorizationType: "JWT", AuthorizerId: Match.anyValue() },
    });
    template.hasResourceProperties("AWS::ApiGatewayV2::Route", { RouteKey: "GET /health", AuthorizationType: "NONE" });
  });

  test("evidence is locked, inventories are not", () => {
    const locked = template.findResources("AWS::S3::Bucket", { Properties: { ObjectLockEnabled: true } });
    expect(Object.keys(locked).map((id) => id.replace(/[0-9A-F]{8}$/u, ""))).toEqual(["StorageEvidence"]);
    template.hasResourceProperties("AWS::S3::Bucket", {
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: "GOVERNANCE", Days: 730 } } },
    });
  });

  test("logs, tracing, concurrency and the functions' own settings", () => {
    template.allResourcesProperties("AWS::Logs::LogGroup", { RetentionInDays: 365 });
    template.allResourcesProperties("AWS::Lambda::Function", {
      TracingConfig: { Mode: "Active" },
      ReservedConcurrentExecutions: Match.absent(),
      Environment: { Variables: Match.objectLike({ MUNICIPALITY: "0999", LANGUAGE: "en" }) },
    });
    template.hasResourceProperties("AWS::Lambda::EventSourceMapping", { ScalingConfig: { MaximumConcurrency: 12 } });
  });
});

test("a function that was not bundled is named, and nothing stands in for it", () => {
  expect(() => synthesise(EVERYTHING, `${tmpdir()}/not-there`)).toThrow(
    /planner.index\.mjs is not there: bundle the functions first/u,
  );
});
