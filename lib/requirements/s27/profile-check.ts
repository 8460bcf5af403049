import { profileOf } from "../../../data/tls-profiles/index.ts";
import type { Finding, FindingMaker } from "../../core/finding.ts";
import { defineCheck, type JudgeContext } from "../../core/requirement.ts";
import { undecided } from "../../core/unobserved.ts";
import type { TlsProfile } from "../../tls/profile.ts";
import { certificateFacts } from "./profile-chain-facts.ts";
import { type Facts, handshakeFacts, joinFacts } from "./profile-facts.ts";
import { type About, gradeFacts, type GradedFact, gradeFindings, profileEvidence } from "./profile-findings.ts";
import { preferenceFacts } from "./profile-preference.ts";
import { notJudged, OTHER_LOOKS } from "./tls-absence.ts";
import {
  boundedList,
  endpointName,
  gapFinding,
  hasImplicitTls,
  isHttps,
  isMailRelay,
  plainVersion,
  shortList,
  type Visited,
} from "./tls-endpoint.ts";
import { tlsMessages } from "./tls-messages.ts";

type Make = FindingMaker<typeof tlsMessages>;

/** What will be asked next: it stands beside the profile in force and never fails anything. */
const OVERLAY = profileOf("ncsc-nl-2025-05");

/** Clause (c): every fact of the endpoint by the profile in force. It passes only where all of them were observed. */
export const profileCheck = defineCheck(tlsMessages, {
  id: "s27.profile",
  clause: "c",
  needs: ["tls.endpoint"],
  beside: OTHER_LOOKS,
  judge: ({ "tls.endpoint": visit }, context, finding) => {
    const target = endpointName(visit, context.asset);
    if (visit.state === "visited") return judgeProfile(visit, context, finding);
    if (visit.state === "not-here") {
      if (visit.why === "silent") return [finding("S27_TLS_IPV6_SILENT", { target })];
      return [finding("S27_TLS_NOT_SEEN_HERE", { target, family: visit.family })];
    }
    const isMissing = visit.state === "no-tls" && !isHttps(context.asset) && hasImplicitTls(context.asset);
    return isMissing
      ? [finding("S27_TLS_MISSING", { target, detail: visit.detail })]
      : notJudged(visit, context, finding);
  },
});

/** Facts, then gaps, then what the profile says of them; success is the last line. */
function judgeProfile(visit: Visited, { asset, at, profile }: JudgeContext, finding: Make): readonly Finding[] {
  const target = endpointName(visit, asset);
  const common = joinFacts([handshakeFacts(visit), certificateFacts(visit, at)]);
  const { seen, gaps } = withPreference(common, visit, profile);
  const graded = gradeFacts(profile, seen);
  const about = { target, profile, isAside: isMailRelay(asset) };
  const fails = gradeFindings(graded, "fail", about, finding);
  const open = gaps.map((gap) => gapFinding(target, gap));
  const aside = [
    ...caveat(about, finding),
    ...gradeFindings(graded, "warn", about, finding),
    ...advice(common, visit, graded, about, finding),
  ];
  if (about.isAside) return [finding("S27_PROFILE_MAIL_RELAY", { target }), ...fails, ...aside];
  const blocked = [...fails, ...open, ...withoutForce(graded, about)];
  if (blocked.length > 0 || !graded.some(({ fact }) => fact.kind === "suite")) return [...blocked, ...aside];
  return [...aside, met(visit, graded, about, finding)];
}

function withPreference(common: Facts, visit: Visited, profile: TlsProfile): Facts {
  return joinFacts([common, preferenceFacts(visit, profile)]);
}

/** Decision 3: once per endpoint, whatever came out, in the profile's own words. */
function caveat({ target, profile }: About, finding: Make): readonly Finding[] {
  if (!profile.isInferred) return [];
  return [finding("S27_PROFILE_INFERRED", { target, ...profileEvidence(profile), caveat: `caveat: ${profile.id}` })];
}

/** An advisory profile fails nothing, so what it objects to leaves clause (c) open where it is the one in force. */
function withoutForce(graded: readonly GradedFact[], { target, profile }: About): readonly Finding[] {
  const objections = graded.filter(({ grade }) => grade.verdict !== "pass");
  if (!profile.isAdvisory || objections.length === 0) return [];
  const named = shortList(objections.map(({ value }) => value));
  const detail = `the profile ${profile.id} gives advice only and objects to ${named}`;
  return [undecided("S27", target, { cause: "tool-limit", detail })];
}

/** What would fall by the overlay and does not fail already: one finding. */
function advice(
  common: Facts,
  visit: Visited,
  inForce: readonly GradedFact[],
  { target, profile }: About,
  finding: Make,
): readonly Finding[] {
  if (OVERLAY === null || OVERLAY.id === profile.id) return [];
  const failed = new Set(inForce.filter(({ grade }) => grade.verdict === "fail").map(({ value }) => value));
  const { seen } = withPreference(common, visit, OVERLAY);
  const fallen = gradeFacts(OVERLAY, seen).filter(({ grade, value }) => grade.verdict !== "pass" && !failed.has(value));
  const values = [...new Set(fallen.map(({ value }) => value))];
  const [first] = values;
  if (first === undefined) return [];
  const evidence = {
    target,
    ...profileEvidence(OVERLAY),
    count: values.length,
    value: first,
    values: boundedList(values),
  };
  return [finding("S27_PROFILE_ADVICE", evidence)];
}

function met(visit: Visited, graded: readonly GradedFact[], { target, profile }: About, finding: Make): Finding {
  const versions = visit.versions.flatMap(({ version, outcome }) =>
    outcome === "accepted" ? [plainVersion(version)] : [],
  );
  const suites = new Set(graded.flatMap(({ fact }) => (fact.kind === "suite" ? [fact.suite] : [])));
  const untried = [
    ...(visit.clientRenegotiation === "not-tried" ? ["client-renegotiation"] : []),
    ...(visit.earlyData === "not-tried" ? ["early-data"] : []),
  ];
  const evidence = { target, ...profileEvidence(profile), versions: versions.join(", "), suites: suites.size, untried };
  return finding("S27_PROFILE_MET", evidence);
}
