import type { Cause } from "../../lib/core/cause.ts";
import type { Judgement, Look } from "../../lib/core/look.ts";
import type { AssetState, Candidate } from "../../lib/core/state.ts";
import type { Transition, TransitionKind } from "../../lib/core/transition.ts";
import type { Verdict } from "../../lib/core/verdict.ts";

/** What the model tells of a transition: all but whose it is, its number and how it is sealed. */
export type Told = Omit<Transition, "municipality" | "requirement" | "asset" | "number" | "previous" | "hash">;

/** What the model says is remembered, in the terms of the state. */
export type Remembered = Omit<
  AssetState,
  "municipality" | "requirement" | "asset" | "revision" | "slot" | "last" | "link" | "outbox"
>;

/**
 * A second telling of how looks are remembered, to hold `reduce` against. It keeps whole looks in lists and asks them,
 * instead of copying what matters of them into one flat state; it knows nothing of revisions, stores or seals.
 */
export class Model {
  readonly told: Told[] = [];
  /** The look (or the old one judged again) that the confirmed verdict rests on. */
  shown: Look | null = null;
  warnings: readonly string[] = [];
  /** Looks running that show the same other verdict. */
  run: Look[] = [];
  /** Looks running without an answer. */
  silence: Look[] = [];
  since = "";
  /** When the latest look with an answer was made. */
  answeredAt: string | null = null;
  /** Position in `told`, from 1, of the regression that is open. */
  open: number | null = null;

  readonly confirmAfter: number;
  readonly expires: number;

  constructor(confirmAfter: number, expires = Number.POSITIVE_INFINITY) {
    this.confirmAfter = confirmAfter;
    this.expires = expires;
  }

  take(look: Look): void {
    if (isSilent(look)) this.hear(look);
    else this.see(look);
  }

  remembered(): Remembered {
    const { shown, run, silence, since, warnings, open: openRegression } = this;
    const [first, last] = [run[0], run.at(-1)];
    const [quiet, quietest] = [silence[0], silence.at(-1)];
    if (shown === null) throw new Error("no look was taken");
    const { verdict, cause, deciding, rules, evidence, judgement, observedAt: evidenceAt } = shown;
    return {
      ...{ verdict, cause, since, deciding, warnings, rules, evidence, judgement, evidenceAt, openRegression },
      observedAt: this.answeredAt,
      unanswered:
        quiet === undefined
          ? null
          : { since: quiet.observedAt, cause: quietest?.cause ?? "internal", looks: silence.length },
      candidate: first === undefined || last === undefined ? null : { ...asCandidate(first, last), looks: run.length },
      newWarnings: this.answeredAt === null || same(shown.warnings, warnings) ? null : shown.warnings,
    };
  }

  private hear(look: Look): void {
    this.silence.push(look);
    if (this.shown === null) this.tell("baseline", look, look);
    else if (this.answeredAt === null) this.shown = look;
  }

  private see(look: Look): void {
    this.silence = [];
    const isFirst = this.answeredAt === null;
    this.answeredAt = look.observedAt;
    const areRulesKnown = isFirst || this.applyRules(look);
    if (isFirst) this.tell("baseline", look, look);
    else if (look.verdict === this.shown?.verdict) this.seeAgain(look);
    else this.seeOther(look, areRulesKnown);
  }

  private seeOther(look: Look, areRulesKnown: boolean): void {
    const [start] = this.run;
    const continues = start?.verdict === look.verdict && start.observedAt <= look.observedAt;
    if (!continues || this.isTooOld(start, look)) this.run = [];
    this.run.push(look);
    const [first = look] = this.run;
    const isSecond =
      this.run.length > 1 && Date.parse(first.observedAt) + this.confirmAfter <= Date.parse(look.observedAt);
    if (isSecond || look.isCertain) this.tell(areRulesKnown ? this.kindOf(look.verdict) : "rule-change", look, first);
  }

  private isTooOld(start: Look, look: Look): boolean {
    return Date.parse(look.observedAt) - this.expires > Date.parse(start.observedAt) + this.confirmAfter;
  }

  /** Whether it is known what the look's rules, if they are others, make of what was shown before. */
  private applyRules(look: Look): boolean {
    const { shown } = this;
    if (shown === null || shown.rules === look.rules) return true;
    if (look.rejudged === null || isSilent(look.rejudged)) return false;
    const again: Look = { ...shown, ...look.rejudged, rules: look.rules };
    if (again.verdict !== shown.verdict) {
      this.tell("rule-change", again, look, look);
    } else {
      const wasSettled = same(shown.warnings, this.warnings);
      if (wasSettled) this.warnings = again.warnings;
      this.shown = { ...again, warnings: wasSettled ? again.warnings : shown.warnings };
    }
    return true;
  }

  private seeAgain(look: Look): void {
    this.run = [];
    const isSettled = same(look.warnings, this.shown?.warnings ?? []);
    this.shown = look;
    if (!isSettled) return;
    const appeared = look.warnings.filter((tag) => !this.warnings.includes(tag));
    this.warnings = look.warnings;
    if (appeared.length > 0) this.push("change", look, look, look, appeared);
  }

  private kindOf(to: Verdict): TransitionKind {
    if (to === "fail") return "regression";
    return this.shown?.verdict === "fail" && ["pass", "attested", "not-applicable"].includes(to)
      ? "recovery"
      : "change";
  }

  /** Tells that `rest` is what the verdict now rests on; `first` showed it first and `by` settled it. */
  private tell(kind: TransitionKind, rest: Look, first: Look, by: Look = rest): void {
    this.push(kind, rest, first, by, []);
    this.open = kind === "regression" ? this.told.length : null;
    this.shown = rest;
    this.warnings = rest.warnings;
    this.since = first.observedAt;
    this.run = [];
  }

  private push(kind: TransitionKind, rest: Look, first: Look, by: Look, appeared: readonly string[]): void {
    const { verdict: to, cause, deciding, rules, evidence, judgement } = rest;
    this.told.push({
      ...{ kind, from: this.told.at(-1)?.to ?? null, to, cause, deciding, rules, evidence, judgement, appeared },
      ...{ since: first.observedAt, firstSlot: first.slot, confirmedAt: by.observedAt, slot: by.slot },
      ...{ evidenceAt: rest.observedAt, closes: to === "fail" ? null : this.open },
    });
  }
}

function asCandidate(first: Look, last: Look): Omit<Candidate, "looks"> {
  const { verdict, cause, deciding } = last;
  return { verdict, cause, deciding, slot: first.slot, since: first.observedAt };
}

const RECORDED_FACTS: readonly (Cause | null)[] = ["attestation-expired", "no-attestation"];

function isSilent({ verdict, cause }: Judgement): boolean {
  return verdict === "indeterminate" && !RECORDED_FACTS.includes(cause);
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.join() === b.join();
}
