import { unobserved } from "../core/observation.ts";
import { domainQuestions } from "../dnssec/domain-questions.ts";
import { lackingFor, type Wanted } from "../dnssec/domain-validator.ts";
import type { Validator } from "../dnssec/validator.ts";
import type { Question } from "../wire/message.ts";
import { isAtOrBelow, type Name } from "../wire/name.ts";
import { RCODE } from "../wire/rcode.ts";
import { parseMx } from "../wire/rdata/mx.ts";
import { parseTargetName } from "../wire/rdata/target-name.ts";
import type { BookKeeper } from "./book-keeper.ts";

/** Rounds of "what is still missing": each alias or zone cut that comes to light costs one. */
const MAX_ROUNDS = 24;
/** Names that the domain's own NS and MX records can make us look at: whoever writes them writes as many as they like. */
const MAX_NAMES_POINTED_AT = 32;

/** What is looked at in one visit. */
export interface Subject {
  readonly domain: Name;
  readonly randomName: Name;
  readonly declaredBelow: readonly Name[];
}

/** Where what is fetched is written down, and what it is fetched for. */
export interface Fetcher {
  readonly keeper: BookKeeper;
  readonly validator: Validator;
  readonly signal: AbortSignal;
}

/** Fetches the domain, then the names below it that are declared or that its records point at. Returns those names. */
export async function fetchDomain(about: Subject, fetcher: Fetcher): Promise<readonly Name[]> {
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
async function fetchAll(target: Wanted, { keeper, validator, signal }: Fetcher): Promise<void> {
  let lacking = lackingFor(validator, target, keeper.lookup);
  let asking = [...target.wanted, ...lacking.questions];
  for (let round = 0; round <= MAX_ROUNDS && !signal.aborted; round += 1) {
    const isNews = await keeper.ask(asking);
    if (!isNews) return;
    lacking = lackingFor(validator, lacking.open, keeper.lookup);
    asking = [...lacking.questions];
  }
  if (!signal.aborted) giveUp(lacking.open, `not asked after ${MAX_ROUNDS} rounds`, { keeper, validator, signal });
}

/** Writes down that a limit of ours kept us from what is still missing. That is all: what was not heard leads no further. */
function giveUp(target: Wanted, why: string, { keeper, validator }: Fetcher): void {
  for (let { questions } = lackingFor(validator, target, keeper.lookup); questions.length > 0;) {
    keeper.giveUp(questions, unobserved("tool-limit", why));
    ({ questions } = lackingFor(validator, target, keeper.lookup));
  }
}

function addressesWanted(names: readonly Name[]): Wanted {
  return { zones: names, wanted: names.flatMap(addressQuestions) };
}

/** What is asked about a name below the domain. */
export function addressQuestions(name: Name): readonly Question[] {
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
