import { describe, expect, test } from "@jest/globals";
import type { Finding } from "../../lib/core/finding.ts";
import { unobserved } from "../../lib/core/observation.ts";
import type { Statements } from "../../lib/core/statements.ts";
import { NO_STATEMENTS } from "../../lib/core/statements.ts";
import { s18 } from "../../lib/requirements/s18/requirement.ts";
import { openJudgement, openObservations } from "../../lib/verify/evidence.ts";
import { lookOf } from "../../lib/watch/look-of.ts";
import { openRehearsal } from "../support/rehearsal.ts";
import { HOUR, moment } from "../support/looks.ts";
import { ASSET, found, judgedBy, seenAt, trialOf } from "./support/trial-requirement.ts";

const SLOT = moment(0);
const AT = moment(5_000);
const by = { name: "Anna And" };
const EXEMPTED: Statements = {
  attestations: [],
  exemptions: [{ requirement: "S18", asset: ASSET.id, reason: "Flyttes", by, validUntil: 4e12 }],
};
const ATTESTED: Statements = {
  attestations: [{ requirement: "S18", clause: "1", assets: "all", statement: "Ja", by, validUntil: 4e12 }],
  exemptions: [],
};

function lookAt(findings: readonly Finding[], statements = NO_STATEMENTS) {
  return lookOf(
    judgedBy(trialOf(3, ...findings), seenAt(AT), statements),
    { slot: SLOT, reading: "kommune-2024" },
    null,
  );
}

describe("a look", () => {
  test("says when, for which slot, by which rules, and where its proof is", () => {
    const { look, blobs } = lookAt([found("S18_FINE")]);
    expect(look).toMatchObject({
      ...{ slot: SLOT, observedAt: AT, rules: "S18@3 kommune-2024", verdict: "pass", cause: null, rejudged: null },
      ...{ deciding: [{ tag: "S18_FINE", about: null }], warnings: [], isCertain: false },
    });
    const [seen, judged] = blobs;
    expect(blobs.map(({ address }) => address)).toEqual([look.evidence, look.judgement]);
    expect(openObservations(look.evidence, seen?.text ?? "", AT)).toEqual({ ok: true, value: seenAt(AT) });
    expect(openJudgement(look.judgement, judged?.text ?? "")).toMatchObject({
      ...{ ok: true, value: { asset: ASSET.id, requirement: "S18", rules: look.rules, verdict: "pass" } },
    });
  });

  test("has the same addresses as a later one that saw the same, and hands on what was judged again", () => {
    const first = lookAt([found("S18_FINE")]).look;
    const later = judgedBy(trialOf(3, found("S18_FINE")), seenAt(moment(HOUR)));
    const { look } = lookOf(later, { slot: moment(HOUR), reading: "kommune-2024" }, first);
    expect(look).toEqual({ ...first, slot: moment(HOUR), observedAt: moment(HOUR), rejudged: first });
    expect(lookOf(later, { slot: SLOT, reading: "stat-2024-10" }, null).look.rules).toBe("S18@3 stat-2024-10");
  });

  test("is of the planned moment where nothing was tried", () => {
    const untried = judgedBy(trialOf(1), []);
    for (const slot of [SLOT, `${SLOT}/confirm`])
      expect(lookOf(untried, { slot, reading: "kommune-2024" }, null).look).toMatchObject({
        ...{ observedAt: SLOT, verdict: "indeterminate", cause: "internal", isCertain: false },
      });
  });
});

