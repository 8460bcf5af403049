import { describe, expect, test } from "@jest/globals";
import type { Look } from "../../lib/core/look.ts";
import { isAnswer, reduce } from "../../lib/core/reduce.ts";
import { confirmSlotOf } from "../../lib/core/slot.ts";
import type { AssetState } from "../../lib/core/state.ts";
import { brokenLink, type TransitionKind } from "../../lib/core/transition.ts";
import type { Verdict } from "../../lib/core/verdict.ts";
import { HOUR, lookAt, moment, POLICY, secondLookAt, stateAfter, SUBJECT } from "../support/looks.ts";

const WARNED = ["S18_SIGNATURE_SHORT"];
const SECONDS = 5_000;

const outage = (hour: number, cause: Look["cause"] = "dns-timeout"): Look => lookAt(hour, "indeterminate", { cause });
const lapsed = (hour: number): Look => lookAt(hour, "indeterminate", { cause: "attestation-expired" });

/** Kinds and verdicts of the whole history, as `regression pass fail`. */
function told({ outbox }: AssetState): readonly string[] {
  expect(brokenLink(outbox)).toBeNull();
  return outbox.map(({ kind, from, to }) => `${kind} ${from ?? "-"} ${to}`);
}

describe("the first look", () => {
  test("is a baseline, and the whole of what is remembered", () => {
    const look = lookAt(0, "fail", { warnings: WARNED });
    const state = stateAfter(look);
    const { verdict, cause, deciding, warnings, rules, evidence, judgement, slot, observedAt } = look;
    const [baseline] = state.outbox;
    expect(state).toEqual({
      ...{ ...SUBJECT, revision: 1, verdict, cause, since: observedAt, deciding, warnings, rules },
      ...{ evidence, judgement, evidenceAt: observedAt, slot, observedAt, unanswered: null, candidate: null },
      ...{ newWarnings: null, openRegression: null, last: 1, link: baseline?.hash, outbox: [baseline] },
    });
    expect(baseline).toEqual({
      ...{ ...SUBJECT, number: 1, kind: "baseline", from: null, to: verdict, cause, since: observedAt },
      ...{ confirmedAt: observedAt, firstSlot: slot, slot, deciding, appeared: [], closes: null, rules },
      ...{ evidence, judgement, evidenceAt: observedAt, previous: null, hash: baseline?.hash },
    });
    expect(brokenLink(state.outbox)).toBeNull();
  });

  test("keeps nothing of the subject but its names", () => {
    const wider = { ...SUBJECT, owner: "Drift" };
    expect(reduce(null, wider, lookAt(0, "pass"), POLICY)).not.toHaveProperty("owner");
  });

  test("without an answer is a baseline to not knowing, and so is every look until the first answer", () => {
    const latest = lookAt(2, "indeterminate", { cause: "dns-servfail", rules: "S18@2" });
    const state = stateAfter(outage(0), outage(1, "tcp-timeout"), latest);
    expect(told(state)).toEqual(["baseline - indeterminate"]);
    expect(state).toMatchObject({ verdict: "indeterminate", cause: "dns-servfail", observedAt: null });
    expect(state).toMatchObject({ since: outage(0).observedAt, evidence: latest.evidence, rules: "S18@2" });
    expect(state.unanswered).toEqual({ since: outage(0).observedAt, cause: "dns-servfail", looks: 3 });
  });

  test.each<Verdict>(["pass", "fail", "attested", "not-applicable"])(
    "with an answer, %s, after such looks is again a silent baseline, by its own rules and at once",
    (verdict) => {
      const first = lookAt(1, verdict, { rules: "S18@2", rejudged: lookAt(0, "fail"), warnings: WARNED });
      const state = stateAfter(outage(0), first);
      expect(told(state)).toEqual(["baseline - indeterminate", `baseline indeterminate ${verdict}`]);
      expect(state).toMatchObject({ verdict, since: first.observedAt, unanswered: null, openRegression: null });
      expect(state).toMatchObject({ observedAt: first.observedAt, rules: "S18@2", warnings: WARNED });
    },
  );

  test("that neither answers nor says why is our own fault", () => {
    const state = stateAfter(outage(0, null));
    expect(state).toMatchObject({ cause: "internal", unanswered: { cause: "internal" } });
    expect(state.outbox).toMatchObject([{ cause: "internal" }]);
    expect(stateAfter(lookAt(0, "pass"), outage(1, null)).unanswered?.cause).toBe("internal");
    expect(stateAfter(outage(0), outage(1, null)).cause).toBe("internal");
  });
});

