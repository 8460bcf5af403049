import type { Finding } from "../../core/finding.ts";
import { undecided } from "../../core/unobserved.ts";
import { type Gap, gapOf, INCOMPLETE, isProvenBogus, ROOT_IN_DOUBT } from "../../mail/gap.ts";
import { type GatewayHost, recordsOf } from "../../mail/gateway-host.ts";
import { MAX_GATEWAYS } from "../../mail/gateway-mx.ts";
import type { Name } from "../../wire/name.ts";
import { plainName } from "../wording.ts";
import { hostsNamed, namedHosts } from "./wording.ts";

/** What was asked at a name and not answered, as the engine's own finding. */
export function unanswered(name: Name, type: string, gap: Gap): Finding {
  return undecided("S19", `${plainName(name)} ${type}`, gap);
}

/** Gateways of which nothing is known, in one finding for each reason: most often one name server is behind them all. */
export function openHosts(hosts: readonly GatewayHost[]): readonly Finding[] {
  const open = hosts.flatMap((host) => {
    const gap = gapOfHost(host);
    return gap === null ? [] : [{ host, gap }];
  });
  const groups = Map.groupBy(open, ({ gap }) => `${gap.cause} ${gap.detail}`);
  return [...groups.values()].flatMap((group) => {
    const named = hostsNamed(group.map(({ host }) => host));
    return group.slice(0, 1).map(({ gap }) => undecided("S19", named.hosts, gap));
  });
}

/** Why a gateway is neither proven good nor proven bad; null when it is one of the two. */
function gapOfHost({ a, aaaa, protection, reach }: GatewayHost): Gap | null {
  const gap = gapOf(a) ?? gapOf(aaaa);
  if (protection === "unknown") return gap ?? INCOMPLETE;
  if (protection === "bogus") return [a, aaaa].some(isProvenBogus) ? null : ROOT_IN_DOUBT;
  if (protection === "insecure" || reach !== "unknown") return null;
  const records = [...recordsOf(a), ...recordsOf(aaaa)];
  return { cause: "protocol-error", detail: `address records that hold no address: ${records.length}` };
}

/** Hosts beyond what is looked at. */
export function leftOutFindings(leftOut: readonly Name[]): readonly Finding[] {
  if (leftOut.length === 0) return [];
  const detail = `at most ${MAX_GATEWAYS} gateways are looked at, and ${leftOut.length} are left out`;
  return [undecided("S19", namedHosts(leftOut).hosts, { cause: "tool-limit", detail })];
}
