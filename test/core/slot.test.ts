import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { confirmSlotOf, firstSlotOf, isConfirmSlot, scheduledAt, slotAt } from "../../lib/core/slot.ts";

const NOON = Date.UTC(2026, 2, 1, 12);
const FIRST = "2026-03-01T12:00:00.000Z";
const SECOND = "2026-03-01T12:00:00.000Z/confirm";

/** Moments from 1970 to the end of 9999, after which years have more digits and text is no longer an order. */
const anyMoment = fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) });

test("a slot is the scheduled moment in UTC, with milliseconds", () => {
  expect(slotAt(NOON)).toBe(FIRST);
});

describe("a second look", () => {
  test("is named after its first one", () => {
    expect(confirmSlotOf(FIRST)).toBe(SECOND);
    expect(firstSlotOf(SECOND)).toBe(FIRST);
  });

  test("has no second look of its own, and a first look is its own first", () => {
    expect(confirmSlotOf(SECOND)).toBe(SECOND);
    expect(firstSlotOf(FIRST)).toBe(FIRST);
  });

  test("is told from a first one by its end", () => {
    expect(isConfirmSlot(SECOND)).toBe(true);
    expect(isConfirmSlot(FIRST)).toBe(false);
    expect(isConfirmSlot("/confirm/2026")).toBe(false);
  });
});

test("both looks of a slot are scheduled at the same moment", () => {
  expect(scheduledAt(FIRST)).toBe(NOON);
  expect(scheduledAt(SECOND)).toBe(NOON);
});

test("slots are ordered as text: the first look, its second, then whatever is scheduled later", () => {
  fc.assert(
    fc.property(anyMoment, fc.integer({ min: 1, max: 1e12 }), (at, later) => {
      const slot = slotAt(at);
      const next = slotAt(Math.min(at + later, Date.UTC(9999, 11, 31) + 1));
      expect(slot < confirmSlotOf(slot)).toBe(true);
      expect(confirmSlotOf(slot) < next).toBe(true);
      expect(scheduledAt(confirmSlotOf(slot))).toBe(at);
    }),
  );
});
