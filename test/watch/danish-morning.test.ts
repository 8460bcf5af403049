import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { isMonday, latestMorning, morningAfter, morningOf } from "../../lib/watch/danish-morning.ts";

describe("Danish mornings", () => {
  test.each([
    ["2026-01-15", "2026-01-15T06:00:00.000Z"],
    ["2026-07-15", "2026-07-15T05:00:00.000Z"],
    // The clock is set forward at 01:00 UTC that night, and back in October.
    ["2026-03-28", "2026-03-28T06:00:00.000Z"],
    ["2026-03-29", "2026-03-29T05:00:00.000Z"],
    ["2026-10-24", "2026-10-24T05:00:00.000Z"],
    ["2026-10-25", "2026-10-25T06:00:00.000Z"],
  ])("seven o'clock on %s is %s", (date, moment) => {
    expect(new Date(morningOf(date)).toISOString()).toBe(moment);
  });

  test("the latest morning is today's from seven o'clock on, else yesterday's", () => {
    const at = (text: string) => latestMorning(Date.parse(text)).date;
    expect(at("2026-03-02T05:59:59.999Z")).toBe("2026-03-01");
    expect(at("2026-03-02T06:00:00.000Z")).toBe("2026-03-02");
    expect(at("2026-03-02T23:30:00.000Z")).toBe("2026-03-02");
    expect(at("2026-01-01T05:00:00.000Z")).toBe("2025-12-31");
    expect(at("2026-07-01T05:00:00.000Z")).toBe("2026-07-01");
  });

  test("Monday is the Danish one", () => {
    expect(isMonday(latestMorning(Date.parse("2026-03-02T06:00:00.000Z")))).toBe(true);
    expect(isMonday(latestMorning(Date.parse("2026-03-03T05:59:00.000Z")))).toBe(true);
    expect(isMonday(latestMorning(Date.parse("2026-03-03T06:00:00.000Z")))).toBe(false);
  });

  test("mornings follow one another without gaps", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (now) => {
        const morning = latestMorning(now);
        const next = morningAfter(morning);
        expect(morning.at).toBeLessThanOrEqual(now);
        expect(next.at).toBeGreaterThan(now);
        expect(latestMorning(next.at)).toEqual(next);
        expect(latestMorning(next.at - 1)).toEqual(morning);
      }),
    );
  });
});
