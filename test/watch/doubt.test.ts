import { describe, expect, test } from "@jest/globals";
import type { AssetState } from "../../lib/core/state.ts";
import { VERDICTS } from "../../lib/core/verdict.ts";
import type { JudgedAsset } from "../../lib/verify/verification.ts";
import { doubted, isWell, worseLooks } from "../../lib/watch/doubt.ts";
import { moment } from "../support/looks.ts";
import { found, judgedBy, seenAt, type Tag, trialOf } from "./support/trial-requirement.ts";
import { stateOf } from "./support/transitions.ts";
import { domain } from "./support/watched.ts";

function judged(asset: string, tag: Tag): JudgedAsset {
  return judgedBy(trialOf(1, found(tag)), seenAt(moment(0), 0, domain(asset)), undefined, domain(asset));
}

function known(asset: string, verdict: AssetState["verdict"]): AssetState {
  return stateOf({ asset: `domain:${asset}`, verdict });
}

describe("worse than what is remembered", () => {
  test.each(VERDICTS)("after %s: a fail, where it was known to be none", (verdict) => {
    const wasWell = verdict !== "fail" && verdict !== "indeterminate";
    expect(isWell({ verdict })).toBe(wasWell);
    const [fail, pass, silent] = [
      judged("a.dk", "S18_WRONG"),
      judged("a.dk", "S18_FINE"),
      judged("a.dk", "S18_UNHEARD"),
    ];
    expect(worseLooks([fail], [known("a.dk", verdict)])).toEqual(wasWell ? [fail] : []);
    expect(worseLooks([pass, silent], [known("a.dk", verdict)])).toEqual([]);
  });

  test("nothing, where nothing is remembered of that very asset and requirement", () => {
    const fail = judged("a.dk", "S18_WRONG");
    expect(worseLooks([fail], [])).toEqual([]);
    expect(worseLooks([fail], [known("b.dk", "pass"), { ...known("a.dk", "pass"), requirement: "S20" }])).toEqual([]);
  });
});

test("what is doubted is no answer, by our own fault; the rest of the batch and all that was seen stay", () => {
  const [a, b] = [judged("a.dk", "S18_WRONG"), judged("b.dk", "S18_WRONG")];
  const [first, second] = doubted([a, b], [b]);
  expect(first).toBe(a);
  expect(second?.evaluation).toMatchObject({ verdict: "indeterminate", cause: "internal" });
  expect(second?.observations).toBe(b.observations);
  expect(b.evaluation.verdict).toBe("fail");
});
