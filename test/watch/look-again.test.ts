import { describe, expect, test } from "@jest/globals";
import type { Cause } from "../../lib/core/cause.ts";
import type { JudgedAsset } from "../../lib/verify/verification.ts";
import type { Job } from "../../lib/watch/job.ts";
import { lookPatiently } from "../../lib/watch/look-again.ts";
import type { Looking } from "../../lib/watch/watch-io.ts";
import { moment } from "../support/looks.ts";
import { found, judgedBy, seenAt, trialOf } from "./support/trial-requirement.ts";
import { domain, watching } from "./support/watched.ts";

type Answer = "pass" | Cause;

const NAMES = ["a.dk", "b.dk", "c.dk", "d.dk", "e.dk", "f.dk"] as const;
const JOB: Job = {
  ...{ run: "domains/x", municipality: "101", family: "domains", slot: "x", batch: 0, batches: 1 },
  assets: NAMES.map((name) => domain(name).id),
};
const ONGOING = new AbortController().signal;

/** Answers each look at a domain with the next of its answers, the last one for ever. Others pass. */
function answering(answers: Readonly<Record<string, readonly Answer[]>>): Looking & { readonly asked: string[][] } {
  const asked: string[][] = [];
  return {
    asked,
    look: ({ assets }) => {
      asked.push(assets.map((id) => id.replace("domain:", "")));
      return Promise.resolve(
        assets.map((id) => {
          const name = id.replace("domain:", "");
          const nth = asked.filter((names) => names.includes(name)).length - 1;
          const own = answers[name] ?? ["pass"];
          return judged(name, own[Math.min(nth, own.length - 1)] ?? "pass");
        }),
      );
    },
    checkControls: () => Promise.resolve("sound"),
    close: () => undefined,
  };
}

function judged(name: string, answer: Answer): JudgedAsset {
  const each = judgedBy(trialOf(1, found("S18_FINE")), seenAt(moment(0), 0, domain(name)), undefined, domain(name));
  if (answer === "pass") return each;
  return { ...each, evaluation: { ...each.evaluation, verdict: "indeterminate", cause: answer } };
}

const verdicts = (looks: readonly JudgedAsset[]): readonly string[] =>
  looks.map(({ evaluation: { asset, verdict, cause } }) => `${asset.name} ${cause ?? verdict}`);

const ALWAYS = (): Promise<boolean> => Promise.resolve(true);

describe("a batch in which something stayed silent", () => {
  test("is asked again for that alone, and the answer takes the silence's place", async () => {
    const looking = answering({ "b.dk": ["dns-timeout", "pass"] });
    const looks = await lookPatiently(JOB, watching(NAMES), looking, ALWAYS, ONGOING);
    expect(verdicts(looks)).toEqual(NAMES.map((name) => `${name} pass`));
    expect(looking.asked).toEqual([[...NAMES], ["b.dk"]]);
  });

  test("is asked three times at most", async () => {
    const looking = answering({ "b.dk": ["dns-timeout"], "c.dk": ["tcp-timeout", "connection-reset", "pass"] });
    const looks = await lookPatiently(JOB, watching(NAMES), looking, ALWAYS, ONGOING);
    expect(verdicts(looks).slice(0, 3)).toEqual(["a.dk pass", "b.dk dns-timeout", "c.dk pass"]);
    expect(looking.asked.slice(1)).toEqual([
      ["b.dk", "c.dk"],
      ["b.dk", "c.dk"],
    ]);
  });

  test("is not asked again for what was heard, however useless the answer", async () => {
    const looking = answering({ "a.dk": ["dns-servfail"], "b.dk": ["internal"], "c.dk": ["attestation-expired"] });
    await lookPatiently(JOB, watching(NAMES), looking, ALWAYS, ONGOING);
    expect(looking.asked).toHaveLength(1);
  });

  test("is left alone when more than five are silent", async () => {
    const silent = (names: readonly string[]) =>
      Object.fromEntries(names.map((name) => [name, ["dns-timeout" as const]]));
    const all = answering(silent(NAMES));
    expect(verdicts(await lookPatiently(JOB, watching(NAMES), all, ALWAYS, ONGOING))[0]).toBe("a.dk dns-timeout");
    expect(all.asked).toHaveLength(1);
    const most = answering(silent(NAMES.slice(1)));
    await lookPatiently(JOB, watching(NAMES), most, ALWAYS, ONGOING);
    expect(most.asked).toHaveLength(3);
  });

  test("is not asked again after an interruption", async () => {
    const looking = answering({ "b.dk": ["dns-timeout"] });
    await lookPatiently(JOB, watching(NAMES), looking, ALWAYS, AbortSignal.abort());
    expect(looking.asked).toHaveLength(1);
  });
});

test("what was silent last time too, or is seen for the first time, is not looked at again", async () => {
  const looking = answering({ "b.dk": ["dns-timeout", "pass"] });
  await lookPatiently(JOB, watching(NAMES), looking, () => Promise.resolve(false), ONGOING);
  expect(looking.asked).toHaveLength(1);
});
