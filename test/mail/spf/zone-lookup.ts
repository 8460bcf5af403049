import { Buffer } from "node:buffer";
import { observed, unobserved } from "../../../lib/core/observation.ts";
import type { Lookup } from "../../../lib/dnssec/lookup.ts";
import { parseIpAddress } from "../../../lib/mail/spf/ip-address.ts";
import { targetName } from "../../../lib/mail/spf/macro-expansion.ts";
import type { Question } from "../../../lib/wire/message.ts";
import { type Name, ROOT, toWire } from "../../../lib/wire/name.ts";
import { RCODE } from "../../../lib/wire/rcode.ts";

/** What stands at one name: TXT as lists of strings, one character per octet. */
export interface Owner {
  readonly A?: readonly string[];
  readonly AAAA?: readonly string[];
  readonly MX?: readonly (readonly [preference: number, exchange: string])[];
  readonly TXT?: readonly (readonly string[])[];
  readonly PTR?: readonly string[];
  readonly CNAME?: readonly string[];
  /** Types that are not listed get no answer. */
  readonly timesOut?: boolean;
}

export type Zone = Readonly<Record<string, Owner>>;

/** Answers as a resolver would that has just these names; a name that is not there does not exist. */
export function lookupIn(zone: Zone): Lookup {
  const owners = new Map(Object.entries(zone).map(([owner, records]) => [nameOf(owner), records]));
  return (question) => {
    const owner = owners.get(question.name);
    const alias = owner?.CNAME;
    const type = alias === undefined ? question.type : "CNAME";
    const data = owner === undefined ? [] : rdataOf(owner, type);
    if (owner?.timesOut === true && data.length === 0) return unobserved("dns-timeout", "no answer");
    return observed({
      rcode: owner === undefined ? RCODE.NXDOMAIN : RCODE.NOERROR,
      flags: [],
      question,
      answer: data.map((octets) => ({
        name: question.name,
        type,
        ttl: 60,
        data: Buffer.from(octets).toString("base64"),
      })),
      authority: [],
      additional: [],
      edns: null,
    });
  };
}

/** The same, but a question has to be put before it is answered: `ask` puts it. */
export function asking(lookup: Lookup): { readonly lookup: Lookup; ask(questions: readonly Question[]): number } {
  const put = new Set<string>();
  const keyOf = ({ name, type }: Question): string => `${name} ${type}`;
  return {
    lookup: (question) => (put.has(keyOf(question)) ? lookup(question) : undefined),
    ask: (questions) => {
      const before = put.size;
      for (const question of questions) put.add(keyOf(question));
      return put.size - before;
    },
  };
}

function nameOf(text: string): Name {
  if (text === "") return ROOT;
  const result = targetName(text);
  if (!result.ok) throw new Error(`"${text}": ${result.problem}`);
  return result.value;
}

function rdataOf(owner: Owner, type: string): readonly Uint8Array[] {
  switch (type) {
    case "A":
    case "AAAA":
      return (owner[type] ?? []).map((text) => Uint8Array.from(parseIpAddress(text) ?? []));
    case "MX":
      return (owner.MX ?? []).map(([preference, exchange]) =>
        Uint8Array.from([preference >> 8, preference & 0xff, ...toWire(nameOf(exchange))]),
      );
    case "TXT":
      return (owner.TXT ?? []).map((strings) =>
        Uint8Array.from(strings.flatMap((text) => [text.length, ...Buffer.from(text, "latin1")])),
      );
    case "PTR":
    case "CNAME":
      return (owner[type] ?? []).map((target) => toWire(nameOf(target)));
    default:
      return [];
  }
}
