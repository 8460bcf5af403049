import type { AggregateReport, ReportRecord } from "../../lib/parsers/aggregate-report.ts";
import type { Random } from "./random.ts";

const PIECES = [
  "a",
  "&",
  "<",
  ">",
  "]]>",
  "&lt;",
  "&amp;amp;",
  "'",
  '"',
  "\u00e6",
  "example.org",
  "-",
  "{",
  "<!--",
  "\u{1f600}",
];
const RESULTS = [
  "pass",
  "fail",
  "none",
  "neutral",
  "softfail",
  "policy",
  "temperror",
  "permerror",
  "other",
  null,
] as const;
const POLICIES = ["none", "quarantine", "reject", "other", null] as const;
const DISPOSITIONS = ["none", "pass", "quarantine", "reject", "other", null] as const;
const ALIGNMENTS = ["r", "s", "other", null] as const;
const LAST_SECOND = 0xffff_ffff;

/** A sound report that says anything. */
export function randomReport(random: Random): AggregateReport {
  const begin = random.below(LAST_SECOND);
  const policy = {
    ...{ domain: text(random), adkim: random.pick(ALIGNMENTS), aspf: random.pick(ALIGNMENTS) },
    ...{ p: random.pick(POLICIES), sp: random.pick(POLICIES), np: random.pick(POLICIES) },
    testing: random.pick([true, false, null]),
  };
  const records = Array.from({ length: random.below(4) }, () => randomRecord(random));
  return { reporter: text(random), id: text(random), begin, end: begin + random.below(100_000), policy, records };
}

function randomRecord(random: Random): ReportRecord {
  const many = <T>(make: () => T): readonly T[] => Array.from({ length: random.below(3) }, make);
  const result = (): (typeof RESULTS)[number] => random.pick(RESULTS);
  const maybe = (): string | null => (random.chance(0.7) ? text(random) : null);
  return {
    ...{ source: random.pick(["192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1"]), count: random.below(1_000_000) },
    evaluated: { disposition: random.pick(DISPOSITIONS), dkim: result(), spf: result() },
    ...{ headerFrom: text(random), envelopeFrom: maybe() },
    dkim: many(() => ({ domain: maybe(), selector: maybe(), result: result() })),
    spf: many(() => ({ domain: maybe(), result: result() })),
  };
}

function text(random: Random): string {
  return `x${Array.from({ length: random.below(8) }, () => random.pick(PIECES)).join("")}`;
}

/** The report in the form of RFC 9990; a word that nobody knows is written as another such. */
export function reportText({ reporter, id, begin, end, policy, records }: AggregateReport): string {
  const { domain, adkim, aspf, p, sp, np, testing } = policy;
  const range = element("date_range", element("begin", begin) + element("end", end));
  const metadata = element("org_name", reporter) + element("report_id", id) + range;
  const tags = Object.entries({
    domain,
    adkim,
    aspf,
    p,
    sp,
    np,
    testing: testing === null ? null : testing ? "y" : "n",
  });
  const published = tags.map(([tag, value]) => element(tag, value)).join("");
  const head = element("report_metadata", metadata, true) + element("policy_published", published, true);
  return element("feedback", head + records.map(recordText).join(""), true);
}

function recordText({ source, count, evaluated, headerFrom, envelopeFrom, dkim, spf }: ReportRecord): string {
  const results = Object.entries(evaluated).map(([tag, value]) => element(tag, value));
  const row =
    element("source_ip", source) + element("count", count) + element("policy_evaluated", results.join(""), true);
  const from = element("header_from", headerFrom) + element("envelope_from", envelopeFrom);
  const auth = [
    ...dkim.map((one) =>
      element(
        "dkim",
        Object.entries(one)
          .map(([tag, value]) => element(tag, value))
          .join(""),
        true,
      ),
    ),
    ...spf.map((one) =>
      element(
        "spf",
        Object.entries(one)
          .map(([tag, value]) => element(tag, value))
          .join(""),
        true,
      ),
    ),
  ];
  const parts = element("row", row, true) + element("identifiers", from, true);
  return element("record", parts + element("auth_results", auth.join(""), true), true);
}

function element(tag: string, content: string | number | null, isMarkup = false): string {
  if (content === null) return "";
  const text = isMarkup || tag === "date_range" ? String(content) : escaped(String(content));
  return `<${tag}>${text}</${tag}>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
