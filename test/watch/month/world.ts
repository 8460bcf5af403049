import type { Cause } from "../../../lib/core/cause.ts";
import type { ControlsVerdict } from "../../../lib/verify/controls.ts";
import { chance } from "./chance.ts";
import type { CONDITIONS } from "./rules.ts";

/** What is so of a domain. */
export type Condition = (typeof CONDITIONS)[number];

/** What a look finds: a condition, or why there is no answer. */
export type Found = { readonly condition: Condition } | { readonly cause: Cause };

/** Something that is so of some domains for a while. Moments are real ones, epoch milliseconds. */
export interface Spell {
  readonly who: (domain: string) => boolean;
  readonly from: number;
  readonly to: number;
  readonly found: Found;
  /** Only looks made within so many minutes of the full hour find it: those of a round do, second looks do not. */
  readonly minutes?: number;
  /** What our controls would say meanwhile; unset where it is none of our doing. */
  readonly controls?: ControlsVerdict;
  /** Our own eyes see it so; nothing is wrong with the domains. */
  readonly isOurs: boolean;
}

/** The domains as they are and as they look, at each moment. Pure: the seed decides which looks are lost. */
export interface World {
  look(domain: string, at: number): Found;
  controls(at: number): ControlsVerdict;
  /** What is really so, for comparison. */
  truth(domain: string, at: number): Condition;
}

const HOUR = 3_600_000;
const MINUTE = 60_000;

export interface WorldSettings {
  readonly seed: number;
  /** The share of looks that get no answer, by mere chance. */
  readonly lost: number;
}

/** Of several spells over one domain, silence comes first, and then the one that began last. */
export function createWorld(spells: readonly Spell[], { seed, lost }: WorldSettings): World {
  const byAge = spells.toSorted((a, b) => Number("cause" in b.found) - Number("cause" in a.found) || b.from - a.from);
  const spellAt = (domain: string, at: number, isOurs?: boolean): Spell | undefined =>
    byAge.find(
      ({ who, from, to, minutes = 60, ...spell }) =>
        from <= at &&
        at < to &&
        at % HOUR < minutes * MINUTE &&
        spell.isOurs === (isOurs ?? spell.isOurs) &&
        who(domain),
    );
  return {
    look: (domain, at) => {
      if (chance(seed, domain, at) < lost) return { cause: "dns-timeout" };
      return spellAt(domain, at)?.found ?? { condition: "fine" };
    },
    controls: (at) =>
      spells.find(({ from, to, controls }) => controls !== undefined && from <= at && at < to)?.controls ?? "sound",
    truth: (domain, at) => {
      const found = byAge.find(
        ({ who, from, to, isOurs, found: each, minutes }) =>
          !isOurs && minutes === undefined && "condition" in each && from <= at && at < to && who(domain),
      )?.found;
      return found !== undefined && "condition" in found ? found.condition : "fine";
    },
  };
}
