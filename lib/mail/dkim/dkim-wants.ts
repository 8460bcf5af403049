import type { Wants } from "../../dnssec/domain-validator.ts";
import type { Lookup } from "../../dnssec/lookup.ts";
import type { Question } from "../../wire/message.ts";
import type { DkimObservation, ReportedSelector } from "../observations.ts";
import { heard } from "../reading.ts";
import { type Control, controlsOf, domainKeyName, nameBelow, otherNamesBelow, possibleOrganisations } from "./names.ts";
import { isGuessing, type KnownSelectors, selectorQuestions, selectorsToTry } from "./selectors-to-try.ts";

const DAY = 86_400_000;
/** How long a report counts: receivers report daily, and a municipality's domain may rest for a holiday. */
export const REPORT_DAYS = 62;
/** Reported selectors that are looked for, the latest first. */
const MAX_REPORTED = 12;

/** What a domain's keys are looked for with. */
export type DkimSubject = KnownSelectors & Pick<DkimObservation, "randomSibling" | "randomSelector">;

/** Selectors that reports have shown to pass lately, the latest first. `at`: epoch milliseconds. */
export function recentlyReported(reported: readonly ReportedSelector[], at: number): readonly ReportedSelector[] {
  return reported
    .filter(({ passed, lastDay }) => passed > 0 && Date.parse(lastDay) >= at - REPORT_DAYS * DAY)
    .toSorted((a, b) => b.lastDay.localeCompare(a.lastDay) || a.selector.localeCompare(b.selector))
    .slice(0, MAX_REPORTED);
}

/**
 * What judging DKIM takes: MX and SPF (who sends), DMARC (whether it rejects), the selectors, and the names that tell whether
 * anything can be below `_domainkey`. Where that seems to be nothing, names that show how such questions are answered, too; where
 * it seems to be something that no selector explains, names that are there for other reasons.
 */
export function dkimWants(subject: DkimSubject): Wants {
  const { domain, randomSibling, randomSelector } = subject;
  const below = domainKeyName(domain);
  return (lookup) => {
    const names = [...(below === null ? [] : [below]), randomSibling, randomSelector];
    const questions = [
      { name: domain, type: "MX" },
      { name: domain, type: "TXT" },
      ...dmarcQuestions(subject, lookup),
      ...names.map((name) => ({ name, type: "TXT" })),
      ...selectorQuestions(selectorsToTry(subject, lookup), domain),
      ...controlQuestions(subject, lookup),
      ...otherDataQuestions(subject, lookup),
    ];
    return { zones: [], wanted: questions.flatMap((question) => heard(question, lookup).questions) };
  };
}

/** The domain's own record and, when it has none, those that its organisation could have. */
function dmarcQuestions({ domain }: DkimSubject, lookup: Lookup): readonly Question[] {
  const ofName = (at: typeof domain): readonly Question[] => {
    const name = nameBelow("_dmarc", at);
    return name === null ? [] : [{ name, type: "TXT" }];
  };
  const own = ofName(domain);
  const isMissing = own.every((question) => ["nothing", "no-name"].includes(heard(question, lookup).state));
  return isMissing ? [...own, ...possibleOrganisations(domain).flatMap(ofName)] : own;
}

/** Asked where `_domainkey` is said not to exist and nobody's word for it is signed yet: it costs little, and rarely happens. */
function controlQuestions({ domain }: DkimSubject, lookup: Lookup): readonly Question[] {
  return isSaidToBeMissing(domain, lookup) ? controlsOf(domain).map(({ child }) => child) : [];
}

/** Asked where no named selector has a key and `_domainkey` is there all the same: it may be for the sake of something else. */
function otherDataQuestions(subject: DkimSubject, lookup: Lookup): readonly Question[] {
  const name = domainKeyName(subject.domain);
  const isThere = name !== null && heard({ name, type: "TXT" }, lookup).state === "nothing";
  if (!isThere || !isGuessing(subject, lookup)) return [];
  return otherNamesBelow(subject.domain).map((each) => ({ name: each, type: "TXT" }));
}

/** Whether the reply about `_domainkey` itself was NXDOMAIN, whatever it is worth. */
export function isSaidToBeMissing(domain: DkimObservation["domain"], lookup: Lookup): boolean {
  const name = domainKeyName(domain);
  if (name === null) return false;
  const below = heard({ name, type: "TXT" }, lookup);
  return below.state === "no-name" && below.name === name;
}

/** Names that exist only because something was heard of below them. */
export function knownControls(domain: DkimObservation["domain"], lookup: Lookup): readonly Control[] {
  const found = controlsOf(domain).filter(({ child }) => heard(child, lookup).state === "records");
  return [...new Map(found.map((control) => [control.name, control])).values()];
}
