import type { Classification } from "../../../lib/dnssec/classification.ts";
import { publishedIn, type PublishedAt } from "../../../lib/mail/dmarc/published.ts";
import type { Classify } from "../../../lib/mail/reading.ts";
import type { Question } from "../../../lib/wire/message.ts";
import { name } from "../../../lib/wire/name.ts";

/** What stands at `_dmarc` below each domain, written without final dots; `unknown` gives no answer, `bogus` does not validate. */
export interface Standing {
  readonly records: Readonly<Record<string, readonly string[]>>;
  readonly unknown?: readonly string[];
  readonly bogus?: readonly string[];
}

/** Reads such records as a check would, from answers of an unsigned zone. */
export function publishedAt(standing: Standing): PublishedAt {
  return publishedIn(classifierFor(standing));
}

function classifierFor({ records, unknown = [], bogus = [] }: Standing): Classify {
  return (question) => {
    const domain = question.name.replace(/^_dmarc\./, "").slice(0, -1);
    if (unknown.includes(domain)) return unanswered(question);
    if (bogus.includes(domain)) return broken(question);
    return answered(question, records[domain] ?? []);
  };
}

const FOLLOWED = { aliases: [] } as const;

/** The answer of an unsigned zone; no texts mean that the name does not exist. */
export function answered(question: Question, texts: readonly string[]): Classification {
  const records = texts.map((text) => ({ name: question.name, type: "TXT" as const, ttl: 300, data: txtData(text) }));
  return {
    ...{
      status: "insecure",
      question,
      zone: name("dk"),
      reason: "no-ds",
      shownBy: name("."),
      nsec3: null,
      ...FOLLOWED,
    },
    ...{
      answer: texts.length > 0 ? "positive" : "nxdomain",
      name: question.name,
      records,
      rcode: texts.length > 0 ? 0 : 3,
    },
  };
}

export function unanswered(question: Question): Classification {
  const cause = {
    cause: "dns-servfail",
    reason: "rcode",
    detail: "SERVFAIL",
    zone: name("dk"),
    record: question,
  } as const;
  return { status: "indeterminate", question, ...cause, ...FOLLOWED };
}

export function broken(question: Question): Classification {
  const why = { reason: "signature-invalid", detail: "no", zone: name("dk"), record: question } as const;
  return { status: "bogus", question, ...why, ...FOLLOWED };
}

/** One character per octet, in strings of 255. */
function txtData(text: string): string {
  const octets = Buffer.from(text, "latin1");
  const strings: Buffer[] = [];
  for (let at = 0; at === 0 || at < octets.length; at += 255) {
    const part = octets.subarray(at, at + 255);
    strings.push(Buffer.from([part.length]), part);
  }
  return Buffer.concat(strings).toString("base64");
}
