import { describe, expect, test } from "@jest/globals";
import type { Judgement, Look } from "../../lib/core/look.ts";
import { reduce } from "../../lib/core/reduce.ts";
import type { AssetState } from "../../lib/core/state.ts";
import { brokenLink } from "../../lib/core/transition.ts";
import type { Verdict } from "../../lib/core/verdict.ts";
import { addressOf, lookAt, POLICY, secondLookAt, stateAfter, SUBJECT } from "../support/looks.ts";

const NEWER = "S18@2";
const SHORT = "S18_SIGNATURE_SHORT";
const SALTED = "S18_NSEC3_SALT";

/** What newer rules make of the state's old evidence. */
function rejudged(verdict: Verdict, changes: Partial<Judgement> = {}): Judgement {
  const { cause, deciding } = lookAt(0, verdict);
  return { verdict, cause, deciding, warnings: [], judgement: addressOf(`rejudged ${verdict}`), ...changes };
}

const newer = (hour: number, verdict: Verdict, changes: Partial<Look>): Look =>
  lookAt(hour, verdict, { rules: NEWER, ...changes });

function told({ outbox }: AssetState): readonly string[] {
  expect(brokenLink(outbox)).toBeNull();
  return outbox.map(({ kind, from, to }) => `${kind} ${from ?? "-"} ${to}`);
}

describe("newer rules that judge the old evidence otherwise", () => {
  const old = lookAt(0, "pass");
  const look = newer(1, "fail", { rejudged: rejudged("fail", { warnings: [SHORT] }), warnings: [SHORT] });
  const changed = (): AssetState => stateAfter(old, look);

  test("are a rule change: the old evidence, as of its own time, told by the look that brought the rules", () => {
    const state = changed();
    expect(told(state)).toEqual(["baseline - pass", "rule-change pass fail"]);
    expect(state.outbox.at(-1)).toMatchObject({
      ...{ evidence: old.evidence, evidenceAt: old.observedAt, judgement: addressOf("rejudged fail"), rules: NEWER },
      ...{ since: look.observedAt, confirmedAt: look.observedAt, firstSlot: look.slot, slot: look.slot },
      ...{ deciding: rejudged("fail").deciding, appeared: [], closes: null },
    });
  });

  test("open no regression, and the look then counts as any other", () => {
    const state = changed();
    expect(state).toMatchObject({ verdict: "fail", openRegression: null, candidate: null, since: look.observedAt });
    expect(state).toMatchObject({ evidence: look.evidence, evidenceAt: look.observedAt, rules: NEWER });
    expect(state).toMatchObject({ warnings: [SHORT], newWarnings: null });
  });

  test("need the asset's own change to be confirmed", () => {
    const waiting = stateAfter(old, newer(1, "pass", { rejudged: rejudged("fail") }));
    expect(told(waiting)).toEqual(["baseline - pass", "rule-change pass fail"]);
    expect(waiting).toMatchObject({ verdict: "fail", candidate: { verdict: "pass", looks: 1 } });
    expect(waiting).toMatchObject({ evidence: old.evidence, evidenceAt: old.observedAt });
    const after = reduce(waiting, SUBJECT, secondLookAt(1, "pass", { rules: NEWER }), POLICY);
    expect(told(after).at(-1)).toBe("recovery fail pass");
    expect(after.outbox.at(-1)?.closes).toBeNull();
  });

  test("may be told together with a change that is certain", () => {
    const both = stateAfter(old, newer(1, "fail", { rejudged: rejudged("attested"), isCertain: true }));
    expect(told(both)).toEqual(["baseline - pass", "rule-change pass attested", "regression attested fail"]);
    expect(both).toMatchObject({ openRegression: 3, last: 3 });
  });

  test("end the regression that was open, and one can open again", () => {
    const ended = stateAfter(
      old,
      lookAt(1, "fail", { isCertain: true }),
      newer(2, "pass", { rejudged: rejudged("pass") }),
      newer(3, "fail", { isCertain: true }),
    );
    expect(ended.outbox.map(({ kind, closes }) => [kind, closes])).toEqual([
      ["baseline", null],
      ["regression", null],
      ["rule-change", 2],
      ["regression", null],
    ]);
    expect(ended.openRegression).toBe(4);
  });

  test("end what waited to be confirmed, whether they confirm it themselves or not", () => {
    const waiting = stateAfter(old, lookAt(1, "fail"));
    const same = reduce(waiting, SUBJECT, newer(2, "fail", { rejudged: rejudged("fail") }), POLICY);
    expect(told(same)).toEqual(["baseline - pass", "rule-change pass fail"]);
    expect(same.candidate).toBeNull();
    const third = reduce(waiting, SUBJECT, newer(2, "fail", { rejudged: rejudged("attested") }), POLICY);
    expect(third).toMatchObject({ verdict: "attested", candidate: { verdict: "fail", looks: 1 } });
  });
});

