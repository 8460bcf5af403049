import { FFDHE_GROUPS, LEGACY_CURVES } from "../../tls/groups.ts";
import { schemesWith, SIGNATURE_SCHEMES } from "../../tls/signature-schemes.ts";
import type { Topic } from "./inquiry.ts";
import { askHello, type TopicTools } from "./topics.ts";

const YES = 1;
const SMALL = 24;

export const keyTopicName = (kind: string): string => `certificate of ${kind}`;
export const MODERN_KEYS_TOPIC = "certificates of TLS 1.3";

const every = (keys: readonly string[]): readonly number[] =>
  SIGNATURE_SCHEMES.filter(({ key, hash }) => keys.includes(key) && hash !== "MD5").map(({ number }) => number);

/** A certificate with another kind of key for the same suites: EdDSA and ECDSA share them (RFC 8422 section 5.1.1). */
export function keyTopic(kind: "ECDSA" | "EdDSA", suites: readonly number[], tools: TopicTools): Topic {
  return {
    name: keyTopicName(kind),
    items: [YES],
    async ask({ isCompact }) {
      const offered = isCompact ? suites.slice(0, SMALL) : suites;
      const offer = { version: "TLSv1.2", suites: offered, isCompact, signatureSchemes: every([kind]) } as const;
      const wanted = isCompact ? offer : { ...offer, groups: [...LEGACY_CURVES, ...FFDHE_GROUPS], wantsStaple: true };
      const { reply, seen } = await askHello(tools, wanted, { question: "suite", kind: "narrowed" });
      return reply.kind === "accepted" && seen !== null ? { kind: "accepted", item: YES } : reply;
    },
  };
}

/**
 * Whether TLS 1.3 has a certificate with an ECDSA or EdDSA key at all: one that has none refuses an offer of such schemes alone. RSA
 * with the old padding signs no handshake there, and is named for certificates that an RSA authority has signed.
 */
export function modernKeysTopic(kinds: readonly string[], suites: readonly number[], tools: TopicTools): Topic {
  const signatureSchemes = [
    ...every(kinds),
    ...schemesWith(["SHA256", "SHA384", "SHA512"], ["RSA"]).filter(isOldPadding),
  ];
  return {
    name: MODERN_KEYS_TOPIC,
    items: [YES],
    async ask({ isCompact }) {
      const offer = { version: "TLSv1.3", suites, isCompact, signatureSchemes } as const;
      const { reply } = await askHello(tools, offer, { question: "suite", kind: "narrowed" });
      return reply.kind === "accepted" ? { kind: "accepted", item: YES } : reply;
    },
  };
}

const OLD_PADDING_BELOW = 0x0800;
const isOldPadding = (scheme: number): boolean => scheme < OLD_PADDING_BELOW;
