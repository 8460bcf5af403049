import { describe, expect, jest, test } from "@jest/globals";
import fc from "fast-check";
import type { Look } from "../../lib/core/look.ts";
import { isAnswer, reduce } from "../../lib/core/reduce.ts";
import type { AssetState } from "../../lib/core/state.ts";
import { brokenLink } from "../../lib/core/transition.ts";
import { anyDelivery, anyLooks } from "../support/any-looks.ts";
import { POLICY, SUBJECT } from "../support/looks.ts";
import { Model } from "../support/reduce-model.ts";

/** Thousands of histories take their time where other work shares the processor. */
jest.setTimeout(120_000);

const RUNS = { numRuns: 2_000 };

const anyLooksDelivered = anyLooks.chain((looks) => fc.tuple(fc.constant(looks), anyDelivery(looks)));

function after(looks: readonly Look[], from: AssetState | null = null, policy = POLICY): AssetState {
  const state = looks.reduce<AssetState | null>((before, look) => reduce(before, SUBJECT, look, policy), from);
  if (state === null) throw new Error("no look at all");
  return state;
}

/** Each state on the way, the first one first. */
function statesOf(looks: readonly Look[]): readonly AssetState[] {
  const states: AssetState[] = [];
  for (const look of looks) states.push(reduce(states.at(-1) ?? null, SUBJECT, look, POLICY));
  return states;
}

function newest(looks: readonly Look[]): string {
  return looks.map(({ slot }) => slot).reduce((a, b) => (a > b ? a : b));
}

describe("delivery", () => {
  test("in any order, twice or not at all, leads to the newest slot and a whole history", () => {
    fc.assert(
      fc.property(anyLooksDelivered, ([, delivered]) => {
        const state = after(delivered);
        expect(state.slot).toBe(newest(delivered));
        expect(brokenLink(state.outbox)).toBeNull();
        expect(state.outbox.map(({ number }) => number)).toEqual(state.outbox.map((_, index) => index + 1));
        expect(state.link).toBe(state.outbox.at(-1)?.hash);
        expect(state.last).toBe(state.outbox.length);
      }),
      RUNS,
    );
  });

  test("counts what was newer than all before it, and nothing else", () => {
    fc.assert(
      fc.property(anyLooksDelivered, ([, delivered]) => {
        const counted = delivered.filter((look, at) => at === 0 || look.slot > newest(delivered.slice(0, at)));
        expect(after(delivered)).toEqual(after(counted));
        expect(after(delivered).revision).toBe(counted.length);
      }),
      RUNS,
    );
  });

  test("of what was delivered before changes nothing, at any moment", () => {
    fc.assert(
      fc.property(anyLooksDelivered, ([, delivered]) => {
        statesOf(delivered).forEach((state, at) => {
          for (const again of delivered.slice(0, at + 1)) expect(reduce(state, SUBJECT, again, POLICY)).toBe(state);
        });
      }),
      { numRuns: 500 },
    );
  });

  test("in order with repeats strewn in is the same as without", () => {
    const strewn = anyLooks.chain((looks) =>
      fc.tuple(
        fc.constant(looks),
        fc
          .tuple(...looks.map((_, at) => fc.array(fc.constantFrom(...looks.slice(0, at + 1)), { maxLength: 3 })))
          .map((repeats) => looks.flatMap((look, at) => [look, ...(repeats[at] ?? [])])),
      ),
    );
    fc.assert(
      fc.property(strewn, ([looks, repeated]) => expect(after(repeated)).toEqual(after(looks))),
      RUNS,
    );
  });
});

/** Long enough that some candidates are confirmed in time, and short enough that some are not. */
const EXPIRES = POLICY.confirmAfter / 2;

