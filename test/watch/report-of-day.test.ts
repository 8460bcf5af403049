import { beforeAll, describe, expect, test } from "@jest/globals";
import { s18 } from "../../lib/requirements/s18/requirement.ts";
import {
  lossesOf,
  verdictByInventory,
  type RequirementOfDay,
  requirementOfDay,
  requirementOfNow,
} from "../../lib/watch/report-of-day.ts";
import { MUNICIPALITY, type RememberedMunicipality, rememberedMunicipality } from "../support/remembered.ts";

const CLASSES = ["signed", "unsigned", "all-silent"];
const HOUR = 3_600_000;

let remembered: RememberedMunicipality;

/** On the first day the signed one is fine; from the 22nd on it is broken. */
beforeAll(async () => {
  remembered = await rememberedMunicipality();
  await remembered.round("2026-11-20T10:00:00.000Z", ["signed"]);
  await remembered.round("2026-11-20T11:00:00.000Z", CLASSES);
  await remembered.round("2026-11-22T10:00:00.000Z", CLASSES, { signed: "expired" });
});

function day(date: string, io: Pick<RememberedMunicipality, "memory" | "evidence"> = remembered) {
  return requirementOfDay(s18, { municipality: MUNICIPALITY.id, date }, io);
}

function now(moment: string, io: Pick<RememberedMunicipality, "memory" | "evidence"> = remembered) {
  return requirementOfNow(s18, { municipality: MUNICIPALITY.id, now: Date.parse(moment) }, io);
}

function verdicts({ rows }: RequirementOfDay) {
  return Object.fromEntries(rows.map(({ asset, verdict, cause }) => [asset, cause ?? verdict]));
}

describe("what was so on a day", () => {
  test("is the last close of that day", async () => {
    const found = await day("2026-11-20");
    expect(found).toMatchObject({
      date: "2026-11-20",
      closedAt: "2026-11-20T11:10:00.000Z",
      verdict: "fail",
      cause: null,
    });
    expect(verdicts(found)).toEqual({
      [remembered.assetId("signed")]: "pass",
      [remembered.assetId("unsigned")]: "fail",
      [remembered.assetId("all-silent")]: "dns-timeout",
    });
    expect(found.rows.every(({ judgement }) => judgement?.ok === true)).toBe(true);
    expect(found.since).toBe("2026-11-20T11:00:00.000Z");
  });

  test("of a day without a close is that of the day before, and says so", async () => {
    expect(await day("2026-11-21")).toMatchObject({ date: "2026-11-20", closedAt: "2026-11-20T11:10:00.000Z" });
  });

  test("does not change when the days after it do", async () => {
    expect(verdicts(await day("2026-11-22"))).toMatchObject({ [remembered.assetId("signed")]: "fail" });
    expect(verdicts(await day("2026-11-20"))).toMatchObject({ [remembered.assetId("signed")]: "pass" });
  });

  test("is not known before the first one", async () => {
    expect(await day("2026-11-19")).toMatchObject({ date: null, closedAt: null, verdict: "indeterminate", rows: [] });
  });
});

describe("what is so now", () => {
  test("is that of the states", async () => {
    const found = await now("2026-11-22T10:30:00.000Z");
    expect(found).toMatchObject({ date: null, closedAt: "2026-11-22T10:10:00.000Z", verdict: "fail" });
    expect(verdicts(found)).toMatchObject({ [remembered.assetId("signed")]: "fail" });
  });

  test("names the latest close while another round is under way", async () => {
    const newest = async (...args: Parameters<RememberedMunicipality["memory"]["runs"]["newest"]>) => {
      const [first, ...others] = await remembered.memory.runs.newest(...args);
      return [{ ...first!, value: { ...first!.value, closedAt: null } }, ...others];
    };
    const memory = { ...remembered.memory, runs: { ...remembered.memory.runs, newest } };
    const found = await now("2026-11-22T10:30:00.000Z", { ...remembered, memory });
    expect(found.closedAt).toBe("2026-11-22T10:00:00.000Z");
  });

  test("is not known once it is stale", async () => {
    const found = await now("2026-11-23T10:00:00.000Z");
    expect(found).toMatchObject({ verdict: "indeterminate" });
    expect(verdicts(found)).toMatchObject({ [remembered.assetId("unsigned")]: "probe-stale" });
  });

  test("counts the assets of the latest inventory only, and those that nobody has looked at as not known", async () => {
    const other = await rememberedMunicipality();
    await other.round("2026-11-20T10:00:00.000Z", ["signed", "unsigned"]);
    await other.round("2026-11-20T11:00:00.000Z", ["signed"]);
    const moment = "2026-11-20T11:30:00.000Z";
    expect(await now(moment, other)).toMatchObject({ verdict: "pass", since: "2026-11-20T10:00:00.000Z" });
    const states = { ...other.memory.states, all: async () => [] };
    const unseen = await now(moment, { ...other, memory: { ...other.memory, states } });
    expect(unseen).toMatchObject({ verdict: "indeterminate", cause: "probe-stale", since: null });
    expect(unseen.rows).toMatchObject([{ asset: other.assetId("signed"), row: null, judgement: null }]);
  });
});

describe("what cannot be read back", () => {
  test("is told, and never passes for a verdict", async () => {
    const other = await rememberedMunicipality();
    await other.round("2026-11-20T10:00:00.000Z", ["signed"]);
    const lost = { ...other, evidence: { ...other.evidence, get: async () => null } };
    for (const found of [await day("2026-11-20", lost), await now("2026-11-20T10:30:00.000Z", lost)]) {
      expect(found).toMatchObject({
        verdict: "indeterminate",
        cause: "internal",
        inventory: { ok: false, loss: "missing" },
      });
      expect(found.rows).toMatchObject([{ verdict: "pass", judgement: { ok: false, loss: "missing" } }]);
      expect(lossesOf([found, found])).toHaveLength(2);
    }
  });

  test("a fail needs no inventory to be a fail", () => {
    const loss = { ok: false, loss: "missing", address: "", detail: "" } as const;
    expect(verdictByInventory([{ verdict: "fail", cause: null }], loss, 0)).toEqual({ verdict: "fail", cause: null });
  });
});

test("a declaration of completeness that has lapsed keeps a municipality from passing", async () => {
  const other = await rememberedMunicipality();
  const validUntil = Date.parse("2026-11-20T12:00:00.000Z");
  const inventory = { inventoryAttestation: { by: { name: "Anna And" }, validUntil } };
  await other.round("2026-11-20T10:00:00.000Z", ["signed"], {}, { inventory });
  expect(await day("2026-11-20", other)).toMatchObject({ verdict: "pass" });
  const later = await now(new Date(validUntil + 1).toISOString(), other);
  expect(later).toMatchObject({ verdict: "indeterminate", cause: "attestation-expired" });
  expect(later.rows).toMatchObject([{ verdict: "pass" }]);
  expect(await now(new Date(validUntil + HOUR).toISOString(), other)).toMatchObject({ cause: "probe-stale" });
});
