/** DMARC policy records: RFC 9989 sections 4.7, 4.8 and 4.10.1, and what RFC 7489 section 6.3 and 6.4 read otherwise. */
import { excerptOf } from "./dmarc-excerpt.ts";
import { parseReportUris, type ReportUri } from "./dmarc-uri.ts";
import { DMARC_TAGS, parseTag, splitTags, withoutMargins } from "./tag-list.ts";

export type DmarcPolicy = "none" | "quarantine" | "reject";

/** A tag that asks for a policy; null where it is absent, `invalid` where its value is none of the three. */
export type PolicyTag = DmarcPolicy | "invalid" | null;

/**
 * Why a record is read differently by different receivers, or not at all. `tag-repeated`: forbidden by RFC 6376 section 3.2,
 * which makes the whole list invalid. `tag-case`: ABNF takes `P` for `p`, RFC 6376 does not. `space-before`: RFC 6376 allows
 * white space before the version, DMARC's ABNF does not. `too-long`: more than we read.
 */
export type DmarcTrouble = "tag-repeated" | "tag-case" | "space-before" | "too-long";

/** A record that begins with a version tag. Invalid values count as absent (RFC 9989 section 4.7), except where said. */
export interface DmarcRecord {
  readonly trouble: DmarcTrouble | null;
  readonly p: PolicyTag;
  readonly sp: PolicyTag;
  readonly np: PolicyTag;
  readonly psd: "y" | "n" | "u";
  /** `t=y`: the policy is to be applied one level below what it says. */
  readonly testing: boolean;
  /** `pct` of RFC 7489, 0 to 100; null when absent. RFC 9989 has no such tag. */
  readonly percent: number | "invalid" | null;
  /** Null when absent. */
  readonly rua: readonly ReportUri[] | null;
  readonly ruf: readonly ReportUri[] | null;
  /** Whether `p` directly follows the version, as RFC 7489 section 6.4 writes it. */
  readonly policyFirst: boolean;
  /** What could not be read and is passed over: excerpts, at most five. */
  readonly ignored: readonly string[];
}

/** `unrelated`: some other text. `version`: meant as DMARC, but it does not begin with exactly `v=DMARC1`. */
export type DmarcProblem = "unrelated" | "version";

export type ParsedDmarc =
  { readonly ok: true; readonly value: DmarcRecord } | { readonly ok: false; readonly problem: DmarcProblem };

const VERSION = /^([ \t]*)([vV])[ \t]*=[ \t]*DMARC1[ \t]*$/;

/** How far we look for signs that a text was meant as DMARC. */
const SIGNS_WITHIN = 256;
const SIGNS = [/^[^;]*dmarc/i, /(?:^|;)[ \t]*s?p[ \t]*=[ \t]*(?:none|quarantine|reject)\b/i];

const POLICIES: readonly string[] = ["none", "quarantine", "reject"] satisfies readonly DmarcPolicy[];
const MAX_IGNORED = 5;

/** Tags whose spelling in another case receivers may or may not understand. */
const DECIDING: ReadonlySet<string> = new Set(["v", "p", "sp", "np", "psd", "t", "pct"]);

/** Values of the other tags; compared without regard to case (RFC 5234 section 2.3). */
const VALUES: Readonly<Record<string, RegExp>> = {
  psd: /^[ynu]$/i,
  t: /^[yn]$/i,
  adkim: /^[rs]$/i,
  aspf: /^[rs]$/i,
  fo: /^[01ds](?:[ \t]*:[ \t]*[01ds]){0,3}$/i,
};

/** Reads the text of one TXT record, its strings joined, one character per octet (latin1). */
export function parseDmarc(text: string): ParsedDmarc {
  const end = text.indexOf(";");
  const version = VERSION.exec(end < 0 ? text : text.slice(0, end));
  if (version === null) return { ok: false, problem: isMeantAsDmarc(text) ? "version" : "unrelated" };
  const pieces = splitTags(text, DMARC_TAGS);
  const tags = readTags(pieces.ok ? pieces.value.slice(1) : []);
  const trouble = pieces.ok ? troubleOf(version, tags.names) : "too-long";
  return { ok: true, value: recordOf(tags, trouble) };
}

function isMeantAsDmarc(text: string): boolean {
  const start = text.slice(0, SIGNS_WITHIN);
  return SIGNS.some((sign) => sign.test(start));
}

interface ReadTags {
  /** In the order sent, as spelt. */
  readonly names: readonly string[];
  /** The first of each name; null where the value is malformed. */
  readonly values: ReadonlyMap<string, string | null>;
  readonly unread: readonly string[];
}

/** Whatever is malformed after the version stands alone: the rest of the record counts (RFC 9989 section 4.7). */
function readTags(pieces: readonly string[]): ReadTags {
  const names: string[] = [];
  const values = new Map<string, string | null>();
  const unread: string[] = [];
  for (const piece of pieces) {
    if (withoutMargins(piece) === "") continue;
    const tag = parseTag(piece, DMARC_TAGS);
    const name = tag.ok ? tag.value.name : withoutMargins(piece.split("=", 1)[0] ?? "");
    names.push(name);
    if (!values.has(name)) values.set(name, tag.ok ? tag.value.value : null);
    if (!tag.ok || !isKnownValue(name, tag.value.value)) unread.push(excerptOf(withoutMargins(piece)));
  }
  return { names, values, unread };
}

function isKnownValue(name: string, value: string): boolean {
  return VALUES[name]?.test(value) ?? true;
}

function troubleOf([, margin = "", letter]: RegExpExecArray, names: readonly string[]): DmarcTrouble | null {
  const folded = ["v", ...names.map((name) => name.toLowerCase())];
  if (new Set(folded).size < folded.length) return "tag-repeated";
  const isOtherCase = names.some((name) => name !== name.toLowerCase() && DECIDING.has(name.toLowerCase()));
  if (letter === "V" || isOtherCase) return "tag-case";
  return margin === "" ? null : "space-before";
}

function recordOf({ names, values, unread }: ReadTags, trouble: DmarcTrouble | null): DmarcRecord {
  const psd = values.get("psd")?.toLowerCase();
  const uris = (tag: string): readonly ReportUri[] | null =>
    values.has(tag) ? parseReportUris(values.get(tag) ?? "") : null;
  return {
    trouble,
    p: policyOf(values.get("p")),
    sp: policyOf(values.get("sp")),
    np: policyOf(values.get("np")),
    psd: psd === "y" || psd === "n" ? psd : "u",
    testing: values.get("t")?.toLowerCase() === "y",
    percent: percentOf(values.get("pct")),
    rua: uris("rua"),
    ruf: uris("ruf"),
    policyFirst: names[0] === "p",
    ignored: unread.slice(0, MAX_IGNORED),
  };
}

function policyOf(value: string | null | undefined): PolicyTag {
  if (value === undefined) return null;
  const folded = value?.toLowerCase();
  return POLICIES.find((policy): policy is DmarcPolicy => policy === folded) ?? "invalid";
}

/** RFC 7489 section 6.4: one to three digits. */
function percentOf(value: string | null | undefined): DmarcRecord["percent"] {
  if (value === undefined) return null;
  if (value === null || !/^[0-9]{1,3}$/.test(value) || Number(value) > 100) return "invalid";
  return Number(value);
}
