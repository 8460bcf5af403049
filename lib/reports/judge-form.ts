import * as z from "zod";
import { CAUSES } from "../core/cause.ts";
import type { Language } from "../core/messages.ts";
import { REQUIREMENT_IDS } from "../core/requirement-id.ts";
import { VERDICTS } from "../core/verdict.ts";
import type { ChangedJudgement, JudgedAgain } from "../watch/judge-again.ts";
import { lossWords } from "./loss-words.ts";
import { resultForm } from "./result-form.ts";
import { storedFinding } from "./stored-finding.ts";

const judged = z.object({ verdict: z.enum(VERDICTS), cause: z.enum(CAUSES).nullable() });
const requirement = z.enum(REQUIREMENT_IDS);
const { findings } = resultForm.shape.verdicts.element.shape;
const count = z.int().min(0);

/** The output of `judge --format json`. Fields may be added, so readers must let unknown ones pass. */
export const judgeForm = z.object({
  schema: z.literal("kravvagt/judge/1"),
  municipality: z.string(),
  asOf: z.iso.date().nullable().meta({ description: "Null: what is remembered now" }),
  requirements: z.array(
    z.object({
      ...{ requirement, ...judged.shape },
      rules: z.string().meta({ description: "What it is judged by now" }),
      rulesThen: z.array(z.string()).meta({ description: "What the stored verdicts were judged by" }),
      closedAt: z.iso.datetime({ precision: 3 }).nullable(),
      ...{ judged: count, unchanged: count, changed: count },
      notJudged: z.array(z.object({ asset: z.string(), why: z.string(), problem: z.string().nullable() })),
    }),
  ),
  changes: z.array(
    z.object({
      ...{ asset: z.string(), requirement, from: judged, to: judged, rulesThen: z.string() },
      appeared: findings,
      disappeared: findings,
      problem: z.string().nullable().meta({ description: "Why only the verdicts were compared" }),
    }),
  ),
});

export type JudgeReport = z.infer<typeof judgeForm>;

/** Puts what judging again came to into the promised form. */
export function judgeReport(
  all: readonly JudgedAgain[],
  {
    municipality,
    asOf,
    language,
  }: { readonly municipality: string; readonly asOf: string | null; readonly language: Language },
): JudgeReport {
  return {
    schema: "kravvagt/judge/1",
    ...{ municipality, asOf },
    requirements: all.map((one) => ({
      ...{ requirement: one.requirement.id, ...one.whole, rules: one.rules, rulesThen: [...one.rulesThen] },
      ...{ closedAt: one.closedAt, judged: one.judged, unchanged: unchangedOf(one), changed: one.changed.length },
      notJudged: one.notJudged.map(({ asset, why, loss }) => ({
        ...{ asset, why },
        problem: loss === null ? null : lossWords(loss)[language],
      })),
    })),
    changes: all.flatMap((one) => one.changed.map((change) => changePart(one, change, language))),
  };
}

/** Those whose findings could not be read were judged, but what was concluded then is not known. */
function unchangedOf({ judged: total, changed, notJudged }: JudgedAgain): number {
  return total - changed.length - notJudged.filter(({ why }) => why === "no-findings").length;
}

function changePart(
  { requirement: built }: JudgedAgain,
  { asset, from, to, rulesThen, appeared, disappeared, loss }: ChangedJudgement,
  language: Language,
): JudgeReport["changes"][number] {
  return {
    ...{ asset, requirement: built.id, from: { ...from }, to: { ...to }, rulesThen },
    appeared: appeared.map((finding) => storedFinding(built, finding, language)),
    disappeared: disappeared.map((finding) => storedFinding(built, finding, language)),
    problem: loss === null ? null : lossWords(loss)[language],
  };
}