test.each([
  ["where candidates wait for ever", POLICY],
  ["where candidates expire", { ...POLICY, candidateExpires: EXPIRES }],
])("a model that is written otherwise remembers and tells the same, %s", (_, policy) => {
  fc.assert(
    fc.property(anyLooks, (looks) => {
      const model = new Model(policy.confirmAfter, policy.candidateExpires);
      for (const look of looks) model.take(look);
      const { outbox, ...state } = after(looks, null, policy);
      const numbered = model.told.map((told, index) => ({ ...SUBJECT, ...told, number: index + 1 }));
      const kept = { ...SUBJECT, ...model.remembered(), slot: looks.at(-1)?.slot, revision: looks.length };
      expect(outbox).toMatchObject(numbered);
      expect(state).toEqual({ ...kept, last: outbox.length, link: outbox.at(-1)?.hash });
    }),
    { numRuns: 5_000 },
  );
});

describe("at every moment", () => {
  test("state and history agree with each other and with what their fields promise", () => {
    fc.assert(
      fc.property(anyLooks, (looks) => {
        statesOf(looks).forEach(expectSoundState);
        expectSoundHistory(after(looks));
      }),
      RUNS,
    );
  });

  test("silence leaves everything but itself as it was", () => {
    fc.assert(
      fc.property(anyLooks, (looks) => {
        const states = statesOf(looks);
        looks.forEach((look, at) => {
          const [before, state] = [states[at - 1], states[at]];
          if (isAnswer(look) || before === undefined || before.observedAt === null) return;
          const { revision, slot, unanswered } = state ?? before;
          expect(state).toEqual({ ...before, revision, slot, unanswered });
          expect(state?.outbox).toBe(before.outbox);
          expect(unanswered?.looks).toBe((before.unanswered?.looks ?? 0) + 1);
        });
      }),
      RUNS,
    );
  });

  test("no verdict is told to change by one look that is not certain", () => {
    fc.assert(
      fc.property(anyLooks, (looks) => {
        for (const { kind, appeared, evidence, firstSlot, since, slot, confirmedAt } of after(looks).outbox) {
          const by = looks.find((look) => look.slot === slot);
          const isOfOldEvidence = by?.evidence !== evidence;
          if (kind === "baseline" || appeared.length > 0 || isOfOldEvidence || by.isCertain) continue;
          expect(firstSlot < slot).toBe(true);
          expect(Date.parse(confirmedAt) - Date.parse(since)).toBeGreaterThanOrEqual(POLICY.confirmAfter);
        }
      }),
      RUNS,
    );
  });

  test("nothing that is handed in is altered", () => {
    fc.assert(
      fc.property(anyLooks, (looks) => {
        looks
          .map(frozen)
          .reduce<AssetState | null>((state, look) => frozen(reduce(state, SUBJECT, look, POLICY)), null);
      }),
      RUNS,
    );
  });
});

function expectSoundState(state: AssetState): void {
  const { outbox, verdict, candidate, newWarnings } = state;
  expect(outbox.at(-1)?.to).toBe(verdict);
  expect(candidate?.verdict).not.toBe(verdict);
  expect(newWarnings).not.toEqual(state.warnings);
  if (state.unanswered === null) expect(state.observedAt).not.toBeNull();
  for (const one of candidate === null ? [state] : [state, candidate]) {
    expect(one.cause !== null).toBe(one.verdict === "indeterminate");
  }
}

function expectSoundHistory({ outbox, openRegression }: AssetState): void {
  let open: number | null = null;
  for (const { number, kind, from, to, cause, closes, appeared, since, confirmedAt } of outbox) {
    expect(cause !== null).toBe(to === "indeterminate");
    expect(since <= confirmedAt).toBe(true);
    expect(appeared.length > 0).toBe(kind === "change" && from === to);
    if (kind === "regression") expect([from === "fail", to]).toEqual([false, "fail"]);
    if (kind === "recovery") expect([from, to === "fail" || to === "indeterminate"]).toEqual(["fail", false]);
    expect(closes).toBe(to === "fail" ? null : open);
    if (kind === "regression") open = number;
    else if (to !== "fail") open = null;
  }
  expect(openRegression).toBe(open);
}

function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}
