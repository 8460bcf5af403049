import type { S3Client } from "@aws-sdk/client-s3";
import { describe, expect, test } from "@jest/globals";
import { CfnResource, Stack } from "aws-cdk-lib";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { createS3Evidence } from "../../lib/adapters/s3-evidence.ts";
import { FUNCTION_NAMES } from "../../lib/stack/service-function.ts";
import { EVIDENCE_PREFIX } from "../../lib/stack/storage.ts";
import { statesKey } from "../../lib/watch/keys.ts";
import { exampleSettings, findingsAbout, type Resource, synthesise } from "./synthesise.ts";

/** A reason shorter than this explains nothing. */
const SHORTEST_REASON = 40;
const HOUSE = path.resolve(import.meta.dirname, "../..");
const { findings, resources, stack, template } = synthesise(exampleSettings());

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

const READ = ["dynamodb:GetItem", "dynamodb:Query"];
const OWN_LOG = ["logs:CreateLogStream", "logs:PutLogEvents"];
const ASK_QUEUE = ["sqs:GetQueueAttributes", "sqs:GetQueueUrl"];
const TAKE_MESSAGES = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", ...ASK_QUEUE, "sqs:ReceiveMessage"];

/** All that each role may do: what is allowed, on which resource (its id, and below it). A new line here is a conscious one. */
const GRANTED: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  WatchPlannerRole: {
    WatchPlannerLog: OWN_LOG,
    StorageMemory: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"],
    "StorageEvidence/evidence/*": ["s3:PutObject"],
    StorageInventory: ["s3:ListBucket"],
    "StorageInventory/inventory/current.json": ["s3:GetObject"],
    QueuesJobs: ["sqs:SendMessage"],
    QueuesMailJobs: ["sqs:SendMessage"],
    QueuesWebJobs: ["sqs:SendMessage"],
    QueuesClose: ["sqs:SendMessage"],
    QueuesScheduleAside: [...ASK_QUEUE, "sqs:SendMessage"],
  },
  WatchVerifyDomainsRole: {
    WatchVerifyDomainsLog: OWN_LOG,
    StorageMemory: ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"],
    StorageEvidence: ["s3:ListBucket"],
    "StorageEvidence/evidence/*": ["s3:GetObject", "s3:PutObject"],
    StorageInventory: ["s3:ListBucket"],
    "StorageInventory/inventory/current.json": ["s3:GetObject"],
    QueuesJobs: [...TAKE_MESSAGES, "sqs:SendMessage"],
    QueuesClose: ["sqs:SendMessage"],
  },
  WatchVerifyMailRole: {
    WatchVerifyMailLog: OWN_LOG,
    StorageMemory: ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"],
    StorageEvidence: ["s3:ListBucket"],
    "StorageEvidence/evidence/*": ["s3:GetObject", "s3:PutObject"],
    StorageInventory: ["s3:ListBucket"],
    "StorageInventory/inventory/current.json": ["s3:GetObject"],
    QueuesMailJobs: [...TAKE_MESSAGES, "sqs:SendMessage"],
    QueuesClose: ["sqs:SendMessage"],
  },
  WatchVerifyWebRole: {
    WatchVerifyWebLog: OWN_LOG,
    StorageMemory: ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"],
    StorageEvidence: ["s3:ListBucket"],
    "StorageEvidence/evidence/*": ["s3:GetObject", "s3:PutObject"],
    StorageInventory: ["s3:ListBucket"],
    "StorageInventory/inventory/current.json": ["s3:GetObject"],
    QueuesWebJobs: [...TAKE_MESSAGES, "sqs:SendMessage"],
    QueuesClose: ["sqs:SendMessage"],
  },
  WatchPublisherRole: {
    WatchPublisherLog: OWN_LOG,
    StorageMemory: ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"],
    "StorageMemory:StreamArn": ["DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"].map(
      (action) => `dynamodb:${action}`,
    ),
    QueuesPublishAside: [...ASK_QUEUE, "sqs:SendMessage"],
  },
  WatchCloseRunRole: {
    WatchCloseRunLog: OWN_LOG,
    StorageMemory: ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"],
    StorageEvidence: ["s3:ListBucket"],
    "StorageEvidence/evidence/*": ["s3:GetObject"],
    StorageInventory: ["s3:ListBucket"],
    "StorageInventory/inventory/current.json": ["s3:GetObject"],
    QueuesClose: TAKE_MESSAGES,
    QueuesJobs: ["sqs:SendMessage"],
    QueuesMailJobs: ["sqs:SendMessage"],
    QueuesWebJobs: ["sqs:SendMessage"],
    ChannelsAlerts: ["sns:Publish"],
    ChannelsKey: ["kms:Decrypt", "kms:GenerateDataKey"],
  },
  StatusApiStatusRole: {
    StatusApiStatusLog: OWN_LOG,
    StorageMemory: READ,
    StorageEvidence: ["s3:ListBucket"],
    "StorageEvidence/evidence/*": ["s3:GetObject"],
  },
  SchedulesRole: {
    WatchPlannerFunction: ["lambda:InvokeFunction"],
    QueuesScheduleAside: ["sqs:SendMessage"],
  },
};

