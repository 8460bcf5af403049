import type { Finding, FindingMaker } from "../../core/finding.ts";
import type { JudgeContext } from "../../core/requirement.ts";
import type { TlsVisit } from "../../tls/observations.ts";
import { endpointName, type Visited } from "./tls-endpoint.ts";
import type { tlsMessages } from "./tls-messages.ts";

type Unvisited = Exclude<TlsVisit, Visited>;

/** Why there is nothing to judge, as the codes that terms have names for. */
function reasonOf(visit: Unvisited): string {
  return visit.state === "nothing-to-visit" ? `nothing: ${visit.why}` : `nothing: ${visit.state}`;
}

/** What a check says where there is no TLS server to judge: what is missing there is the head clause's to say. */
export function notJudged(
  visit: Unvisited,
  { asset }: JudgeContext,
  finding: FindingMaker<typeof tlsMessages>,
): readonly Finding[] {
  const detail = visit.state === "no-tls" ? visit.detail : "";
  return [finding("S27_TLS_NOT_JUDGED", { target: endpointName(visit, asset), why: reasonOf(visit), detail })];
}
