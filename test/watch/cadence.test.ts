import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { REQUIREMENT_IDS } from "../../lib/core/requirement-id.ts";
import { scheduledAt } from "../../lib/core/slot.ts";
import { FAMILIES } from "../../lib/inventory/inventory.ts";
import { cadenceOf, familyOf, nextSlotAfter, requirementsOf, slotFor } from "../../lib/watch/cadence.ts";

const HOUR = 3_600_000;

describe("cadence", () => {
  test("every requirement belongs to exactly one family, and every family has some", () => {
    expect(FAMILIES.flatMap(requirementsOf).toSorted()).toEqual([...REQUIREMENT_IDS].toSorted());
    expect(requirementsOf("domains")).toEqual(["S18", "S19", "S23"]);
    expect(requirementsOf("inside")).toEqual(["S21", "S22"]);
    expect(familyOf("S20")).toBe("mail");
    expect(familyOf("S28")).toBe("ports");
  });

  test("the inventory's cadence wins over the default", () => {
    expect(cadenceOf({ cadence: {} }, "domains")).toBe(HOUR);
    expect(cadenceOf({ cadence: {} }, "mail")).toBe(6 * HOUR);
    expect(cadenceOf({ cadence: {} }, "web")).toBe(24 * HOUR);
    expect(cadenceOf({ cadence: {} }, "inside")).toBe(24 * HOUR);
    expect(cadenceOf({ cadence: {} }, "ports")).toBe(42 * 24 * HOUR);
    expect(cadenceOf({ cadence: { domains: 5_000 } }, "domains")).toBe(5_000);
    expect(cadenceOf({ cadence: { domains: 5_000 } }, "web")).toBe(24 * HOUR);
  });

  test("an hourly slot is the full hour, and the hour itself belongs to its own slot", () => {
    expect(slotFor(Date.parse("2026-11-23T10:59:59.999Z"), HOUR)).toBe("2026-11-23T10:00:00.000Z");
    expect(slotFor(Date.parse("2026-11-23T11:00:00.000Z"), HOUR)).toBe("2026-11-23T11:00:00.000Z");
    expect(nextSlotAfter(Date.parse("2026-11-23T11:00:00.000Z"), HOUR)).toBe(Date.parse("2026-11-23T12:00:00.000Z"));
  });

  test("now lies in its slot, and the next slot is one cadence further", () => {
    const moment = fc.integer({ min: 0, max: 4_000_000_000_000 });
    const cadence = fc.integer({ min: 1, max: 366 * 24 * HOUR });
    fc.assert(
      fc.property(moment, cadence, (now, length) => {
        const start = scheduledAt(slotFor(now, length));
        expect(start).toBeLessThanOrEqual(now);
        expect(start + length).toBeGreaterThan(now);
        expect(nextSlotAfter(now, length)).toBe(start + length);
        expect(slotFor(nextSlotAfter(now, length) - 1, length)).toBe(slotFor(now, length));
      }),
    );
  });
});
