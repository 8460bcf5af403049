import type { Finding, FindingMaker } from "../../core/finding.ts";
import type { JudgeContext } from "../../core/requirement.ts";
import { undecided } from "../../core/unobserved.ts";
import type { TlsVisit } from "../../tls/observations.ts";
import { isTlsElsewhere, REFUSED_HERE } from "./other-looks.ts";
import { endpointName, type Visited } from "./tls-endpoint.ts";
import type { tlsMessages } from "./tls-messages.ts";

type Unvisited = Exclude<TlsVisit, Visited>;

/** Why there is nothing to judge, as the codes that terms have names for. */
function reasonOf(visit: Unvisited): string {
  return visit.state === "nothing-to-visit" ? `nothing: ${visit.why}` : `nothing: ${visit.state}`;
}

/** What TLS checks look at besides, so that no port counts as shut at which somebody else answered. */
export const OTHER_LOOKS = ["web.visit", "service.visit"] as const;

/** What a check says where there is no TLS server to judge: what is missing there is the head clause's to say. */
export function notJudged(
  visit: Unvisited,
  { asset, beside = [] }: JudgeContext,
  finding: FindingMaker<typeof tlsMessages>,
): readonly Finding[] {
  const target = endpointName(visit, asset);
  if (visit.state === "closed" && isTlsElsewhere(beside, visit)) return [undecided("S27", target, REFUSED_HERE)];
  const detail = visit.state === "no-tls" ? visit.detail : "";
  return [finding("S27_TLS_NOT_JUDGED", { target, why: reasonOf(visit), detail })];
}