const withoutHash = (id: string): string => id.replace(/[0-9A-F]{8}$/u, "");
const listOf = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [value as T];

/** `{ "Fn::GetAtt": [id, "Arn"] }` as the id, with what is joined to it; anything else as it stands. */
function nameOf(resource: unknown): string {
  const { Ref: ref, "Fn::GetAtt": attribute, "Fn::Join": join } = resource as Record<string, unknown>;
  if (typeof ref === "string") return withoutHash(ref);
  if (Array.isArray(attribute)) {
    const [id, name] = attribute as [string, string];
    return name === "Arn" ? withoutHash(id) : `${withoutHash(id)}:${name}`;
  }
  if (!Array.isArray(join)) return JSON.stringify(resource);
  return (join[1] as unknown[]).map((part) => (typeof part === "string" ? part : nameOf(part))).join("");
}

function statementsOf({ properties }: Resource): readonly Statement[] {
  return (properties.PolicyDocument as { Statement: readonly Statement[] }).Statement;
}

const policies = resources.filter(({ type }) => type === "AWS::IAM::Policy");

describe("what functions may do", () => {
  test("is exactly this", () => {
    const granted: Record<string, Record<string, string[]>> = {};
    for (const policy of policies) {
      const role = nameOf((policy.properties.Roles as unknown[])[0]);
      const actions = (granted[role] ??= {});
      for (const { Action, Resource: on } of statementsOf(policy)) {
        for (const name of listOf(on).map(nameOf)) {
          actions[name] = [...new Set([...(actions[name] ?? []), ...listOf(Action)])].sort();
        }
      }
    }
    expect(granted).toEqual(GRANTED);
  });

  test("no action and no resource is a wildcard, but objects below evidence/", () => {
    const statements = policies.flatMap(statementsOf);
    expect(statements.length).toBeGreaterThan(20);
    expect(statements.flatMap(({ Action }) => listOf(Action)).filter((action) => action.includes("*"))).toEqual([]);
    const open = statements.flatMap(({ Resource: on }) => listOf(on).map(nameOf)).filter((name) => name.includes("*"));
    expect([...new Set(open)]).toEqual(["StorageEvidence/evidence/*"]);
    expect(statements.every(({ Effect }) => Effect === "Allow")).toBe(true);
  });

  test("roles take no policies of AWS's or inline ones, and each is for one service", () => {
    const roles = resources.filter(({ type }) => type === "AWS::IAM::Role");
    expect(roles.map(({ id }) => withoutHash(id)).sort()).toEqual(Object.keys(GRANTED).sort());
    for (const { properties } of roles) {
      expect(properties).not.toHaveProperty("ManagedPolicyArns");
      expect(properties).not.toHaveProperty("Policies");
      const [trust] = (properties.AssumeRolePolicyDocument as { Statement: Record<string, unknown>[] }).Statement;
      expect(JSON.stringify(trust?.Principal)).toMatch(/^\{"Service":"(lambda|scheduler)\.amazonaws\.com"\}$/u);
    }
  });
});

