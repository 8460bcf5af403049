import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { answerFromZone } from "../../lib/practice/answer.ts";
import { proveText, zoneOf } from "./prove-zone.ts";
import { outline, questionsToRecord, ZONE_KINDS } from "./zones/outline.ts";

const recorded = readFileSync(new URL("zones/nsd-answers.txt", import.meta.url), "utf8")
  .trimEnd()
  .split("\n");

describe.each(ZONE_KINDS)("the zone signed with %s", (kind) => {
  const theirs = recorded.filter((line) => line.startsWith(`${kind} `));
  const zone = zoneOf(proveText(kind));
  const questions = questionsToRecord();

  test("is recorded in full", () => {
    expect(theirs).toHaveLength(questions.length);
  });

  test.each(
    questions.map((question, index) => [`${question.name} ${question.type}`, question, theirs[index]] as const),
  )("answers %s as NSD does", (_, question, line) => {
    expect(outline(kind, question, answerFromZone(zone, question, true))).toBe(line);
  });
});
