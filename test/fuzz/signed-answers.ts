import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseAnchorFile } from "../../lib/dnssec/anchor-file.ts";
import type { Classification } from "../../lib/dnssec/classification.ts";
import { domainQuestions } from "../../lib/dnssec/domain-questions.ts";
import { questionKey, type Lookup } from "../../lib/dnssec/lookup.ts";
import { createSignatureMemo, type SignatureMemo } from "../../lib/dnssec/signature-memo.ts";
import type { TrustAnchor } from "../../lib/dnssec/trust-anchor.ts";
import type { ZoneWalk } from "../../lib/dnssec/zone-walk.ts";
import { createValidator, type Validator } from "../../lib/dnssec/validator.ts";
import { observed } from "../../lib/core/observation.ts";
import { askNameServer, type NameServer } from "../../lib/practice/authority.ts";
import { PRACTICE_CASES } from "../../lib/practice/cases.ts";
import { createResolver, type Resolver } from "../../lib/practice/resolver.ts";
import { loadZoneSet } from "../../lib/practice/zone-set.ts";
import { decodeMessage, encodeMessage } from "../../lib/wire/codec.ts";
import type { Question, Reply } from "../../lib/wire/message.ts";
import { name, prepend } from "../../lib/wire/name.ts";

const ZONES = fileURLToPath(new URL("../../lib/practice/zones", import.meta.url));

/** A moment within the validity of the practice zones' signatures: 1 June 2026, in seconds since 1970. */
const AT = Date.UTC(2026, 5, 1) / 1_000;

/** An answer takes at most as many rounds as it has zones and aliases. */
const MAX_ROUNDS = 24;

/** One question about the practice internet, what validation makes of it, and the replies that it read for that. */
export interface SignedAnswer {
  readonly question: Question;
  readonly classification: Classification;
  /** The way to the question's name. */
  readonly walk: ZoneWalk;
  /** By question key; each is the octets of a message. */
  readonly used: readonly string[];
}

export interface PracticeAnswers {
  readonly answers: readonly SignedAnswer[];
  /** Every reply that any of them needs, as it would arrive, by question key. */
  readonly messages: ReadonlyMap<string, Uint8Array>;
  readonly replies: ReadonlyMap<string, Reply>;
  readonly anchors: readonly TrustAnchor[];
  /** Signatures that are known to be good, so that only what an alteration touches is verified. */
  readonly memo: SignatureMemo;
}

/** Asks and validates every question about the practice domains that are sound, or every `stride`th of them. */
export async function gatherAnswers(stride = 1): Promise<PracticeAnswers> {
  const { servers, rootAddresses, trustAnchors } = await loadZoneSet(ZONES);
  const anchors = parseAnchorFile(await readFile(trustAnchors, "utf8"));
  if (!anchors.ok) throw new Error(`the practice trust anchors: ${anchors.problem}`);
  const gathering = new Gathering(createResolver(rootAddresses, asker(servers)), anchors.value);
  const questions = practiceQuestions().filter((_, index) => index % stride === 0);
  const answers: SignedAnswer[] = [];
  for (const question of questions) answers.push(await gathering.answer(question));
  const { messages, replies, memo } = gathering;
  return { answers: answers.filter(isJudged), messages, replies, anchors: anchors.value, memo };
}

/** A validator as every input uses it: the good signatures are shared, what it finds out itself is not. */
export function validatorOver({ anchors, memo }: Pick<PracticeAnswers, "anchors" | "memo">): Validator {
  const own = createSignatureMemo();
  return createValidator({
    anchors,
    at: AT,
    memo: { recall: (key) => memo.recall(key) ?? own.recall(key), remember: own.remember },
  });
}

function isJudged({ classification: { status } }: SignedAnswer): boolean {
  return status === "secure" || status === "insecure";
}

function practiceQuestions(): readonly Question[] {
  const sound = PRACTICE_CASES.filter(({ chain }) => ["secure", "absent", "insecure"].includes(chain));
  return sound
    .filter(({ fresh }) => fresh !== true)
    .flatMap(({ domain, shows }): Question[] => {
      const apex = name(domain);
      const shown = shows === undefined ? [] : [{ name: name(shows.name), type: shows.type }];
      const below = { name: prepend("www", apex), type: "A" };
      return [...shown, below, ...domainQuestions(apex, prepend("x7q", apex))];
    });
}

function asker(servers: readonly NameServer[]): Parameters<typeof createResolver>[1] {
  const byAddress = new Map(servers.flatMap((server) => server.addresses.map((address) => [address, server] as const)));
  return (address, question, dnssecOk) => {
    const server = byAddress.get(address);
    return server === undefined ? null : (askNameServer(server, question, dnssecOk, "tcp")?.answer ?? null);
  };
}

/** Fetches what validation asks for, each question once. */
class Gathering {
  readonly messages = new Map<string, Uint8Array>();
  readonly replies = new Map<string, Reply>();
  readonly memo = createSignatureMemo(Infinity);
  readonly #validator: Validator;
  readonly #resolver: Resolver;

  constructor(resolver: Resolver, anchors: readonly TrustAnchor[]) {
    this.#resolver = resolver;
    this.#validator = createValidator({ anchors, at: AT, memo: this.memo });
  }

  async answer(question: Question): Promise<SignedAnswer> {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const used = new Set<string>();
      const lookup: Lookup = (asked) => {
        const reply = this.replies.get(questionKey(asked));
        if (reply !== undefined) used.add(questionKey(asked));
        return reply === undefined ? undefined : observed(reply);
      };
      const walk = this.#validator.walkToZone(question.name, lookup);
      const classification = this.#validator.classify(question, lookup);
      const missing = classification.status === "need" ? classification.questions : walk.needs;
      if (missing.length === 0) return { question, classification, walk, used: [...used] };
      for (const needed of missing) await this.#fetch(needed);
    }
    throw new Error(`validating ${questionKey(question)} does not come to an end`);
  }

  async #fetch(question: Question): Promise<void> {
    const { authoritative, ...answer } = await this.#resolver.resolve(question, true);
    const edns = { udpSize: 1_232, dnssecOk: true, errors: [] };
    const flags = authoritative ? (["aa", "rd", "ra"] as const) : (["rd", "ra"] as const);
    const message = encodeMessage({ id: 0, flags, question, ...answer, edns });
    const decoded = decodeMessage(message);
    if (!decoded.ok) throw new Error(`a practice reply is malformed: ${decoded.problem}`);
    this.messages.set(questionKey(question), message);
    this.replies.set(questionKey(question), decoded.value.reply);
  }
}