describe("the rules that synthesis enforces", () => {
  test("nothing is found that is not accepted", () => {
    expect(findings.open).toEqual([]);
  });

  test("what is accepted is this, and nothing else", () => {
    const rules = findings.accepted.map(({ rule }) => rule.replace(/<[A-Za-z]+?Evidence[0-9A-F]{8}/u, "<Evidence"));
    expect([...new Set(rules)].sort()).toEqual([
      "AwsSolutions-APIG4",
      "AwsSolutions-IAM5[Resource::<Evidence.Arn>/evidence/*]",
      "AwsSolutions-SQS3",
    ]);
    const withoutCredential = findings.accepted.filter(({ rule }) => rule === "AwsSolutions-APIG4");
    expect(withoutCredential.map(({ constructs }) => constructs)).toEqual([
      ["Kravvagt/StatusApi/Api/GET--health/Resource"],
    ]);
  });

  test("each acceptance has a reason, and none is left over from a finding that is gone", () => {
    for (const { reason } of findings.accepted) expect(reason.length).toBeGreaterThan(SHORTEST_REASON);
    const acknowledged = stack.node
      .findAll()
      .flatMap(({ node }) => node.metadata.filter(({ type }) => type === "aws:cdk:acknowledged-rules"))
      .flatMap(({ data }) => Object.keys(data as object));
    const found = new Set(findings.accepted.map(({ rule }) => `AwsSolutions::${rule}`));
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(acknowledged.filter((id) => !found.has(id))).toEqual([]);
  });

  test("a construct that breaks a rule of AWS Solutions, or of CloudFormation, is found", () => {
    const { open } = findingsAbout((app) => {
      const wrong = new Stack(app, "Wrong", { env: { region: "eu-north-1" } });
      new Bucket(wrong, "Bucket");
      new CfnResource(wrong, "Queue", { type: "AWS::SQS::Queue", properties: { NoSuchProperty: 1 } });
    });
    const rules = open.map(({ rule }) => rule);
    expect(rules).toContain("F3002");
    expect(rules).toContain("AwsSolutions-S10");
  });
});

describe("the stack and the functions agree on", () => {
  test("which functions there are", () => {
    const script = readFileSync(path.join(HOUSE, "scripts/bundle.ts"), "utf8");
    const [, list = ""] = /FUNCTIONS = \[([^\]]*)\]/u.exec(script) ?? [];
    expect([...list.matchAll(/"([a-z-]+)"/gu)].map(([, name]) => name)).toEqual([...FUNCTION_NAMES]);
  });

  test("the settings that each function reads", () => {
    const entries = Object.entries({
      WatchPlannerFunction: "planner",
      WatchVerifyDomainsFunction: "verify-domains",
      WatchVerifyMailFunction: "verify-mail",
      WatchVerifyWebFunction: "verify-web",
      WatchPublisherFunction: "publisher",
      WatchCloseRunFunction: "close-run",
      StatusApiStatusFunction: "status",
    });
    for (const [id, name] of entries) {
      const own = resources.find((each) => each.type === "AWS::Lambda::Function" && withoutHash(each.id) === id);
      const { Variables } = own?.properties.Environment as { Variables: Record<string, unknown> };
      const needed = settingsReadBy(`functions/${name}.ts`);
      expect(needed).toContain("TABLE_NAME");
      expect(needed.filter((setting) => Variables[setting] === undefined)).toEqual([]);
    }
  });

  test("where evidence lies", async () => {
    const keys: (string | undefined)[] = [];
    const client = {
      send: async ({ input }: { input: { Key?: string } }) => {
        keys.push(input.Key);
      },
    };
    const address = `sha256:${"0a".repeat(32)}`;
    await createS3Evidence(client as unknown as S3Client, "bucket").put(address, "{}");
    expect(keys).toHaveLength(1);
    expect(keys[0]?.startsWith(EVIDENCE_PREFIX)).toBe(true);
  });

  test("which items of the stream are states", () => {
    const [mapping] = Object.values(
      template.findResources("AWS::Lambda::EventSourceMapping", { Properties: { StartingPosition: "TRIM_HORIZON" } }),
    ) as { Properties: { FilterCriteria: { Filters: { Pattern: string }[] } } }[];
    const patterns = mapping!.Properties.FilterCriteria.Filters.map(({ Pattern }) => JSON.parse(Pattern) as unknown);
    expect(patterns).toEqual([{ dynamodb: { Keys: { pk: { S: [{ prefix: "M#" }] } } } }]);
    expect(statesKey("0101", "S18").startsWith("M#")).toBe(true);
  });
});

/** The names that a file and what it imports of `functions/` hand to `settingsFrom`. */
function settingsReadBy(file: string, seen = new Set<string>()): readonly string[] {
  const absolute = path.join(HOUSE, file);
  if (seen.has(file) || !existsSync(absolute)) return [];
  seen.add(file);
  const source = readFileSync(absolute, "utf8");
  const called = [...source.matchAll(/settingsFrom\(process\.env,([^)]*)\)/gu)].map(([, names = ""]) => names);
  const own = called.flatMap((names) => [...names.matchAll(/"([A-Z_]+)"/gu)].map(([, name = ""]) => name));
  const imports = [...source.matchAll(/from "\.\/([a-z-]+\.ts)"/gu)].map(([, name = ""]) => `functions/${name}`);
  return [...new Set([...own, ...imports.flatMap((each) => settingsReadBy(each, seen))])];
}
