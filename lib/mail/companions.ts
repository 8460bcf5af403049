/** Records that belong to good mail and that no requirement asks for: reported, never judged. */
import { Buffer } from "node:buffer";
import type { Cause } from "../core/cause.ts";
import type { Classification } from "../dnssec/classification.ts";
import type { Wants } from "../dnssec/domain-validator.ts";
import type { BogusReason } from "../dnssec/outcome.ts";
import { type MtaStsRecord, type MtaStsRecordProblem, parseMtaStsRecord } from "../parsers/mta-sts.ts";
import { parseTlsReporting, type TlsReporting, type TlsReportingProblem } from "../parsers/tls-rpt.ts";
import type { Question } from "../wire/message.ts";
import { type Name, parentOf, ROOT } from "../wire/name.ts";
import { parseCaa } from "../wire/rdata/caa.ts";
import { formatRdata } from "../wire/presentation.ts";
import { nameBelow } from "./dkim/names.ts";
import { textsOf } from "./dkim/txt-text.ts";
import { type Classify, heard } from "./reading.ts";

/** What stands at one name. `at`: where it stands or would; `secure`: whether DNSSEC protects the answer. */
export type Companion<Value, Problem> =
  /** `texts`: what was sent, as it stands and bounded: not printable for certain. */
  | {
      readonly state: "present";
      readonly at: Name;
      readonly secure: boolean;
      readonly value: Value;
      readonly texts: readonly string[];
    }
  | { readonly state: "absent"; readonly at: Name; readonly secure: boolean }
  /** More than one where there must be one: senders then behave as if there were none. */
  | { readonly state: "several"; readonly at: Name; readonly count: number; readonly texts: readonly string[] }
  /** Meant as one, and senders cannot use it. */
  | { readonly state: "invalid"; readonly at: Name; readonly problem: Problem; readonly texts: readonly string[] }
  | { readonly state: "bogus"; readonly at: Name; readonly zone: Name; readonly reason: BogusReason }
  | { readonly state: "unknown"; readonly at: Name; readonly cause: Cause; readonly detail: string };

/** MTA-STS: the record is in DNS, the policy on a web server that nobody here visits yet. */
export type MtaStsFound = MtaStsRecord & { readonly policy: "not-fetched" };

/** Who may issue certificates (RFC 8659 section 4). Domain names as they stand in the records, printable. */
export interface CaaFound {
  /** Null: no record says who may (RFC 8659 section 4.2). Empty: nobody may. */
  readonly issuers: readonly string[] | null;
  /** The same for wildcards, which follow `issuers` where nothing is said of them (section 4.3). */
  readonly wildcardIssuers: readonly string[] | null;
  /** Whether there is a critical property with a tag that no RFC for certificates of servers defines: nobody may issue. */
  readonly hasUnknownCritical: boolean;
}

export interface Companions {
  readonly mtaSts: Companion<MtaStsFound, MtaStsRecordProblem>;
  readonly tlsReporting: Companion<TlsReporting, TlsReportingProblem>;
  readonly caa: Companion<CaaFound, "data">;
}

const NOT_ASKED = { cause: "internal", detail: "the observation is incomplete" } as const;
const MAX_TEXTS = 8;
const MAX_TEXT = 200;
const MAX_ISSUERS = 16;
const CRITICAL = 0x80;
const KNOWN_TAGS = ["issue", "issuewild", "iodef", "issuemail", "issuevmc", "contactemail", "contactphone"];

/** What finding a domain's companions asks for: two TXT records, and CAA from name to name up to where there is one. */
export function companionWants(domain: Name): Wants {
  return (lookup) => {
    const texts = ["_mta-sts", "_smtp._tls"].flatMap((labels) => textQuestion(labels, domain) ?? []);
    const climb: Question[] = [];
    for (const name of climbFrom(domain)) {
      climb.push({ name, type: "CAA" });
      const { state } = heard({ name, type: "CAA" }, lookup);
      if (state !== "nothing" && state !== "no-name") break;
    }
    return { zones: [], wanted: [...texts, ...climb].flatMap((question) => heard(question, lookup).questions) };
  };
}

/** Reads what an observation of `companionWants` holds. `classify`: validates that observation's answers. */
export function readCompanions({ domain }: { readonly domain: Name }, classify: Classify): Companions {
  return {
    mtaSts: oneText<MtaStsFound, MtaStsRecordProblem>(textQuestion("_mta-sts", domain), domain, classify, (text) => {
      const read = parseMtaStsRecord(text);
      return read.ok ? { ok: true, value: { ...read.value, policy: "not-fetched" } } : read;
    }),
    tlsReporting: oneText(textQuestion("_smtp._tls", domain), domain, classify, parseTlsReporting),
    caa: nearestCaa(domain, classify),
  };
}

