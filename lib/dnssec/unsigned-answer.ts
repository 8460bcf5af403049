import type { Question, Reply, ResourceRecord } from "../wire/message.ts";
import type { Name } from "../wire/name.ts";
import { RCODE } from "../wire/rcode.ts";
import { dnameAbove, onlyTarget, substituteSuffix } from "./answer.ts";
import type { AnswerKind } from "./classification.ts";
import { indeterminate, type Indeterminate } from "./outcome.ts";
import { recordSet } from "./record-set.ts";
import { isReferral, referralFailure } from "./reply-form.ts";

/** What a reply says where nothing is signed: taken as heard. */
export type UnsignedAnswer =
  | {
      readonly kind: "heard";
      readonly answer: AnswerKind;
      readonly records: readonly ResourceRecord[];
      readonly rcode: number;
    }
  | { readonly kind: "alias"; readonly to: Name; readonly by: "CNAME" | "DNAME" }
  | Indeterminate;

/** Reads a usable reply without judging signatures. */
export function readUnsigned(question: Question, reply: Reply, zone: Name): UnsignedAnswer {
  const { name, type } = question;
  const { rcode } = reply;
  const { records } = recordSet(reply.answer, name, type);
  if (records.length > 0) return { kind: "heard", answer: "positive", records, rcode };
  const cname = recordSet(reply.answer, name, "CNAME");
  if (cname.records.length > 0) return aliasTo(onlyTarget(cname), "CNAME", question, zone);
  const dname = dnameAbove(name, zone, reply);
  if (dname !== null) {
    const target = onlyTarget(dname);
    return aliasTo(target === null ? null : substituteSuffix(name, dname.name, target), "DNAME", question, zone);
  }
  if (isReferral(reply, name)) return referralFailure(question, zone);
  return { kind: "heard", answer: rcode === RCODE.NXDOMAIN ? "nxdomain" : "nodata", records: [], rcode };
}

/** An alias that cannot be followed says neither that something is there nor that nothing is. */
function aliasTo(to: Name | null, by: "CNAME" | "DNAME", question: Question, zone: Name): UnsignedAnswer {
  if (to !== null) return { kind: "alias", to, by };
  const record = { name: question.name, type: by };
  return indeterminate("protocol-error", "malformed-alias", zone, record, "an alias that cannot be followed");
}

/** Whether the reply to an earlier question of the chain already holds records for this one. */
export function speaksOf({ name, type }: Question, reply: Reply): boolean {
  return reply.answer.some((record) => record.name === name && (record.type === type || record.type === "CNAME"));
}
