import fc from "fast-check";
import type { Judgement, Look } from "../../lib/core/look.ts";
import { confirmSlotOf, slotAt } from "../../lib/core/slot.ts";
import { VERDICTS } from "../../lib/core/verdict.ts";
import { addressOf, MINUTE, moment, POLICY, START } from "./looks.ts";

/** Half of `POLICY.confirmAfter`, so that looks that follow each other often do not confirm each other. */
const SPACING = POLICY.confirmAfter / 2;

/** How far off its slot a look is made: on time, late, by a clock that was set back, by one far ahead. */
const OFFSETS = [0, 0, 0, 1, POLICY.confirmAfter, -7 * MINUTE, 600 * MINUTE];

const CAUSES = ["dns-timeout", "internal", "attestation-expired", "no-attestation"] as const;

const anyJudgement: fc.Arbitrary<Judgement> = fc
  .record({
    verdict: fc.constantFrom(...VERDICTS, "pass", "fail"),
    cause: fc.constantFrom(...CAUSES),
    tag: fc.constantFrom("S18_A", "S18_B"),
    warnings: fc.constantFrom([], [], ["S18_W1"], ["S18_W1", "S18_W2"], ["S18_W2"]),
    judgement: fc.nat({ max: 999 }),
  })
  .map(({ verdict, cause, tag, warnings, judgement }) => ({
    verdict,
    cause: verdict === "indeterminate" ? cause : null,
    deciding: [{ tag, about: null }],
    warnings,
    judgement: addressOf(`judgement ${judgement}`),
  }));

const anyStep = fc.record({
  judged: anyJudgement,
  rejudged: fc.option(anyJudgement),
  ticks: fc.integer({ min: 1, max: 4 }),
  offset: fc.constantFrom(...OFFSETS),
  isCertain: fc.constantFrom(false, false, false, true),
  rules: fc.constantFrom("S18@1", "S18@1", "S18@1", "S18@2"),
});

/** Looks at one subject, in the order of their slots, first and second looks among them; no two of one slot. */
export const anyLooks: fc.Arbitrary<readonly Look[]> = fc
  .array(anyStep, { minLength: 1, maxLength: 14 })
  .map((steps) => {
    let tick = 0;
    return steps.map(({ judged, rejudged, ticks, offset, isCertain, rules }, index): Look => {
      tick += ticks;
      const scheduled = Math.floor(tick / 2) * SPACING;
      const slot = slotAt(START + scheduled);
      return {
        ...judged,
        slot: tick % 2 === 0 ? slot : confirmSlotOf(slot),
        observedAt: moment(tick * (SPACING / 2) + offset),
        ...{ isCertain, rules, rejudged, evidence: addressOf(`evidence ${index}`) },
      };
    });
  });

/** The same looks as a careless queue delivers them: some lost, some twice, in any order. */
export function anyDelivery(looks: readonly Look[]): fc.Arbitrary<readonly Look[]> {
  return fc.array(fc.constantFrom(...looks), { minLength: 1, maxLength: 3 * looks.length });
}