/** Null when the name would be too long for DNS: nothing can stand there. */
function textQuestion(labels: string, domain: Name): Question | null {
  const name = nameBelow(labels, domain);
  return name === null ? null : { name, type: "TXT" };
}

/** The domain and the names above it, without the root (RFC 8659 section 3). Aliases do not change the way. */
function climbFrom(domain: Name): readonly Name[] {
  const names: Name[] = [];
  for (let at: Name | null = domain; at !== null && at !== ROOT; at = parentOf(at)) names.push(at);
  return names;
}

type Answered = Extract<Classification, { readonly status: "secure" | "insecure" }>;
type Unanswered = Extract<Companion<never, never>, { readonly state: "bogus" | "unknown" }>;

/** The answer at a name, or why it is none. */
function answerTo(question: Question, classify: Classify): Answered | Unanswered {
  const at = question.name;
  const found = classify(question);
  switch (found.status) {
    case "secure":
    case "insecure":
      return found;
    case "bogus":
      return { state: "bogus", at, zone: found.zone, reason: found.reason };
    case "indeterminate":
      return { state: "unknown", at, cause: found.cause, detail: found.detail };
    case "need":
      return { state: "unknown", at, ...NOT_ASKED };
  }
}

type Read<Value, Problem> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: Problem };

/** Both RFCs discard other texts first, then want exactly one, and only then look whether it can be read. */
function oneText<Value, Problem extends string>(
  question: Question | null,
  domain: Name,
  classify: Classify,
  parse: (text: string) => Read<Value, Problem | "unrelated" | "version">,
): Companion<Value, Problem | "unrelated" | "version"> {
  if (question === null) return { state: "absent", at: domain, secure: false };
  const answer = answerTo(question, classify);
  if ("state" in answer) return answer;
  const at = question.name;
  const secure = answer.status === "secure";
  const read = textsOf(answer.records).map((text) => ({ text, parsed: parse(text) }));
  const counted = read.filter(({ parsed }) => parsed.ok || !DISCARDED.includes(parsed.problem));
  const texts = shownOf(counted.map(({ text }) => text));
  if (counted.length > 1) return { state: "several", at, count: counted.length, texts };
  const one = counted[0] ?? read.find(({ parsed }) => !parsed.ok && parsed.problem === "version");
  if (one === undefined) return { state: "absent", at, secure };
  const { parsed, text } = one;
  if (parsed.ok) return { state: "present", at, secure, value: parsed.value, texts };
  return { state: "invalid", at, problem: parsed.problem, texts: shownOf([text]) };
}

const DISCARDED: readonly string[] = ["unrelated", "version"];

/** The records of the first name on the way up that has any; an answer that is missing or broken ends the climb. */
function nearestCaa(domain: Name, classify: Classify): Companions["caa"] {
  let secure = true;
  for (const at of climbFrom(domain)) {
    const answer = answerTo({ name: at, type: "CAA" }, classify);
    if ("state" in answer) return answer;
    secure &&= answer.status === "secure";
    if (answer.records.length > 0) return caaAt(at, secure, answer);
  }
  return { state: "absent", at: domain, secure };
}

function caaAt(at: Name, secure: boolean, { records }: Answered): Companions["caa"] {
  const read = records.map(({ data }) => parseCaa(data));
  const properties = read.flatMap((one) => (one.ok ? [one.value] : []));
  const shown = shownOf(records.map(formatRdata));
  if (properties.length < read.length) return { state: "invalid", at, problem: "data", texts: shown };
  const issuersBy = (tag: string): readonly string[] | null => {
    const values = properties.filter((one) => one.tag === tag).map(({ value }) => latin1(value));
    if (values.length === 0) return null;
    return [...new Set(values.flatMap(issuerIn))].slice(0, MAX_ISSUERS);
  };
  const issuers = issuersBy("issue");
  const hasUnknownCritical = properties.some(({ flags, tag }) => flags >= CRITICAL && !KNOWN_TAGS.includes(tag));
  const value: CaaFound = { issuers, wildcardIssuers: issuersBy("issuewild") ?? issuers, hasUnknownCritical };
  return { state: "present", at, secure, value, texts: shown };
}

/** The domain name that an issue property begins with (RFC 8659 section 4.2); none in a malformed one, which permits nobody. */
function issuerIn(value: string): readonly string[] {
  const name = /^[ \t]*([A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)[ \t]*(?:;|$)/.exec(value)?.[1];
  return name === undefined ? [] : [name.toLowerCase()];
}

function shownOf(texts: readonly string[]): readonly string[] {
  return texts.slice(0, MAX_TEXTS).map((text) => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text));
}

function latin1(octets: Uint8Array): string {
  return Buffer.from(octets).toString("latin1");
}