describe("what is an answer", () => {
  test.each<[Verdict, Look["cause"], boolean]>([
    ["pass", null, true],
    ["fail", null, true],
    ["attested", null, true],
    ["not-applicable", null, true],
    ["indeterminate", "attestation-expired", true],
    ["indeterminate", "no-attestation", true],
    ["indeterminate", "dns-timeout", false],
    ["indeterminate", "internal", false],
    ["indeterminate", "probe-stale", false],
    ["indeterminate", null, false],
  ])("%s %s: %s", (verdict, cause, expected) => {
    expect(isAnswer({ verdict, cause })).toBe(expected);
  });

  test("a statement that lapsed is a fact from the first look on", () => {
    const state = stateAfter(lapsed(0));
    expect(state).toMatchObject({ cause: "attestation-expired", observedAt: lapsed(0).observedAt, unanswered: null });
  });

  test("one that lapsed after an outage at the very first look is the baseline that was missing", () => {
    const state = stateAfter(outage(0), lapsed(1));
    expect(told(state)).toEqual(["baseline - indeterminate", "baseline indeterminate indeterminate"]);
    expect(state).toMatchObject({ cause: "attestation-expired", observedAt: lapsed(1).observedAt });
  });

  test("an outage after it leaves it, and its cause, as they were", () => {
    const state = stateAfter(lapsed(0), outage(1));
    expect(state).toMatchObject({ cause: "attestation-expired", evidence: lapsed(0).evidence });
    expect(state.unanswered).toMatchObject({ cause: "dns-timeout", looks: 1 });
  });

  test("its cause follows the latest look that shows it", () => {
    const withdrawn = lookAt(1, "indeterminate", { cause: "no-attestation" });
    const state = stateAfter(lapsed(0), withdrawn);
    expect(told(state)).toHaveLength(1);
    expect(state).toMatchObject({ cause: "no-attestation", judgement: withdrawn.judgement });
  });
});

