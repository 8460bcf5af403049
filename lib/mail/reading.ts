import { DNSSEC_POLICY } from "../../data/dnssec-policy.ts";
import type { Classification } from "../dnssec/classification.ts";
import { validatorAt } from "../dnssec/domain-validator.ts";
import { indexBook, type Lookup } from "../dnssec/lookup.ts";
import type { Question, ResourceRecord } from "../wire/message.ts";
import type { Name } from "../wire/name.ts";
import { RCODE } from "../wire/rcode.ts";
import { parseTargetName } from "../wire/rdata/target-name.ts";
import type { DnsReading } from "./observations.ts";

/** CNAME steps followed before a chain counts as a loop: as many as the validator follows, for it needs all of them. */
const MAX_ALIASES = DNSSEC_POLICY.bounds.aliases;

/** What validation makes of a question, as of when the reading was made. */
export type Classify = (question: Question) => Classification;

/** Classifies questions by a reading's own book and anchors. `at`: epoch milliseconds of the observation. */
export function classifierOf({ anchors, book }: Pick<DnsReading, "anchors" | "book">, at: number): Classify {
  const validator = validatorAt(anchors, at);
  const lookup = indexBook(book);
  return (question) => validator.classify(question, lookup);
}

/** What was heard to a question before any validation: only good for finding out what to ask next. */
export interface Heard {
  /** Records of the question's type at the final name; empty when there are none, or none were heard. */
  readonly records: readonly ResourceRecord[];
  /** The name after CNAMEs. */
  readonly name: Name;
  /** `nothing`: NODATA. `no-name`: NXDOMAIN. `unheard`: not asked yet, silence, or a reply that is no answer. `loop`: of CNAMEs. */
  readonly state: "records" | "nothing" | "no-name" | "unheard" | "loop";
  /** The question itself, and those about names that CNAMEs lead to: ask them all. */
  readonly questions: readonly Question[];
}

/** Reads the book for a question, through CNAMEs in the reply itself or in further replies. */
export function heard(question: Question, lookup: Lookup): Heard {
  const questions: Question[] = [question];
  const visited = new Set<Name>();
  let { name } = question;
  let reply = lookup(question);
  for (;;) {
    if (visited.has(name) || visited.size > MAX_ALIASES) return { records: [], name, state: "loop", questions };
    visited.add(name);
    if (reply?.state !== "observed") return { records: [], name, state: "unheard", questions };
    const { rcode, answer } = reply.value;
    const records = answer.filter((record) => record.name === name && record.type === question.type);
    if (records.length > 0) return { records, name, state: "records", questions };
    const alias = answer.find((record) => record.name === name && record.type === "CNAME");
    const target = alias === undefined ? null : parseTargetName(alias.data);
    if (target?.ok === true) {
      name = target.value;
      if (answer.some((record) => record.name === name)) continue;
      const next = { name, type: question.type };
      questions.push(next);
      reply = lookup(next);
      continue;
    }
    if (rcode === RCODE.NXDOMAIN) return { records: [], name, state: "no-name", questions };
    return { records: [], name, state: rcode === RCODE.NOERROR ? "nothing" : "unheard", questions };
  }
}
