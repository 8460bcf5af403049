import { describe, expect, test } from "@jest/globals";
import type { Transition } from "../../lib/core/transition.ts";
import type { Verdict } from "../../lib/core/verdict.ts";
import { newsOf, WITHDRAWN } from "../../lib/watch/news.ts";
import { notice, recovery, transition } from "./support/transitions.ts";

function change(number: number, from: Verdict, to: Verdict, closes: number | null = null): Transition {
  return transition({ number, kind: "change", from, to, closes });
}

function told(...transitions: readonly Transition[]): readonly number[] {
  const pending = transitions.map((each) => notice(each));
  const news = newsOf(pending);
  const urgent = pending.filter(({ value }) => !value.digest);
  expect(new Set([...news.told, ...news.withdrawn])).toEqual(new Set(urgent));
  expect(news.told.length + news.withdrawn.length).toBe(urgent.length);
  return news.told.map(({ value }) => value.transition.number);
}

const REGRESSION = transition();
const RECOVERY = recovery();
const AGAIN = transition({ number: 4 });
const RECOVERED_AGAIN = recovery({ number: 5, closes: 4 });
const WARNED = transition({ number: 6, kind: "change", from: "pass", to: "pass", appeared: ["S18_SOON"] });

describe("news of one subject", () => {
  test("one transition is told", () => {
    expect(told(REGRESSION)).toEqual([2]);
    expect(told(RECOVERY)).toEqual([3]);
    expect(told(change(4, "pass", "attested"))).toEqual([4]);
    expect(told(WARNED)).toEqual([6]);
  });

  test("a regression that ended before anybody was told is withdrawn with its recovery, in whatever order they lie", () => {
    expect(told(REGRESSION, RECOVERY)).toEqual([]);
    expect(told(RECOVERY, REGRESSION)).toEqual([]);
  });

  test("of a subject that flips only what is true now is told", () => {
    expect(told(REGRESSION, RECOVERY, AGAIN)).toEqual([4]);
    expect(told(REGRESSION, RECOVERY, AGAIN, RECOVERED_AGAIN)).toEqual([]);
    expect(told(RECOVERY, AGAIN)).toEqual([4]);
    expect(told(RECOVERY, AGAIN, RECOVERED_AGAIN)).toEqual([3]);
  });

  test("a change that was undone or followed by another is withdrawn", () => {
    expect(told(change(2, "pass", "attested"), change(3, "attested", "pass"))).toEqual([]);
    expect(told(change(2, "pass", "attested"), change(3, "attested", "not-applicable"))).toEqual([3]);
    expect(told(change(2, "pass", "attested"), transition({ number: 3, from: "attested" }))).toEqual([3]);
    expect(
      told(
        change(2, "pass", "attested"),
        transition({ number: 3, from: "attested" }),
        recovery({ number: 4, closes: 3 }),
      ),
    ).toEqual([]);
  });

  test("a fail that can no longer be seen is told as what is so now", () => {
    expect(told(REGRESSION, change(3, "fail", "indeterminate", 2))).toEqual([3]);
    expect(told(REGRESSION, change(3, "fail", "indeterminate", 2), change(4, "indeterminate", "pass"))).toEqual([]);
  });

  test("a regression that newer rules ended is withdrawn; the rule change is for the digest", () => {
    const ruleChange = transition({ number: 3, kind: "rule-change", from: "fail", to: "pass", closes: 2 });
    expect(told(REGRESSION, ruleChange)).toEqual([]);
    expect(told(ruleChange)).toEqual([]);
  });

  test("warnings that appeared are news of their own", () => {
    expect(told(REGRESSION, RECOVERY, WARNED)).toEqual([6]);
    expect(told(transition({ ...WARNED, number: 1 }), REGRESSION)).toEqual([1, 2]);
  });

  test("what was withdrawn is never told again, whatever became of its partner", () => {
    const news = newsOf([notice(RECOVERY, WITHDRAWN)]);
    expect(news.told).toEqual([]);
    expect(news.withdrawn).toHaveLength(1);
    const mixed = newsOf([notice(REGRESSION, WITHDRAWN), notice(RECOVERY)]);
    expect(mixed.told).toEqual([]);
    expect(mixed.withdrawn).toHaveLength(2);
  });
});
