import type { Asset } from "../../core/asset.ts";
import type { Finding } from "../../core/finding.ts";
import { defineCheck } from "../../core/requirement.ts";
import { undecided } from "../../core/unobserved.ts";
import { isForbidden, isNullKey } from "../../mail/dkim/key-state.ts";
import { domainKeyName, otherNamesBelow } from "../../mail/dkim/names.ts";
import { sendingQuestions } from "../../mail/dkim/sending.ts";
import type { DkimObservation } from "../../mail/observations.ts";
import type { Question } from "../../wire/message.ts";
import { ROOT } from "../../wire/name.ts";
import {
  bogusFindings,
  cutOffFinding,
  declaredFindings,
  faultFinding,
  isUsable,
  type MakeDkim,
  proofFinding,
  qualityFindings,
} from "./dkim-findings.ts";
import { dkimMessages } from "./dkim-messages.ts";
import { type DkimView, type SelectorSeen, viewDkim } from "./dkim-view.ts";
import { plainName } from "./dmarc-wording.ts";

/** The replies that judging takes are not all there, or say nothing that can be traced. */
const INCOMPLETE = { cause: "internal", detail: "the observation is incomplete" } as const;

const NOT_THERE = { cause: "asset-not-found", detail: "the domain does not exist" } as const;

/** A root that does not verify says more about our anchors, our clock or our path than about anyone's domain. */
const ROOT_IN_DOUBT = { cause: "internal", detail: "the root zone does not verify with our trust anchors" } as const;

/** Facts 23.17 to 23.22: whether the domain has DKIM, by the strongest evidence there is. */
export const dkimCheck = defineCheck(dkimMessages, {
  id: "s23.dkim",
  clause: "3",
  needs: ["dns.dkim"],
  judge: ({ "dns.dkim": seen }, { asset, at }, finding) => {
    const view = viewDkim(seen, at, asset.kind === "domain" ? asset.sendsMail : undefined);
    const isRootsFault = view.selectors.some(({ state }) => state.kind === "bogus" && state.zone === ROOT);
    if (isRootsFault) return [undecided("S23", plainName(view.domain), ROOT_IN_DOUBT)];
    if (isNotThere(view)) return [undecided("S23", plainName(view.domain), NOT_THERE)];
    const cutOff = cutOffFinding(view, finding);
    const proven = provenFindings(view, seen, finding);
    if (proven.length > 0) return [...cutOff, ...proven];
    return [...cutOff, ...unprovenFindings(view, seen, asset, finding)];
  },
});

/** NXDOMAIN for the domain itself: there is nothing to sign mail for. */
function isNotThere({ domain, classify }: DkimView): boolean {
  const own = classify({ name: domain, type: "TXT" });
  const isAnswered = own.status === "secure" || own.status === "insecure";
  return isAnswered && own.answer === "nxdomain" && own.aliases.length === 0;
}

/** A key that verifies: the strongest evidence for it, and what is not as it should be besides. Empty when there is none. */
function provenFindings(view: DkimView, { reported }: DkimObservation, finding: MakeDkim): readonly Finding[] {
  const domain = plainName(view.domain);
  const usable = view.selectors.filter(isUsable).filter((one) => !hasDeclared(view) || !isGuessed(one));
  const [strongest] = usable;
  if (strongest === undefined) return [];
  const knownBogus = view.selectors.some(({ origin, state }) => state.kind === "bogus" && origin !== "provider");
  return [
    ...(knownBogus ? bogusFindings(view, finding) : []),
    ...forbiddenFindings(view, finding),
    ...qualityFindings(domain, usable, finding),
    ...declaredFindings(view, finding),
    proofFinding(domain, strongest, reported, finding),
  ];
}

/** Whether the inventory names selectors: then a key that nobody named, or a hint at one, does not stand in for theirs. */
function hasDeclared({ selectors }: DkimView): boolean {
  return selectors.some(({ isDeclared }) => isDeclared);
}

/** Keys that receivers must not accept, at selectors that are known: each fails, whatever others there are (fact 23.21). */
function forbiddenFindings({ domain, selectors }: DkimView, finding: MakeDkim): readonly Finding[] {
  return selectors.flatMap((one) =>
    one.state.kind === "faulty" && isForbidden(one.state.fault) && !isGuessed(one)
      ? [faultFinding(plainName(domain), one.selector, one.state.fault, finding)]
      : [],
  );
}

function unprovenFindings(view: DkimView, seen: DkimObservation, asset: Asset, finding: MakeDkim): readonly Finding[] {
  if (view.sending === "silent") return [silentFinding(view, seen, asset, finding)];
  const failing = [...bogusFindings(view, finding), ...forbiddenFindings(view, finding)];
  if (failing.length > 0) return failing;
  const open = view.selectors.filter(({ origin }) => origin !== "provider").flatMap(unanswered);
  if (open.length > 0) return open;
  const deciding = view.selectors.flatMap(({ selector, ...one }) =>
    one.state.kind === "faulty" && isDeciding(one) ? [{ selector, fault: one.state.fault }] : [],
  );
  if (deciding.length > 0) {
    return deciding.map(({ selector, fault }) => faultFinding(plainName(view.domain), selector, fault, finding));
  }
  return hintFindings(view, finding);
}

