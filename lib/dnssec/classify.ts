import type { Question, Reply } from "../wire/message.ts";
import type { Name } from "../wire/name.ts";
import { typeNumber } from "../wire/record-type.ts";
import type { AliasStep, Classification, SecureClassification } from "./classification.ts";
import { judgeLink, type Link, type Protection } from "./link.ts";
import { earliestExpiry, indeterminate, type Indeterminate } from "./outcome.ts";
import type { Session } from "./session.ts";

/** RRSIG, and the types from NXNAME to ANY that only queries have (RFC 6895 section 3.1, RFC 9824), are no RRsets. */
const RRSIG = 46;
const OPT = 41;
const FIRST_META = 128;
const LAST_META = 255;

/** Classifies the RRset that a question asks for, following aliases, as RFC 4035 section 4.3 does. */
export function classifyQuestion(question: Question, session: Session): Classification {
  const followed: Followed = { question, aliases: [], protections: [] };
  if (isMeta(question)) {
    const detail = "this type cannot be validated as an RRset";
    return failing(followed, indeterminateAt(question, "not-observable", "meta-type", detail));
  }
  const seen = new Set<Name>();
  let name = question.name;
  let carried: Reply | null = null;
  for (let count = 0; count <= session.context.policy.bounds.aliases; count += 1) {
    const current = { name, type: question.type };
    if (seen.has(name))
      return failing(followed, indeterminateAt(current, "dns-servfail", "alias-loop", "the aliases loop"));
    seen.add(name);
    const link = judgeLink(current, carried, session);
    if ("status" in link) return failing(followed, link);
    followed.protections.push(link.protection);
    if (link.kind === "end") return ending(followed, name, link);
    const { zone, status } = link.protection;
    followed.aliases.push({ from: name, to: link.to, by: link.by, zone, status });
    name = link.to;
    carried = link.reply;
  }
  const last = { name, type: question.type };
  return failing(followed, indeterminateAt(last, "dns-servfail", "alias-limit", "the chain of aliases is too long"));
}

interface Followed {
  readonly question: Question;
  readonly aliases: AliasStep[];
  readonly protections: Protection[];
}

type Failing = Extract<Link, { readonly status: string }>;

function failing({ question, aliases }: Followed, failure: Failing): Classification {
  return { ...failure, question, aliases };
}

/** The weakest link decides; none is broken here. */
function ending(followed: Followed, name: Name, link: Extract<Link, { readonly kind: "end" }>): Classification {
  const { question, aliases, protections } = followed;
  const { answer, records, rcode } = link;
  const weakest = protections.find((protection) => protection.status === "insecure");
  if (weakest !== undefined) {
    const { zone, reason, shownBy, nsec3 } = weakest;
    return { status: "insecure", question, aliases, zone, reason, shownBy, nsec3, answer, name, records, rcode };
  }
  return {
    ...securePart(protections.filter(isSecure), link.protection.zone),
    question,
    aliases,
    answer,
    name,
    records,
  };
}

type SecureProtection = Extract<Protection, { readonly status: "secure" }>;

function securePart(
  protections: readonly SecureProtection[],
  zone: Name,
): Pick<SecureClassification, "status" | "zone" | "wildcard" | "denial" | "nsec3" | "signatures" | "expiresAt"> {
  const signatures = protections.flatMap((protection) => protection.signatures);
  const ends = [earliestExpiry(signatures), ...protections.map(({ chainExpiresAt }) => chainExpiresAt)];
  return {
    status: "secure",
    zone,
    wildcard: protections.find(({ wildcard }) => wildcard !== null)?.wildcard ?? null,
    denial: protections.at(-1)?.denial ?? null,
    nsec3: protections.findLast(({ nsec3 }) => nsec3 !== null)?.nsec3 ?? null,
    signatures,
    expiresAt: Math.min(...ends.filter((end) => end !== null)),
  };
}

function isSecure(protection: Protection): protection is SecureProtection {
  return protection.status === "secure";
}

function isMeta({ type }: Question): boolean {
  const number = typeNumber(type);
  return number === 0 || number === RRSIG || number === OPT || (number >= FIRST_META && number <= LAST_META);
}

function indeterminateAt(
  { name, type }: Question,
  cause: Indeterminate["cause"],
  reason: Indeterminate["reason"],
  detail: string,
): Indeterminate {
  return indeterminate(cause, reason, name, { name, type }, detail);
}
