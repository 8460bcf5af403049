import type { SuiteTrial } from "../../tls/observations.ts";
import type { TlsProfile } from "../../tls/profile.ts";
import { gradeOf } from "../../tls/profile-grade.ts";
import { type Facts, joinFacts, settingFact } from "./profile-facts.ts";
import { gapOf, plainVersion, type Visited } from "./tls-endpoint.ts";

const NOT_TOLD = { cause: "protocol-error", detail: "it could not be told whose order rules" } as const;

/**
 * Whether the server puts suites that the profile calls good or sufficient before all others, at each version. Where it takes no
 * others, order does not matter.
 */
export function preferenceFacts({ suites }: Visited, profile: TlsProfile): Facts {
  const parts = suites.map((trial): Facts => {
    const state = preferenceOf(trial, profile);
    const where = plainVersion(trial.version);
    if (state === "unknown") return { seen: [], gaps: [gapOf(`${where} preference`, NOT_TOLD)] };
    return settingFact("preference", state, where);
  });
  return joinFacts(parts);
}

function preferenceOf({ accepted, preference }: SuiteTrial, profile: TlsProfile) {
  // `accepted` is in the order of the server's choice, which is its own order where that rules.
  const isWanted = accepted.map((suite) => {
    const { grade } = gradeOf(profile, { kind: "suite", suite });
    return grade === "good" || grade === "sufficient";
  });
  if (accepted.length < 2 || isWanted.every(Boolean) || !isWanted.includes(true)) return "not-needed";
  if (preference === "unknown") return "unknown";
  const isInOrder = isWanted.lastIndexOf(true) < isWanted.indexOf(false);
  return preference === "server" && isInOrder ? "enforced" : "not-enforced";
}