/**
 * Whether a key that verifies nothing tells that mail is not signed rightly: one that the inventory names, or that belongs to
 * whoever handles the domain's mail. Not what a rotation leaves of a selector in reports, nor a find at a common selector, which
 * may be long out of use.
 */
function isDeciding(one: Omit<SelectorSeen, "selector">): boolean {
  const { isDeclared, origin, state } = one;
  const isLeftover = state.kind === "faulty" && (state.fault.kind === "revoked" || state.fault.kind === "alias");
  return !isGuessed(one) && (isDeclared || origin !== "reported" || !isLeftover);
}

/** At a common selector that nobody named and no provider is known for. */
function isGuessed({ origin, provider }: Pick<SelectorSeen, "origin" | "provider">): boolean {
  return origin === "provider" && provider === null;
}

/** A domain that sends nothing (fact 23.22). */
function silentFinding(view: DkimView, { randomSelector }: DkimObservation, asset: Asset, finding: MakeDkim): Finding {
  const domain = plainName(view.domain);
  const nullKey = isNullKey(randomSelector, view.classify);
  if (nullKey === true) return finding("S23_DKIM_NULL_KEY", { domain });
  const gap = nullKey === "unknown" ? gapAt({ name: randomSelector, type: "TXT" }, view) : null;
  if (gap !== null) return gap;
  return finding(asset.strict === true ? "S23_DKIM_REQUIRED" : "S23_DKIM_NOT_SENDING", { domain });
}

/** No key was found: what `_domainkey` itself tells (facts 23.18 to 23.20). */
function hintFindings(view: DkimView, finding: MakeDkim): readonly Finding[] {
  const { below, sending, source, selectors } = view;
  const domain = plainName(view.domain);
  // A key that verifies nothing is something below the name, too, and no hint at another.
  const isExplained = selectors.some(({ state }) => state.kind === "faulty");
  if (below.kind === "something" && !isExplained && !hasDeclared(view)) {
    return [finding("S23_DKIM_SELECTOR_WANTED", { domain }), finding("S23_DKIM_HINT", { domain, grade: "E" })];
  }
  if (below.kind === "nothing" && sending === "sends") {
    const missing =
      below.by === "signatures"
        ? finding("S23_DKIM_MISSING", { domain, source, zone: plainName(below.zone) })
        : finding("S23_DKIM_MISSING_UNSIGNED", {
            ...{ domain, source, servers: below.servers },
            control: plainName(below.control),
          });
    return [...declaredFindings(view, finding), missing];
  }
  const gaps = gapsOf(view);
  return gaps.length > 0 ? [...declaredFindings(view, finding), ...gaps] : openFindings(view, finding);
}

/** What was not answered and could have decided: the first of it. */
function gapsOf(view: DkimView): readonly Finding[] {
  const guesses = view.selectors.flatMap(unanswered);
  const name = domainKeyName(view.domain);
  const isOpen = view.below.kind === "unknown" && view.below.why === "unanswered";
  const names = isOpen && name !== null ? [name, ...otherNamesBelow(view.domain)] : [];
  const below = names.flatMap((each) => gapAt({ name: each, type: "TXT" }, view) ?? []);
  const sending =
    view.sending === "unanswered"
      ? sendingQuestions(view.domain).flatMap((question) => gapAt(question, view) ?? [])
      : [];
  return [...guesses, ...below, ...sending].slice(0, 1);
}

/** Everything was answered, and decides nothing. */
function openFindings(view: DkimView, finding: MakeDkim): readonly Finding[] {
  const { sending, below, selectors } = view;
  const about = { domain: plainName(view.domain), hint: below.kind === "unknown" ? below.why : below.kind };
  const beside = declaredFindings(view, finding);
  if (sending === "undeclared") return [...beside, finding("S23_DKIM_SENDING_UNDECLARED", about)];
  if (sending === "contradicted") return [...beside, finding("S23_DKIM_SENDING_CONTRADICTED", about)];
  if (below.kind === "nothing") return [...beside, finding("S23_DKIM_SENDING_UNKNOWN", about)];
  const gone = selectors.filter(({ isDeclared, state }) => isDeclared && state.kind === "absent");
  if (gone.length > 0) return gone.map(({ selector }) => finding("S23_DKIM_DECLARED_MISSING", { ...about, selector }));
  return [finding("S23_DKIM_UNKNOWN", { ...about, tried: selectors.length })];
}

function unanswered({ state, name }: SelectorSeen): readonly Finding[] {
  return state.kind === "unknown" ? [undecided("S23", `${plainName(name)} TXT`, state)] : [];
}

/** Why a question has no answer; null when it has one, or one that does not validate. */
function gapAt(question: Question, { classify }: DkimView): Finding | null {
  const classification = classify(question);
  const target = `${plainName(question.name)} ${question.type}`;
  if (classification.status === "indeterminate") return undecided("S23", target, classification);
  return classification.status === "need" ? undecided("S23", target, INCOMPLETE) : null;
}
