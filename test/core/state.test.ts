import { describe, expect, test } from "@jest/globals";
import { type AssetState, currentVerdict, isStale } from "../../lib/core/state.ts";
import { HOUR, lookAt, START, stateAfter } from "../support/looks.ts";

const seenAt = Date.parse(lookAt(0, "pass").observedAt);
const seen = (): AssetState => stateAfter(lookAt(0, "pass"));
const neverSeen = (): AssetState => stateAfter(lookAt(0, "indeterminate", { cause: "tcp-timeout" }));

describe("a verdict is stale", () => {
  test.each<[string, number, boolean]>([
    ["not when it was just seen", seenAt, false],
    ["not at two cadences to the millisecond", seenAt + 2 * HOUR, false],
    ["a millisecond after that", seenAt + 2 * HOUR + 1, true],
    ["not when the look is dated two cadences ahead", seenAt - 2 * HOUR, false],
    ["when it is dated further ahead than that: that clock was wrong", seenAt - 2 * HOUR - 1, true],
  ])("%s", (_, now, stale) => {
    expect(isStale(seen(), now, HOUR)).toBe(stale);
  });

  test("when the moment it was seen cannot be read", () => {
    expect(isStale({ ...seen(), observedAt: "yesterday" }, seenAt, HOUR)).toBe(true);
  });

  test("by its own cadence", () => {
    expect(isStale(seen(), seenAt + 3 * HOUR, 2 * HOUR)).toBe(false);
  });

  test("never when nothing was ever seen: there is nothing to go stale", () => {
    expect(isStale(neverSeen(), START + 1000 * HOUR, HOUR)).toBe(false);
  });
});

describe("what may be said now", () => {
  test("is the confirmed verdict while it is fresh, whatever the looks since came to", () => {
    const silent = stateAfter(lookAt(0, "fail"), lookAt(1, "indeterminate", { cause: "dns-servfail" }));
    expect(currentVerdict(silent, seenAt + HOUR, HOUR)).toEqual({ verdict: "fail", cause: null });
  });

  test("is that nothing is known once it is stale, for the cause of the latest look", () => {
    const silent = stateAfter(lookAt(0, "pass"), lookAt(1, "indeterminate", { cause: "dns-servfail" }));
    expect(currentVerdict(silent, seenAt + 3 * HOUR, HOUR)).toEqual({
      verdict: "indeterminate",
      cause: "dns-servfail",
    });
  });

  test("is that we did not look, when no look came at all", () => {
    expect(currentVerdict(seen(), seenAt + 3 * HOUR, HOUR)).toEqual({ verdict: "indeterminate", cause: "probe-stale" });
  });

  test("is why there never was an answer, however long ago", () => {
    const expected = { verdict: "indeterminate", cause: "tcp-timeout" };
    expect(currentVerdict(neverSeen(), seenAt + 1000 * HOUR, HOUR)).toEqual(expected);
  });

  test("is the lapsed statement, which is a fact with a cause of its own", () => {
    const lapsed = stateAfter(lookAt(0, "indeterminate", { cause: "attestation-expired" }));
    const expected = { verdict: "indeterminate", cause: "attestation-expired" };
    expect(currentVerdict(lapsed, seenAt + HOUR, HOUR)).toEqual(expected);
  });
});
