import { describe, expect, test } from "@jest/globals";
import { confirmSlotOf, slotAt } from "../../lib/core/slot.ts";
import { dailyLabel } from "../../lib/verify/daily-label.ts";

const SECRET = "kun os";
const ASSET = "domain:kommune.dk";
const at = (moment: string) => slotAt(Date.parse(moment));
const MORNING = at("2026-11-23T06:00:00Z");

describe("the label of the day", () => {
  test("is 16 lower-case letters and digits, whatever the secret, asset and slot", () => {
    const labels = Array.from({ length: 500 }, (_, index) => dailyLabel(`${SECRET}${index}`, ASSET, MORNING));
    expect(labels.filter((label) => !/^[a-z0-9]{16}$/u.test(label))).toEqual([]);
    expect(new Set(labels).size).toBe(500);
    // Every place takes every letter: nothing of the digest's own alphabet shows through.
    expect(new Set(labels.map((label) => label.at(0))).size).toBe(36);
    expect(new Set(labels.map((label) => label.at(-1))).size).toBe(36);
  });

  test("stays the same through a UTC day, and is another one the next day", () => {
    const label = dailyLabel(SECRET, ASSET, MORNING);
    expect(dailyLabel(SECRET, ASSET, at("2026-11-23T00:00:00Z"))).toBe(label);
    expect(dailyLabel(SECRET, ASSET, at("2026-11-23T23:59:59.999Z"))).toBe(label);
    expect(dailyLabel(SECRET, ASSET, at("2026-11-24T00:00:00Z"))).not.toBe(label);
  });

  test("is another one for a second look, which keeps its own through the day", () => {
    const second = dailyLabel(SECRET, ASSET, confirmSlotOf(MORNING));
    expect(second).not.toBe(dailyLabel(SECRET, ASSET, MORNING));
    expect(dailyLabel(SECRET, ASSET, confirmSlotOf(at("2026-11-23T18:00:00Z")))).toBe(second);
  });

  test("differs by asset and by secret", () => {
    const label = dailyLabel(SECRET, ASSET, MORNING);
    expect(dailyLabel(SECRET, "domain:kommune.dk.example", MORNING)).not.toBe(label);
    expect(dailyLabel("andre", ASSET, MORNING)).not.toBe(label);
  });
});
