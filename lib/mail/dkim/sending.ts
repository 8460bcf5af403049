import { parseTagList } from "../../parsers/tag-list.ts";
import type { Classification } from "../../dnssec/classification.ts";
import type { Question } from "../../wire/message.ts";
import type { Name } from "../../wire/name.ts";
import { parseMx } from "../../wire/rdata/mx.ts";
import type { DkimObservation } from "../observations.ts";
import type { Classify } from "../reading.ts";
import { nameBelow, possibleOrganisations } from "./names.ts";
import { textsOf } from "./txt-text.ts";

/**
 * Whether a domain sends mail. `sends`: the inventory says so, reports show it, or SPF lets somebody. `silent`: the inventory
 * says that it does not, and SPF and DMARC say so to everyone. `undeclared`: SPF and DMARC say so, the inventory does not.
 * `contradicted`: the inventory says that it does not, but SPF or DMARC leave it open. `unanswered`: whether they do is not known.
 */
export type Sending = "sends" | "silent" | "undeclared" | "contradicted" | "unanswered" | "unknown";

/** What the inventory says: `true`, `false`, or nothing. */
export type DeclaredSending = boolean | "unknown" | undefined;

/** Judges by validated answers; what is not known never makes a domain silent. */
export function sendingOf(
  { domain, reported }: Pick<DkimObservation, "domain" | "reported">,
  declared: DeclaredSending,
  classify: Classify,
): Sending {
  if (declared === true || reported.length > 0) return "sends";
  const spf = spfOf(domain, classify);
  const rejection = spf === "nobody" ? rejects(domain, classify) : false;
  const isClosed = rejection === true;
  if (declared === false) {
    if (isClosed) return "silent";
    return spf === "unanswered" || rejection === "unanswered" ? "unanswered" : "contradicted";
  }
  if (isClosed) return "undeclared";
  return spf === "somebody" && !hasNullMx(domain, classify) ? "sends" : "unknown";
}

/** Who says that a domain sends, the strongest first. */
export type SendingSource = "inventory" | "reports" | "spf";

/** On whose word a domain that sends is taken to. */
export function sourceOfSending(
  { reported }: Pick<DkimObservation, "reported">,
  declared: DeclaredSending,
): SendingSource {
  if (declared === true) return "inventory";
  return reported.length > 0 ? "reports" : "spf";
}

/** RFC 7208 section 10.1.2: exactly this, and no other record. */
const NOBODY = /^v=spf1 +-all *$/i;
const SPF = /^v=spf1( |$)/i;
/** A mechanism, or redirect, by which an address can be let through; "all" is none. */
const LETS_THROUGH = /^\+?(include:|ip4:|ip6:|exists:|a(?=[:/]|$)|mx(?=[:/]|$)|ptr(?=:|$)|redirect=)/i;
const MAX_TERMS = 64;

function spfOf(domain: Name, classify: Classify): "nobody" | "somebody" | "unclear" | "unanswered" {
  const classification = classify({ name: domain, type: "TXT" });
  if (isUnanswered(classification)) return "unanswered";
  const texts = answeredTexts(classification);
  const records = texts.filter((text) => SPF.test(text));
  const [record] = records;
  if (record === undefined || records.length > 1) return "unclear";
  if (NOBODY.test(record)) return "nobody";
  return termsOf(record).some((term) => LETS_THROUGH.test(term)) ? "somebody" : "unclear";
}

/** The terms of an SPF record after its version, at most 64. */
export function termsOf(record: string): readonly string[] {
  return record.split(" ", MAX_TERMS).slice(1);
}

/** Whether the text is an SPF record (RFC 7208 section 4.5). */
export function isSpf(text: string): boolean {
  return SPF.test(text);
}

/** The domain's own record decides, else its organisation's, whose `sp` comes before its `p` (RFC 9989 section 4.10). */
function rejects(domain: Name, classify: Classify): boolean | "unanswered" {
  const own = dmarcOf(domain, classify);
  if (own === "unanswered") return own;
  if (own !== null) return isReject(own, own.get("p"));
  for (const organisation of possibleOrganisations(domain)) {
    const tags = dmarcOf(organisation, classify);
    if (tags === "unanswered") return tags;
    if (tags !== null) return isReject(tags, tags.get("sp") ?? tags.get("p"));
  }
  return false;
}

function isReject(tags: ReadonlyMap<string, string>, policy: string | undefined): boolean {
  const isWhole = tags.get("t") !== "y" && (tags.get("pct") ?? "100") === "100";
  return isWhole && policy?.toLowerCase() === "reject";
}

/** The tags of the one DMARC record at a name; null for none that counts. */
function dmarcOf(domain: Name, classify: Classify): ReadonlyMap<string, string> | null | "unanswered" {
  const name = nameBelow("_dmarc", domain);
  if (name === null) return null;
  const classification = classify({ name, type: "TXT" });
  if (isUnanswered(classification)) return "unanswered";
  // Something is there, and asks for nothing that anyone could rely on.
  if (classification.status === "bogus") return new Map();
  const lists = answeredTexts(classification).flatMap((text) => {
    const list = parseTagList(text);
    const [first] = list.ok ? list.value : [];
    return list.ok && first?.name === "v" && first.value === "DMARC1" ? [list.value] : [];
  });
  const [list] = lists;
  if (list === undefined || lists.length > 1) return null;
  return new Map(list.map(({ name: tag, value }) => [tag.toLowerCase(), value]));
}

/** RFC 7505 section 4.2: such a domain should not be in a sender's address. */
function hasNullMx(domain: Name, classify: Classify): boolean {
  const mx = classify({ name: domain, type: "MX" });
  if (mx.status !== "secure" && mx.status !== "insecure") return false;
  const [only, ...more] = mx.records.map(({ data }) => parseMx(data));
  return more.length === 0 && only?.ok === true && only.value.exchange === ".";
}

/** No usable answer. What does not validate was answered, but says nothing. */
function isUnanswered({ status }: Classification): boolean {
  return status === "indeterminate" || status === "need";
}

/** What decides whether a domain is silent: its SPF, and the DMARC record of its own or its organisation. */
export function sendingQuestions(domain: Name): readonly Question[] {
  const dmarc = [domain, ...possibleOrganisations(domain)].flatMap((each) => nameBelow("_dmarc", each) ?? []);
  return [domain, ...dmarc].map((name) => ({ name, type: "TXT" }));
}

function answeredTexts(classification: Classification): readonly string[] {
  const isAnswered = classification.status === "secure" || classification.status === "insecure";
  return isAnswered ? textsOf(classification.records) : [];
}
