import path from "node:path";
import type { DomainAsset } from "../../lib/core/asset.ts";
import { type Observed, observed, unobserved } from "../../lib/core/observation.ts";
import type { Rehearsal } from "../../lib/core/scenario.ts";
import { canonicalAddress } from "../../lib/dial/address-policy.ts";
import { parseAnchorFile } from "../../lib/dnssec/anchor-file.ts";
import { inventoryOfAssets } from "../../lib/inventory/inventory.ts";
import type { Answer } from "../../lib/practice/answer.ts";
import { askNameServer, type NameServer, offersTcp } from "../../lib/practice/authority.ts";
import { PRACTICE_CASES } from "../../lib/practice/cases.ts";
import { createResolver } from "../../lib/practice/resolver.ts";
import { loadZoneSet } from "../../lib/practice/zone-set.ts";
import { probeDnsChain } from "../../lib/probes/dns-chain.ts";
import { probeDnsServers } from "../../lib/probes/dns-servers.ts";
import type { ProbeContext } from "../../lib/probes/probe-context.ts";
import { namesDeclaredBelow } from "../../lib/verify/plan.ts";
import type { Question, Reply } from "../../lib/wire/message.ts";
import { name } from "../../lib/wire/name.ts";
import { readFile } from "node:fs/promises";
import { contextOf, RANDOM_LABEL, replyOf, USUAL_MOMENT } from "./world/world-context.ts";
import { runProbesOf } from "./world/world-probes.ts";

const ZONES = path.resolve(import.meta.dirname, "../../lib/practice/zones");

/**
 * The practice internet in memory, and worlds made for one scenario: zones answer as servers would, with neither sockets nor
 * chance nor clock. `change` puts other resolvers or servers before the probes.
 */
export async function openRehearsal(
  change: (context: ProbeContext) => ProbeContext = (context) => context,
): Promise<Rehearsal> {
  const { servers, rootAddresses, trustAnchors } = await loadZoneSet(ZONES);
  const anchors = parseAnchorFile(await readFile(trustAnchors, "utf8"));
  if (!anchors.ok) throw new Error(anchors.problem);
  const byAddress = new Map(servers.flatMap((server) => server.addresses.map((address) => [address, server] as const)));
  const askAddress = (address: string, question: Question): Observed<Reply> =>
    direct(byAddress.get(canonicalAddress(address)), question);
  const resolver = createResolver(rootAddresses, (address, question) => {
    const reply = askAddress(address, question);
    return reply.state === "observed" ? answerOf(reply.value) : null;
  });
  const base: Omit<ProbeContext, "now"> = {
    resolver: {
      ask: async (question) => observed(replyOf(question, await resolver.resolve(question, true), ["ra"])),
      askEach: async () => [],
      alone: () => [],
    },
    direct: { ask: async ({ address }, question) => askAddress(address, question) },
    gateways: { visit: async () => unobserved("tcp-timeout", "nobody there") },
    web: { visit: async () => unobserved("tcp-timeout", "nobody there") },
    tls: { visit: async () => unobserved("tcp-timeout", "nobody there") },
    services: { visit: async () => unobserved("tcp-timeout", "nobody there") },
    preload: {
      statusOf: async () => ({ state: "absent", entry: null, source: "test", asOf: "2026-11-23", detail: "" }),
    },
    reportedSelectors: () => [],
    anchors: anchors.value,
    hasRouteTo: () => true,
    demandedFamilies: [],
    randomLabel: () => RANDOM_LABEL,
    signal: new AbortController().signal,
  };
  const assetOf = (practiceClass: string): DomainAsset => {
    const found = PRACTICE_CASES.find((one) => one.class === practiceClass);
    if (found === undefined) throw new Error(`no practice domain of class ${practiceClass}`);
    const { domain, delegations = [], dkimSelectors, sendsMail } = found;
    return {
      kind: "domain",
      id: `domain:${domain}`,
      name: domain,
      domain: name(domain),
      delegations: delegations.map((each) => name(each)),
      ...(dkimSelectors === undefined ? {} : { dkimSelectors }),
      ...(sendsMail === undefined ? {} : { sendsMail }),
    };
  };
  return {
    asset: assetOf,
    async observe(practiceClass, { at = USUAL_MOMENT, domain } = {}) {
      const asset = assetOf(practiceClass);
      const context = change({ ...base, now: () => Date.parse(at) });
      const apex = domain === undefined ? asset.domain : name(domain);
      const below = namesDeclaredBelow(apex, inventoryOfAssets([asset]));
      return Promise.all([probeDnsChain(asset.id, apex, below, context), probeDnsServers(asset.id, apex, context)]);
    },
    observeIn: (world, asset, kinds) => runProbesOf(asset, kinds, change(contextOf(world))),
  };
}

function direct(server: NameServer | undefined, question: Question): Observed<Reply> {
  if (server === undefined) return unobserved("dns-timeout", "nobody there");
  const first = askNameServer(server, question, true, "udp");
  if (first?.truncated === true && !offersTcp(server)) return unobserved("connection-refused", "truncated, and no TCP");
  const outcome = first?.truncated === true ? askNameServer(server, question, true, "tcp") : first;
  return outcome === null ? unobserved("dns-timeout", "no answer") : observed(replyOf(question, outcome.answer, []));
}

function answerOf({ rcode, flags, answer, authority, additional }: Reply): Answer {
  return { rcode, authoritative: flags.includes("aa"), answer, authority, additional };
}
