import { questionKey } from "../../dnssec/lookup.ts";
import type { Question } from "../../wire/message.ts";
import type { Name } from "../../wire/name.ts";
import type { SpfAudit, SpfGrant } from "./audit.ts";
import { checkHostIn, type SpfResult } from "./check-host.ts";
import type { DnsView } from "./dns-view.ts";
import { isWithin, parseIpAddress } from "./ip-address.ts";
import { MAX_VOIDS } from "./limits.ts";

/** What one sender gets whom the domain cannot know. */
export interface ForeignResult {
  readonly ip: string;
  readonly result: SpfResult;
}

/** What the audit has found for itself, and which questions that took. */
interface Walked extends Pick<SpfAudit, "grants" | "voids"> {
  readonly asked: ReadonlySet<string>;
}

/** Addresses for documentation, from which nobody sends (RFC 5737, RFC 3849, RFC 9637): of each row the first not granted. */
const ADDRESSES = [
  ["192.0.2.1", "198.51.100.1", "203.0.113.1"],
  ["2001:db8::1", "3fff::1"],
] as const;

/** A mailbox and a host that nobody has allowed anything. */
const LOCAL_PART = "kravvagt-foreign";
const HELO = "foreign.example.net";

const OTHER_FAMILY: Readonly<Record<string, "A" | "AAAA">> = { A: "AAAA", AAAA: "A" };

/**
 * Tries the record of `domain` with a foreign sender of each family, for what terms come to that depend on the sender. One
 * whose evaluation asks what is not heard yet has no result.
 */
export function foreignResults(
  domain: Name,
  walked: Walked,
  dns: DnsView,
): Pick<SpfAudit, "gaps" | "bogus"> & { readonly results: readonly ForeignResult[] } {
  const gaps: SpfAudit["gaps"][number][] = [];
  const bogus: SpfAudit["bogus"][number][] = [];
  const view: DnsView = (question) => {
    const answer = dns(question);
    if (answer.state === "failed") gaps.push({ question, cause: answer.cause, detail: answer.detail });
    if (answer.state === "bogus") bogus.push({ question, zone: answer.zone, reason: answer.reason });
    return answer;
  };
  const results = ADDRESSES.flatMap((addresses) => {
    const ip = addresses.find((text) => !isGranted(text, walked.grants)) ?? addresses[0];
    const result = resultFor(ip, domain, walked, view);
    return result === null ? [] : [{ ip, result }];
  });
  return { results, gaps, bogus };
}

function resultFor(ip: string, domain: Name, walked: Walked, dns: DnsView): SpfResult | null {
  const empty: Question[] = [];
  const view: DnsView = (question) => {
    // Nobody has given a documentation address a name.
    if (question.type === "PTR") return { state: "void", noName: true };
    const answer = dns(question);
    if (answer.state === "void" && question.type !== "TXT") empty.push(question);
    return answer;
  };
  const sender = { ip, helo: HELO, mailFrom: `${LOCAL_PART}@${domain.slice(0, -1)}` };
  const check = checkHostIn(sender, view, Infinity);
  if (check.status !== "done") return null;
  return voidsOf(empty, walked, dns) > MAX_VOIDS ? "permerror" : check.result;
}

/** Terms that find nothing. As in the audit, a host of the other family only is no such term, and one of many hosts is one. */
function voidsOf(empty: readonly Question[], { asked, voids }: Walked, dns: DnsView): number {
  const known = empty.filter((question) => asked.has(questionKey(question)));
  const vain = known.filter(({ name, type }) => {
    const other = OTHER_FAMILY[type];
    const question = other === undefined ? null : { name, type: other };
    return question === null || !asked.has(questionKey(question)) || dns(question).state === "void";
  });
  return Math.min(vain.length, voids.length) + (empty.length - known.length);
}

function isGranted(text: string, grants: readonly SpfGrant[]): boolean {
  const address = parseIpAddress(text) ?? [];
  return grants.some(({ network, prefix }) => isWithin(address, network, prefix));
}
