import type { Finding, FindingMaker } from "../../core/finding.ts";
import { type Fault, isForbidden } from "../../mail/dkim/key-state.ts";
import type { ReportedSelector } from "../../mail/observations.ts";
import type { dkimMessages } from "./dkim-messages.ts";
import type { DkimProblem } from "./dkim-terms.ts";
import type { DkimView, SelectorSeen } from "./dkim-view.ts";
import { plainName } from "./dmarc-wording.ts";

export type MakeDkim = FindingMaker<typeof dkimMessages>;

/** RFC 8301 section 3.2: signers SHOULD use at least so much, and verifiers need not manage more than that. */
const RECOMMENDED_RSA_BITS = 2_048;
const LARGEST_COMMON_RSA_BITS = 4_096;

export type Usable = SelectorSeen & { readonly state: Extract<SelectorSeen["state"], { readonly kind: "usable" }> };

export function isUsable(seen: SelectorSeen): seen is Usable {
  return seen.state.kind === "usable";
}

/** That there is a key, with the grade of what shows it: the first usable selector's, which is the strongest. */
export function proofFinding(
  domain: string,
  { selector, origin, provider, state }: Usable,
  reported: readonly ReportedSelector[],
  finding: MakeDkim,
): Finding {
  const about = { domain, selector, keyType: state.key.type, bits: state.key.type === "rsa" ? state.key.bits : 256 };
  if (origin === "declared") return finding("S23_DKIM_DECLARED", { ...about, grade: "C" });
  if (origin === "reported") {
    const report = reported.find((one) => one.selector === selector);
    const { lastDay = "", passed = 0, reporters = [] } = report ?? {};
    return finding("S23_DKIM_REPORTED", {
      ...about,
      grade: "B",
      day: lastDay,
      passed,
      reporters: reporters.join(", "),
    });
  }
  return provider === null
    ? finding("S23_DKIM_GUESSED", { ...about, grade: "D" })
    : finding("S23_DKIM_FOUND", { ...about, grade: "D", provider });
}

/** What could be better about keys that verify. A wildcard's key is one, however many selectors have it. */
export function qualityFindings(domain: string, usable: readonly Usable[], finding: MakeDkim): readonly Finding[] {
  const wildcards = usable.find(({ state }) => state.isWildcards);
  const distinct = usable.filter((one) => !one.state.isWildcards || one === wildcards);
  const each = distinct.flatMap(({ selector, state }): readonly Finding[] => {
    const about = { domain, selector };
    const bits = state.key.type === "rsa" ? state.key.bits : null;
    return [
      ...(bits !== null && bits < RECOMMENDED_RSA_BITS ? [finding("S23_DKIM_KEY_WEAK", { ...about, bits })] : []),
      ...(bits !== null && bits > LARGEST_COMMON_RSA_BITS ? [finding("S23_DKIM_KEY_LONG", { ...about, bits })] : []),
      ...(state.isTesting ? [finding("S23_DKIM_TESTING", about)] : []),
      ...(state.records > 1 ? [finding("S23_DKIM_SEVERAL_RECORDS", { ...about, records: state.records })] : []),
    ];
  });
  const isAlone = usable.length > 0 && usable.every(({ state }) => state.key.type === "ed25519");
  return isAlone ? [...each, finding("S23_DKIM_ED25519_ALONE", { domain })] : each;
}

/** What the inventory names and DNS does not bear out, where that does not decide; keys that always fail are told elsewhere. */
export function declaredFindings({ domain, selectors }: DkimView, finding: MakeDkim): readonly Finding[] {
  return selectors
    .filter(({ isDeclared }) => isDeclared)
    .flatMap(({ selector, state }): readonly Finding[] => {
      const about = { domain: plainName(domain), selector };
      if (state.kind === "absent") return [finding("S23_DKIM_SELECTOR_MISSING", about)];
      if (state.kind === "unknown")
        return [finding("S23_DKIM_SELECTOR_UNANSWERED", { ...about, detail: state.detail })];
      if (state.kind !== "faulty" || isForbidden(state.fault)) return [];
      return [finding("S23_DKIM_SELECTOR_UNUSABLE", { ...about, problem: problemOf(state.fault) })];
    });
}

/** Why a selector's key verifies nothing, where that fails. */
export function faultFinding(domain: string, selector: string, fault: Fault, finding: MakeDkim): Finding {
  const about = { domain, selector };
  switch (fault.kind) {
    case "short":
      return finding("S23_DKIM_KEY_SHORT", { ...about, bits: fault.bits });
    case "sha1":
      return finding("S23_DKIM_SHA1_ONLY", about);
    case "revoked":
      return finding("S23_DKIM_REVOKED", about);
    case "alias":
      return finding("S23_DKIM_ALIAS_BROKEN", { ...about, target: plainName(fault.target) });
    case "unreadable":
      return finding("S23_DKIM_KEY_UNREADABLE", { ...about, problem: fault.problem });
  }
}

function problemOf(fault: Fault): DkimProblem {
  return fault.kind === "unreadable" ? fault.problem : fault.kind;
}

/** Selectors whose data does not validate: those that are known, or all where only guesses were made. One for each zone. */
export function bogusFindings({ domain, selectors }: DkimView, finding: MakeDkim): readonly Finding[] {
  const bogus = selectors.flatMap(({ selector, origin, state }) =>
    state.kind === "bogus" ? [{ selector, origin, zone: state.zone, reason: state.reason }] : [],
  );
  const known = bogus.filter(({ origin }) => origin !== "provider");
  const byZone = new Map((known.length > 0 ? known : bogus).toReversed().map((one) => [one.zone, one]));
  return [...byZone.values()].map(({ selector, zone, reason }) =>
    finding("S23_DKIM_BOGUS", { domain: plainName(domain), selector, zone: plainName(zone), reason }),
  );
}

/** That `_domainkey` is denied although there is a key below it. */
export function cutOffFinding({ domain, selectors, cutOff }: DkimView, finding: MakeDkim): readonly Finding[] {
  const found = selectors.find(({ name }) => name === cutOff?.below.name);
  if (cutOff === null || found === undefined) return [];
  const servers = cutOff.servers.map(plainName).join(", ");
  return [finding("S23_DKIM_CUT_OFF", { domain: plainName(domain), selector: found.selector, servers })];
}
