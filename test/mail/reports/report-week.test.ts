import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { LARGEST_BODY } from "../../../lib/ports.ts";
import type { Lesson, SenderTotal } from "../../../lib/mail/reports/lessons.ts";
import {
  type ReportWeek,
  selectorsOfWeeks,
  sendersOfWeeks,
  withLesson,
} from "../../../lib/mail/reports/report-week.ts";
import { name } from "../../../lib/wire/name.ts";

const LESSON: Lesson = {
  ...{ domain: name("kommune.dk"), week: "2026-11-16", fingerprint: "aaaaaaaaaaaa", reporter: "google.com" },
  ...{ firstDay: "2026-11-17", lastDay: "2026-11-17" },
  selectors: [{ selector: "s1", passed: 5 }],
  senders: [{ block: "192.0.2.0/24", spf: "pass", dkim: "pass", count: 5 }],
};

function weekOf(...lessons: readonly Partial<Lesson>[]): ReportWeek {
  let week: ReportWeek | null = null;
  for (const [index, lesson] of lessons.entries()) {
    const next: ReportWeek | string = withLesson(week, { ...LESSON, fingerprint: String(index), ...lesson });
    if (typeof next === "string") throw new Error(next);
    week = next;
  }
  if (week === null) throw new Error("no lessons");
  return week;
}

describe("a week", () => {
  test("adds up what reports say", () => {
    const week = weekOf({}, { reporter: "Yahoo", firstDay: "2026-11-16", lastDay: "2026-11-16" }, {});
    expect(week).toMatchObject({ domain: "kommune.dk.", week: "2026-11-16", reports: ["0", "1", "2"] });
    expect(week.selectors).toEqual([
      {
        ...{ selector: "s1", passed: 15, firstDay: "2026-11-16", lastDay: "2026-11-17" },
        reporters: ["google.com", "Yahoo"],
      },
    ]);
    expect(week.senders).toEqual([{ block: "192.0.2.0/24", spf: "pass", dkim: "pass", count: 15 }]);
  });

  test("counts no report twice", () => {
    const week = weekOf({ fingerprint: "x" });
    expect(withLesson(week, { ...LESSON, fingerprint: "x", reporter: "another" })).toBe("known");
  });

  test("takes 1,400 reports", () => {
    const week = weekOf(...Array.from({ length: 1_400 }, () => ({})));
    expect(withLesson(week, LESSON)).toBe("full");
    expect(withLesson(week, { ...LESSON, fingerprint: "7" })).toBe("known");
  });

  test("keeps five reporters of a selector", () => {
    const week = weekOf(...Array.from({ length: 9 }, (_, n) => ({ reporter: `r${n}` })));
    expect(week.selectors[0]?.reporters).toEqual(["r0", "r1", "r2", "r3", "r4"]);
  });

  test("of too many selectors keeps those that several reported: one forger drives nothing out", () => {
    const forged = Array.from({ length: 80 }, (_, n) => ({ selector: `f${n}`, passed: 1_000_000 }));
    const real = [{ reporter: "Yahoo" }, { reporter: "google.com" }];
    const week = weekOf(...real, { reporter: "forger", selectors: forged });
    expect(week.selectors).toHaveLength(50);
    expect(week.selectors[0]).toMatchObject({ selector: "s1", passed: 10 });
  });

  test("counts the smallest of too many senders together", () => {
    const senders: SenderTotal[] = Array.from({ length: 80 }, (_, n) => ({
      ...{ block: `10.0.${n}.0/24`, spf: "pass", dkim: n % 2 === 0 ? "pass" : "fail", count: 100 - n },
    }));
    const week = weekOf({ senders }, { senders });
    const others = week.senders.filter(({ block }) => block === "other");
    expect(week.senders.length - others.length).toBe(50);
    expect(others).toEqual([
      expect.objectContaining({ spf: "pass", dkim: "pass" }),
      expect.objectContaining({ spf: "pass", dkim: "fail" }),
    ]);
    const sum = (list: readonly SenderTotal[]) => list.reduce((total, { count }) => total + count, 0);
    expect(sum(week.senders)).toBe(2 * sum(senders));
  });

  test("fits an item when everything in it is as large as it may be", () => {
    const selectors = Array.from({ length: 50 }, (_, n) => ({
      ...{ selector: `${String(n).padStart(63, "a")}.${"b".repeat(63)}.`, passed: Number.MAX_SAFE_INTEGER },
    }));
    const senders = Array.from({ length: 60 }, (_, n) => ({
      ...{
        block: `2001:${String(1000 + n)}:dddd::/48`,
        spf: "fail" as const,
        dkim: "fail" as const,
        count: 2 ** 53 - 1,
      },
    }));
    const reporters = Array.from({ length: 5 }, (_, n) => `${n}${"語".repeat(31)}`);
    const full = weekOf(
      ...Array.from({ length: 1_400 }, (_, n) => ({
        ...{ fingerprint: String(n).padStart(12, "a"), reporter: reporters[n % 5] ?? "", selectors, senders },
      })),
    );
    expect(full.selectors[49]?.reporters).toHaveLength(5);
    expect(Buffer.byteLength(JSON.stringify(full))).toBeLessThan(LARGEST_BODY);
  });
});

describe("weeks together", () => {
  test("tell each selector and each sender once", () => {
    const weeks = [
      weekOf({ firstDay: "2026-11-10", lastDay: "2026-11-10" }),
      weekOf({
        selectors: [
          { selector: "s2", passed: 9 },
          { selector: "s1", passed: 1 },
        ],
      }),
    ];
    expect(selectorsOfWeeks(weeks)).toEqual([
      { selector: "s2", passed: 9, firstDay: "2026-11-17", lastDay: "2026-11-17", reporters: ["google.com"] },
      { selector: "s1", passed: 6, firstDay: "2026-11-10", lastDay: "2026-11-17", reporters: ["google.com"] },
    ]);
    expect(sendersOfWeeks(weeks)).toEqual([{ block: "192.0.2.0/24", spf: "pass", dkim: "pass", count: 10 }]);
    expect([selectorsOfWeeks([]), sendersOfWeeks([])]).toEqual([[], []]);
  });

  test("come to the same in any order, while nothing has to give way", () => {
    const lesson = fc.record({
      fingerprint: fc.constantFrom("a", "b", "c", "d", "e"),
      reporter: fc.constantFrom("x", "y"),
      selectors: fc.uniqueArray(fc.record({ selector: fc.constantFrom("s1", "s2", "s3"), passed: fc.nat(9) }), {
        selector: (each) => each.selector,
      }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(lesson, { selector: (each) => each.fingerprint, minLength: 1 }), (lessons) => {
        const totals = (week: ReportWeek) =>
          week.selectors.map(({ selector, passed }) => `${selector} ${passed}`).sort();
        expect(totals(weekOf(...lessons))).toEqual(totals(weekOf(...lessons.toReversed())));
      }),
    );
  });
});