describe("newer rules that judge the old evidence the same", () => {
  test("are no transition; the old evidence is from now on kept as they judge it", () => {
    const again = rejudged("pass", { deciding: [{ tag: "S18_SECURE_NEW", about: null }] });
    const state = stateAfter(lookAt(0, "pass"), newer(1, "fail", { rejudged: again }));
    expect(told(state)).toEqual(["baseline - pass"]);
    expect(state).toMatchObject({ rules: NEWER, judgement: again.judgement, deciding: again.deciding });
    const { evidence, observedAt } = lookAt(0, "pass");
    expect(state).toMatchObject({ evidence, evidenceAt: observedAt, candidate: { verdict: "fail", looks: 1 } });
  });

  test("leave what waits to be confirmed: both looks showed it", () => {
    const second = secondLookAt(1, "fail", { rules: NEWER, rejudged: rejudged("pass") });
    const state = stateAfter(lookAt(0, "pass"), lookAt(1, "fail"), second);
    expect(told(state)).toEqual(["baseline - pass", "regression pass fail"]);
    expect(state).toMatchObject({ openRegression: 2, since: lookAt(1, "fail").observedAt, rules: NEWER });
  });

  test("leave an open regression open", () => {
    const regressed = stateAfter(lookAt(0, "pass"), lookAt(1, "fail", { isCertain: true }));
    const state = reduce(regressed, SUBJECT, newer(2, "fail", { rejudged: rejudged("fail") }), POLICY);
    expect(state).toMatchObject({ openRegression: 2, last: 2, since: regressed.since });
  });

  test("may warn of more without the asset having changed: nobody is told", () => {
    const again = { rejudged: rejudged("pass", { warnings: [SHORT] }), warnings: [SHORT] };
    const state = stateAfter(lookAt(0, "pass"), newer(1, "pass", again), newer(2, "pass", { warnings: [SHORT] }));
    expect(told(state)).toEqual(["baseline - pass"]);
    expect(state).toMatchObject({ warnings: [SHORT], newWarnings: null });
  });

  test("do not swallow a warning of the asset's own that waits to be confirmed", () => {
    const again = { rejudged: rejudged("pass", { warnings: [SHORT] }), warnings: [SHORT] };
    const state = stateAfter(lookAt(0, "pass"), lookAt(1, "pass", { warnings: [SHORT] }), newer(2, "pass", again));
    expect(told(state)).toEqual(["baseline - pass", "change pass pass"]);
    expect(state.outbox.at(-1)?.appeared).toEqual([SHORT]);
  });
});

describe.each<[string, Judgement | null]>([
  ["cannot be judged by them", null],
  ["gives them no answer", rejudged("indeterminate")],
])("newer rules where the old evidence %s", (_, nothing) => {
  const first = newer(1, "pass", { rejudged: nothing });
  const second = secondLookAt(1, "pass", { rules: NEWER, rejudged: nothing });
  const regressed = (): AssetState => stateAfter(lookAt(0, "attested"), lookAt(0.5, "fail", { isCertain: true }));

  test("change nothing by one look: it might be mistaken", () => {
    const state = reduce(regressed(), SUBJECT, first, POLICY);
    expect(state).toMatchObject({ verdict: "fail", rules: "S18@1", openRegression: 2, candidate: { looks: 1 } });
    expect(state.evidence).toBe(regressed().evidence);
  });

  test("count as what changed the verdict once it is confirmed: the asset is not blamed", () => {
    const state = [first, second].reduce((before, look) => reduce(before, SUBJECT, look, POLICY), regressed());
    expect(told(state).at(-1)).toBe("rule-change fail pass");
    expect(state.outbox.at(-1)).toMatchObject({
      ...{ evidence: second.evidence, evidenceAt: second.observedAt, rules: NEWER, closes: 2 },
      ...{ since: first.observedAt, firstSlot: first.slot, slot: second.slot },
    });
    expect(state).toMatchObject({ rules: NEWER, openRegression: null });
    const passing = stateAfter(lookAt(0, "pass"), newer(1, "fail", { rejudged: nothing, isCertain: true }));
    expect(told(passing).at(-1)).toBe("rule-change pass fail");
    expect(passing.openRegression).toBeNull();
  });

  test("count from the first look that shows the confirmed verdict by them", () => {
    const state = reduce(regressed(), SUBJECT, newer(1, "fail", { rejudged: nothing }), POLICY);
    expect(state).toMatchObject({ rules: NEWER, openRegression: 2, last: 2 });
    expect(told(reduce(state, SUBJECT, newer(2, "pass", { isCertain: true }), POLICY)).at(-1)).toBe(
      "recovery fail pass",
    );
  });
});

