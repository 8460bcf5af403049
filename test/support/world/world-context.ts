import { type Observed, observed, unobserved } from "../../../lib/core/observation.ts";
import type { World } from "../../../lib/core/scenario.ts";
import { canonicalAddress } from "../../../lib/dial/address-policy.ts";
import type { TrustAnchor } from "../../../lib/dnssec/trust-anchor.ts";
import type { Answer } from "../../../lib/practice/answer.ts";
import { createResolver } from "../../../lib/practice/resolver.ts";
import type { ProbeContext } from "../../../lib/probes/probe-context.ts";
import type { Flag, Question, Reply } from "../../../lib/wire/message.ts";
import { ROOT } from "../../../lib/wire/name.ts";
import { RCODE } from "../../../lib/wire/rcode.ts";
import { ALGORITHM, digestOf, DIGEST_SHA256, keyOf } from "./world-key.ts";
import { planWorld } from "./world-plan.ts";
import { askWorldServer } from "./world-server.ts";

export const USUAL_MOMENT = "2026-11-23T10:00:00.000Z";

/** What stands for a name that nobody has made, in every observation. */
export const RANDOM_LABEL = "etlangtnavnudenhold";

/** What every probe is given in a world of its own: no socket, no chance, and a clock that stands still. */
export function contextOf(world: World): ProbeContext {
  const zones = planWorld(world);
  const byAddress = new Map(zones.flatMap((zone) => zone.addresses.map((address) => [address, zone] as const)));
  const askAddress = (address: string, question: Question): Answer | null => {
    const zone = byAddress.get(canonicalAddress(address));
    return zone === undefined ? null : askWorldServer(zone, question);
  };
  const roots = zones.find(({ origin }) => origin === ROOT)?.addresses ?? [];
  const gateways = new Map(Object.entries(world.gateways ?? {}).map(([key, visit]) => [canonicalAddress(key), visit]));
  const families = world.families ?? ["ipv4", "ipv6"];
  return {
    resolver: {
      ask: (question) => resolve(question, roots, askAddress),
      askEach: async () => [],
      alone: () => [],
    },
    direct: {
      ask: async ({ address }, question) => {
        const answer = askAddress(address, question);
        return answer === null ? unobserved("dns-timeout", "no answer") : observed(replyOf(question, answer, []));
      },
    },
    gateways: {
      visit: async (gateway) =>
        gateways.get(canonicalAddress(gateway.address))?.(gateway) ?? unobserved("tcp-timeout", "nobody there"),
    },
    web: {
      visit: async (where, { role }) =>
        behind(world.web, where.address)?.({ ...where, role }) ?? unobserved("tcp-timeout", "nobody there"),
    },
    tls: {
      visit: async (where) => behind(world.tls, where.address)?.(where) ?? unobserved("tcp-timeout", "nobody there"),
    },
    services: {
      visit: async (where) =>
        behind(world.services, where.address)?.(where) ?? unobserved("tcp-timeout", "nobody there"),
    },
    preload: {
      statusOf: async (host) =>
        world.preload?.[host] ?? { state: "absent", entry: null, source: "test", asOf: "2026-11-23", detail: "" },
    },
    reportedSelectors: () => world.reportedSelectors ?? [],
    anchors: [anchor()],
    hasRouteTo: (address) => families.includes(address.includes(":") ? "ipv6" : "ipv4"),
    demandedFamilies: [],
    now: () => Date.parse(world.at ?? USUAL_MOMENT),
    randomLabel: () => RANDOM_LABEL,
    signal: new AbortController().signal,
  };
}

/** What the world has at an address, however the address is written. */
function behind<T>(servers: Readonly<Record<string, T>> = {}, address: string): T | undefined {
  return Object.entries(servers).find(([key]) => canonicalAddress(key) === canonicalAddress(address))?.[1];
}

/** As a resolver that asks silent servers in vain: its client's patience ends first. */
async function resolve(
  question: Question,
  roots: readonly string[],
  askAddress: (address: string, question: Question) => Answer | null,
): Promise<Observed<Reply>> {
  let isSilent = false;
  const ask = (address: string, asked: Question): Answer | null => {
    const answer = askAddress(address, asked);
    isSilent ||= answer === null;
    return answer;
  };
  const answer = await createResolver(roots, ask, 0).resolve(question, true);
  if (isSilent && answer.rcode === RCODE.SERVFAIL) return unobserved("dns-timeout", "no answer");
  return observed(replyOf(question, answer, ["ra"]));
}

/** A fresh list each time: what was found out about one world is not true of another. */
function anchor(): TrustAnchor {
  const key = keyOf(ROOT);
  const digest = digestOf(key).toString("hex").toUpperCase();
  return { zone: ROOT, keyTag: key.keyTag, algorithm: ALGORITHM, digestType: DIGEST_SHA256, digest };
}

/** The answer as a reply that was received. */
export function replyOf(question: Question, answer: Answer, flags: readonly Flag[]): Reply {
  return {
    rcode: answer.rcode,
    flags: [...(answer.authoritative ? (["aa"] as const) : []), ...flags],
    question,
    answer: answer.answer,
    authority: answer.authority,
    additional: answer.additional,
    edns: { udpSize: 1232, dnssecOk: true, errors: [] },
  };
}
