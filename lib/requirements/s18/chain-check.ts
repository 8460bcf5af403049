import type { Finding, FindingMaker } from "../../core/finding.ts";
import { defineCheck } from "../../core/requirement.ts";
import { undecided } from "../../core/unobserved.ts";
import { indexBook, type Lookup } from "../../dnssec/lookup.ts";
import type { ChainObservation } from "../../dnssec/observations.ts";
import type { ZoneStep } from "../../dnssec/zone-walk.ts";
import type { Question, Reply } from "../../wire/message.ts";
import { isAtOrBelow, type Name, ROOT } from "../../wire/name.ts";
import { bogusFindings, entryFinding, type Fault } from "./bogus-findings.ts";
import { type ChainView, type Classified, isProtected, viewChain } from "./chain-view.ts";
import { crossCheckFindings } from "./cross-check.ts";
import { insecureFinding } from "./insecure-findings.ts";
import { messages } from "./messages.ts";
import { nameFindings } from "./name-findings.ts";
import { expiryFindings, keyFindings, nsec3Findings } from "./strength-findings.ts";
import { plainList, plainName, plainTime } from "../wording.ts";

type Make = FindingMaker<typeof messages>;

/** The book lacks replies that validating needs: the visit was cut short, or a bound on it was reached. */
const INCOMPLETE = { cause: "internal", detail: "the observation is incomplete" } as const;

/** Nothing is wrong with the domain's own zone, and yet not every answer about the domain is protected. */
const UNPROVEN = { cause: "internal", detail: "an answer about the domain could not be traced to its zone" } as const;

/** A root that does not verify says more about our anchors, our clock or our path than about anyone's domain. */
const ROOT_IN_DOUBT = { cause: "internal", detail: "the root zone does not verify with our trust anchors" } as const;

/** Facts 18.1 to 18.7 as resolvers hand the domain out: the chain from the root, the domain's own data and its denials. */
export const chainCheck = defineCheck(messages, {
  id: "s18.chain",
  clause: "1",
  needs: ["dns.chain"],
  judge: ({ "dns.chain": chain }, { at }, finding) => {
    const view = viewChain(chain, at);
    const judged = judgeChain(view, chain, at, finding);
    return [...judged, ...sourceFindings(chain, finding), ...crossCheckFindings(chain, view, judged, finding)];
  },
});

/** Sources whose data did not hold, where another's did. */
function sourceFindings({ domain, source, discarded }: ChainObservation, finding: Make): readonly Finding[] {
  if (discarded.length === 0) return [];
  return [finding("S18_SOURCE_DISCARDED", { domain: plainName(domain), discarded: plainList(discarded), source })];
}

function judgeChain(view: ChainView, chain: ChainObservation, at: number, finding: Make): readonly Finding[] {
  const lookup = indexBook(chain.book);
  const absent = notRegistered(view, finding);
  if (absent !== null) return [absent];
  const { walk, domain } = view;
  const last = walk.steps.at(-1);
  if (walk.status === "need" || last === undefined) {
    const gap = walk.failure?.status === "indeterminate" ? walk.failure : INCOMPLETE;
    return [undecided("S18", plainName(domain), gap)];
  }
  const parentZone = walk.steps.at(-2)?.zone ?? ROOT;
  if (last.status === "insecure") {
    const keys = replyTo(lookup, { name: domain, type: "DNSKEY" });
    return [insecureFinding(last, { domain, parentZone, keys }, finding)];
  }
  if (last.failure !== null) return [brokenChain(last, parentZone, domain, lookup, finding)];
  return judgeData(view, last, parentZone, { lookup, at, finding });
}

/** NXDOMAIN, proven or heard from above an unsigned or opt-out cut: there is nothing to sign (requirements, edge 8). */
function notRegistered({ domain, own }: ChainView, finding: Make): Finding | null {
  const soa = own.find(({ question }) => question.name === domain && question.type === "SOA")?.classification;
  if (soa?.status !== "secure" && soa?.status !== "insecure") return null;
  if (soa.answer !== "nxdomain" || soa.aliases.length > 0) return null;
  return finding("S18_NOT_REGISTERED", { domain: plainName(domain), parent: plainName(soa.zone) });
}

