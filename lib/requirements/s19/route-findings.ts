import type { Finding } from "../../core/finding.ts";
import type { Classification } from "../../dnssec/classification.ts";
import { gapOf, isProvenBogus } from "../../mail/gap.ts";
import { isNowhere, type MailRoute } from "../../mail/gateways.ts";
import { plainList, plainName } from "../wording.ts";
import { leftOutFindings, openHosts, unanswered } from "./gaps.ts";
import { hostsNamed, type Make } from "./wording.ts";

/** What the judgement of a route depends on besides what was seen. */
export interface Rules {
  readonly isState: boolean;
  /** The inventory says that the domain takes in mail. */
  readonly receivesMail: boolean;
}

/** Facts 19.1 to 19.4 and 19.6 of one route, except its pass. What its gateways are by themselves is told elsewhere. */
export function routeFindings(route: MailRoute, rules: Rules, finding: Make): readonly Finding[] {
  const domain = plainName(route.mailDomain);
  switch (route.form) {
    case "null-mx":
      return [...preferenceFindings(route, finding), finding("S19_NULL_MX", { domain })];
    case "none":
      return [isNowhere(route) ? finding("S19_NOT_REGISTERED", { domain }) : finding("S19_NO_MAIL", { domain })];
    case "unknown":
      return unknownFindings(route, finding);
    case "implicit":
      return implicitFindings(route, rules, finding);
    case "declared":
      return declaredFindings(route, finding);
    case "mx":
      return mxFindings(route, rules, finding);
  }
}

function preferenceFindings({ mailDomain, nullPreferences }: MailRoute, finding: Make): readonly Finding[] {
  const wrong = nullPreferences.filter((preference) => preference !== 0);
  if (wrong.length === 0) return [];
  return [finding("S19_NULL_MX_PREFERENCE", { domain: plainName(mailDomain), preferences: plainList(wrong) })];
}

/** MX is bogus, or was not answered, or the addresses that mail would go to without MX were not. */
function unknownFindings({ mx, mailDomain, hosts, unreadable }: MailRoute, finding: Make): readonly Finding[] {
  if (mx === null) return [];
  const gap = gapOf(mx);
  if (gap !== null) return [unanswered(mailDomain, "MX", gap)];
  if (isProvenBogus(mx)) return [mxBogus(mailDomain, mx, finding)];
  const [host] = hosts;
  if (host === undefined) return [unanswered(mailDomain, "MX", unreadableMx(unreadable))];
  return [host.a, host.aaaa].flatMap((one) => {
    const open = gapOf(one);
    return open === null ? [] : [unanswered(one.question.name, one.question.type, open)];
  });
}

/** Fact 19.1, bogus: whoever validates can deliver nothing. */
export function mxBogus(
  mailDomain: MailRoute["mailDomain"],
  { zone, reason, detail }: Extract<Classification, { readonly status: "bogus" }>,
  finding: Make,
): Finding {
  return finding("S19_MX_BOGUS", { domain: plainName(mailDomain), zone: plainName(zone), reason, detail });
}

function unreadableMx(count: number) {
  return { cause: "protocol-error", detail: `MX records that cannot be read: ${count}` } as const;
}

/** Fact 19.4: mail goes to the name's own addresses, if it is meant to receive any. */
function implicitFindings(route: MailRoute, { receivesMail }: Rules, finding: Make): readonly Finding[] {
  const { mailDomain, mx, hosts } = route;
  const domain = plainName(mailDomain);
  const all = [mx, ...hosts.flatMap(({ a, aaaa }) => [a, aaaa])].filter((one) => one !== null);
  const weak = all.find((one) => isProvenBogus(one)) ?? all.find(({ status }) => status === "insecure");
  if (weak?.status === "bogus" || weak?.status === "insecure") {
    const evidence = { domain, zone: plainName(weak.zone), reason: weak.reason };
    const tag = receivesMail ? "S19_IMPLICIT_UNPROTECTED_IN_USE" : "S19_IMPLICIT_UNPROTECTED";
    return [finding(tag, evidence)];
  }
  return [...openHosts(hosts), finding("S19_IMPLICIT_MX", { domain })];
}

/** Gateways that only the inventory names: one that cannot be found is a fault of the inventory. */
function declaredFindings(route: MailRoute, finding: Make): readonly Finding[] {
  const { mailDomain, hosts, leftOut } = route;
  const absent = hosts.filter(({ reach }) => reach === "none");
  const { hosts: named, all } = hostsNamed(absent);
  const missing = finding("S19_DECLARED_NOT_FOUND", { domain: plainName(mailDomain), hosts: named, allHosts: all });
  return [...(absent.length > 0 ? [missing] : []), ...leftOutFindings(leftOut)];
}

/** Facts 19.1 and 19.6 of MX records that name gateways. */
function mxFindings(route: MailRoute, { isState }: Rules, finding: Make): readonly Finding[] {
  const { mx, mailDomain, hosts, leftOut, unreadable, nullBesides } = route;
  const domain = plainName(mailDomain);
  const found: Finding[] = [...leftOutFindings(leftOut)];
  if (mx?.status === "insecure") {
    const evidence = { domain, zone: plainName(mx.zone), reason: mx.reason, shownBy: plainName(mx.shownBy) };
    found.push(finding(isState ? "S19_MX_UNSIGNED_STATE" : "S19_MX_UNSIGNED", evidence));
  }
  if (unreadable > 0) found.push(unanswered(mailDomain, "MX", unreadableMx(unreadable)));
  if (nullBesides) found.push(finding("S19_NULL_MX_BESIDE_OTHERS", { domain }));
  const literals = hosts.filter(({ isLiteral }) => isLiteral);
  if (literals.length > 0) found.push(finding("S19_MX_IS_ADDRESS", { domain, hosts: hostsNamed(literals).hosts }));
  const dead = hosts.filter(({ reach }) => reach === "none");
  if (dead.length === hosts.length && leftOut.length === 0) {
    const { hosts: named, all } = hostsNamed(dead);
    return [...found, finding("S19_NO_GATEWAY_RESOLVES", { domain, hosts: named, allHosts: all })];
  }
  const gone = dead.filter(({ protection, isLiteral }) => protection === "secure" && !isLiteral);
  if (gone.length > 0) found.push(finding("S19_GATEWAY_DEAD", { domain, hosts: hostsNamed(gone).hosts }));
  return found;
}
