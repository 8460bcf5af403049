import type { Finding, FindingMaker } from "../../core/finding.ts";
import type { ChainObservation } from "../../dnssec/observations.ts";
import type { ChainView } from "./chain-view.ts";
import type { messages } from "./messages.ts";
import { plainList, plainName } from "../wording.ts";

/** How many validating resolvers must agree against us. */
const AGAINST_US = 2;

/**
 * Doubts about ourselves: what validating resolvers made of the domain when they were allowed to check. If they reject what
 * we find valid, we do not know; if they accept what we find broken, our verdict stands and the operator is told.
 */
export function crossCheckFindings(
  { crossCheck }: ChainObservation,
  { domain, walk, own }: ChainView,
  judged: readonly Finding[],
  finding: FindingMaker<typeof messages>,
): readonly Finding[] {
  const holding = (opinion: string): readonly string[] =>
    crossCheck.filter((one) => one.opinion === opinion).map(({ resolver }) => resolver);
  const [rejecting, accepting] = [holding("bogus"), holding("secure")];
  const name = plainName(domain);
  const weAccept = judged.some(({ tag }) => tag === "S18_SECURE");
  const soa = own.find(({ question }) => question.name === domain && question.type === "SOA")?.classification;
  const weReject = walk.status === "bogus" || soa?.status === "bogus";
  if (weAccept && rejecting.length >= AGAINST_US && accepting.length === 0) {
    return [finding("S18_CROSS_CHECK_BOGUS", { domain: name, resolvers: plainList(rejecting) })];
  }
  if (weReject && accepting.length >= AGAINST_US && rejecting.length === 0) {
    return [finding("S18_CROSS_CHECK_SECURE", { domain: name, resolvers: plainList(accepting) })];
  }
  return [];
}
