import { parseSpf, type SpfProblem, type SpfRecord, spfText } from "../../parsers/spf.ts";
import type { ResourceRecord } from "../../wire/message.ts";
import type { Name } from "../../wire/name.ts";
import { parseTxt } from "../../wire/rdata/txt.ts";
import type { DnsAnswer, DnsView } from "./dns-view.ts";

/** A domain's SPF record, or what stands in its place (RFC 7208 sections 4.4 to 4.6). */
export type SpfPolicy =
  | { readonly state: "policy"; readonly record: SpfRecord; readonly text: string }
  | { readonly state: "malformed"; readonly problem: SpfProblem; readonly term: string; readonly text: string }
  /** `noName`: the domain itself does not exist. */
  | { readonly state: "none"; readonly noName: boolean }
  | { readonly state: "several"; readonly count: number }
  | Extract<DnsAnswer, { readonly state: "failed" | "bogus" | "unasked" }>;

/** Reads the SPF record at a name. */
export function policyAt(name: Name, dns: DnsView): SpfPolicy {
  const answer = dns({ name, type: "TXT" });
  if (answer.state === "void") return { state: "none", noName: answer.noName };
  if (answer.state !== "records") return answer;
  const texts = spfTexts(answer.records);
  const [text] = texts;
  if (text === undefined) return { state: "none", noName: false };
  if (texts.length > 1) return { state: "several", count: texts.length };
  const read = parseSpf(text);
  if (!read.ok) return { state: "malformed", problem: read.problem, term: read.term, text };
  return { state: "policy", record: read.value, text };
}

/** The texts of those TXT records that are SPF records. A record that cannot be read does not begin with `v=spf1`. */
function spfTexts(records: readonly ResourceRecord[]): readonly string[] {
  return records.flatMap(({ data }) => {
    const strings = parseTxt(data);
    const text = strings.ok ? spfText(strings.value) : null;
    return text === null ? [] : [text];
  });
}
