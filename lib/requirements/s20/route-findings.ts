import type { Finding, FindingMaker } from "../../core/finding.ts";
import { undecided } from "../../core/unobserved.ts";
import type { BogusClassification, Classification } from "../../dnssec/classification.ts";
import { gapOf, INCOMPLETE } from "../../mail/gap.ts";
import { isKnown } from "../../mail/gateway-host.ts";
import { isNowhere, type MailRoute } from "../../mail/gateways.ts";
import type { WildcardDoubt } from "../../mail/wildcard-mx.ts";
import { type Name, wildcardAt } from "../../wire/name.ts";
import type { messages } from "./messages.ts";
import { plainList, plainName } from "./wording.ts";

type Make = FindingMaker<typeof messages>;

/** What a route says before its gateways are looked at: how MX stands (19.1), and hosts that are none (19.6). */
export function routeFindings(route: MailRoute, isDeclared: boolean, finding: Make): readonly Finding[] {
  const { form, mx, leftOut, unreadable, nullBesides, mailDomain } = route;
  const domain = plainName(mailDomain);
  const gaps: Finding[] = [];
  if (leftOut.length > 0) {
    const detail = `more gateways than are looked at: ${leftOut.length} were left out`;
    gaps.push(undecided("S20", `${domain} MX`, { cause: "tool-limit", detail }));
  }
  if (unreadable > 0) {
    const detail = `${unreadable} MX records hold no MX data`;
    gaps.push(undecided("S20", `${domain} MX`, { cause: "protocol-error", detail }));
  }
  const besides = nullBesides ? [finding("S20_NULL_MX_BESIDES", { domain })] : [];
  switch (form) {
    case "null-mx":
      return [...gaps, finding("S20_NULL_MX", { domain })];
    case "none":
      return [...gaps, finding(isNowhere(route) ? "S20_NOT_REGISTERED" : "S20_NO_MAIL", { domain })];
    case "unknown":
      return [...gaps, ...unknownRoute(route, finding)];
    case "implicit":
      return isDeclared ? [...gaps, ...mxFindings(mx, domain, finding)] : gaps;
    case "declared":
      return [...gaps, ...declaredFindings(route, finding)];
    case "mx":
      return [...gaps, ...besides, ...mxFindings(mx, domain, finding), ...deadFindings(route, finding)];
  }
}

/**
 * What keeps us from knowing whether names that nobody has made receive mail: an MX that does not hold is one further domain's; a
 * broken denial is S18's to judge, and keeps us from saying that there is no wildcard.
 */
export function wildcardFindings(doubt: WildcardDoubt | null, domain: Name, finding: Make): readonly Finding[] {
  if (doubt === null) return [];
  const names = plainName(wildcardAt(domain));
  if (doubt.state === "gap") return [undecided("S20", `${names} MX`, doubt.gap)];
  if (doubt.state === "bogus") return [mxBogus(doubt.mx, names, finding)];
  const { zone, reason } = doubt.mx;
  return [finding("S20_WILDCARD_UNPROVEN", { domain: names, zone: plainName(zone), reason })];
}

/** Fact 19.1: MX must be secure, its absence too where the name's own addresses stand in. */
function mxFindings(mx: Classification | null, domain: string, finding: Make): readonly Finding[] {
  if (mx === null) return [];
  const gap = gapOf(mx);
  if (gap !== null) return [undecided("S20", `${domain} MX`, gap)];
  if (mx.status === "bogus") return [mxBogus(mx, domain, finding)];
  if (mx.status !== "insecure") return [];
  return [finding("S20_MX_INSECURE", { domain, zone: plainName(mx.zone), reason: mx.reason })];
}

function mxBogus({ zone, reason }: BogusClassification, domain: string, finding: Make): Finding {
  return finding("S20_MX_BOGUS", { domain, zone: plainName(zone), reason });
}

/** No answer that can be relied on: about MX, or about the addresses that take its place. */
function unknownRoute({ mx, hosts, mailDomain, unreadable }: MailRoute, finding: Make): readonly Finding[] {
  const domain = plainName(mailDomain);
  if (mx !== null && !isKnown(mx)) return mxFindings(mx, domain, finding);
  const gaps = hosts.flatMap(({ a, aaaa }) => [a, aaaa]).flatMap((one) => gapOf(one) ?? []);
  if (gaps.length > 0) return gaps.map((gap) => undecided("S20", domain, gap));
  return unreadable > 0 ? [] : [undecided("S20", domain, INCOMPLETE)];
}

/**
 * Fact 19.6: hosts that have no address take in nothing, and where there is no other, nothing can be delivered at all. One whose
 * absence nobody has signed is judged like any other, for others can make up an address for it.
 */
function deadFindings({ hosts, leftOut, mailDomain }: MailRoute, finding: Make): readonly Finding[] {
  const domain = plainName(mailDomain);
  const dead = hosts.filter(({ reach }) => reach === "none");
  if (dead.length === hosts.length && leftOut.length === 0) {
    return [finding("S20_GATEWAYS_WITHOUT_ADDRESS", { domain, gateways: namesOf(dead) })];
  }
  const settled = dead.filter(({ protection }) => protection === "secure");
  return settled.map(({ host }) => finding("S20_GATEWAY_WITHOUT_ADDRESS", { domain, gateway: plainName(host) }));
}

/** Gateways that only the inventory names: one that cannot be found is a fault of the inventory. */
function declaredFindings({ hosts, mailDomain }: MailRoute, finding: Make): readonly Finding[] {
  const absent = hosts.filter(({ reach }) => reach === "none");
  if (absent.length === 0) return [];
  return [finding("S20_DECLARED_NOT_FOUND", { domain: plainName(mailDomain), gateways: namesOf(absent) })];
}

/** Names in one sentence; the rest are counted. */
const NAMES_TOLD = 2;

function namesOf(hosts: MailRoute["hosts"]): string {
  const names = hosts.map(({ host }) => plainName(host));
  const more = names.length - NAMES_TOLD;
  const told = plainList(names.slice(0, NAMES_TOLD));
  return more > 0 ? `${told} (+${more})` : told;
}
