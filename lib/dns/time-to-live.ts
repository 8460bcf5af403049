import type { Reply, ResourceRecord } from "../wire/message.ts";
import { RCODE } from "../wire/rcode.ts";
import { parseSoa } from "../wire/rdata/soa.ts";

const LONGEST_S = 3600;
/** A failure may be gone in a moment (RFC 2308 section 7.1 allows up to five minutes). */
const FAILURE_S = 5;

/**
 * How long a resolver's reply may be kept, in seconds: the smallest TTL of its answer and authority sections; with an
 * SOA record there, also the negative TTL (RFC 2308 section 5). One hour at most; 5 s for SERVFAIL and its like.
 * A denial without an SOA record is not kept (RFC 2308 section 5).
 */
export function timeToLive(reply: Reply): number {
  if (reply.rcode !== RCODE.NOERROR && reply.rcode !== RCODE.NXDOMAIN) {
    return FAILURE_S;
  }
  const records = [...reply.answer, ...reply.authority];
  const isDenial = reply.rcode === RCODE.NXDOMAIN || reply.answer.length === 0;
  if (records.length === 0 || (isDenial && !reply.authority.some(({ type }) => type === "SOA" || type === "NS"))) {
    return 0;
  }
  return Math.min(LONGEST_S, ...records.map((record) => lifetimeOf(record)));
}

function lifetimeOf(record: ResourceRecord): number {
  if (record.type !== "SOA") {
    return record.ttl;
  }
  const soa = parseSoa(record.data);
  return soa.ok ? Math.min(record.ttl, soa.value.minimum) : 0;
}
