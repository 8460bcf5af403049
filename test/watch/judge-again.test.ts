import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Reading } from "../../lib/core/requirement-id.ts";
import { PRACTICE_CASES } from "../../lib/practice/cases.ts";
import { s18 } from "../../lib/requirements/s18/requirement.ts";
import { type JudgeAgainRequest, judgeAgain } from "../../lib/watch/judge-again.ts";
import { MUNICIPALITY, type RememberedMunicipality, rememberedMunicipality } from "../support/remembered.ts";

const DAY = "2026-11-20";
const CHILDREN = ["child-insecure", "child-bogus"];
const CLASSES = ["signed", "unsigned", "expired", "all-silent", "child-secure", "rsa-1024", ...CHILDREN];

let remembered: RememberedMunicipality;

beforeAll(async () => {
  remembered = await rememberedMunicipality();
  await remembered.round(`${DAY}T10:00:00.000Z`, CLASSES);
});

function again(
  change: Partial<JudgeAgainRequest> = {},
  io: Pick<RememberedMunicipality, "memory" | "evidence"> = remembered,
) {
  const now = Date.parse(`${DAY}T10:30:00.000Z`);
  const request = { municipality: MUNICIPALITY.id, requirement: s18, reading: null, profile: null, date: null, now };
  return judgeAgain({ ...request, ...change }, io);
}

describe("judging again by the same rules", () => {
  test.each([null, DAY])("changes nothing (day: %s)", async (date) => {
    expect(await again({ date })).toMatchObject({
      ...{ rules: "S18@1 kommune-2024", rulesThen: ["S18@1 kommune-2024"], judged: CLASSES.length },
      ...{ changed: [], notJudged: [], whole: { verdict: "fail", cause: null } },
    });
  });

  test("judges as of when it was seen, however long ago that is", async () => {
    const late = await again({ now: Date.parse("2090-01-01T00:00:00.000Z") });
    expect(late).toMatchObject({ changed: [], judged: CLASSES.length });
  });
});

describe("judging again in the other reading", () => {
  test.each([null, DAY])("changes the zones below a domain, and nothing else (day: %s)", async (date) => {
    const { rules, changed, judged } = await again({ date, reading: "stat-2024-10" });
    expect([rules, judged]).toEqual(["S18@1 stat-2024-10", CLASSES.length]);
    const expected = PRACTICE_CASES.filter((one) => CLASSES.includes(one.class) && one.underState !== undefined);
    expect(expected).toHaveLength(CHILDREN.length);
    expect(changed.map(({ asset, from, to }) => [asset, from.verdict, to.verdict])).toEqual(
      expected
        .map(({ domain, verdict, underState }) => [`domain:${domain}`, verdict, underState])
        .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    );
    const tags = changed.map((change) => [
      change.disappeared.map(({ tag }) => tag),
      change.appeared.map(({ tag }) => tag),
    ]);
    expect(tags).toEqual([
      [["S18_CHILD_BOGUS"], ["S18_CHILD_BOGUS_STATE"]],
      [["S18_CHILD_INSECURE"], ["S18_CHILD_INSECURE_STATE"]],
    ]);
  });

  test("and back from what was judged by the state's", async () => {
    const other = await rememberedMunicipality();
    await other.round(`${DAY}T10:00:00.000Z`, ["child-insecure"], {}, { reading: "stat-2024-10" });
    const found = await again({ reading: "kommune-2024" }, other);
    expect(found).toMatchObject({ rulesThen: ["S18@1 stat-2024-10"], whole: { verdict: "pass" } });
    expect(found.changed).toMatchObject([{ from: { verdict: "fail" }, to: { verdict: "pass" } }]);
    // Without a reading: that of the inventory that was verified then.
    expect(await again({}, other)).toMatchObject({ rules: "S18@1 stat-2024-10", changed: [] });
  });
});

test("newer rules show what they alone change", async () => {
  const checks = s18.checks.map((check) =>
    check.id === "s18.chain" ? { ...check, judge: () => [{ tag: "S18_UNSIGNED", evidence: { domain: "x" } }] } : check,
  );
  const { rules, changed } = await again({ requirement: { ...s18, version: 2, checks } });
  expect(rules).toBe("S18@2 kommune-2024");
  const signed = changed.find(({ asset }) => asset === remembered.assetId("signed"));
  expect(signed).toMatchObject({ from: { verdict: "pass" }, to: { verdict: "fail" }, rulesThen: "S18@1 kommune-2024" });
  expect(signed?.disappeared.map(({ tag }) => tag)).toEqual(["S18_SECURE"]);
});

