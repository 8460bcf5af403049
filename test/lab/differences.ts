import type { MailPeer } from "./mail-peers.ts";
import type { Opinion, Peer } from "./peers.ts";

/** Where a peer is known to judge otherwise than the case list, and why that is no contradiction. */
export type Difference = { readonly class: string; readonly why: string } & (
  { readonly peer: Peer; readonly says: Opinion } | { readonly peer: MailPeer; readonly says: string }
);

const OLDER_THAN_RFC_9905 = "it still validates SHA-1, as RFC 8624 demanded until RFC 9905";
const NO_KEY_SIZE_RULE = "it sets no lower limit to RSA keys; requirements 18.3 does";
const LIMIT_OF_150 = "its limit is 150 iterations; RFC 9276 section 3.2 names no number, requirements 18.6 says 100";

/** Every expected difference. One that no longer occurs fails the lab, so that the list stays true. */
export const DIFFERENCES: readonly Difference[] = [
  { class: "rsasha1", peer: "delv", says: "secure", why: OLDER_THAN_RFC_9905 },
  { class: "rsasha1", peer: "unbound", says: "secure", why: OLDER_THAN_RFC_9905 },
  { class: "rsasha1-nsec3", peer: "delv", says: "secure", why: OLDER_THAN_RFC_9905 },
  { class: "rsasha1-nsec3", peer: "unbound", says: "secure", why: OLDER_THAN_RFC_9905 },
  { class: "ds-sha1-only", peer: "delv", says: "secure", why: OLDER_THAN_RFC_9905 },
  { class: "ds-sha1-only", peer: "unbound", says: "secure", why: OLDER_THAN_RFC_9905 },
  { class: "rsa-768", peer: "delv", says: "secure", why: NO_KEY_SIZE_RULE },
  { class: "rsa-768", peer: "unbound", says: "secure", why: NO_KEY_SIZE_RULE },
  { class: "nsec3-iterations-120", peer: "delv", says: "absent", why: LIMIT_OF_150 },
  { class: "nsec3-iterations-120", peer: "unbound", says: "absent", why: LIMIT_OF_150 },
  {
    class: "ds-sha256-wrong-sha1-right",
    peer: "unbound",
    says: "secure",
    why: "it accepts any digest that fits unless harden-algo-downgrade is on; RFC 4509 section 3 says otherwise",
  },
  {
    class: "one-address-bad",
    peer: "finger",
    says: "verified",
    why: "it looks at one address only, here the IPv4 one, which is well; requirements 20.6 says every address",
  },
  {
    class: "name-in-zone",
    peer: "opendmarc",
    says: "silence",
    why: "it asks the name itself only and does not walk up to the organisational domain (RFC 9989 section 4.10)",
  },
  {
    class: "dmarc-two-records",
    peer: "opendmarc",
    says: "reject",
    why: "it takes the first of two records; with more than one none applies (RFC 9989 section 4.10.1)",
  },
  {
    class: "dmarc-test-mode",
    peer: "opendmarc",
    says: "reject",
    why: "it is older than the tag t (RFC 9989 section 4.7), which lets receivers do less than the policy says",
  },
];

/** What a peer is known to say of a class of case instead of what is right; null: it is expected to be right. */
export function knownDifference(name: string, peer: Peer | MailPeer): string | null {
  return DIFFERENCES.find((known) => known.class === name && known.peer === peer)?.says ?? null;
}
