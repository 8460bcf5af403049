import { type Observed, observed, unobserved } from "../../lib/core/observation.ts";
import type { AliasStep, Classification } from "../../lib/dnssec/classification.ts";
import type { Classify } from "../../lib/mail/reading.ts";
import type { Question, Reply, ResourceRecord } from "../../lib/wire/message.ts";
import { name, ROOT } from "../../lib/wire/name.ts";
import { parseZoneFile } from "../../lib/wire/zone-file.ts";

/** Records of master-file lines with absolute names: "kommune.dk. MX 10 mx.kommune.dk.". */
export function recordsOf(...lines: readonly string[]): readonly ResourceRecord[] {
  const records = parseZoneFile(["$TTL 300", ...lines, ""].join("\n"), ROOT);
  if (!records.ok) throw new Error(records.problem);
  return records.value;
}

/** A record whose data is not what its type demands: one octet. */
export function mangled(owner: string, type: string): ResourceRecord {
  return { name: name(owner), type, ttl: 300, data: "AA==" };
}

/** What validation is said to have come to. */
export interface Outcome {
  readonly status: Classification["status"];
  readonly records?: readonly ResourceRecord[];
  readonly answer?: "positive" | "nodata" | "nxdomain";
  /** Names after the question's own, in order. */
  readonly through?: readonly string[];
  readonly zone?: string;
}

/** A classifier that says of "kommune.dk. MX" what it is told, and of anything else that it was not asked. */
export function classifying(outcomes: Readonly<Record<string, Outcome>>): Classify {
  return (question) => classificationOf(question, outcomes[`${question.name} ${question.type}`] ?? { status: "need" });
}

function classificationOf(question: Question, outcome: Outcome): Classification {
  const { status, records = [], answer = records.length > 0 ? "positive" : "nodata", through = [] } = outcome;
  const zone = name(outcome.zone ?? "dk");
  const path = [question.name, ...through.map((each) => name(each))];
  const aliases = path.slice(1).map((to, index): AliasStep => {
    return { from: path[index] ?? to, to, by: "CNAME", zone, status: "secure" };
  });
  const followed = { question, aliases };
  const final = path.at(-1) ?? question.name;
  const record = { name: final, type: question.type };
  switch (status) {
    case "secure":
      return {
        ...{ ...followed, status, answer, name: final, zone, records, wildcard: null, denial: null, nsec3: null },
        ...{ signatures: [], expiresAt: 2_000_000_000 },
      };
    case "insecure":
      return {
        ...{ ...followed, status, zone, reason: "no-ds", shownBy: ROOT, answer, name: final, records },
        ...{ rcode: answer === "nxdomain" ? 3 : 0, nsec3: null },
      };
    case "bogus":
      return { ...followed, status, zone, record, reason: "signature-invalid", detail: "made up" };
    case "indeterminate":
      return { ...followed, status, cause: "dns-timeout", reason: "unobserved", zone, record, detail: "made up" };
    case "need":
      return { ...followed, status, questions: [question] };
  }
}

/** What was heard to "kommune.dk. MX"; a number is an RCODE without records, null silence. */
export function hearing(said: Readonly<Record<string, readonly ResourceRecord[] | number | null>>) {
  return (question: Question): Observed<Reply> | undefined => {
    const heard = said[`${question.name} ${question.type}`];
    if (heard === undefined) return undefined;
    if (heard === null) return unobserved("dns-timeout", "no answer");
    const [rcode, answer] = typeof heard === "number" ? [heard, []] : [0, heard];
    return observed({ rcode, flags: [], question, answer, authority: [], additional: [], edns: null });
  };
}
