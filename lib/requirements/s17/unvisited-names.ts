import type { Finding, FindingMaker } from "../../core/finding.ts";
import { undecided } from "../../core/unobserved.ts";
import type { NameFacts, NamesObservation } from "../../web/observations.ts";
import type { messages } from "./messages.ts";

/** There is somewhere to go, and nobody went. */
const LOST = { cause: "internal", detail: "the name has addresses, and there is no visit of any" } as const;

/**
 * Fact 17.2 of the names that were not visited: nothing for one that DNS says has neither address nor HTTPS record, else why that
 * is not known. `targets`: of all visits, those included of which nothing was seen.
 */
export function unvisitedNames(
  { names }: NamesObservation,
  targets: readonly string[],
  finding: FindingMaker<typeof messages>,
): readonly Finding[] {
  return names
    .filter(({ host }) => !targets.some((target) => isOf(target, host)))
    .flatMap((facts) => of(facts, finding));
}

function of(
  { host, addresses, hasHttpsRecord }: NameFacts,
  finding: FindingMaker<typeof messages>,
): readonly Finding[] {
  if (addresses.state === "unobserved") return [undecided("S17", host, addresses)];
  if (addresses.value.length > 0) return [undecided("S17", host, LOST)];
  if (hasHttpsRecord.state === "unobserved") return [undecided("S17", `${host} HTTPS`, hasHttpsRecord)];
  return hasHttpsRecord.value ? [finding("S17_HTTPS_RECORD_ALONE", { host })] : [];
}

/** The forms of lib/web/target-text.ts, and the bare name where its addresses were not told. */
function isOf(target: string, host: string): boolean {
  return target === host || target === `[${host}]` || target.startsWith(`${host} [`);
}
