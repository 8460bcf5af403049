import type { Finding, FindingMaker } from "../../core/finding.ts";
import { defineCheck, type JudgeContext } from "../../core/requirement.ts";
import { TLS_VERSIONS, type TlsVersion } from "../../tls/versions.ts";
import { notJudged, OTHER_LOOKS } from "./tls-absence.ts";
import { endpointName, type Gap, gapFinding, gapOf, isHttps, plainVersion, type Visited } from "./tls-endpoint.ts";
import { tlsMessages } from "./tls-messages.ts";

type Make = FindingMaker<typeof tlsMessages>;

/** Clause (b) by its own words, and no profile: RFC 8996 sections 4 and 5, RFC 7568, RFC 6176. */
const MODERN: readonly TlsVersion[] = ["TLSv1.2", "TLSv1.3"];

/** Clause (b): HTTPS with TLS 1.2 or newer, and with nothing else. */
export const versionsCheck = defineCheck(tlsMessages, {
  id: "s27.versions",
  clause: "b",
  needs: ["tls.endpoint"],
  beside: OTHER_LOOKS,
  judge: ({ "tls.endpoint": visit }, context, finding) => {
    const target = endpointName(visit, context.asset);
    if (!isHttps(context.asset)) return [finding("S27_VERSIONS_NOT_HTTPS", { target })];
    if (visit.state === "no-tls") return [finding("S27_TLS_MISSING", { target, detail: visit.detail })];
    if (visit.state !== "visited") return notJudged(visit, context, finding);
    return judgeVersions(visit, context, finding);
  },
});

/** What was found of each version, and what stayed open of those that matter. Success comes last. */
function judgeVersions(visit: Visited, { asset }: JudgeContext, finding: Make): readonly Finding[] {
  const target = endpointName(visit, asset);
  const accepted = TLS_VERSIONS.filter((version) => trialOf(visit, version)?.outcome === "accepted");
  const old = accepted.filter((version) => !MODERN.includes(version));
  const isModern = accepted.some((version) => MODERN.includes(version));
  const open = TLS_VERSIONS.filter((version) => isOpen(visit, version));
  // One modern version is enough; of the old ones each must be known to be refused.
  const gaps = open.filter((version) => !(isModern && MODERN.includes(version))).map((each) => gapAt(visit, each));
  const findings = gaps.map((gap) => gapFinding(target, gap));
  if (old.length > 0) findings.push(finding("S27_VERSION_OLD", { target, versions: old.map(plainVersion).join(", ") }));
  const isWithoutModern = !isModern && !open.some((version) => MODERN.includes(version));
  if (isWithoutModern) findings.push(finding("S27_VERSION_MODERN_MISSING", { target }));
  if (findings.length > 0 || !isModern) return findings;
  return [finding("S27_VERSIONS_MET", { target, versions: accepted.map(plainVersion).join(", ") })];
}

function trialOf({ versions }: Visited, version: TlsVersion) {
  return versions.find((trial) => trial.version === version);
}

/** Neither accepted nor refused, or not tried at all. */
export function isOpen(visit: Visited, version: TlsVersion): boolean {
  const outcome = trialOf(visit, version)?.outcome;
  return outcome !== "accepted" && outcome !== "refused";
}

/** What stayed open of a version, and why. */
export function gapAt(visit: Visited, version: TlsVersion): Gap {
  return gapOf(plainVersion(version), trialOf(visit, version)?.undecided ?? null);
}