describe("the deciding tags", () => {
  test.each<readonly [string, readonly Finding[], Statements, readonly (readonly [string, string | null])[]]>([
    ["a pass: what passes", [found("S18_FINE"), found("S18_ELSEWHERE")], NO_STATEMENTS, [["S18_FINE", null]]],
    ["of what does not concern it", [found("S18_ELSEWHERE")], NO_STATEMENTS, [["S18_ELSEWHERE", null]]],
    [
      "a fail: what fails, and what it is about",
      [found("S18_FINE"), found("S18_WRONG", "a.dk."), found("S18_UNHEARD", "b.dk."), found("S18_BROKEN", "a.dk.")],
      NO_STATEMENTS,
      [
        ["S18_WRONG", "a.dk."],
        ["S18_BROKEN", null],
      ],
    ],
    [
      "each once, in the order of the findings",
      [found("S18_WRONG", "b.dk."), found("S18_WRONG", "a.dk."), found("S18_WRONG", "b.dk."), found("S18_WRONG")],
      NO_STATEMENTS,
      [
        ["S18_WRONG", "b.dk."],
        ["S18_WRONG", "a.dk."],
        ["S18_WRONG", null],
      ],
    ],
    ["a number it is about, as text", [found("S18_WRONG", 25)], NO_STATEMENTS, [["S18_WRONG", "25"]]],
    [
      "not knowing: what has the verdict's cause",
      [found("S18_MISUNDERSTOOD"), found("S18_UNHEARD", "a.dk."), found("S18_FINE")],
      NO_STATEMENTS,
      [["S18_UNHEARD", "a.dk."]],
    ],
    [
      "an exempted fail: what is exempted",
      [found("S18_FINE"), found("S18_WRONG", "a.dk.")],
      EXEMPTED,
      [["S18_WRONG", "a.dk."]],
    ],
    [
      "a statement: what it stands in for",
      [found("S18_FINE"), found("S18_UNHEARD", "a.dk."), found("S18_SHORT")],
      ATTESTED,
      [["S18_UNHEARD", "a.dk."]],
    ],
  ])("of %s", (_, findings, statements, expected) => {
    const { deciding } = lookAt(findings, statements).look;
    expect(deciding).toEqual(expected.map(([tag, about]) => ({ tag, about })));
  });

  test("are at most eight, and none for a doubt of our own", () => {
    const many = Array.from({ length: 12 }, (_, index) => found("S18_WRONG", `${index}.dk.`));
    expect(lookAt(many).look.deciding).toHaveLength(8);
    const { evaluation, observations } = judgedBy(trialOf(1, found("S18_RECORDED")), seenAt(AT));
    const doubted = { ...evaluation, verdict: "indeterminate", cause: "internal" } as const;
    const { look } = lookOf({ evaluation: doubted, observations }, { slot: SLOT, reading: "kommune-2024" }, null);
    expect(look).toMatchObject({ verdict: "indeterminate", cause: "internal", deciding: [], isCertain: false });
  });

  test("of silence are the engine's own", () => {
    const silent = seenAt(AT).map((each) => ({ ...each, result: unobserved("dns-timeout", "no answer") }));
    const { look } = lookOf(judgedBy(trialOf(1), silent), { slot: SLOT, reading: "kommune-2024" }, null);
    expect(look.deciding).toEqual([{ tag: "S18_UNOBSERVED_DNS_TIMEOUT", about: null }]);
  });

  test("of S18 name the zone that its domains may have in common", async () => {
    const rehearsal = await openRehearsal();
    const asset = rehearsal.asset("unsigned") as typeof ASSET;
    const judged = judgedBy(s18, await rehearsal.observe("unsigned"), NO_STATEMENTS, asset);
    const { look } = lookOf(judged, { slot: SLOT, reading: "kommune-2024" }, null);
    expect(look.deciding).toEqual([{ tag: "S18_UNSIGNED", about: asset.name }]);
    expect(look.isCertain).toBe(true);
  });
});

describe("warnings", () => {
  test("are sorted tags, each once, whatever the verdict", () => {
    const warned = [found("S18_SHORT", "b."), found("S18_LONG"), found("S18_SHORT", "a.")];
    expect(lookAt([...warned, found("S18_FINE")]).look.warnings).toEqual(["S18_LONG", "S18_SHORT"]);
    expect(lookAt([...warned, found("S18_WRONG")]).look).toMatchObject({
      ...{ verdict: "fail", warnings: ["S18_LONG", "S18_SHORT"], deciding: [{ tag: "S18_WRONG", about: null }] },
    });
  });
});

describe("certainty", () => {
  test.each<readonly [string, readonly Finding[], Statements, boolean]>([
    ["what is recorded fails it", [found("S18_RECORDED"), found("S18_WRONG")], NO_STATEMENTS, true],
    ["only what was heard fails it", [found("S18_WRONG")], NO_STATEMENTS, false],
    ["what is recorded is exempted", [found("S18_RECORDED")], EXEMPTED, false],
    ["it passes", [found("S18_FINE")], NO_STATEMENTS, false],
    ["nothing was heard", [found("S18_UNHEARD")], NO_STATEMENTS, false],
    ["a statement has lapsed", [found("S18_LAPSED")], NO_STATEMENTS, true],
    ["a statement is lacking", [found("S18_UNWRITTEN")], NO_STATEMENTS, true],
    [
      "a statement has lapsed, but nothing was heard",
      [found("S18_LAPSED"), found("S18_UNHEARD")],
      NO_STATEMENTS,
      false,
    ],
  ])("where %s", (_, findings, statements, expected) => {
    expect(lookAt(findings, statements).look.isCertain).toBe(expected);
  });
});
