import { Buffer } from "node:buffer";
import type { Question, ResourceRecord } from "../../../lib/wire/message.ts";
import { name } from "../../../lib/wire/name.ts";
import { rcodeName } from "../../../lib/wire/rcode.ts";
import { typeName } from "../../../lib/wire/record-type.ts";

/** The three ways in which prove.dk is signed. */
export const ZONE_KINDS = ["nsec", "nsec3", "opt-out"] as const;

/**
 * Owners that reach every branch of the answering algorithm. Not recorded, because NSD goes its own way there: ANY (any
 * subset is right, RFC 8482), an alias that leads below a cut (NSD adds the referral, RFC 1034 step 3b; we leave it to
 * the resolver), a wildcard asked by its own name (NSD adds a proof that nobody needs), the empty non-terminal above an
 * unsigned delegation under opt-out (NSD omits the covering NSEC3 that RFC 5155 section 7.2.3 wants).
 */
const OWNERS = [
  ...["@", "www", "mail", "ns1", "gone", "away", "round", "trip", "nope", "a.b.c.nope", "zzz", "0"],
  ...["deep.under.tom", "under.tom", "tom", "x.tom", "wild", "a.wild", "a.b.wild", "set.wild", "x.set.wild"],
  ...["alias", "q.alias", "old", "www.old", "www.new", "new", "nix.old", "long", "y.long", `${"a".repeat(63)}.long`],
  ...["open", "host.open", "ns1.open", "shut", "x.shut", "ns1.shut", "cut.only.tom2", "host.cut.only.tom2"],
];
const LONGEST_LABELS = `${"a".repeat(63)}.${"b".repeat(63)}.${"c".repeat(40)}.long`;

const TYPES = ["A", "TXT", "DS", "NSEC"];

export function questionsToRecord(): readonly Question[] {
  const owners = [...OWNERS, LONGEST_LABELS].map((owner) => name(owner === "@" ? "prove.dk" : `${owner}.prove.dk`));
  return owners.flatMap((owner) => TYPES.map((type) => ({ name: owner, type })));
}

interface Answered {
  readonly rcode: number;
  readonly answer: readonly ResourceRecord[];
  readonly authority: readonly ResourceRecord[];
}

/** One line: what was asked, and the code and the owners and types of answer and authority that came back. */
export function outline(kind: string, question: Question, reply: Answered): string {
  const sections = [reply.answer, reply.authority].map((records) => [...records.map(mark)].sort().join(" "));
  return [`${kind} ${question.name} ${question.type}`, rcodeName(reply.rcode), ...sections].join(" | ").trimEnd();
}

/** owner/type, with the type covered by a signature after it, and the apex written as "@". */
function mark(record: ResourceRecord): string {
  const owner = record.name.replace(/\.?prove\.dk\.$/u, "") || "@";
  if (record.type !== "RRSIG") return `${owner}/${record.type}`;
  return `${owner}/RRSIG:${typeName(Buffer.from(record.data, "base64").readUInt16BE(0))}`;
}
