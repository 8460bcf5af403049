import type { Cause } from "../../core/cause.ts";
import type { AliasStep, Classification, SecureClassification } from "../../dnssec/classification.ts";
import type { Bogus, InsecureReason } from "../../dnssec/outcome.ts";
import { isAtOrBelow, type Name } from "../../wire/name.ts";
import { parseTlsa, type Tlsa } from "../../wire/rdata/tlsa.ts";
import { INCOMPLETE, isProvenBogus, ROOT_IN_DOUBT } from "../gap.ts";
import type { GatewayHost } from "../gateway-host.ts";
import type { Classify } from "../reading.ts";
import { tlsaOwner } from "./tlsa-owner.ts";

/** What a sender that validates finds when it looks for a gateway's TLSA records (RFC 7672 sections 2.1.1 and 2.2.3). */
export type TlsaFound =
  /** Signed records. `base`: the TLSA base domain, named in SNI; `unreadable`: records whose data is no TLSA data. */
  | {
      readonly state: "secure";
      readonly base: Name;
      readonly owner: Name;
      readonly records: readonly Tlsa[];
      readonly unreadable: number;
      /** The shortest time for which one of them is kept, in seconds. */
      readonly ttl: number;
      readonly aliases: readonly AliasStep[];
    }
  /** Proven that there are none, at any name where they may stand. */
  | { readonly state: "absent"; readonly owner: Name }
  /** Unsigned, whether or not there are any: of no use. `zone`: the first unsigned one on the way. */
  | {
      readonly state: "insecure";
      readonly owner: Name;
      readonly zone: Name;
      readonly reason: InsecureReason;
      readonly hasRecords: boolean;
    }
  /** Does not validate: senders hold back all mail. */
  | { readonly state: "bogus"; readonly owner: Name; readonly zone: Name; readonly reason: Bogus["reason"] }
  /** The servers answer with an error at or below the gateway's name: senders hold back all mail. */
  | { readonly state: "servfail"; readonly owner: Name; readonly zone: Name; readonly detail: string }
  | { readonly state: "unheard"; readonly owner: Name; readonly cause: Cause; readonly detail: string };

/**
 * Finds a gateway's records: those at the final name after aliases, else those at its own name. Only what is signed counts; an
 * answer that is broken or missing ends the search, as it does for senders.
 */
export function tlsaOf({ host, finalName }: GatewayHost, classify: Classify): TlsaFound {
  const found = [...new Set([finalName, host])].map((base) => tlsaAt(base, classify));
  const [first] = found;
  const decisive = found.find(({ state }) => state !== "absent" && state !== "insecure");
  const hasRecords = found.find((one) => one.state === "insecure" && one.hasRecords);
  const fallback: TlsaFound = { state: "absent", owner: tlsaOwner(host) ?? host };
  return decisive ?? hasRecords ?? found.find(({ state }) => state === "insecure") ?? first ?? fallback;
}

function tlsaAt(base: Name, classify: Classify): TlsaFound {
  const owner = tlsaOwner(base);
  if (owner === null) return { state: "absent", owner: base };
  const classification = classify({ name: owner, type: "TLSA" });
  switch (classification.status) {
    case "secure":
      return secureSet(base, owner, classification);
    case "insecure": {
      const { zone, reason, records } = classification;
      return { state: "insecure", owner, zone, reason, hasRecords: records.length > 0 };
    }
    case "bogus":
      if (!isProvenBogus(classification)) return { state: "unheard", owner, ...ROOT_IN_DOUBT };
      return { state: "bogus", owner, zone: classification.zone, reason: classification.reason };
    case "indeterminate":
      return unanswered(base, owner, classification);
    case "need":
      return { state: "unheard", owner, ...INCOMPLETE };
  }
}

function secureSet(base: Name, owner: Name, { records, aliases }: SecureClassification): TlsaFound {
  if (records.length === 0) return { state: "absent", owner };
  const read = records.map(({ data }) => parseTlsa(data));
  const readable = read.flatMap((one) => (one.ok ? [one.value] : []));
  const ttl = Math.min(...records.map((record) => record.ttl));
  const unreadable = read.length - readable.length;
  return { state: "secure", base, owner, records: readable, unreadable, ttl, aliases };
}

/** An error that is about the records themselves, or a name on the way to them, meets every sender. */
function unanswered(
  base: Name,
  owner: Name,
  { cause, reason, zone, record, detail }: Extract<Classification, { readonly status: "indeterminate" }>,
): TlsaFound {
  const isOfRecords = record.type === "TLSA" || isAtOrBelow(record.name, base);
  if (reason === "rcode" && isOfRecords) return { state: "servfail", owner, zone, detail };
  return { state: "unheard", owner, cause, detail };
}
