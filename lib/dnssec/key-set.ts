import type { Reply } from "../wire/message.ts";
import type { Name } from "../wire/name.ts";
import type { Ds } from "../wire/rdata/ds.ts";
import { bogus, type Failure, type InsecureReason, type SignatureUse } from "./outcome.ts";
import { isValidatableAlgorithm, isValidatableDigest, type DnssecPolicy } from "./policy.ts";
import { recordSet } from "./record-set.ts";
import { isReferral, referralFailure, usableReply } from "./reply-form.ts";
import { verifySet, type Signer } from "./rrset-signature.ts";
import type { Session } from "./session.ts";
import { isDigestOf, maySignZone, mayMatch, zoneKeysOf, type ZoneKey } from "./zone-key.ts";

/** The DNSKEY RRset of a zone and whether the parent's DS, or a trust anchor, vouches for it. */
export type KeySet =
  | {
      readonly kind: "trusted";
      readonly signer: Signer;
      readonly published: readonly ZoneKey[];
      /** The DS that vouches, the key it names, and that key's signature over the DNSKEY RRset. */
      readonly entry: Ds;
      readonly uses: readonly SignatureUse[];
    }
  | {
      readonly kind: "insecure";
      readonly reason: Extract<InsecureReason, "unsupported-algorithm" | "unsupported-digest">;
    }
  | { readonly kind: "failed"; readonly failure: Failure; readonly published: readonly ZoneKey[] };

/** Whether the entries are the parent's DS RRset or configured anchors: only the reason of a mismatch differs. */
export type EntryKind = "ds" | "anchor";

/** Authenticates the DNSKEY RRset of `zone` (RFC 4035 section 5.2). Any one valid path suffices (RFC 6840 section 5.11). */
export function authenticateKeys(zone: Name, entries: readonly Ds[], kind: EntryKind, session: Session): KeySet {
  const usable = usableEntries(entries, session.context.policy);
  if (typeof usable === "string") return { kind: "insecure", reason: usable };
  const question = { name: zone, type: "DNSKEY" };
  const observation = session.lookup(question);
  if (observation === undefined) return failed({ status: "need", questions: [question] });
  const heard = usableReply(observation, question, zone);
  if (!heard.ok) return failed(heard.failure);
  const { reply } = heard;
  const key = [kind, zone, ...usable.map(entryText)].join(" ");
  return session.context.keySets.judge(reply, key, session, () => keySetOf(reply, zone, usable, kind, session));
}

function entryText({ keyTag, algorithm, digestType, digest }: Ds): string {
  return `${keyTag}/${algorithm}/${digestType}/${Buffer.from(digest).toString("base64")}`;
}

/** Judges the DNSKEY RRset in a reply against entries that count. */
function keySetOf(reply: Reply, zone: Name, usable: readonly Ds[], kind: EntryKind, session: Session): KeySet {
  const question = { name: zone, type: "DNSKEY" };
  const set = recordSet(reply.answer, zone, "DNSKEY");
  if (set.records.length === 0) {
    if (isReferral(reply, zone)) return failed(referralFailure(question, zone));
    return failed(bogus(zone, question, "dnskey-missing", "the parent has a DS, but the zone has no DNSKEY"));
  }
  const published = zoneKeysOf(set.records);
  const matches = matchingKeys(zone, usable, published, session);
  if (matches === "work-limit") {
    return failed(bogus(zone, question, "work-limit", "too many keys match the DS by key tag"), published);
  }
  const [firstMatch] = matches;
  if (firstMatch === undefined) {
    const reason = kind === "ds" ? "no-key-matches-ds" : "no-key-matches-anchor";
    return failed(bogus(zone, question, reason, "no key of the zone is named above"), published);
  }
  const result = verifySet(set, { zone, keys: matches.map(({ key }) => key) }, session);
  if (!result.ok) {
    return failed(bogus(zone, question, result.reason, "no key that is named above signs the DNSKEY RRset"), published);
  }
  const { keyTag, algorithm } = result.use;
  const entry = matches.find(({ key }) => key.keyTag === keyTag && key.algorithm === algorithm) ?? firstMatch;
  const signer = { zone, keys: published.filter(maySignZone) };
  return { kind: "trusted", signer, published, entry: entry.ds, uses: [result.use] };
}

interface KeyMatch {
  readonly ds: Ds;
  readonly key: ZoneKey;
}

const SHA_1 = 1;

/**
 * The entries that count: SHA-1 does not beside another digest (RFC 4509 section 3), whatever the policy thinks of it. None:
 * the zone is insecure (RFC 4035 section 5.2), and the reason says whether algorithms or digest types are to blame.
 */
function usableEntries(
  entries: readonly Ds[],
  policy: DnssecPolicy,
): readonly Ds[] | "unsupported-algorithm" | "unsupported-digest" {
  const byAlgorithm = entries.filter(({ algorithm }) => isValidatableAlgorithm(policy, algorithm));
  if (byAlgorithm.length === 0) return "unsupported-algorithm";
  const usable = byAlgorithm.filter(({ digestType }) => isValidatableDigest(policy, digestType));
  const stronger = usable.filter(({ digestType }) => digestType !== SHA_1);
  if (stronger.length > 0) return stronger;
  return usable.length === 0 ? "unsupported-digest" : usable;
}

/** Each key that may sign zone data and has one of the entries' digests, once. Key tags collide: digests are counted. */
function matchingKeys(
  zone: Name,
  entries: readonly Ds[],
  published: readonly ZoneKey[],
  session: Session,
): readonly KeyMatch[] | "work-limit" {
  const matches: KeyMatch[] = [];
  let left = session.context.policy.bounds.digestsPerKeySet;
  for (const key of published.filter(maySignZone)) {
    for (const ds of entries.filter((entry) => mayMatch(entry, key))) {
      if (left === 0) return "work-limit";
      left -= 1;
      if (!isDigestOf(ds, zone, key)) continue;
      matches.push({ ds, key });
      break;
    }
  }
  return matches;
}

function failed(failure: Failure, published: readonly ZoneKey[] = []): KeySet {
  return { kind: "failed", failure, published };
}
