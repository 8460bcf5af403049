import { Buffer } from "node:buffer";
import type { Cause } from "../../core/cause.ts";
import type { Classification } from "../../dnssec/classification.ts";
import { type DmarcRecord, parseDmarc } from "../../parsers/dmarc.ts";
import { excerptOf } from "../../parsers/dmarc-excerpt.ts";
import type { Question, ResourceRecord } from "../../wire/message.ts";
import { type Name, parseName, ROOT } from "../../wire/name.ts";
import { parseTxt } from "../../wire/rdata/txt.ts";
import type { Classify } from "../reading.ts";
import { loopFrom } from "./alias-loop.ts";

/** What stands at `_dmarc` below one domain, proven or at least heard. */
export type Published =
  /**
   * `secure`: validated; else the zone is provably unsigned. `wildcard`: the one that the record was made from, where that is
   * proven. `meant`: as below, of another text that is discarded.
   */
  | {
      readonly state: "one";
      readonly record: DmarcRecord;
      readonly text: string;
      readonly secure: boolean;
      readonly wildcard: Name | null;
      readonly meant: string | null;
    }
  | { readonly state: "many"; readonly count: number }
  /** `meant`: the beginning of a text that was meant as DMARC and is none. `lost`: a CNAME leads nowhere, or in circles. */
  | { readonly state: "none"; readonly meant: string | null; readonly lost: LostAlias | null }
  | { readonly state: "bogus"; readonly zone: Name; readonly reason: string }
  | { readonly state: "unknown"; readonly cause: Cause; readonly detail: string };

export interface LostAlias {
  readonly why: "gone" | "loop";
  readonly target: Name;
}

/** What stands at `_dmarc` below a domain. */
export type PublishedAt = (domain: Name) => Published;

const INCOMPLETE = { state: "unknown", cause: "internal", detail: "the observation is incomplete" } as const;

const ROOT_IN_DOUBT = {
  state: "unknown",
  cause: "internal",
  detail: "the root zone does not verify with our trust anchors",
} as const;

/** The question for a domain's DMARC record; null when the name would be too long for DNS. */
export function dmarcQuestion(domain: Name): Question | null {
  const owner = parseName(domain === "." ? "_dmarc." : `_dmarc.${domain}`);
  return owner.ok ? { name: owner.value, type: "TXT" } : null;
}

/** Reads each domain's records once. */
export function publishedIn(classify: Classify): PublishedAt {
  const known = new Map<Name, Published>();
  return (domain) => {
    const question = dmarcQuestion(domain);
    const found = known.get(domain) ?? (question === null ? NOTHING : publishedBy(question, classify));
    known.set(domain, found);
    return found;
  };
}

const NOTHING: Published = { state: "none", meant: null, lost: null };

/** The strings of a TXT record joined without anything between them (RFC 9989 section 4.5), one character per octet. */
export function textOf({ data }: ResourceRecord): string | null {
  const strings = parseTxt(data);
  return strings.ok ? Buffer.concat(strings.value).toString("latin1") : null;
}

function publishedBy(question: Question, classify: Classify): Published {
  const classification = classify(question);
  switch (classification.status) {
    case "need":
      return INCOMPLETE;
    case "bogus":
      // A root that does not verify says more about our anchors, our clock or our path than about anyone's domain.
      if (classification.zone === ROOT) return ROOT_IN_DOUBT;
      return { state: "bogus", zone: classification.zone, reason: classification.reason };
    case "indeterminate": {
      const { reason, cause, detail, record } = classification;
      const shown = reason === "alias-loop" || reason === "alias-limit" ? record.name : null;
      const target = shown ?? loopFrom(question.name, classify);
      if (target === null) return { state: "unknown", cause, detail };
      return { state: "none", meant: null, lost: { why: "loop", target } };
    }
    default:
      return readRecords(classification);
  }
}

type Answered = Extract<Classification, { readonly status: "secure" | "insecure" }>;

/** RFC 9989 section 4.10 step 2: what does not begin with the version is discarded; of several records, all are. */
function readRecords(answered: Answered): Published {
  const { status, answer, name, records, aliases } = answered;
  const texts = records.map((record) => textOf(record)).filter((text) => text !== null);
  const read = texts.map((text) => ({ text, parsed: parseDmarc(text) }));
  const valid = read.flatMap(({ text, parsed }) => (parsed.ok ? [{ text, record: parsed.value }] : []));
  const [first] = valid;
  if (valid.length > 1) return { state: "many", count: valid.length };
  const other = read.find(({ parsed }) => !parsed.ok && parsed.problem === "version");
  const meant = other === undefined ? null : excerptOf(other.text);
  if (first !== undefined) {
    const { record, text } = first;
    const wildcard = answered.status === "secure" ? answered.wildcard : null;
    return { state: "one", record, text: excerptOf(text), secure: status === "secure", wildcard, meant };
  }
  const isGone = answer === "nxdomain" && aliases.length > 0;
  return {
    state: "none",
    meant,
    lost: isGone ? { why: "gone", target: name } : null,
  };
}
