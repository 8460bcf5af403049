import type { Requirement } from "../core/requirement.ts";
import { type Judged, type Verdict, VERDICTS } from "../core/verdict.ts";
import { requirementTitle } from "../reports/requirement-words.ts";
import type { Language } from "../core/messages.ts";
import { municipalityVerdict } from "../verify/municipality-verdict.ts";
import { familyOf, nextSlotAfter } from "../watch/cadence.ts";
import { NOT_LOOKED_AT } from "../watch/report-of-day.ts";
import type { RequirementSummary, Summary } from "../watch/summary.ts";
import { declaredFor, type FamilyNow } from "./families.ts";
import type { Status } from "./forms.ts";
import type { StatusReading } from "./status-reading.ts";

export type ToldRequirement = Status["requirements"][number];

/** A look is good for so many cadences, as for a single state. */
export const STALE_AFTER_CADENCES = 2;

/** Every requirement that is built, as its family's last close left it, and only as far as that still says what is so. */
export async function toldRequirements(
  summary: Summary | null,
  reading: StatusReading,
  language: Language,
): Promise<readonly ToldRequirement[]> {
  const families = new Map<string, FamilyNow>();
  const told: ToldRequirement[] = [];
  for (const requirement of reading.requirements) {
    const family = familyOf(requirement.id);
    const watched = families.get(family) ?? (await reading.families(family));
    families.set(family, watched);
    told.push(toldRequirement({ requirement, watched, summary, now: reading.now(), language }));
  }
  return told;
}

interface Material {
  readonly requirement: Requirement;
  readonly watched: FamilyNow;
  readonly summary: Summary | null;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly language: Language;
}

/** One requirement as a whole at `now`. Pure. */
export function toldRequirement({ requirement, watched, summary, now, language }: Material): ToldRequirement {
  const { id } = requirement;
  const found = summary?.requirements.find((each) => each.requirement === id);
  return {
    ...{ requirement: id, title: requirementTitle(id, language) },
    ...(found === undefined ? neverClosed(requirement, watched) : asItStands(found, watched, now)),
    nextRound: new Date(nextSlotAfter(now, watched.cadence)).toISOString(),
  };
}

type Standing = Omit<ToldRequirement, "requirement" | "title" | "nextRound">;

/** Before the first close nothing is known of what is declared, and where nothing is declared there is nothing to know. */
function neverClosed(requirement: Requirement, watched: FamilyNow): Standing {
  const { assets, ...judged } = municipalityVerdict(
    declaredFor(requirement, watched).map(() => NOT_LOOKED_AT),
    false,
  );
  return { ...judged, since: null, assets, oldest: null, stale: 0, openRegressions: 0 };
}

/**
 * The summary says what was so at its close, and its counts are of then. While rounds keep closing that stands; once they have
 * not for two cadences every look behind it is too old, and nothing is known any more.
 */
function asItStands(summary: RequirementSummary, { closed, cadence }: FamilyNow, now: number): Standing {
  const { verdict, cause, since, assets, oldest, stale, openRegressions } = summary;
  const lookedAt = closed?.closedAt ?? null;
  if (isWithin(oldest, now, cadence) || isWithin(lookedAt, now, cadence)) {
    const isOverdue = oldest !== null && !isWithin(oldest, now, cadence);
    // An answer that has become too old since the close leaves room for a fail only: that is another asset's.
    const judged: Judged = isOverdue && verdict !== "fail" ? unknown({ verdict, cause }) : { verdict, cause };
    return {
      ...judged,
      since,
      assets: { ...assets },
      oldest,
      stale: isOverdue ? Math.max(stale, 1) : stale,
      openRegressions,
    };
  }
  const count = Object.values(assets).reduce((sum, each) => sum + each, 0);
  const nothingKnown = Object.fromEntries(VERDICTS.map((each) => [each, each === "indeterminate" ? count : 0]));
  return {
    ...{ ...unknown({ verdict, cause }), since: lookedAt ?? since, assets: nothingKnown as Record<Verdict, number> },
    ...{ oldest, stale: count, openRegressions },
  };
}

/** What has no answer keeps the cause that it had. */
function unknown(judged: Judged): Judged {
  return judged.verdict === "indeterminate" ? judged : NOT_LOOKED_AT;
}

function isWithin(moment: string | null, now: number, cadence: number): boolean {
  return moment !== null && Math.abs(now - Date.parse(moment)) <= STALE_AFTER_CADENCES * cadence;
}
