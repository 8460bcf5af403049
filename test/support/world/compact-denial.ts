import type { Answer } from "../../../lib/practice/answer.ts";
import type { Question, ResourceRecord } from "../../../lib/wire/message.ts";
import { labelCount, type Name, toWire } from "../../../lib/wire/name.ts";
import { RCODE } from "../../../lib/wire/rcode.ts";
import { parseRrsig } from "../../../lib/wire/rdata/rrsig.ts";
import type { RecordType } from "../../../lib/wire/record-type.ts";
import { finalName, isDenial } from "./answer-form.ts";
import { bitmapTypes, nsec, signSet } from "./sign-zone.ts";
import { keyOf } from "./world-key.ts";
import type { PlannedZone } from "./world-plan.ts";

/**
 * Turns an answer of a zone without an NSEC chain into that of a server which signs on the spot (RFC 9824): every denial is
 * NOERROR with an NSEC at the very name, and what a wildcard stands in for is signed under the name that was asked.
 */
export function denyCompactly(answer: Answer, question: Question, planned: PlannedZone): Answer {
  const { zone, origin } = planned;
  const key = keyOf(origin);
  const denied = deniedName(answer, question);
  const proof = denied === null ? [] : [nsecAt(denied, answer.rcode, zone.nodes.get(denied), planned)];
  const authority = [...answer.authority, ...proof.flatMap((record) => [record, signSet(key, [record])])];
  return { ...answer, rcode: RCODE.NOERROR, answer: signedAsAsked(answer.answer, planned), authority };
}

/** The name whose lack of the type must be proven: of a denial, or of a delegation without DS. */
function deniedName(answer: Answer, question: Question): Name | null {
  if (isDenial(answer)) return finalName(answer, question);
  const cut = answer.authority.find(({ type }) => type === "NS")?.name;
  return answer.authoritative || answer.authority.some(({ type }) => type === "DS") ? null : (cut ?? null);
}

/** `\000` before the name is its immediate successor (RFC 4470 section 3.1.2, RFC 9824 section 3.1). */
function nsecAt(
  name: Name,
  rcode: number,
  node: ReadonlyMap<RecordType, { readonly records: readonly ResourceRecord[] }> | undefined,
  { origin }: PlannedZone,
): ResourceRecord {
  const next = Buffer.concat([Buffer.from([1, 0]), toWire(name)]);
  if (rcode === RCODE.NXDOMAIN) return nsec(name, next, ["NXNAME"]);
  const records = [...(node?.values() ?? [])].flatMap((set) => set.records);
  return nsec(name, next, bitmapTypes(records, name !== origin && node?.has("NS") === true));
}

/** A server that signs on the spot has no need to show that a wildcard was used. */
function signedAsAsked(answer: readonly ResourceRecord[], { origin }: PlannedZone): readonly ResourceRecord[] {
  const key = keyOf(origin);
  return answer.map((record) => {
    const rrsig = record.type === "RRSIG" ? parseRrsig(record.data) : null;
    if (rrsig?.ok !== true || rrsig.value.labels >= labelCount(record.name)) return record;
    const { typeCovered } = rrsig.value;
    const [first, ...others] = answer.filter(({ name, type }) => name === record.name && type === typeCovered);
    return first === undefined ? record : signSet(key, [first, ...others]);
  });
}
