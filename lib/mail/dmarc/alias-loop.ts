/** Resolvers answer SERVFAIL where CNAMEs go in a circle; asked for each CNAME by itself, they show the circle. */
import type { Lookup } from "../../dnssec/lookup.ts";
import type { Question, ResourceRecord } from "../../wire/message.ts";
import type { Name } from "../../wire/name.ts";
import { RCODE } from "../../wire/rcode.ts";
import { parseTargetName } from "../../wire/rdata/target-name.ts";
import type { Classify } from "../reading.ts";

/** Steps followed in search of a circle. */
const MAX_STEPS = 8;

/** The CNAMEs to ask for, as far as they are known: none unless the question itself was answered by an error. */
export function aliasQuestions(question: Question, lookup: Lookup): readonly Question[] {
  const reply = lookup(question);
  if (reply?.state !== "observed" || isAnswer(reply.value.rcode)) return [];
  return followed(question.name, (alias) => {
    const there = lookup(alias);
    return there?.state === "observed" ? there.value.answer.filter(({ name, type }) => isAt(alias, name, type)) : [];
  }).questions;
}

/** The name at which CNAMEs from here come back to where they have been, as validated; null where that is not shown. */
export function loopFrom(name: Name, classify: Classify): Name | null {
  return followed(name, (alias) => {
    const there = classify(alias);
    return there.status === "secure" || there.status === "insecure" ? there.records : [];
  }).loop;
}

function followed(
  start: Name,
  recordsOf: (question: Question) => readonly ResourceRecord[],
): { readonly questions: readonly Question[]; readonly loop: Name | null } {
  const questions: Question[] = [];
  const visited = new Set<Name>();
  let at = start;
  while (!visited.has(at) && visited.size < MAX_STEPS) {
    visited.add(at);
    const question = { name: at, type: "CNAME" };
    questions.push(question);
    const [record] = recordsOf(question);
    const target = record === undefined ? null : parseTargetName(record.data);
    if (target?.ok !== true) return { questions, loop: null };
    at = target.value;
  }
  return { questions, loop: visited.has(at) ? at : null };
}

function isAt(question: Question, name: Name, type: string): boolean {
  return name === question.name && type === question.type;
}

function isAnswer(rcode: number): boolean {
  return rcode === RCODE.NOERROR || rcode === RCODE.NXDOMAIN;
}