test("newer rules are not taken over by a look without an answer, whatever they make of the old evidence", () => {
  const silent = newer(1, "indeterminate", { rejudged: rejudged("fail") });
  const state = stateAfter(lookAt(0, "pass"), silent);
  expect(state).toMatchObject({ verdict: "pass", rules: "S18@1", last: 1, evidence: lookAt(0, "pass").evidence });
});

test("what the old evidence would be is not asked where the rules are the same", () => {
  const state = stateAfter(lookAt(0, "pass"), lookAt(1, "pass", { rejudged: rejudged("fail") }));
  expect(told(state)).toEqual(["baseline - pass"]);
});

describe("warnings", () => {
  const warned = (hour: number, warnings: readonly string[], verdict: Verdict = "pass"): Look =>
    lookAt(hour, verdict, { warnings });
  const appeared = ({ outbox }: AssetState): readonly (readonly string[])[] => outbox.map((each) => each.appeared);

  test("that appear in two looks running are a change that keeps the verdict", () => {
    const once = stateAfter(warned(0, [SHORT]), warned(1, [SALTED, SHORT]));
    expect(once).toMatchObject({ warnings: [SHORT], newWarnings: [SALTED, SHORT], last: 1 });
    const look = warned(2, [SALTED, SHORT]);
    const state = reduce(once, SUBJECT, look, POLICY);
    expect(told(state)).toEqual(["baseline - pass", "change pass pass"]);
    expect(state.outbox.at(-1)).toMatchObject({
      ...{ appeared: [SALTED], cause: null, evidence: look.evidence, evidenceAt: look.observedAt, closes: null },
      ...{ since: look.observedAt, confirmedAt: look.observedAt, firstSlot: look.slot, slot: look.slot },
    });
    expect(state).toMatchObject({ warnings: [SALTED, SHORT], newWarnings: null, since: once.since });
  });

  test("that come and go are not told", () => {
    const state = stateAfter(warned(0, []), warned(1, [SHORT]), warned(2, []), warned(3, [SHORT]), warned(4, [SALTED]));
    expect(state).toMatchObject({ warnings: [], newWarnings: [SALTED], last: 1 });
  });

  test("that disappear are remembered, not told", () => {
    const state = stateAfter(warned(0, [SALTED, SHORT]), warned(1, [SHORT]), warned(2, [SHORT]));
    expect(state).toMatchObject({ warnings: [SHORT], newWarnings: null, last: 1 });
  });

  test("that are the first of those that count are fewer, and remembered as such", () => {
    const state = stateAfter(warned(0, [SALTED, SHORT]), warned(1, [SALTED]), warned(2, [SALTED]));
    expect(state).toMatchObject({ warnings: [SALTED], newWarnings: null, last: 1 });
  });

  test("that share one with those that count are still others", () => {
    const state = stateAfter(
      warned(0, [SALTED, SHORT]),
      warned(1, [SALTED, "S18_SOON"]),
      warned(2, [SALTED, "S18_SOON"]),
    );
    expect(appeared(state)).toEqual([[], ["S18_SOON"]]);
  });

  test("that were none and are none wait for nothing", () => {
    expect(stateAfter(warned(0, []), warned(1, []))).toMatchObject({ warnings: [], newWarnings: null });
  });

  test("one in another's place is told", () => {
    expect(appeared(stateAfter(warned(0, [SHORT]), warned(1, [SALTED]), warned(2, [SALTED])))).toEqual([[], [SALTED]]);
  });

  test("wait through silence and through another verdict that was not confirmed", () => {
    const silence = lookAt(2, "indeterminate", { warnings: [] });
    const state = stateAfter(warned(0, []), warned(1, [SHORT]), silence, lookAt(3, "fail"), warned(4, [SHORT]));
    expect(appeared(state)).toEqual([[], [SHORT]]);
  });

  test("of a fail leave its regression open", () => {
    const regressed = stateAfter(warned(0, []), lookAt(1, "fail", { isCertain: true }));
    const looks = [warned(2, [SHORT], "fail"), warned(3, [SHORT], "fail")];
    const state = looks.reduce((before, look) => reduce(before, SUBJECT, look, POLICY), regressed);
    expect(told(state).at(-1)).toBe("change fail fail");
    expect(state).toMatchObject({ openRegression: 2, last: 3 });
    expect(state.outbox.at(-1)?.closes).toBeNull();
  });

  test("that come with another verdict are told by that alone", () => {
    const look = lookAt(2, "attested", { warnings: [SHORT], isCertain: true });
    const state = stateAfter(warned(0, []), warned(1, [SALTED]), look, warned(3, [SHORT], "attested"));
    expect(appeared(state)).toEqual([[], []]);
    expect(state).toMatchObject({ warnings: [SHORT], newWarnings: null });
  });
});
