import { describe, expect, test } from "@jest/globals";
import { settingsFrom } from "../../lib/adapters/function-settings.ts";
import { SettingsError } from "../../lib/ports.ts";

describe("settings of a function", () => {
  test("those that are named are read, and what may be left out has a value", () => {
    const environment = { TABLE_NAME: "Kravvagt-Table1", OTHER: "x", INVENTORY_KEY: "" };
    expect(settingsFrom(environment, "TABLE_NAME", "INVENTORY_KEY", "LANGUAGE")).toEqual({
      TABLE_NAME: "Kravvagt-Table1",
      INVENTORY_KEY: "inventory/current.json",
      LANGUAGE: "da",
    });
  });

  test.each([
    ["TABLE_NAME", undefined, "TABLE_NAME: is missing; expected the name of a DynamoDB table"],
    ["MUNICIPALITY", "", "MUNICIPALITY: is missing; expected the id of a municipality"],
    [
      "CLOSE_QUEUE_URL",
      "https://secret@sqs.example/1/close",
      "CLOSE_QUEUE_URL: cannot be used; expected the URL of an SQS queue of the kind FIFO",
    ],
    ["JOBS_QUEUE_URL", "ftp://sqs.example/1/jobs", "JOBS_QUEUE_URL: cannot be used"],
    ["ALERT_TOPIC_ARN", "alerts", "ALERT_TOPIC_ARN: cannot be used"],
    ["LANGUAGE", "en_US:en", "LANGUAGE: cannot be used; expected da or en"],
    ["EVIDENCE_BUCKET", "Not A Bucket", "EVIDENCE_BUCKET: cannot be used"],
  ] as const)("%s = %j is told by its name, and what it held is not", (name, value, words) => {
    const read = (): unknown => settingsFrom({ [name]: value }, name);
    expect(read).toThrow(SettingsError);
    expect(read).toThrow(words);
    if (value !== undefined && value !== "") expect(read).not.toThrow(value);
  });
});
