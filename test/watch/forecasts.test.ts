import { describe, expect, test } from "@jest/globals";
import type { Inventory } from "../../lib/inventory/inventory.ts";
import { forecastAlerts } from "../../lib/watch/forecasts.ts";
import { watching } from "./support/watched.ts";

const DAY = 86_400_000;
const END = Date.parse("2026-06-30T21:59:59.999Z");
const BY = { name: "Anna Hansen" };

function inventory(changes: Partial<Inventory>): Inventory {
  return watching(["a.dk"], changes).inventory;
}

function forecasts(of: Inventory, now: number) {
  const frame = { municipality: "101", run: "domains/x", createdAt: new Date(now).toISOString() };
  return forecastAlerts(of, now, frame);
}

const EXEMPTION = { requirement: "S18", asset: "domain:a.dk", reason: "", by: BY, validUntil: END } as const;

describe("forecasts", () => {
  test("are told at thirty days, at seven and at the end, each once", () => {
    const of = inventory({ exemptions: [EXEMPTION] });
    expect(forecasts(of, END - 30 * DAY - 1)).toEqual([]);
    const idAt = (now: number) => forecasts(of, now).map(({ id }) => id);
    const month = idAt(END - 30 * DAY);
    expect(month).toHaveLength(1);
    expect(idAt(END - 7 * DAY - 1)).toEqual(month);
    const week = idAt(END - 7 * DAY);
    expect(idAt(END - 1)).toEqual(week);
    const end = idAt(END);
    expect(idAt(END + 400 * DAY)).toEqual(end);
    expect(new Set([...month, ...week, ...end]).size).toBe(3);
  });

  test("a later end, or another asset, is another statement", () => {
    const ids = [
      EXEMPTION,
      { ...EXEMPTION, validUntil: END + 1 },
      { ...EXEMPTION, asset: "domain:b.dk" },
      { ...EXEMPTION, requirement: "S19" as const },
    ].flatMap((exemption) => forecasts(inventory({ exemptions: [exemption] }), END).map(({ id }) => id));
    expect(new Set(ids).size).toBe(4);
  });

  test("every kind of statement is told of by what names it to a person", () => {
    const attestation = { requirement: "S22", clause: "2", statement: "", by: BY, validUntil: END } as const;
    const found = forecasts(
      inventory({
        attestations: [
          { ...attestation, assets: "all" },
          { ...attestation, assets: ["resolver:10.1.1.53"] },
          { ...attestation, assets: ["resolver:10.1.1.53", "resolver:10.1.1.54"] },
        ],
        exemptions: [EXEMPTION],
        authorisations: [{ id: "auth-1", ranges: [], by: BY, validFrom: 0, validUntil: END }],
        inventoryAttestation: { by: BY, validUntil: END },
      }),
      END,
    );
    expect(found.map(({ what, requirement, name }) => [what, requirement, name])).toEqual([
      ["attestation", "S22", "2"],
      ["attestation", "S22", "resolver:10.1.1.53"],
      ["attestation", "S22", "resolver:10.1.1.53 (+1)"],
      ["exemption", "S18", "domain:a.dk"],
      ["authorisation", null, "auth-1"],
      ["inventory", null, "Eksempelkommune"],
    ]);
    expect(new Set(found.map(({ id }) => id)).size).toBe(6);
    expect(found.every(({ validUntil }) => validUntil === new Date(END).toISOString())).toBe(true);
  });
});
