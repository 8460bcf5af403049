import { firstCause } from "../core/cause.ts";
import type { Observation, Observed } from "../core/observation.ts";
import { observed, unobserved } from "../core/observation.ts";
import { domainQuestions } from "../dnssec/domain-questions.ts";
import type { NameServersObservation, ServerView } from "../dnssec/observations.ts";
import type { Reply } from "../wire/message.ts";
import { type Name, prepend } from "../wire/name.ts";
import { rcodeName } from "../wire/rcode.ts";
import { BookKeeper } from "./book-keeper.ts";
import { findNameServers } from "./name-servers.ts";
import type { DirectDns, ProbeContext } from "./probe-context.ts";
import { type Candidate, locateServers, type ServerAddresses } from "./server-addresses.ts";

/**
 * Asks every address of every name server of the domain's zone, those the parent names and those the zone names, the
 * same questions directly. Unobserved when none of them said anything: silence is worth something only beside an answer.
 */
export async function probeDnsServers(
  asset: string,
  domain: Name,
  context: ProbeContext,
): Promise<Observation<"dns.servers">> {
  const observation = {
    kind: "dns.servers",
    asset,
    target: asset,
    observedAt: new Date(context.now()).toISOString(),
  } as const;
  const { direct } = context;
  if (direct === null) {
    return { ...observation, result: unobserved("not-observable", "authoritative: off") };
  }
  const found = await findNameServers(domain, direct, context);
  if (found.state === "unobserved") return { ...observation, result: found };
  const { zone, named, glue, parentHeard } = found.value;
  const names = [...new Set([...(named.byParent ?? []), ...(named.byZone ?? [])])].sort();
  const { candidates, withoutAddress, cause } = await locateServers(names, glue, context);
  const randomName = prepend(context.randomLabel(), domain);
  const servers = await Promise.all(
    candidates.map((candidate) => viewServer(candidate, { domain, zone, randomName }, direct, context)),
  );
  const { demandedFamilies } = context;
  const value = { domain, zone, randomName, demandedFamilies, named, withoutAddress, servers };
  return { ...observation, result: silenceOf(value, { parentHeard, cause }) ?? observed(value) };
}

/** Asks one address for the SOA first: a server that is silent or lame is left in peace after that. */
async function viewServer(
  { server, address }: Candidate,
  { domain, zone, randomName }: { readonly domain: Name; readonly zone: Name; readonly randomName: Name },
  direct: DirectDns,
  context: ProbeContext,
): Promise<ServerView> {
  if (!context.hasRouteTo(address)) {
    return { server, address, state: "unreachable", cause: "vantage-blocked", detail: "no route from here", book: [] };
  }
  const keeper = new BookKeeper((question) => direct.ask({ address }, question, { zone, signal: context.signal }));
  await keeper.ask([{ name: zone, type: "SOA" }]);
  const state = stateOf(keeper.lookup({ name: zone, type: "SOA" }));
  if (state.state === "answered") {
    await keeper.ask([
      ...domainQuestions(domain, randomName),
      { name: zone, type: "DNSKEY" },
      { name: zone, type: "NS" },
    ]);
  }
  return { server, address, ...state, book: keeper.book };
}

function stateOf(reply: Observed<Reply> | undefined): Pick<ServerView, "state" | "cause" | "detail"> {
  if (reply === undefined) return { state: "silent", cause: "internal", detail: "not asked" };
  if (reply.state === "unobserved") {
    const state = reply.cause === "vantage-blocked" ? "unreachable" : "silent";
    return { state, cause: reply.cause, detail: reply.detail };
  }
  const { rcode, flags } = reply.value;
  const code = rcodeName(rcode);
  if (!flags.includes("aa")) return { state: "lame", cause: null, detail: code === "NOERROR" ? "no AA flag" : code };
  if (code !== "NOERROR" && code !== "NXDOMAIN") return { state: "lame", cause: null, detail: code };
  return { state: "answered", cause: null, detail: code };
}

/** When no server said anything the whole is unobserved; if even the parent's servers are mute, it is our own vantage. */
function silenceOf(
  { servers, withoutAddress }: NameServersObservation,
  { parentHeard, cause: unlocated }: { readonly parentHeard: boolean } & Pick<ServerAddresses, "cause">,
): ReturnType<typeof unobserved> | null {
  if (servers.some(({ state }) => state === "answered" || state === "lame")) return null;
  if (servers.length === 0) {
    // That a name has no address is a value; that nobody would say is not.
    const names = withoutAddress.map(({ server, why }) => `${server} ${why}`).join("; ");
    return unlocated === null ? null : unobserved(unlocated, `no address of a name server is known: ${names}`);
  }
  const cause = firstCause(servers.flatMap((server) => server.cause ?? [])) ?? "dns-timeout";
  const which = servers.map(({ server, address, detail }) => `${server} ${address}: ${detail}`).join("; ");
  if (!parentHeard) return unobserved("vantage-blocked", `no authoritative server answers from here (${which})`);
  return unobserved(cause, which);
}
