import type { Finding } from "../../core/finding.ts";
import type { Classification } from "../../dnssec/classification.ts";
import type { GatewayHost } from "../../mail/gateway-host.ts";
import type { MailRoute } from "../../mail/gateways.ts";
import { plainName, plainTime } from "../wording.ts";
import type { Rules } from "./route-findings.ts";
import { hostsNamed, type Make } from "./wording.ts";

/** A pass for each route that has gateways, if every such route is proven; else none at all. */
export function passFindings(routes: readonly MailRoute[], rules: Rules, finding: Make): readonly Finding[] {
  const open = routes.filter(({ form }) => form !== "null-mx" && form !== "none");
  return open.every((route) => isProven(route, rules)) ? open.map((route) => passOf(route, finding)) : [];
}

/** Every gateway's A and AAAA and all on the way are validated, nothing was left out, and there is somewhere to deliver. */
function isProven({ form, mx, hosts, leftOut, unreadable }: MailRoute, { isState }: Rules): boolean {
  // The municipal wording is about the gateways' zones: an MX that is provably unsigned is a warning (requirements 19.1).
  const isMxSettled = mx?.status === "secure" || (form === "mx" && mx?.status === "insecure" && !isState);
  if (form === "unknown" || (form !== "declared" && !isMxSettled)) return false;
  if (leftOut.length > 0 || unreadable > 0) return false;
  if (!hosts.every(({ protection, reach }) => protection === "secure" && reach !== "unknown")) return false;
  if (form === "declared") return hosts.length > 0 && hosts.every(({ reach }) => reach === "addresses");
  return hosts.some(({ reach }) => reach === "addresses");
}

/** Gateways without an address are not among those it names. */
function passOf({ mailDomain, mx, hosts }: MailRoute, finding: Make): Finding {
  const alive = hosts.filter(({ reach }) => reach === "addresses");
  const { hosts: named, all } = hostsNamed(alive);
  const expires = plainTime(Math.min(...endsOf(mx, alive)));
  return finding("S19_GATEWAYS_SECURE", { domain: plainName(mailDomain), hosts: named, expires, allHosts: all });
}

function endsOf(mx: Classification | null, hosts: readonly GatewayHost[]): readonly number[] {
  return [mx, ...hosts.flatMap(({ a, aaaa }) => [a, aaaa])].flatMap((one) =>
    one?.status === "secure" ? [one.expiresAt] : [],
  );
}
