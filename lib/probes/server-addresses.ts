import { type Cause, firstCause } from "../core/cause.ts";
import type { Observed } from "../core/observation.ts";
import type { Reply, ResourceRecord } from "../wire/message.ts";
import type { Name } from "../wire/name.ts";
import { RCODE, rcodeName } from "../wire/rcode.ts";
import { parseAddress } from "../wire/rdata/address.ts";
import type { ProbeContext } from "./probe-context.ts";

/** Name servers of one zone whose addresses are looked up; the largest zones have 13. */
export const MAX_SERVER_NAMES = 32;
/** Addresses of one zone's name servers that are asked: two families for each of the names above. */
export const MAX_SERVER_ADDRESSES = 64;

/** Addresses by name server name, as the parent's referral gave them. */
export type Glue = ReadonlyMap<Name, readonly string[]>;

/** An address of a name server, and whose it is. */
export interface Candidate {
  readonly server: Name;
  readonly address: string;
}

/** What is known of where a zone's name servers are. */
export interface ServerAddresses {
  /** At most MAX_SERVER_ADDRESSES, in the order of the names. */
  readonly candidates: readonly Candidate[];
  /** Name servers with an address that is missing, and why. */
  readonly withoutAddress: readonly { readonly server: Name; readonly why: string }[];
  /** What the bounds left out; null when nothing was. */
  readonly leftOut: string | null;
  /** Why it is not known whether there are more; null when every look-up was answered. */
  readonly cause: Cause | null;
}

/** Looks up the addresses of a zone's name servers within bounds; what they leave out is said. */
export async function locateServers(
  names: readonly Name[],
  glue: Glue,
  context: ProbeContext,
): Promise<ServerAddresses> {
  const found = await Promise.all(
    names.slice(0, MAX_SERVER_NAMES).map(async (server) => ({ server, ...(await addressesOf(server, glue, context)) })),
  );
  const all = found.flatMap(({ server, addresses }) => addresses.map((address, turn) => ({ server, address, turn })));
  // One address of each server in turn, so that a server with very many does not crowd out the others.
  const inTurn = all.toSorted((a, b) => a.turn - b.turn);
  const chosen = new Set(inTurn.slice(0, MAX_SERVER_ADDRESSES));
  const addressesLeftOut = Math.max(0, inTurn.length - MAX_SERVER_ADDRESSES);
  const namesLeftOut = Math.max(0, names.length - MAX_SERVER_NAMES);
  const leftOut = [
    ...(namesLeftOut === 0 ? [] : [`${namesLeftOut} name servers after the first ${MAX_SERVER_NAMES}`]),
    ...(addressesLeftOut === 0 ? [] : [`${addressesLeftOut} addresses after the first ${MAX_SERVER_ADDRESSES}`]),
  ];
  return {
    candidates: all.filter((one) => chosen.has(one)).map(({ server, address }) => ({ server, address })),
    withoutAddress: found.flatMap(({ server, why }) => (why === null ? [] : [{ server, why }])),
    leftOut: leftOut.length === 0 ? null : `not asked: ${leftOut.join(" and ")}`,
    cause: firstCause(found.flatMap(({ causes }) => causes)),
  };
}

/** All addresses of a name server, from the resolvers and the referral; `why` says what kept us from more. */
export async function addressesOf(
  server: Name,
  glue: Glue,
  context: ProbeContext,
): Promise<{ readonly addresses: readonly string[]; readonly why: string | null; readonly causes: readonly Cause[] }> {
  const replies = await Promise.all(
    ["A", "AAAA"].map(async (type) => ({ type, reply: await askResolver(server, type, context) })),
  );
  const heard = replies.flatMap(({ reply }) => (reply.state === "observed" ? addressesIn(reply.value.answer) : []));
  const addresses = [...new Set([...heard, ...(glue.get(server) ?? [])])].sort();
  const causes = replies.flatMap(({ reply }) => (reply.state === "unobserved" ? reply.cause : []));
  if (addresses.length === 0) return { addresses, causes, why: replies.map(outcomeOf).join(", ") };
  const gaps = replies.filter(({ type, reply }) => !isAnswer(reply) && !addresses.some((one) => typeOf(one) === type));
  const why = gaps.map((gap) => `${gap.type}: ${outcomeOf(gap)}`).join(", ");
  return { addresses, causes, why: why === "" ? null : why };
}

function typeOf(address: string): "A" | "AAAA" {
  return address.includes(":") ? "AAAA" : "A";
}

/** Whether a reply says which addresses there are, be it none. */
function isAnswer(reply: Observed<Reply>): boolean {
  if (reply.state === "unobserved") return false;
  return reply.value.rcode === RCODE.NOERROR || reply.value.rcode === RCODE.NXDOMAIN;
}

function outcomeOf({ reply }: { readonly reply: Observed<Reply> }): string {
  if (reply.state === "unobserved") return reply.cause;
  return reply.value.rcode === RCODE.NOERROR ? "NODATA" : rcodeName(reply.value.rcode);
}

/** The addresses in the A and AAAA records among `records`; unreadable ones are no addresses. */
export function addressesIn(records: readonly ResourceRecord[]): readonly string[] {
  return records
    .filter(({ type }) => type === "A" || type === "AAAA")
    .flatMap((record) => {
      const address = parseAddress(record.data);
      return address.ok ? [address.value] : [];
    });
}

/** Asks the recursive resolvers of a visit. */
export function askResolver(name: Name, type: string, context: ProbeContext): Promise<Observed<Reply>> {
  return context.resolver.ask({ name, type }, { signal: context.signal });
}
