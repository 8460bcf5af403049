import { CAUSES } from "../core/cause.ts";
import type { Observation } from "../core/observation.ts";
import { observed, unobserved } from "../core/observation.ts";
import type { AnswerBook } from "../dnssec/answer-book.ts";
import { domainQuestions } from "../dnssec/domain-questions.ts";
import { questionsNeeded, validatorAt } from "../dnssec/domain-validator.ts";
import type { CrossCheck } from "../dnssec/observations.ts";
import type { Validator } from "../dnssec/validator.ts";
import type { Question, Reply } from "../wire/message.ts";
import { isAtOrBelow, type Name, prepend } from "../wire/name.ts";
import { parseMx } from "../wire/rdata/mx.ts";
import { parseTargetName } from "../wire/rdata/target-name.ts";
import { BookKeeper } from "./book-keeper.ts";
import type { ProbeContext } from "./probe-context.ts";

/** Rounds of "what is still missing": each alias or zone cut that comes to light costs one. */
const MAX_ROUNDS = 24;
/** Validators whose opinions must agree before ours is doubted (architecture: self-doubt). */
const VALIDATORS = 2;
const SERVFAIL = 2;
const NOERROR = 0;

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
  const randomName = prepend(context.randomLabel(), domain);
  const keeper = new BookKeeper((question) => context.resolver.ask(question, { signal: context.signal }));
  const apex = domainQuestions(domain, randomName);
  const crossCheck = askValidators(domain, context);
  await fetchAll(keeper, { zones: [domain], wanted: apex }, validator, context.signal);
  const namesBelow = [...new Set([...declaredBelow, ...namesPointedAt(domain, keeper)])].sort();
  const below = { zones: namesBelow, wanted: namesBelow.flatMap(addressQuestions) };
  await fetchAll(keeper, below, validator, context.signal);
  const observation = { kind: "dns.chain", asset, target: asset, observedAt: at } as const;
  const silence = silenceOf(keeper.book);
  if (silence !== null) return { ...observation, result: silence };
  const value = {
    domain,
    anchors: context.anchors,
    book: keeper.book,
    randomName,
    namesBelow,
    crossCheck: await crossCheck,
  };
  return { ...observation, result: observed(value) };
}

/** Asks `wanted`, then whatever validating them turns out to need, until nothing is missing. */
async function fetchAll(
  keeper: BookKeeper,
  target: { readonly zones: readonly Name[]; readonly wanted: readonly Question[] },
  validator: Validator,
  signal: AbortSignal,
): Promise<void> {
  let news = await keeper.ask([...target.wanted, ...questionsNeeded(validator, target, keeper.lookup)]);
  for (let round = 0; news && round < MAX_ROUNDS && !signal.aborted; round += 1) {
    news = await keeper.ask(questionsNeeded(validator, target, keeper.lookup));
  }
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
  if (checking?.rcode === NOERROR && checking.flags.includes("ad")) return "secure";
  if (checking?.rcode === SERVFAIL && unchecked?.rcode === NOERROR) return "bogus";
  return "unknown";
}
