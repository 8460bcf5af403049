import type { Cause } from "../../core/cause.ts";
import type { Classification, InsecureClassification, SecureClassification } from "../../dnssec/classification.ts";
import type { BogusReason } from "../../dnssec/outcome.ts";
import { type DkimKey, type DkimKeyProblem, parseDkimKey, type PublicKey } from "../../parsers/dkim-key.ts";
import { isAtOrBelow, type Name, parentOf } from "../../wire/name.ts";
import type { Classify } from "../reading.ts";
import { textsOf } from "./txt-text.ts";

/** RFC 8301 section 3.2: verifiers must not accept less. */
export const MIN_RSA_BITS = 1_024;

/** Why what is at a selector lets nobody verify a signature. */
export type Fault =
  | { readonly kind: "short"; readonly bits: number }
  | { readonly kind: "sha1" }
  | { readonly kind: "revoked" }
  /** The selector's own CNAME leads to nothing, or round in a circle. */
  | { readonly kind: "alias"; readonly target: Name }
  | { readonly kind: "unreadable"; readonly problem: DkimKeyProblem | "not-for-mail" | "hash" };

/** What is at a selector, as far as validated answers tell. */
export type KeyState =
  | {
      readonly kind: "usable";
      readonly key: PublicKey;
      readonly isTesting: boolean;
      readonly records: number;
      /** Whether a wildcard puts it at any selector. */
      readonly isWildcards: boolean;
    }
  | { readonly kind: "faulty"; readonly fault: Fault }
  /** Nothing; or something that a wildcard puts at any name and that is no key, or at a selector that nobody named a revoked one. */
  | { readonly kind: "absent" }
  | { readonly kind: "bogus"; readonly zone: Name; readonly reason: BogusReason }
  | { readonly kind: "unknown"; readonly cause: Cause; readonly detail: string };

/** The replies that judging takes are not all in the observation: a visit cut short. */
const INCOMPLETE = { kind: "unknown", cause: "internal", detail: "the observation is incomplete" } as const;

/** A selector's name, and by what it is judged. */
export interface Sighting {
  readonly name: Name;
  /** The inventory says that mail is signed with it. */
  readonly isDeclared: boolean;
  /** A selector that nobody has made, which shows what wildcards answer. */
  readonly randomSelector: Name;
}

/** Whether receivers must not accept the key at all (RFC 8301), however good another one is. */
export function isForbidden({ kind }: Fault): boolean {
  return kind === "short" || kind === "sha1";
}

/** Reads what is at a selector. */
export function keyStateAt(sighting: Sighting, classify: Classify): KeyState {
  const { name } = sighting;
  const classification = classify({ name, type: "TXT" });
  switch (classification.status) {
    case "bogus":
      return { kind: "bogus", zone: classification.zone, reason: classification.reason };
    case "need":
      return INCOMPLETE;
    case "indeterminate": {
      const alias = loopOf(classification, name);
      if (alias !== null) return { kind: "faulty", fault: alias };
      return { kind: "unknown", cause: classification.cause, detail: classification.detail };
    }
    default:
      return answeredState(classification, sighting, classify);
  }
}

type Answered = SecureClassification | InsecureClassification;

function answeredState(answer: Answered, { name, isDeclared, randomSelector }: Sighting, classify: Classify): KeyState {
  const isWildcards = isFromWildcard(answer, classify({ name: randomSelector, type: "TXT" }));
  if (answer.answer === "positive") {
    const state = bestOf(textsOf(answer.records), isWildcards);
    const counts = state.kind !== "faulty" || isMeant(state.fault, isDeclared);
    return isWildcards && !counts ? { kind: "absent" } : state;
  }
  const alias = answer.aliases.find(({ from, by }) => from === name && by === "CNAME");
  if (alias === undefined || isWildcards) return { kind: "absent" };
  return { kind: "faulty", fault: { kind: "alias", target: alias.to } };
}

/** A wildcard's text that is no key is about something else; its revoked key says of unnamed selectors that there are none. */
function isMeant(fault: Fault, isDeclared: boolean): boolean {
  return isForbidden(fault) || (fault.kind === "revoked" && isDeclared);
}

/**
 * Signed: proof of a wildcard above the name came with it. Unsigned: a name that nobody has made answers the same. A wildcard
 * that a CNAME leads to is the provider's way of having keys.
 */
function isFromWildcard(answer: Answered, random: Classification): boolean {
  const { question } = answer;
  if (answer.status === "secure") {
    const above = answer.wildcard === null ? null : parentOf(answer.wildcard);
    return above !== null && isAtOrBelow(question.name, above);
  }
  if (random.status !== "secure" && random.status !== "insecure") return false;
  const ofName = dataOf(answer);
  return ofName !== "" && ofName === dataOf(random);
}

function dataOf({ records, aliases }: Answered): string {
  const texts = records.map(({ data }) => data).toSorted();
  return [...(aliases[0]?.by === "CNAME" ? [aliases[0].to] : []), ...texts].join(" ");
}

/** A CNAME that leads round, or on and on: it was answered, and no verifier gets further. */
function loopOf(classification: Classification, name: Name): Fault | null {
  if (classification.status !== "indeterminate") return null;
  const { reason, aliases } = classification;
  const [first] = aliases;
  const isEndless = reason === "alias-loop" || reason === "alias-limit";
  return isEndless && first?.from === name ? { kind: "alias", target: first.to } : null;
}

/** Verifiers may try any of several records (RFC 6376 section 6.1.2): the best one counts, and their number is told. */
function bestOf(texts: readonly string[], isWildcards: boolean): KeyState {
  const faults: Fault[] = [];
  for (const text of texts) {
    const parsed = parseDkimKey(text);
    const fault = parsed.ok ? faultOf(parsed.value) : ({ kind: "unreadable", problem: parsed.problem } as const);
    if (fault !== null) faults.push(fault);
    else if (parsed.ok && parsed.value.key !== null) {
      return {
        kind: "usable",
        key: parsed.value.key,
        isTesting: parsed.value.isTesting,
        records: texts.length,
        isWildcards,
      };
    }
  }
  // Something that is meant as a key is worth telling of before something that is not.
  const [worst] = faults.toSorted((a, b) => weightOf(a) - weightOf(b));
  return { kind: "faulty", fault: worst ?? { kind: "unreadable", problem: "not-a-key" } };
}

function weightOf(fault: Fault): number {
  return fault.kind === "unreadable" && fault.problem === "not-a-key" ? 1 : 0;
}

function faultOf({ key, hashes, isForMail }: DkimKey): Fault | null {
  if (key === null) return { kind: "revoked" };
  if (!isForMail) return { kind: "unreadable", problem: "not-for-mail" };
  if (hashes !== null && !hashes.includes("sha256")) {
    return hashes.includes("sha1") ? { kind: "sha1" } : { kind: "unreadable", problem: "hash" };
  }
  return key.type === "rsa" && key.bits < MIN_RSA_BITS ? { kind: "short", bits: key.bits } : null;
}

/** Whether a name that nobody has made has a revoked key: then every selector without one of its own has. */
export function isNullKey(name: Name, classify: Classify): boolean | "unknown" {
  const classification = classify({ name, type: "TXT" });
  if (classification.status !== "secure" && classification.status !== "insecure") return "unknown";
  const texts = textsOf(classification.records);
  const keys = texts.map(parseDkimKey);
  return keys.length === 1 && keys.every((key) => key.ok && key.value.key === null);
}
