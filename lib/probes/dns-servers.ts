import { firstCause } from "../core/cause.ts";
import { type Observation, type Observed, observed, type Unobserved, unobserved } from "../core/observation.ts";
import { domainQuestions } from "../dnssec/domain-questions.ts";
import type { NameServersObservation, ServerView } from "../dnssec/observations.ts";
import type { Reply } from "../wire/message.ts";
import { type Name, ROOT } from "../wire/name.ts";
import { rcodeName } from "../wire/rcode.ts";
import { BookKeeper } from "./book-keeper.ts";
import { askParent, enclosingZone, locateParent, namesIn, NO_DELEGATION, type ParentServers } from "./name-servers.ts";
import type { DirectDns, ProbeContext } from "./probe-context.ts";
import { randomNameBelow } from "./random-name.ts";
import { askedOnce } from "./asked-once.ts";
import { askResolver, type Candidate, locateServers, type ServerAddresses } from "./server-addresses.ts";

/**
 * Asks every address of every name server of the domain's zone, those the parent names and those the zone names, the
 * same questions directly. Unobserved when none of them said anything: silence is worth something only beside an answer.
 */
export async function probeDnsServers(
  asset: string,
  domain: Name,
  context: ProbeContext,
): Promise<Observation<"dns.servers">> {
  const observedAt = new Date(context.now()).toISOString();
  const { direct } = context;
  const result =
    direct === null
      ? unobserved("not-observable", "authoritative: off")
      : await observeServers(asset, domain, direct, context);
  return { kind: "dns.servers", asset, target: asset, observedAt, result };
}

async function observeServers(
  asset: string,
  domain: Name,
  direct: DirectDns,
  everyone: ProbeContext,
): Promise<Observed<NameServersObservation>> {
  const randomName = randomNameBelow(domain, everyone.randomLabel(asset));
  const { demandedFamilies } = everyone;
  const context = { ...everyone, resolver: askedOnce(everyone.resolver) };
  const [zone, above] = await Promise.all([enclosingZone(domain, context), locateParent(domain, context)]);
  // The parent's servers are none of ours to ask about a name that does not exist.
  if (zone === null) {
    const named = { byParent: null, byZone: null };
    return observed({
      domain,
      zone: domain,
      randomName,
      demandedFamilies,
      named,
      withoutAddress: [],
      servers: [],
      leftOut: null,
    });
  }
  const view = viewer({ domain, zone, randomName }, direct, context);
  const [own, delegation] = await Promise.all([
    askOwnServers(zone, view, context),
    askDelegation(zone, zone === domain ? above : null, direct, context),
  ]);
  const { byParent, heard: parentHeard, failures } = delegation;
  if (own.names === null && byParent === null) return nobodyNamed(zone, own.reply, failures);
  const named = { byParent, byZone: own.names };
  const names = [...new Set([...(byParent ?? []), ...(own.names ?? [])])].sort();
  const { candidates, withoutAddress, leftOut, cause } = await locateServers(names, delegation.glue, context);
  const servers = internReplies(await Promise.all(candidates.map(view)));
  const value = { domain, zone, randomName, demandedFamilies, named, withoutAddress, servers, leftOut };
  return silenceOf(value, { parentHeard, cause }) ?? observed(value);
}

/** Zones with more addresses than this are not usual: which of them are asked is settled when all are known. */
const USUAL_ADDRESSES = 16;

/** The servers that the zone's own NS records name, asked at once: the parent's word mostly adds none. */
async function askOwnServers(zone: Name, view: View, context: ProbeContext) {
  const reply = await askResolver(zone, "NS", context);
  const names = reply.state === "observed" ? namesIn(reply.value.answer, zone) : null;
  const { candidates } = await locateServers(names ?? [], new Map(), context);
  if (candidates.length <= USUAL_ADDRESSES) await Promise.all(candidates.map(view));
  return { reply, names };
}

async function askDelegation(zone: Name, above: ParentServers | null, direct: DirectDns, context: ProbeContext) {
  if (zone === ROOT) return NO_DELEGATION;
  return askParent(zone, above ?? (await locateParent(zone, context)), direct, context);
}

function nobodyNamed(zone: Name, own: Observed<Reply>, failures: readonly Unobserved[]): Unobserved {
  const causes = [own, ...failures].flatMap((gap) => (gap.state === "unobserved" ? gap.cause : []));
  const why = own.state === "unobserved" ? own.detail : rcodeName(own.value.rcode);
  const detail = `neither the parent nor the zone names a server of ${zone} (${why})`;
  return unobserved(firstCause(causes) ?? "dns-servfail", detail);
}

type View = (candidate: Candidate) => Promise<ServerView>;

/** Looks at each address once, however often it is named. */
function viewer(about: ViewedZone, direct: DirectDns, context: ProbeContext): View {
  const views = new Map<string, Promise<ServerView>>();
  return (candidate) => {
    const key = `${candidate.server} ${candidate.address}`;
    const known = views.get(key) ?? viewServer(candidate, about, direct, context);
    views.set(key, known);
    return known;
  };
}

interface ViewedZone {
  readonly domain: Name;
  readonly zone: Name;
  readonly randomName: Name;
}

/** Servers that have answered in this run: they are asked everything at once. */
const ANSWERING = new WeakMap<DirectDns, Set<string>>();

/** Asks an address that has not answered before for the SOA first: a silent or lame server is left in peace after that. */
async function viewServer(
  { server, address }: Candidate,
  { domain, zone, randomName }: ViewedZone,
  direct: DirectDns,
  context: ProbeContext,
): Promise<ServerView> {
  if (!context.hasRouteTo(address)) {
    return { server, address, state: "unreachable", cause: "vantage-blocked", detail: "no route from here", book: [] };
  }
  const keeper = new BookKeeper((question) => direct.ask({ address }, question, { zone, signal: context.signal }));
  const answering = ANSWERING.get(direct) ?? new Set<string>();
  ANSWERING.set(direct, answering);
  const soa = { name: zone, type: "SOA" };
  const rest = [...domainQuestions(domain, randomName), { name: zone, type: "DNSKEY" }, { name: zone, type: "NS" }];
  await keeper.ask(answering.has(address) ? [soa, ...rest] : [soa]);
  const state = stateOf(keeper.lookup(soa));
  if (state.state === "answered") {
    answering.add(address);
    await keeper.ask(rest);
  }
  const book = state.state === "answered" ? keeper.book : keeper.book.slice(0, 1);
  return { server, address, ...state, book };
}

/** Lets equal replies of different servers be one object: a zone's servers mostly say the same, and say a lot. */
function internReplies(servers: readonly ServerView[]): readonly ServerView[] {
  const known = new Map<string, Observed<Reply>>();
  const intern = (reply: Observed<Reply>): Observed<Reply> => {
    const text = JSON.stringify(reply);
    const same = known.get(text) ?? reply;
    known.set(text, same);
    return same;
  };
  return servers.map((server) => ({
    ...server,
    book: server.book.map(({ question, reply }) => ({ question, reply: intern(reply) })),
  }));
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
