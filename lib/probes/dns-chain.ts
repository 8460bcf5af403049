import { CAUSES } from "../core/cause.ts";
import type { Observation } from "../core/observation.ts";
import { observed, unobserved } from "../core/observation.ts";
import type { AnswerBook } from "../dnssec/answer-book.ts";
import { domainQuestions } from "../dnssec/domain-questions.ts";
import { questionsNeeded, validatorAt } from "../dnssec/domain-validator.ts";
import type { CrossCheck } from "../dnssec/observations.ts";
import type { Validator } from "../dnssec/validator.ts";
import type { Question, Reply } from "../wire/message.ts";
import { isAtOrBelow, type Name } from "../wire/name.ts";
import { RCODE } from "../wire/rcode.ts";
import { parseMx } from "../wire/rdata/mx.ts";
import { parseTargetName } from "../wire/rdata/target-name.ts";
import { BookKeeper } from "./book-keeper.ts";
import type { ProbeContext } from "./probe-context.ts";
import { randomNameBelow } from "./random-name.ts";

/** Rounds of "what is still missing": each alias or zone cut that comes to light costs one. */
const MAX_ROUNDS = 24;
/** Names that the domain's own NS and MX records can make us look at: whoever writes them writes as many as they like. */
const MAX_NAMES_POINTED_AT = 32;
/** Validators whose opinions must agree before ours is doubted (architecture: self-doubt). */
const VALIDATORS = 2;

/**
 * Fetches everything it takes to validate a domain from the root: chain, apex data, denials, names below. Asks recursive
 * resolvers, with validation left to us. Unobserved when no question at all was answered.
 */
export async function probeDnsChain(
  asset: string,
  domain: Name,
  declaredBelow: readonly Name[],
  context: ProbeContext,
): Promise<Observation<"dns.chain">> {
  const now = context.now();
  const at = new Date(now).toISOString();
  const validator = validatorAt(context.anchors, now);
  const randomName = randomNameBelow(domain, context.randomLabel());
  const keeper = new BookKeeper((question) => context.resolver.ask(question, { signal: context.signal }));
  const fetcher = { keeper, validator, signal: context.signal };
  // Awaited together: a rejection that nobody waits for would end the whole program.
  const [namesBelow, crossCheck] = await Promise.all([
    fetchDomain({ domain, randomName, declaredBelow }, fetcher),
    askValidators(domain, context),
  ]);
  const observation = { kind: "dns.chain", asset, target: asset, observedAt: at } as const;
  const { book } = keeper;
  const silence = silenceOf(book);
  if (silence !== null) return { ...observation, result: silence };
  const value = { domain, anchors: context.anchors, book, randomName, namesBelow, crossCheck };
  return { ...observation, result: observed(value) };
}

interface Fetcher {
  readonly keeper: BookKeeper;
  readonly validator: Validator;
  readonly signal: AbortSignal;
}

/** What is to be validated: the zones that names lie in, and record sets. */
interface Wanted {
  readonly zones: readonly Name[];
  readonly wanted: readonly Question[];
}

/** Fetches the domain, then the names below it that are declared or that its records point at. Returns those names. */
async function fetchDomain(
  about: { readonly domain: Name; readonly randomName: Name; readonly declaredBelow: readonly Name[] },
  fetcher: Fetcher,
): Promise<readonly Name[]> {
  const { domain, randomName, declaredBelow } = about;
  const { keeper } = fetcher;
  await fetchAll({ zones: [domain], wanted: domainQuestions(domain, randomName) }, fetcher);
  // Where the domain itself gives no answer, its names below give none either, and each would cost its time-outs.
  if (!isAnswered({ name: domain, type: "SOA" }, keeper) && !isAnswered({ name: domain, type: "NS" }, keeper))
    return [];
  const found = new Set(namesPointedAt(domain, keeper)).difference(new Set(declaredBelow));
  const pointedAt = [...found].sort();
  const names = [...new Set([...declaredBelow, ...pointedAt.slice(0, MAX_NAMES_POINTED_AT)])].sort();
  await fetchAll(addressesWanted(names), fetcher);
  const [firstLeftOut, ...others] = pointedAt.slice(MAX_NAMES_POINTED_AT);
  if (firstLeftOut === undefined) return names;
  // One name stands for all that were left out, so that whoever judges finds the gap.
  const why = `not asked, like ${others.length} more: at most ${MAX_NAMES_POINTED_AT} names of NS and MX records are`;
  giveUp(addressesWanted([firstLeftOut]), why, fetcher);
  return [...names, firstLeftOut].sort();
}

