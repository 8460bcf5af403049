import type { Question, Reply, ResourceRecord } from "../wire/message.ts";
import { isAtOrBelow, type Name } from "../wire/name.ts";
import { RCODE } from "../wire/rcode.ts";
import { onlyTarget, substituteSuffix } from "./answer.ts";
import type { AnswerKind } from "./classification.ts";
import type { Indeterminate } from "./outcome.ts";
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
  const cname = onlyTarget(recordSet(reply.answer, name, "CNAME"));
  if (cname !== null) return { kind: "alias", to: cname, by: "CNAME" };
  const dname = reply.answer.find(
    (record) => record.type === "DNAME" && record.name !== name && isAtOrBelow(name, record.name),
  );
  const target = dname === undefined ? null : onlyTarget(recordSet(reply.answer, dname.name, "DNAME"));
  const substituted = dname === undefined || target === null ? null : substituteSuffix(name, dname.name, target);
  if (substituted !== null) return { kind: "alias", to: substituted, by: "DNAME" };
  if (isReferral(reply, name)) return referralFailure(question, zone);
  return { kind: "heard", answer: rcode === RCODE.NXDOMAIN ? "nxdomain" : "nodata", records: [], rcode };
}

/** Whether the reply to an earlier question of the chain already holds records for this one. */
export function speaksOf({ name, type }: Question, reply: Reply): boolean {
  return reply.answer.some((record) => record.name === name && (record.type === type || record.type === "CNAME"));
}