describe("another verdict", () => {
  const kinds: readonly [Verdict, Verdict, TransitionKind][] = [
    ["pass", "fail", "regression"],
    ["attested", "fail", "regression"],
    ["not-applicable", "fail", "regression"],
    ["indeterminate", "fail", "regression"],
    ["fail", "pass", "recovery"],
    ["fail", "attested", "recovery"],
    ["fail", "not-applicable", "recovery"],
    ["fail", "indeterminate", "change"],
    ["pass", "attested", "change"],
    ["attested", "indeterminate", "change"],
    ["indeterminate", "pass", "change"],
  ];
  const shown = (look: typeof lookAt, hour: number, verdict: Verdict): Look =>
    look(hour, verdict, verdict === "indeterminate" ? { cause: "attestation-expired" } : {});

  test.each(kinds)("from %s to %s is a %s once a second look shows it", (from, to, kind) => {
    const first = shown(lookAt, 1, to);
    const second = shown(secondLookAt, 1, to);
    const waiting = stateAfter(shown(lookAt, 0, from), first);
    expect(waiting).toMatchObject({ verdict: from, evidence: shown(lookAt, 0, from).evidence, last: 1 });
    expect(waiting.observedAt).toBe(first.observedAt);
    const { cause, deciding, slot, observedAt: since } = first;
    expect(waiting.candidate).toEqual({ verdict: to, cause, slot, since, looks: 1, deciding });

    const state = reduce(waiting, SUBJECT, second, POLICY);
    expect(told(state).at(-1)).toBe(`${kind} ${from} ${to}`);
    expect(state).toMatchObject({ verdict: to, cause, since, candidate: null, deciding, slot: second.slot });
    expect(state.outbox.at(-1)).toMatchObject({
      ...{ number: 2, since, confirmedAt: second.observedAt, firstSlot: slot, slot: second.slot, cause },
      ...{ evidence: second.evidence, judgement: second.judgement, evidenceAt: second.observedAt },
    });
  });

  test.each(kinds)("from %s to %s is a %s at once where it is certain", (from, to, kind) => {
    const look = { ...shown(lookAt, 1, to), isCertain: true };
    const state = stateAfter(shown(lookAt, 0, from), look);
    expect(told(state).at(-1)).toBe(`${kind} ${from} ${to}`);
    expect(state.outbox.at(-1)).toMatchObject({ since: look.observedAt, firstSlot: look.slot, slot: look.slot });
  });

  test("a second look a millisecond too early confirms nothing; the next one counts from the first", () => {
    const early = secondLookAt(1, "fail", { observedAt: moment(HOUR + SECONDS + POLICY.confirmAfter - 1) });
    const state = stateAfter(lookAt(0, "pass"), lookAt(1, "fail"), early);
    expect(state).toMatchObject({ verdict: "pass", candidate: { looks: 2, since: lookAt(1, "fail").observedAt } });
    expect(state.candidate?.slot).toBe(lookAt(1, "fail").slot);
    expect(told(reduce(state, SUBJECT, lookAt(2, "fail"), POLICY))).toContain("regression pass fail");
  });

  test("a second look in the same millisecond is one more look, though it confirms nothing", () => {
    const twin = secondLookAt(1, "fail", { observedAt: lookAt(1, "fail").observedAt });
    const { slot, observedAt: since } = lookAt(1, "fail");
    const state = stateAfter(lookAt(0, "pass"), lookAt(1, "fail"), twin);
    expect(state).toMatchObject({ verdict: "pass", candidate: { looks: 2, slot, since } });
  });

  test("one look is never two, even where no time need lie between them", () => {
    const hasty = { confirmAfter: 0 };
    const state = reduce(stateAfter(lookAt(0, "pass")), SUBJECT, lookAt(1, "fail"), hasty);
    expect(state.verdict).toBe("pass");
    const second = secondLookAt(1, "fail", { observedAt: lookAt(1, "fail").observedAt });
    expect(reduce(state, SUBJECT, second, hasty).verdict).toBe("fail");
  });

  test("is forgotten when the confirmed one is seen again", () => {
    const state = stateAfter(lookAt(0, "pass"), lookAt(1, "fail"), secondLookAt(1, "pass"), lookAt(2, "fail"));
    expect(state).toMatchObject({ verdict: "pass", candidate: { looks: 1, slot: lookAt(2, "fail").slot }, last: 1 });
  });

  test("gives way to yet another one, which begins anew", () => {
    const state = stateAfter(lookAt(0, "pass"), lookAt(1, "fail"), lookAt(2, "attested"));
    expect(state.candidate).toMatchObject({ verdict: "attested", looks: 1, since: lookAt(2, "attested").observedAt });
  });

  test("waits through silence, which neither confirms nor refutes it", () => {
    const waiting = stateAfter(lookAt(0, "pass"), lookAt(1, "fail"));
    const silent = [outage(2), outage(3, "dns-servfail")].reduce(
      (s, look) => reduce(s, SUBJECT, look, POLICY),
      waiting,
    );
    const unanswered = { since: outage(2).observedAt, cause: "dns-servfail", looks: 2 };
    expect(silent).toEqual({ ...waiting, revision: 4, slot: outage(3).slot, unanswered });
    expect(silent.outbox).toBe(waiting.outbox);
    const state = reduce(silent, SUBJECT, lookAt(4, "fail"), POLICY);
    expect(told(state)).toEqual(["baseline - pass", "regression pass fail"]);
    expect(state).toMatchObject({ unanswered: null, since: lookAt(1, "fail").observedAt });
  });

  test("silence that claims to be certain is still silence", () => {
    const state = stateAfter(lookAt(0, "fail"), { ...outage(1), isCertain: true });
    expect(state).toMatchObject({ verdict: "fail", cause: null, last: 1 });
  });

  test("begins anew where the clock was set back, so that it never waits for a moment far ahead", () => {
    const ahead = lookAt(1, "fail", { observedAt: moment(1000 * HOUR) });
    const state = stateAfter(lookAt(0, "pass"), ahead, lookAt(2, "fail"));
    expect(state).toMatchObject({ verdict: "pass", observedAt: lookAt(2, "fail").observedAt });
    expect(state.candidate).toMatchObject({ looks: 1, slot: lookAt(2, "fail").slot });
    expect(reduce(state, SUBJECT, secondLookAt(2, "fail"), POLICY).verdict).toBe("fail");
  });

  test("begins anew where it was not confirmed in time, so that old and new trouble are not told as one", () => {
    const policy = { ...POLICY, candidateExpires: 2 * HOUR };
    const before = stateAfter(lookAt(0, "pass"), lookAt(1, "fail"), outage(2));
    const since = Date.parse(lookAt(1, "fail").observedAt);
    const lookAfter = (milliseconds: number): Look =>
      lookAt(5, "fail", { observedAt: new Date(since + milliseconds).toISOString() });
    const oldest = POLICY.confirmAfter + 2 * HOUR;
    const inTime = reduce(before, SUBJECT, lookAfter(oldest), policy);
    expect(inTime).toMatchObject({ verdict: "fail", since: lookAt(1, "fail").observedAt, candidate: null });
    const late = lookAfter(oldest + 1);
    const anew = reduce(before, SUBJECT, late, policy);
    expect(anew).toMatchObject({
      ...{ verdict: "pass", last: 1 },
      candidate: { verdict: "fail", slot: late.slot, since: late.observedAt, looks: 1 },
    });
    const again = { ...lookAfter(oldest + 1 + POLICY.confirmAfter), slot: confirmSlotOf(late.slot) };
    expect(reduce(anew, SUBJECT, again, policy)).toMatchObject({ verdict: "fail", since: late.observedAt });
    const certain = { ...late, isCertain: true };
    expect(reduce(before, SUBJECT, certain, policy)).toMatchObject({ verdict: "fail", since: late.observedAt });
  });

  test("is not confirmed by a look whose moment cannot be read", () => {
    const state = stateAfter(lookAt(0, "fail"), lookAt(1, "pass"), lookAt(2, "pass", { observedAt: "later" }));
    expect(state.verdict).toBe("fail");
  });
});

