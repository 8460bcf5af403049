import type { MailPeer } from "./mail-peers.ts";
import type { Opinion, Peer } from "./peers.ts";
import type { WebPeer } from "./web-peers.ts";

/** Where a peer is known to judge otherwise than the case list, and why that is no contradiction. */
export type Difference = { readonly class: string; readonly why: string } & (
  { readonly peer: Peer; readonly says: Opinion } | { readonly peer: MailPeer | WebPeer; readonly says: string }
);

const OLDER_THAN_RFC_9905 = "it still validates SHA-1, as RFC 8624 demanded until RFC 9905";
const NO_KEY_SIZE_RULE = "it sets no lower limit to RSA keys; requirements 18.3 does";
const LIMIT_OF_150 = "its limit is 150 iterations; RFC 9276 section 3.2 names no number, requirements 18.6 says 100";

const WITHOUT_P224 = "its ClientHello has no P-224, and OpenSSL shows no certificate on a curve that the client lacks";
const P224_SUITES = ["AES_128_GCM_SHA256", "AES_256_GCM_SHA384", "CHACHA20_POLY1305_SHA256"];
const LACKS_P224 = P224_SUITES.map((suite) => `-TLSv1.2 TLS_ECDHE_ECDSA_WITH_${suite}`).join(", ");

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
  {
    class: "ssl3",
    peer: "sslscan",
    says: "-SSLv3 TLS_RSA_WITH_3DES_EDE_CBC_SHA",
    why: "it completes handshakes by OpenSSL, which has no SSLv3 here",
  },
  { class: "key-p224", peer: "sslscan", says: LACKS_P224, why: WITHOUT_P224 },
  { class: "key-p224", peer: "nmap", says: LACKS_P224, why: WITHOUT_P224 },
  {
    class: "hsts-letters-after",
    peer: "curl",
    says: "policy",
    why: "it reads the digits and leaves the rest; RFC 6797 section 6.1.1 says digits only",
  },
  {
    class: "hsts-blanks",
    peer: "curl",
    says: "none",
    why: "it knows no blank before the sign; RFC 6797 section 6.1 takes over implied *LWS",
  },
  {
    class: "hsts-two-good-first",
    peer: "curl",
    says: "none",
    why: "it reads every field, and the second takes the policy away; RFC 6797 section 8.1 says the first only",
  },
  {
    class: "hsts-two-bad-first",
    peer: "curl",
    says: "policy",
    why: "it reads every field; RFC 6797 section 8.1 says the first only",
  },
];

/**
 * Cases with a name server whose answers do not validate. delv judges the one copy that its resolver fetched with checking disabled,
 * from whichever server, and asks no other.
 */
const ONE_BAD_SERVER: ReadonlySet<string> = new Set([
  "one-server-unsigned",
  "one-server-expired",
  "one-family-unsigned",
  "one-server-other-keys",
  "one-server-without-denial",
]);

/** What a peer may say of a class of case by chance, beside what is expected of it; null: it has no such excuse. */
export function saysByChance(name: string, peer: Peer): Opinion | null {
  return peer === "delv" && ONE_BAD_SERVER.has(name) ? "bogus" : null;
}

/** What a peer is known to say of a class of case instead of what is right; null: it is expected to be right. */
export function knownDifference(name: string, peer: Peer | MailPeer | WebPeer): string | null {
  return DIFFERENCES.find((known) => known.class === name && known.peer === peer)?.says ?? null;
}
