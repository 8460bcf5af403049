import { describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import path from "node:path";
import { measure, metrics } from "../../functions/metrics.ts";
import { cronOf, minutesOf } from "../../lib/stack/cadence.ts";
import type { Run } from "../../lib/watch/run.ts";
import { exampleSettings, type Properties, synthesise } from "./synthesise.ts";

const HOUSE = path.resolve(import.meta.dirname, "../..");
const RUNBOOK = readFileSync(path.join(HOUSE, "lib/stack/RUNBOOK.md"), "utf8");
const sections = RUNBOOK.split(/^## /mu).slice(1);

const { resources } = synthesise(exampleSettings());
const alarms = resources.filter(({ type }) => type === "AWS::CloudWatch::Alarm").map(({ properties }) => properties);
const nameOf = ({ AlarmName }: Properties): string => String(AlarmName).replace("Kravvagt-", "");
const alarm = (name: string): Properties => alarms.find((each) => nameOf(each) === name) ?? {};

describe("alarms", () => {
  test("each has a section in the runbook, and each section an alarm", () => {
    const names = alarms.map(nameOf);
    expect(names.length).toBeGreaterThan(15);
    expect(sections.map((section) => section.slice(0, section.indexOf("\n"))).sort()).toEqual([...names].sort());
  });

  test("each section says what is so, where to look and what to do", () => {
    for (const section of sections) {
      for (const part of ["**So:**", "**Look:**", "**Remedy:**"]) expect(section).toContain(part);
    }
  });

  test("each names its section, and tells the operator when it rings and when it stops", () => {
    const topic = resources.find(({ id, type }) => type === "AWS::SNS::Topic" && id.startsWith("ChannelsAlarms"));
    for (const each of alarms) {
      expect(each.AlarmDescription).toMatch(new RegExp(`lib/stack/RUNBOOK\\.md, ${nameOf(each)}\\.$`, "u"));
      expect([each.AlarmActions, each.OKActions]).toEqual([[{ Ref: topic?.id }], [{ Ref: topic?.id }]]);
      expect(each).not.toHaveProperty("ActionsEnabled");
    }
  });

  test("every function and every place for what was put aside has one", () => {
    const watched = (metric: string) =>
      alarms
        .filter(({ MetricName }) => MetricName === metric)
        .map(nameOf)
        .sort();
    expect(watched("Errors")).toEqual([
      "close-run-errors",
      "planner-errors",
      "publisher-errors",
      "status-errors",
      "verify-domains-errors",
      "verify-mail-errors",
      "verify-web-errors",
    ]);
    const dimensions = alarms
      .filter(({ MetricName }) => MetricName === "ApproximateNumberOfMessagesVisible")
      .map(({ Dimensions }) => JSON.stringify(Dimensions));
    const aside = resources.filter(({ id, type }) => type === "AWS::SQS::Queue" && /Aside[0-9A-F]{8}$/u.test(id));
    expect(aside).toHaveLength(6);
    for (const { id } of aside) expect(dimensions.some((each) => each.includes(`"${id}"`))).toBe(true);
  });

  test("silence is the worst only where it means that nothing runs", () => {
    expect(alarm("not-running")).toMatchObject({
      ...{ MetricName: "RunsClosed", Statistic: "Sum", Threshold: 1, ComparisonOperator: "LessThanThreshold" },
      ...{ Period: 3600, EvaluationPeriods: 2, DatapointsToAlarm: 2, TreatMissingData: "breaching" },
    });
    expect(alarm("mail-not-running")).toMatchObject({
      ...{ MetricName: "MailRunsClosed", Period: 21_600, EvaluationPeriods: 2, TreatMissingData: "breaching" },
    });
    expect(alarm("web-not-running")).toMatchObject({
      ...{ MetricName: "WebRunsClosed", Period: 86_400, EvaluationPeriods: 2, TreatMissingData: "breaching" },
    });
    const others = alarms.filter((each) => !nameOf(each).endsWith("not-running"));
    expect(new Set(others.map(({ TreatMissingData }) => TreatMissingData))).toEqual(new Set(["notBreaching"]));
  });

  test("answers that are missing, and looks that were not taken, ring after two rounds", () => {
    const twoRounds = { Period: 3600, EvaluationPeriods: 2, DatapointsToAlarm: 2, Statistic: "Average" };
    const tooMany = { MetricName: "IndeterminateRate", Threshold: 20, ComparisonOperator: "GreaterThanThreshold" };
    expect(alarm("indeterminate-rate")).toMatchObject({ ...twoRounds, ...tooMany });
    const tooFew = { MetricName: "Coverage", Threshold: 95, ComparisonOperator: "LessThanThreshold" };
    expect(alarm("shrinking-coverage")).toMatchObject({ ...twoRounds, ...tooFew });
  });

  test("what waits too long rings, with time for what waits on purpose", () => {
    expect(alarm("jobs-waiting")).toMatchObject({ MetricName: "ApproximateAgeOfOldestMessage", Threshold: 1800 });
    expect(alarm("mail-jobs-waiting")).toMatchObject({ Threshold: 1800 });
    expect(alarm("web-jobs-waiting")).toMatchObject({ Threshold: 1800 });
    expect(alarm("close-waiting")).toMatchObject({ MetricName: "ApproximateAgeOfOldestMessage", Threshold: 900 });
    expect(alarm("publishing-behind")).toMatchObject({ MetricName: "IteratorAge", Threshold: 900_000 });
  });

  test("the functions write the metrics that the alarms read: names, namespace, unit and the one dimension", () => {
    const run: Run = {
      ...{ id: "domains/x", municipality: "0101", family: "domains", slot: "2026-11-23T10:00:00.000Z" },
      ...{ startedAt: "2026-11-23T10:00:00.000Z", closedAt: "2026-11-23T10:02:00.000Z", suspect: null },
      ...{ batches: [["domain:a.dk"], ["domain:b.dk"]], done: [0], inventory: `sha256:${"0".repeat(64)}` },
      counts: { looks: 4, answers: 3, worse: 0, well: 0 },
    };
    measure(run, null);
    measure({ ...run, id: "mail/x", family: "mail" }, null);
    measure({ ...run, id: "web/x", family: "web" }, null);
    const { _aws, ...values } = metrics.serializeMetrics();
    metrics.clearMetrics();
    const [directive] = _aws.CloudWatchMetrics;
    expect(directive?.Dimensions).toEqual([["service"]]);
    const own = alarms.filter(({ Namespace }) => Namespace === directive?.Namespace);
    expect(own.map(({ MetricName }) => MetricName).sort()).toEqual([
      ...["Coverage", "IndeterminateRate", "MailRunsClosed", "RunsClosed", "WebRunsClosed"],
    ]);
    for (const { Dimensions } of own) expect(Dimensions).toEqual([{ Name: "service", Value: "Kravvagt" }]);
    expect(values).toMatchObject({
      MailRunsClosed: 1,
      WebRunsClosed: 1,
      RunsClosed: 1,
      Coverage: 50,
      IndeterminateRate: 25,
    });
  });

  test("every function writes its metrics and log lines under the stack's name", () => {
    const functions = resources.filter(({ type }) => type === "AWS::Lambda::Function");
    for (const { properties } of functions) {
      const { Variables } = properties.Environment as { Variables: Properties };
      expect(Variables.POWERTOOLS_SERVICE_NAME).toBe("Kravvagt");
    }
  });
});

describe("cadences", () => {
  test.each([
    ["15m", "cron(0/15 * * * ? *)", 15],
    ["30m", "cron(0/30 * * * ? *)", 30],
    ["1h", "cron(0 * * * ? *)", 60],
    ["6h", "cron(0 0/6 * * ? *)", 360],
    ["24h", "cron(0 0 * * ? *)", 1440],
  ] as const)("%s", (cadence, cron, minutes) => {
    expect([cronOf(cadence), minutesOf(cadence)]).toEqual([cron, minutes]);
  });
});
