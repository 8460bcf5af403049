import type { Finding } from "../../core/finding.ts";
import type { Name } from "../../wire/name.ts";
import type { Make } from "./dmarc-faults.ts";
import type { DmarcView } from "./dmarc-view.ts";
import { plainRecord } from "./dmarc-wording.ts";

/** What is weak or out of date in a record that applies: warnings only. */
export function weaknessFindings(at: Name, { published }: DmarcView, finding: Make): readonly Finding[] {
  const there = published(at);
  if (there.state !== "one") return [];
  const { secure, meant, record: parsed } = there;
  const { ignored, percent, policyFirst, p } = parsed;
  const record = plainRecord(at);
  const [part = meant] = ignored;
  return [
    ...(secure ? [] : [finding("S23_DMARC_UNSIGNED", { record })]),
    ...(part === null ? [] : [finding("S23_DMARC_TEXT_IGNORED", { record, part, count: ignored.length })]),
    ...(policyFirst || p === null ? [] : [finding("S23_DMARC_ORDER", { record })]),
    ...(percent === 100 ? [finding("S23_DMARC_PCT_OBSOLETE", { record })] : []),
  ];
}
