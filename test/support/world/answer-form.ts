import type { Answer } from "../../../lib/practice/answer.ts";
import type { Question } from "../../../lib/wire/message.ts";
import type { Name } from "../../../lib/wire/name.ts";
import { parseTargetName } from "../../../lib/wire/rdata/target-name.ts";

/** The name at the end of the aliases that the answer holds. */
export function finalName({ answer }: Answer, { name }: Question): Name {
  let at = name;
  for (const record of answer) {
    const target = record.type === "CNAME" && record.name === at ? parseTargetName(record.data) : null;
    if (target?.ok === true) at = target.value;
  }
  return at;
}

/** Whether the answer says that there is nothing: it has the zone's SOA beside the proofs (RFC 2308 section 2). */
export function isDenial({ authority }: Answer): boolean {
  return authority.some(({ type }) => type === "SOA");
}