/** The chain breaks before it reaches the domain's data. */
function brokenChain(step: ZoneStep, parentZone: Name, domain: Name, lookup: Lookup, finding: Make): Finding {
  const { failure } = step;
  if (failure?.status !== "bogus") {
    return undecided("S18", plainName(domain), failure ?? INCOMPLETE);
  }
  if (failure.zone === ROOT) return undecided("S18", plainName(domain), ROOT_IN_DOUBT);
  if (failure.zone !== domain) {
    const { zone, reason } = failure;
    return finding("S18_PARENT_BOGUS", { domain: plainName(domain), zone: plainName(zone), reason });
  }
  const entry = entryFinding(step, failure, parentZone, finding);
  const [fault] = bogusFindings([failure], (question) => replyTo(lookup, question), finding);
  return entry ?? fault ?? undecided("S18", plainName(domain), { cause: "internal", detail: failure.detail });
}

/** The chain holds: judges the domain's own records, then what its keys and denials are worth. Success comes last. */
function judgeData(
  view: ChainView,
  step: ZoneStep,
  parentZone: Name,
  { lookup, at, finding }: { readonly lookup: Lookup; readonly at: number; readonly finding: Make },
): readonly Finding[] {
  const { domain, own, below } = view;
  const { zone } = step;
  const seconds = Math.floor(at / 1000);
  const inZone = [...own, ...below.filter((one) => isOfZone(one, view))];
  const faults = inZone.flatMap(({ classification }): readonly Fault[] =>
    classification.status === "bogus" && classification.zone === zone ? [classification] : [],
  );
  const signatures = own.flatMap(({ classification }) =>
    classification.status === "secure" ? classification.signatures : [],
  );
  const ownSignatures = [...signatures, ...step.signatures].filter((signature) => signature.zone === zone);
  const open = own.flatMap((one) => unanswered(one));
  const found = [
    ...bogusFindings(faults, (question) => replyTo(lookup, question), finding),
    ...open,
    ...keyFindings(step, parentZone, finding),
    ...nsec3Findings(inZone, zone, finding),
    ...expiryFindings(ownSignatures, zone, seconds, finding),
    ...nameFindings(
      [...own.filter(({ classification }) => classification.aliases.length > 0), ...below],
      domain,
      finding,
    ),
  ];
  const isProven = faults.length === 0 && own.every(isProtected) && ownSignatures.length > 0;
  if (!isProven) {
    // What is not proven right has to be said, or the name servers' check alone would decide.
    const isSaid = faults.length + open.length > 0;
    return isSaid ? found : [...found, undecided("S18", plainName(domain), UNPROVEN)];
  }
  const expires = plainTime(Math.min(...ownSignatures.map(({ expiration }) => expiration)));
  return [...found, finding("S18_SECURE", { domain: plainName(domain), zone: plainName(zone), expires })];
}

/** Whether a name below lies in the domain's own zone, and not in one that is delegated from it. */
function isOfZone({ question }: Classified, { children }: ChainView): boolean {
  return !children.some(({ zone }) => isAtOrBelow(question.name, zone));
}

/** A question about the domain itself that got no usable answer, and has no alias to blame. */
function unanswered({ question, classification }: Classified): readonly Finding[] {
  if (classification.aliases.length > 0) return [];
  const target = `${plainName(question.name)} ${question.type}`;
  if (classification.status === "indeterminate") return [undecided("S18", target, classification)];
  if (classification.status !== "need") return [];
  return [undecided("S18", target, INCOMPLETE)];
}

function replyTo(lookup: Lookup, question: Question): Reply | null {
  const heard = lookup(question);
  return heard?.state === "observed" ? heard.value : null;
}
