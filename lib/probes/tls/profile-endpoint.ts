import { suitePreference } from "../../tls/suite-preference.ts";
import type { OfferReply } from "../../tls/offer-plan.ts";
import { suiteOf } from "../../tls/suites.ts";
import type { TlsVersion } from "../../tls/versions.ts";
import { STRONG, STRONG_HASHES, weaklySigned } from "./assemble-findings.ts";
import { Inquiry, type Leash, type Topic } from "./inquiry.ts";
import {
  COMPRESSION_TOPIC,
  hashTopic,
  isDhe,
  type LegacyVersion,
  nameTopic,
  ORDER_TOPIC,
  plainDheTopic,
  plainDheTopicName,
  reversedTopic,
  signingKey,
  smallDheTopic,
} from "./legacy-topics.ts";
import { keyTopic, modernKeysTopic } from "./key-topics.ts";
import { kindsSeen } from "./notebook.ts";
import type { TlsLimits } from "./tls-limits.ts";
import type { TopicTools } from "./topics.ts";
import {
  bareTopic,
  bareTopicName,
  legacyCurvesTopic,
  modernGroupsTopic,
  ssl2Topic,
  suitesTopic,
  suitesTopicName,
} from "./version-topics.ts";

/** Newest first: the version with the longest list of suites begins. */
const LEGACY: readonly LegacyVersion[] = ["TLSv1.2", "TLSv1.1", "TLSv1.0", "SSLv3"];
/** Answers that may be about the form of a hello, and that could pass for a refusal. */
const ABOUT_FORM: readonly OfferReply["kind"][] = ["other-alert", "closed", "reset"];
type WithExtensions = Exclude<LegacyVersion, "SSLv3">;

/** What one inquiry found, beside what the notebook has. */
export interface Profile {
  readonly inquiry: Inquiry;
  readonly ssl2Kinds: readonly number[];
  /** The leaf shown where another name, or none, was indicated. */
  readonly otherLeaves: ReadonlyMap<string, string>;
  /** The newest version before TLS 1.3 that is accepted. */
  readonly newestLegacy: LegacyVersion | null;
}

/** Asks a server everything that can be seen in clear, by hellos of our own making. */
export async function profileEndpoint(tools: TopicTools, limits: TlsLimits, leash: Leash): Promise<Profile> {
  const asking = new Asking(tools, new Inquiry(limits, leash));
  return asking.run();
}

class Asking {
  readonly #tools: TopicTools;
  readonly #inquiry: Inquiry;
  readonly #otherLeaves = new Map<string, string>();
  #ssl2Kinds: readonly number[] = [];
  #hasFollowed = false;
  readonly #stumbled = new Set<TlsVersion>();

  constructor(tools: TopicTools, inquiry: Inquiry) {
    this.#tools = tools;
    this.#inquiry = inquiry;
  }

