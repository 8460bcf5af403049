import { describe, expect, test } from "@jest/globals";
import { dayOf, keptWeeks, weekOf } from "../../../lib/mail/reports/days.ts";

function seconds(text: string): number {
  return Date.parse(text) / 1000;
}

describe("weeks", () => {
  test.each([
    ["2026-11-16T00:00:00Z", "2026-11-16"],
    ["2026-11-22T23:59:59Z", "2026-11-16"],
    ["2026-11-23T00:00:00Z", "2026-11-23"],
    ["2027-01-01T12:00:00Z", "2026-12-28"],
    ["1970-01-01T00:00:00Z", "1970-01-01"],
    ["1970-01-05T00:00:00Z", "1970-01-05"],
  ])("%s is in the week of %s", (moment, monday) => {
    expect(weekOf(seconds(moment))).toBe(monday);
  });

  test("half a year of them is kept, the present one included", () => {
    const weeks = keptWeeks(seconds("2026-11-23T12:00:00Z"));
    expect([weeks.length, weeks[0], weeks.at(-1)]).toEqual([27, "2026-05-25", "2026-11-23"]);
    expect(weeks.every((week) => weekOf(seconds(`${week}T00:00:00Z`)) === week)).toBe(true);
  });
});

test("days are those of UTC", () => {
  expect(dayOf(seconds("2026-11-23T23:59:59Z"))).toBe("2026-11-23");
});