describe("a regression", () => {
  const certain = (hour: number, verdict: Verdict): Look => lookAt(hour, verdict, { isCertain: true });
  const closes = ({ outbox }: AssetState): readonly (number | null)[] => outbox.map((transition) => transition.closes);

  test("is open until a verdict other than fail is confirmed, which says which one it ends", () => {
    const open = stateAfter(certain(0, "pass"), certain(1, "fail"), lookAt(2, "fail"), lookAt(3, "pass"), outage(4));
    expect(open).toMatchObject({ openRegression: 2, verdict: "fail" });
    const state = [
      certain(5, "pass"),
      certain(6, "fail"),
      { ...lapsed(7), isCertain: true },
      certain(8, "pass"),
    ].reduce((before, look) => reduce(before, SUBJECT, look, POLICY), open);
    expect(closes(state)).toEqual([null, null, 2, null, 4, null]);
    expect(state.openRegression).toBeNull();
  });

  test("was none where the baseline already failed", () => {
    const state = stateAfter(lookAt(0, "fail"));
    expect(state.openRegression).toBeNull();
    expect(closes(stateAfter(lookAt(0, "fail"), certain(1, "pass")))).toEqual([null, null]);
  });
});

describe("a look that is not newer than what is remembered", () => {
  const seen = (): AssetState => stateAfter(lookAt(0, "pass"), lookAt(1, "pass"), secondLookAt(1, "pass"));

  test.each<[string, Look]>([
    ["the same again", secondLookAt(1, "fail")],
    ["the first look of the slot, after its second", lookAt(1, "fail", { isCertain: true })],
    ["one from long before", lookAt(0, "fail", { isCertain: true, rules: "S18@2", rejudged: lookAt(0, "fail") })],
    ["silence from long before", outage(0)],
  ])("changes nothing: %s", (_, look) => {
    const state = seen();
    expect(reduce(state, SUBJECT, look, POLICY)).toBe(state);
  });

  test("whereas the second look of the same slot is newer than the first", () => {
    expect(seen()).toMatchObject({ revision: 3, slot: secondLookAt(1, "pass").slot });
  });
});

test("what the confirmed verdict rests on is that of the latest look that showed it", () => {
  const { cause, deciding, rules, evidence, judgement, observedAt: evidenceAt } = lookAt(2, "pass");
  const state = stateAfter(lookAt(0, "pass"), lookAt(1, "fail"), lookAt(2, "pass"), lookAt(3, "fail"), outage(4));
  expect(state).toMatchObject({ cause, deciding, rules, evidence, judgement, evidenceAt });
  expect(state).toMatchObject({ since: lookAt(0, "pass").observedAt, observedAt: lookAt(3, "fail").observedAt });
});
