import { type Observation, type Observed, observed } from "../core/observation.ts";
import { domainQuestions } from "../dnssec/domain-questions.ts";
import { validatorAt } from "../dnssec/domain-validator.ts";
import type { CrossCheck } from "../dnssec/observations.ts";
import type { Validator } from "../dnssec/validator.ts";
import type { Question, Reply } from "../wire/message.ts";
import type { Name } from "../wire/name.ts";
import { RCODE } from "../wire/rcode.ts";
import { BookKeeper } from "./book-keeper.ts";
import { addressQuestions, fetchDomain, type Subject } from "./domain-fetch.ts";
import type { ProbeContext } from "./probe-context.ts";
import { randomNameBelow } from "./random-name.ts";
import { silenceOf } from "./silence.ts";
import { type Look, lookUntilSound } from "./sound-look.ts";

/** Validators whose opinions must agree before ours is doubted (architecture: self-doubt). */
const VALIDATORS = 2;

/**
 * Fetches everything it takes to validate a domain from the root: chain, apex data, denials, names below. Asks recursive
 * resolvers, with validation left to us; what does not validate is fetched anew from other sources before it is believed.
 * Unobserved when no question at all was answered.
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
  const randomName = randomNameBelow(domain, context.randomLabel(asset));
  const about = { domain, randomName, declaredBelow };
  // Awaited together: a rejection that nobody waits for would end the whole program.
  const [{ look, discarded }, crossCheck] = await Promise.all([
    lookUntilSound(domain, (source, ask) => lookThrough(source, ask, about, validator, context), context),
    askValidators(domain, context),
  ]);
  const observation = { kind: "dns.chain", asset, target: asset, observedAt: at } as const;
  const { book, source, namesBelow } = look;
  const silence = silenceOf(book);
  if (silence !== null) return { ...observation, result: silence };
  const value = { domain, anchors: context.anchors, book, source, discarded, randomName, namesBelow, crossCheck };
  return { ...observation, result: observed(value) };
}

/** Everything about the domain from one source. */
interface ChainLook extends Look {
  readonly namesBelow: readonly Name[];
}

async function lookThrough(
  source: string,
  ask: (question: Question) => Promise<Observed<Reply>>,
  about: Subject,
  validator: Validator,
  { signal }: ProbeContext,
): Promise<ChainLook> {
  const keeper = new BookKeeper(ask);
  const namesBelow = await fetchDomain(about, { keeper, validator, signal });
  return { source, book: keeper.book, namesBelow, state: stateOf(about, namesBelow, validator, keeper) };
}

function stateOf(
  { domain, randomName }: Subject,
  namesBelow: readonly Name[],
  validator: Validator,
  { lookup }: BookKeeper,
): Look["state"] {
  const statuses = (questions: readonly Question[]) =>
    questions.map((question) => validator.classify(question, lookup)).filter(({ aliases }) => aliases.length === 0);
  const own = statuses(domainQuestions(domain, randomName));
  const below = statuses(namesBelow.flatMap(addressQuestions));
  const { status } = validator.walkToZone(domain, lookup);
  if (status === "bogus" || [...own, ...below].some((each) => each.status === "bogus")) return "broken";
  const isAnswered = own.every((each) => each.status === "secure" || each.status === "insecure");
  return isAnswered && (status === "secure" || status === "insecure") ? "sound" : "open";
}

/** What validating resolvers make of the domain. Skipped when fewer than two are configured. */
async function askValidators(
  domain: Name,
  { resolver: resolvers, signal }: ProbeContext,
): Promise<readonly CrossCheck[]> {
  if (resolvers.alone().length < VALIDATORS) return [];
  const question = { name: domain, type: "SOA" };
  const checking = await resolvers.askEach(question, { checkingDisabled: false, signal });
  const isRejected = checking.some(({ reply }) => valueOf(reply)?.rcode === RCODE.SERVFAIL);
  // SERVFAIL is a rejection only where the same resolver has an answer when it may not check.
  const unchecked = isRejected ? await resolvers.askEach(question, { checkingDisabled: true, signal }) : [];
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