function isAnswered(question: Question, keeper: BookKeeper): boolean {
  const heard = keeper.lookup(question);
  if (heard?.state !== "observed") return false;
  return heard.value.rcode === RCODE.NOERROR || heard.value.rcode === RCODE.NXDOMAIN;
}

/** Asks what is wanted, then whatever validating it turns out to need, until nothing is missing. */
async function fetchAll(target: Wanted, fetcher: Fetcher): Promise<void> {
  const { keeper, signal } = fetcher;
  let news = !signal.aborted && (await keeper.ask([...target.wanted, ...lackingFor(target, fetcher)]));
  for (let round = 0; news && round < MAX_ROUNDS && !signal.aborted; round += 1) {
    news = await keeper.ask(lackingFor(target, fetcher));
  }
  if (news && !signal.aborted) giveUp(target, `not asked after ${MAX_ROUNDS} rounds`, fetcher);
}

/** Writes down that a limit of ours kept us from what is still missing. That is all: what was not heard leads no further. */
function giveUp(target: Wanted, why: string, fetcher: Fetcher): void {
  for (let lacking = lackingFor(target, fetcher); lacking.length > 0; lacking = lackingFor(target, fetcher)) {
    fetcher.keeper.giveUp(lacking, unobserved("tool-limit", why));
  }
}

function lackingFor(target: Wanted, { keeper, validator }: Fetcher): readonly Question[] {
  return questionsNeeded(validator, target, keeper.lookup);
}

function addressesWanted(names: readonly Name[]): Wanted {
  return { zones: names, wanted: names.flatMap(addressQuestions) };
}

function addressQuestions(name: Name): readonly Question[] {
  return ["A", "AAAA"].map((type) => ({ name, type }));
}

/** Names at or below the domain that its own records point at: zone cuts may lie on the way to them. */
function namesPointedAt(domain: Name, keeper: BookKeeper): readonly Name[] {
  const readers = { MX: parseExchange, NS: parseTargetName } as const;
  return Object.entries(readers).flatMap(([type, read]) => {
    const heard = keeper.lookup({ name: domain, type });
    if (heard?.state !== "observed") return [];
    return heard.value.answer
      .filter((record) => record.type === type && record.name === domain)
      .flatMap((record) => {
        const name = read(record.data);
        return name.ok && name.value !== domain && isAtOrBelow(name.value, domain) ? [name.value] : [];
      });
  });
}

function parseExchange(data: string): ReturnType<typeof parseTargetName> {
  const mx = parseMx(data);
  return mx.ok ? { ok: true, value: mx.value.exchange } : mx;
}

/** The cause when nothing whatever was heard, the first in order of precedence; null when something was. */
function silenceOf(book: AnswerBook): ReturnType<typeof unobserved> | null {
  const unheard = book.flatMap(({ reply }) => (reply.state === "unobserved" ? [reply] : []));
  if (unheard.length < book.length) return null;
  const first = unheard.toSorted((a, b) => CAUSES.indexOf(a.cause) - CAUSES.indexOf(b.cause))[0];
  return first ?? unobserved("internal", "no question was asked");
}

/** What validating resolvers make of the domain. Skipped when fewer than two are configured. */
async function askValidators(domain: Name, context: ProbeContext): Promise<readonly CrossCheck[]> {
  const question = { name: domain, type: "SOA" };
  const [checking, unchecked] = await Promise.all(
    [false, true].map((checkingDisabled) =>
      context.resolver.askEach(question, { checkingDisabled, signal: context.signal }),
    ),
  );
  if (checking === undefined || unchecked === undefined || checking.length < VALIDATORS) return [];
  return checking.map(({ resolver, reply }) => {
    const without = unchecked.find((other) => other.resolver === resolver)?.reply;
    return { resolver, opinion: opinionOf(valueOf(reply), without === undefined ? null : valueOf(without)) };
  });
}

function valueOf(reply: { readonly state: string; readonly value?: Reply }): Reply | null {
  return reply.value ?? null;
}

function opinionOf(checking: Reply | null, unchecked: Reply | null): CrossCheck["opinion"] {
  if (checking?.rcode === RCODE.NOERROR && checking.flags.includes("ad")) return "secure";
  if (checking?.rcode === RCODE.SERVFAIL && unchecked?.rcode === RCODE.NOERROR) return "bogus";
  return "unknown";
}