  async run(): Promise<Profile> {
    const tools = this.#tools;
    await this.#inquiry.run([
      suitesTopic("TLSv1.2", tools, ({ accepted }) => this.#afterLegacy("TLSv1.2", accepted)),
      suitesTopic("TLSv1.3", tools, ({ accepted }) =>
        accepted.length === 0 ? [] : [modernGroupsTopic(accepted, tools)],
      ),
      this.#ofOld("TLSv1.0"),
      this.#ofOld("TLSv1.1"),
      suitesTopic("SSLv3", tools),
      ssl2Topic(tools, (kinds) => {
        this.#ssl2Kinds = kinds;
      }),
    ]);
    const newestLegacy = LEGACY.find((version) => this.#acceptedAt(version).length > 0) ?? null;
    if (newestLegacy !== null && !this.#hasFollowed)
      await this.#inquiry.run(this.#followUps(newestLegacy, this.#acceptedAt(newestLegacy)));
    await this.#inquiry.run([...this.#ofOrder(newestLegacy), ...this.#ofKeys(), ...this.#ofStrength()]);
    return {
      inquiry: this.#inquiry,
      ssl2Kinds: this.#ssl2Kinds,
      otherLeaves: this.#otherLeaves,
      newestLegacy,
    };
  }

  /** Asked only where the answers so far leave it open. */
  #ofOrder(version: LegacyVersion | null): readonly Topic[] {
    if (version === null) return [];
    const suites = this.#acceptedAt(version);
    const picks = this.#tools.notebook.at(version).filter(({ kind }) => kind === "all");
    const isOpen = suites.length > 1 && suitePreference(suites, picks) === "unknown";
    return isOpen ? [reversedTopic(ORDER_TOPIC, { version, suites }, this.#tools)] : [];
  }

  #ofKeys(): readonly Topic[] {
    const seen = kindsSeen(this.#tools.notebook);
    const missing = (["ECDSA", "EdDSA"] as const).filter((kind) => !seen.has(kind));
    const modern = this.#acceptedAt("TLSv1.3");
    // Who has one of them before TLS 1.3 will have it there, too: then the handshakes themselves show it.
    if (modern.length > 0)
      return seen.has("RSA") && missing.length === 2 ? [modernKeysTopic(missing, modern, this.#tools)] : [];
    const suites = this.#acceptedAt("TLSv1.2").filter((suite) => suiteOf(suite)?.authentication === "ECDSA");
    return suites.length === 0 ? [] : missing.map((kind) => keyTopic(kind, suites, this.#tools));
  }

  #ofStrength(): readonly Topic[] {
    const suites = weaklySigned(this.#tools.notebook.seen);
    return suites.length === 0 ? [] : [hashTopic(STRONG, { hashes: STRONG_HASHES, suites }, this.#tools)];
  }

  /** Where no suite was accepted, the other ways of asking were about suites, too. */
  #acceptedAt(version: TlsVersion): readonly number[] {
    const ways = [suitesTopicName, plainDheTopicName, bareTopicName];
    const found = ways.map((nameOf) => this.#inquiry.outcome(nameOf(version))?.accepted ?? []);
    return found.find((accepted) => accepted.length > 0) ?? [];
  }

  /** Followed by the form without extensions if the server stumbled over this one. */
  #ofOld(version: "TLSv1.0" | "TLSv1.1"): Topic {
    const topic = suitesTopic(version, this.#tools, ({ accepted }) => [
      ...this.#afterLegacy(version, accepted),
      ...(accepted.length === 0 && this.#stumbled.has(version) ? [bareTopic(version, this.#tools)] : []),
    ]);
    return {
      ...topic,
      ask: async (offer) => {
        const reply = await topic.ask(offer);
        if (ABOUT_FORM.includes(reply.kind)) this.#stumbled.add(version);
        return reply;
      },
    };
  }

  #afterLegacy(version: WithExtensions, accepted: readonly number[]): readonly Topic[] {
    const plain = this.#ofDhe(version, accepted);
    if (accepted.length === 0) return [plain];
    return version === "TLSv1.2" ? [...this.#ofTls12(accepted), plain, ...this.#followUps(version, accepted)] : [plain];
  }

  /** Without RFC 7919's groups; in TLS 1.2, where DHE may do, also with the smallest of them alone. */
  #ofDhe(version: WithExtensions, accepted: readonly number[]): Topic {
    const plain = plainDheTopic(version, accepted, this.#tools);
    if (version !== "TLSv1.2") return plain;
    const known = accepted.filter(isDhe);
    return {
      ...plain,
      next: (outcome) => {
        const suites = known.length > 0 ? known : outcome.accepted;
        return suites.length === 0 ? [] : [smallDheTopic(version, suites, this.#tools)];
      },
    };
  }

  #ofTls12(accepted: readonly number[]): readonly Topic[] {
    const elliptic = accepted.filter((suite) => suiteOf(suite)?.keyExchange === "ECDHE");
    const signed = accepted.filter((suite) => signingKey(suite) !== null);
    const hashes = ["SHA1", "SHA224"] as const;
    return [
      ...(elliptic.length === 0 ? [] : [legacyCurvesTopic(elliptic, this.#tools)]),
      ...(signed.length === 0
        ? []
        : hashes.map((hash) => hashTopic(hash, { hashes: [hash], suites: signed }, this.#tools))),
    ];
  }

  /** What is asked once, at the newest version before TLS 1.3. */
  #followUps(version: LegacyVersion, accepted: readonly number[]): readonly Topic[] {
    this.#hasFollowed = true;
    const { where } = this.#tools;
    const at = { version, suites: accepted };
    const name = (indicated: "none" | "unknown-name"): Topic =>
      nameTopic(indicated, at, this.#tools, ([leaf = ""]) => void this.#otherLeaves.set(indicated, leaf));
    const isKnown = this.#tools.notebook.at(version).some(({ offersCompression }) => offersCompression);
    return [
      ...(isKnown ? [] : [reversedTopic(COMPRESSION_TOPIC, at, this.#tools)]),
      // SSLv3 has no way to indicate a name.
      ...(version === "SSLv3" ? [] : [...(where.serverName === null ? [] : [name("none")]), name("unknown-name")]),
    ];
  }
}
