import type { Cause } from "../../core/cause.ts";
import type { Lookup } from "../../dnssec/lookup.ts";
import type { BogusReason } from "../../dnssec/outcome.ts";
import type { Question, ResourceRecord } from "../../wire/message.ts";
import { type Name, ROOT } from "../../wire/name.ts";
import { type Classify, heard } from "../reading.ts";

/** What DNS says to a question, as SPF tells answers apart (RFC 7208 section 4.4). */
export type DnsAnswer =
  /** `name`: where the records are, after aliases. */
  | { readonly state: "records"; readonly records: readonly ResourceRecord[]; readonly name: Name }
  /** Heard that there is nothing: a void lookup. `noName`: not even the name that was asked for, which is no alias either. */
  | { readonly state: "void"; readonly noName: boolean }
  /** No usable answer: temperror. */
  | { readonly state: "failed"; readonly cause: Cause; readonly detail: string }
  /** Does not validate: temperror at whoever validates, believed by whoever does not. */
  | { readonly state: "bogus"; readonly zone: Name; readonly reason: BogusReason }
  /** Not all asked yet: these are what it takes. */
  | { readonly state: "unasked"; readonly questions: readonly Question[] };

/** DNS as an evaluation sees it. */
export type DnsView = (question: Question) => DnsAnswer;

/** A root that does not verify tells of our anchors, our clock or our path, and of nobody's domain. */
const ROOT_IN_DOUBT: DnsAnswer = {
  state: "failed",
  cause: "internal",
  detail: "the root zone does not verify with our trust anchors",
};

/** What was heard, unvalidated: for evaluating as a receiver without DNSSEC does, and for finding out what to ask. */
export function heardView(lookup: Lookup): DnsView {
  return (question) => {
    const { state, records, name, questions } = heard(question, lookup);
    if (state === "records") return { state, records, name };
    if (state === "nothing" || state === "no-name") {
      return { state: "void", noName: state === "no-name" && name === question.name };
    }
    if (state === "loop") return { state: "failed", cause: "dns-servfail", detail: "the aliases loop" };
    const last = questions.at(-1) ?? question;
    const reply = lookup(last);
    if (reply === undefined) return { state: "unasked", questions };
    if (reply.state === "unobserved") return { state: "failed", cause: reply.cause, detail: reply.detail };
    return { state: "failed", cause: "dns-servfail", detail: `RCODE ${reply.value.rcode}` };
  };
}

/** What validation makes of the answers. What it would still need to ask is missing from the observation. */
export function validatedView(classify: Classify): DnsView {
  return (question) => {
    const found = classify(question);
    switch (found.status) {
      case "secure":
      case "insecure":
        if (found.answer === "positive") return { state: "records", records: found.records, name: found.name };
        return { state: "void", noName: found.answer === "nxdomain" && found.name === question.name };
      case "bogus":
        if (found.zone === ROOT) return ROOT_IN_DOUBT;
        return { state: "bogus", zone: found.zone, reason: found.reason };
      case "indeterminate":
        return { state: "failed", cause: found.cause, detail: found.detail };
      case "need":
        return { state: "failed", cause: "internal", detail: "the observation is incomplete" };
    }
  };
}
