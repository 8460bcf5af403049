import { FFDHE_GROUPS, LEGACY_CURVES } from "../../tls/groups.ts";
import { replyOf } from "../../tls/offer-reply.ts";
import type { OfferReply } from "../../tls/offer-plan.ts";
import { schemeOf, schemesWith, type SignatureScheme } from "../../tls/signature-schemes.ts";
import { suiteOf, suitesFor } from "../../tls/suites.ts";
import type { RecordLayerVersion, TlsVersion } from "../../tls/versions.ts";
import type { Topic } from "./inquiry.ts";
import { askHello, type TopicTools } from "./topics.ts";

export type LegacyVersion = Exclude<RecordLayerVersion, "TLSv1.3">;

/** A question of one answer. */
const YES = 1;
const SMALL = 24;
/** IANA: the server has no host of that name, and says so (RFC 6066 section 3). */
const UNRECOGNIZED_NAME = 112;
/** RFC 6761 section 6.4 keeps it from ever being anybody's. */
export const UNKNOWN_NAME = "ukendt-navn.invalid";

const few = (suites: readonly number[], isCompact: boolean) => (isCompact ? suites.slice(0, SMALL) : suites);
const isYes = (reply: OfferReply): OfferReply => (reply.kind === "accepted" ? { kind: "accepted", item: YES } : reply);

export const plainDheTopicName = (version: TlsVersion): string => `DHE of ${version} without groups`;
export const smallDheTopicName = (version: TlsVersion): string => `DHE of ${version} with the smallest group alone`;
export const COMPRESSION_TOPIC = "compression";
export const ORDER_TOPIC = "order of suites";
export const hashTopicName = (hash: string): string => `signature with ${hash} alone`;
export const nameTopicName = (indicated: "none" | "unknown-name"): string => `name: ${indicated}`;

export const isDhe = (suite: number): boolean => suiteOf(suite)?.keyExchange === "DHE";

/**
 * DHE by an offer that names none of RFC 7919's groups. A server may then use another prime; and one that keeps to that RFC has DHE
 * for such a client alone when its own prime is none of those groups, so where none was found every suite is asked about.
 */
export function plainDheTopic(version: LegacyVersion, accepted: readonly number[], tools: TopicTools): Topic {
  const known = accepted.filter(isDhe);
  const all = suitesFor(version).flatMap(({ number }) => (isDhe(number) ? number : []));
  return {
    name: plainDheTopicName(version),
    version,
    items: known.length > 0 ? [YES] : all,
    async ask({ items, isCompact }) {
      const suites = known.length > 0 ? few(known, isCompact) : items;
      const offer = { version, suites, isCompact, wantsStaple: true, groups: LEGACY_CURVES };
      const { reply } = await askHello(tools, offer, { question: "suite", kind: "narrowed" });
      return known.length > 0 ? isYes(reply) : reply;
    },
  };
}

/**
 * DHE by an offer of RFC 7919's smallest group alone: a server that takes a larger one first may have this one, too, or go back to
 * a prime of its own.
 */
export function smallDheTopic(version: LegacyVersion, suites: readonly number[], tools: TopicTools): Topic {
  return {
    name: smallDheTopicName(version),
    version,
    items: [YES],
    async ask({ isCompact }) {
      const offer = { version, suites: few(suites, isCompact), isCompact, groups: FFDHE_GROUPS.slice(0, 1) };
      return isYes((await askHello(tools, offer, { question: "suite", kind: "narrowed" })).reply);
    },
  };
}

/**
 * The accepted suites of a version last one first, which shows whose order of suites rules; with DEFLATE before none if that is
 * asked about.
 */
export function reversedTopic(
  name: typeof COMPRESSION_TOPIC | typeof ORDER_TOPIC,
  { version, suites: accepted }: { readonly version: LegacyVersion; readonly suites: readonly number[] },
  tools: TopicTools,
): Topic {
  const offersCompression = name === COMPRESSION_TOPIC;
  return {
    name,
    items: [YES],
    async ask({ isCompact }) {
      const suites = few([...accepted].reverse(), isCompact);
      const groups = [...LEGACY_CURVES, ...FFDHE_GROUPS];
      const offer = { version, suites, isCompact, offersCompression, ...(isCompact ? {} : { groups }) };
      return isYes((await askHello(tools, offer, { question: "suite", kind: "all" })).reply);
    },
  };
}

/** Whether the key exchange of TLS 1.2 is signed with one of these hashes when they alone are offered. */
export function hashTopic(
  name: string,
  { hashes, suites }: { readonly hashes: readonly string[]; readonly suites: readonly number[] },
  tools: TopicTools,
): Topic {
  const keys = [...new Set(suites.map((suite) => signingKey(suite)))].flatMap((key) => key ?? []);
  const signatureSchemes = schemesWith(hashes, keys);
  return {
    name: hashTopicName(name),
    items: [YES],
    async ask({ isCompact }) {
      const offer = { version: "TLSv1.2", suites: few(suites, isCompact), isCompact, signatureSchemes } as const;
      const wanted = isCompact ? offer : { ...offer, groups: [...LEGACY_CURVES, ...FFDHE_GROUPS] };
      const { reply, seen } = await askHello(tools, wanted, { question: "suite", kind: "narrowed" });
      if (reply.kind !== "accepted") return reply;
      // A server that does not read the offer of hashes signs with its own: the one that was asked for it did not accept.
      const scheme = seen?.scheme ?? null;
      if (scheme === null) return { kind: "unreadable" };
      return hashes.includes(schemeOf(scheme).hash) ? isYes(reply) : { kind: "refused" };
    },
  };
}

/** The kind of key that signs a suite's key exchange; null where nothing is signed. */
export function signingKey(suite: number): SignatureScheme["key"] | null {
  const parts = suiteOf(suite);
  if (parts === null || (parts.keyExchange !== "DHE" && parts.keyExchange !== "ECDHE")) return null;
  if (parts.authentication === "DSS") return "DSA";
  return parts.authentication === "RSA" || parts.authentication === "ECDSA" ? parts.authentication : null;
}

/** The certificate that is shown where another name, or none, is indicated; its chain is handed to `found`. */
export function nameTopic(
  indicated: "none" | "unknown-name",
  { version, suites }: { readonly version: LegacyVersion; readonly suites: readonly number[] },
  { line, notebook }: TopicTools,
  found: (chain: readonly string[]) => void,
): Topic {
  return {
    name: nameTopicName(indicated),
    items: [YES],
    async ask({ isCompact }) {
      const host = indicated === "none" ? null : UNKNOWN_NAME;
      const offered = few([...suites].reverse(), isCompact);
      const groups = isCompact ? {} : { groups: [...LEGACY_CURVES, ...FFDHE_GROUPS] };
      const { flight, end } = await line.hello({ version, suites: offered, host, isCompact, ...groups });
      if (end === "unconnected") return { kind: end };
      if (flight.alerts.some(({ level, code }) => level === "fatal" && code === UNRECOGNIZED_NAME))
        return { kind: "refused" };
      const asked = { suites: offered, isCompact, offersCompression: false, kind: "foreign" } as const;
      const seen = notebook.note(flight, asked);
      const reply = replyOf(flight, version, end, "suite");
      if (reply.kind !== "accepted") return reply;
      const chain = seen?.chain ?? null;
      if (chain === null) return { kind: "unreadable" };
      found(chain);
      return isYes(reply);
    },
  };
}
