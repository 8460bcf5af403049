import type { Question } from "../wire/message.ts";
import type { Name } from "../wire/name.ts";
import type { RecordType } from "../wire/record-type.ts";

/** Apex types whose answers must be signed (requirements.md 18.4), with the addresses and texts that people rely on. */
export const APEX_TYPES: readonly RecordType[] = ["SOA", "NS", "DNSKEY", "A", "AAAA", "MX", "TXT"];

/** A type that hardly any apex has, asked to provoke a signed "no such type" (requirements.md 18.5). */
export const ABSENT_TYPE: RecordType = "LOC";

/** What is asked about a domain's own data: its apex types, a type that is missing and a name that is not there. */
export function domainQuestions(domain: Name, randomName: Name): readonly Question[] {
  return [
    ...APEX_TYPES.map((type) => ({ name: domain, type })),
    { name: domain, type: ABSENT_TYPE },
    { name: randomName, type: "A" },
  ];
}
