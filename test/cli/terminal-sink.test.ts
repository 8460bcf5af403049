import { describe, expect, test } from "@jest/globals";
import { createTerminalSink } from "../../lib/cli/terminal-sink.ts";
import type { Alert } from "../../lib/watch/alert.ts";
import * as examples from "../reports/alert-examples.ts";

const ALL = Object.values(examples as Readonly<Record<string, unknown>>).filter(isAlert);

function isAlert(value: unknown): value is Alert {
  return typeof value === "object" && value !== null && "kind" in value && "createdAt" in value;
}

async function told(alert: Alert, language: "da" | "en"): Promise<string> {
  const said: string[] = [];
  const terminal = {
    language,
    say: (words: unknown) => void said.push(String(words)),
    drained: async () => void said.push("<drained>"),
  };
  const text = { subject: "Emne", brief: "Hvad\nHvorfor", body: "alt" } as never;
  await createTerminalSink(terminal, () => Promise.resolve(text)).deliver(alert);
  return said.join("|");
}

describe("an alert at the terminal", () => {
  test.each(ALL.map((alert) => [alert.kind, alert] as const))(
    "%s is an alarm only if somebody must act",
    async (kind, alert) => {
      const isAlarm = ["regression", "gap", "doubt"].includes(kind);
      expect(await told(alert, "da")).toBe(`\n${isAlarm ? "ALARM" : "BESKED"}  Emne\n  Hvad\n  Hvorfor\n|<drained>`);
      expect(await told(alert, "en")).toBe(`\n${isAlarm ? "ALERT" : "NOTICE"}  Emne\n  Hvad\n  Hvorfor\n|<drained>`);
    },
  );

  test("these examples are of every kind", () => {
    expect([...new Set(ALL.map(({ kind }) => kind))].sort()).toEqual([
      "change",
      "digest",
      "doubt",
      "forecast",
      "gap",
      "recovery",
      "regression",
    ]);
  });

  test("one that cannot be put into words is not told", async () => {
    const sink = createTerminalSink({ language: "da", say: () => undefined, drained: () => Promise.resolve() }, () =>
      Promise.reject(new Error("lost")),
    );
    await expect(sink.deliver(ALL[0]!)).rejects.toThrow("lost");
  });
});
