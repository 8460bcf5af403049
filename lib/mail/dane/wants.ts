import type { Wants } from "../../dnssec/domain-validator.ts";
import type { Lookup } from "../../dnssec/lookup.ts";
import type { Question } from "../../wire/message.ts";
import type { Name } from "../../wire/name.ts";
import { gatewayWants, type MailSubject } from "../gateways.ts";
import { type Heard, heard } from "../reading.ts";
import { namesTowardsTlsa, tlsaOwner } from "./tlsa-owner.ts";

/**
 * What judging DANE takes: all about the gateways, and for each one that has an address the TLSA records at its final name and,
 * where it is an alias, at its own (RFC 7672 section 2.2.3). Where there are records, also an address at the names on the way to
 * them: a server that denies those hides the records.
 */
export function daneWants(about: MailSubject): Wants {
  const gateways = gatewayWants(about);
  return (lookup) => {
    const { zones, wanted } = gateways(lookup);
    const bases = new Set(wanted.filter(isAddress).flatMap((question) => basesOf(question, lookup)));
    return { zones, wanted: [...wanted, ...[...bases].flatMap((base) => tlsaQuestions(base, lookup))] };
  };
}

function isAddress({ type }: Question): boolean {
  return type === "A" || type === "AAAA";
}

/** Where a gateway's TLSA records may stand; nowhere while no address of it was heard. */
function basesOf(question: Question, lookup: Lookup): readonly Name[] {
  const { state, name } = heard(question, lookup);
  return state === "records" ? [name, question.name] : [];
}

function tlsaQuestions(base: Name, lookup: Lookup): readonly Question[] {
  const owner = tlsaOwner(base);
  if (owner === null) return [];
  const records = heard({ name: owner, type: "TLSA" }, lookup);
  return records.state === "records" ? [...records.questions, ...towards(base, records, lookup)] : records.questions;
}

function towards(base: Name, { questions }: Heard, lookup: Lookup): readonly Question[] {
  // A CNAME at the records' own name answers for every type: only the name above it tells anything then.
  const own = questions[0]?.name;
  const names = namesTowardsTlsa(base).filter((name) => name !== own || questions.length === 1);
  return names.flatMap((name) => heard({ name, type: "A" }, lookup).questions);
}