test("statements count as of then: an exemption that has ended since still counts", async () => {
  const other = await rememberedMunicipality();
  const validUntil = Date.parse(`${DAY}T12:00:00.000Z`);
  const exemption = {
    requirement: "S18",
    asset: other.assetId("unsigned"),
    reason: "Flyttes",
    by: { name: "Anna And" },
  } as const;
  const inventory = { exemptions: [{ ...exemption, validUntil }] };
  await other.round(`${DAY}T10:00:00.000Z`, ["unsigned"], {}, { inventory });
  expect(await again({ now: validUntil + 1 }, other)).toMatchObject({ changed: [], whole: { verdict: "attested" } });
});

describe("what cannot be judged", () => {
  async function lossOf(pick: (row: { evidence: string; judgement: string }) => string, text: string | null) {
    const [state] = await remembered.memory.states.all(MUNICIPALITY.id, "S18");
    const evidence = {
      ...remembered.evidence,
      get: async (address: string) => (address === pick(state!) ? text : remembered.evidence.get(address)),
    };
    return { asset: state!.asset, found: await again({}, { ...remembered, evidence }) };
  }

  test.each([
    [null, "missing"],
    ["{}", "unfit"],
  ])("for want of observations (%s) is told, and is not known", async (text, loss) => {
    const { asset, found } = await lossOf(({ evidence }) => evidence, text);
    expect(found.judged).toBe(CLASSES.length - 1);
    expect(found.notJudged).toMatchObject([{ asset, why: "evidence", loss: { loss } }]);
  });

  test("is compared by its verdict alone when the findings are gone", async () => {
    const { asset, found } = await lossOf(({ judgement }) => judgement, null);
    expect(found).toMatchObject({ judged: CLASSES.length, changed: [] });
    expect(found.notJudged).toMatchObject([{ asset, why: "no-findings", loss: { loss: "missing" } }]);
  });

  test("for want of an inventory is everything, and nothing passes", async () => {
    const other = await rememberedMunicipality();
    await other.round(`${DAY}T10:00:00.000Z`, ["signed"]);
    const run = await other.memory.runs.of(MUNICIPALITY.id, `domains/${DAY}T10:00:00.000Z`);
    const evidence = {
      ...other.evidence,
      get: async (address: string) => (address === run!.value.inventory ? null : other.evidence.get(address)),
    };
    const found = await again({}, { ...other, evidence });
    expect(found).toMatchObject({
      judged: 0,
      notJudged: [{ why: "no-inventory" }],
      whole: { verdict: "indeterminate" },
    });
  });

  test("an asset that the inventory does not name", async () => {
    const [inventory] = await Promise.all([remembered.memory.runs.newest(MUNICIPALITY.id, "domains", 1)]);
    expect(inventory).toHaveLength(1);
    const snapshot = async () => {
      const real = await remembered.memory.days.snapshot(MUNICIPALITY.id, DAY, "S18");
      return { ...real!, rows: [{ ...real!.rows[0]!, asset: "domain:andet.dk" }] };
    };
    const memory = { ...remembered.memory, days: { ...remembered.memory.days, snapshot } };
    const found = await again({ date: DAY }, { ...remembered, memory });
    expect(found.notJudged).toMatchObject([{ asset: "domain:andet.dk", why: "not-declared" }]);
    expect(found.whole.verdict).toBe("indeterminate");
  });
});

test("nothing is written", async () => {
  const refuse = async (): Promise<never> => Promise.reject(new Error("something was written"));
  const { memory } = remembered;
  const io = {
    evidence: { ...remembered.evidence, put: refuse },
    memory: {
      ...memory,
      states: { ...memory.states, commit: refuse },
      days: { ...memory.days, putSnapshot: refuse, putSummary: refuse },
    },
  };
  const readings: readonly Reading[] = ["kommune-2024", "stat-2024-10"];
  for (const reading of readings) expect((await again({ reading }, io)).judged).toBe(CLASSES.length);
});
