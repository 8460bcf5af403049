import { type Observed, observed, unobserved } from "../core/observation.ts";
import { lackingFor, validatorAt, type Wanted, type Wants } from "../dnssec/domain-validator.ts";
import { type Lookup, questionKey } from "../dnssec/lookup.ts";
import type { Validator } from "../dnssec/validator.ts";
import type { DnsReading } from "../mail/observations.ts";
import type { Name } from "../wire/name.ts";
import { BookKeeper } from "./book-keeper.ts";
import type { ProbeContext } from "./probe-context.ts";
import { silenceOf } from "./silence.ts";
import { type Look, lookUntilSound } from "./sound-look.ts";

/** Rounds of "what is still wanted": each alias, zone cut, include or further record that comes to light costs one. */
const MAX_ROUNDS = 48;
/** Questions of one reading: whoever writes the records that lead from one to the next writes as many as they like. */
const MAX_QUESTIONS = 4_000;

/**
 * Asks what is wanted about a domain, and what it takes to validate that from the root, until neither lacks anything. What does
 * not validate is fetched anew from other sources before it is believed. What a limit of ours leaves out stands in the book as
 * unobserved (`tool-limit`). Unobserved when no question at all was answered.
 */
export async function readDns(domain: Name, wants: Wants, context: ProbeContext): Promise<Observed<DnsReading>> {
  const { anchors, signal } = context;
  const validator = validatorAt(anchors, context.now());
  const { look, discarded } = await lookUntilSound(
    domain,
    async (source, ask): Promise<Look> => {
      const keeper = new BookKeeper(ask);
      await gather(wants, keeper, validator, signal);
      return { source, book: keeper.book, state: stateOf(wants(keeper.lookup), validator, keeper.lookup) };
    },
    context,
  );
  const { book, source } = look;
  return silenceOf(book) ?? observed({ domain, anchors, book, source, discarded });
}

async function gather(wants: Wants, keeper: BookKeeper, validator: Validator, signal: AbortSignal): Promise<void> {
  const settled = new Set<string>();
  for (let round = 0; !signal.aborted; round += 1) {
    const target = wants(keeper.lookup);
    const { questions, open } = lackingFor(validator, without(settled, target), keeper.lookup);
    settle(settled, target, open);
    const asking = [...target.wanted, ...questions];
    if (round >= MAX_ROUNDS || keeper.sizeWith(asking) > MAX_QUESTIONS) {
      giveUp(wants, keeper, validator);
      return;
    }
    if (!(await keeper.ask(asking))) return;
  }
}

/** The part of the target that could not be judged yet: what could be is not changed by hearing more. */
function without(settled: ReadonlySet<string>, { zones, wanted }: Wanted): Wanted {
  return {
    zones: zones.filter((zone) => !settled.has(zone)),
    wanted: wanted.filter((question) => !settled.has(questionKey(question))),
  };
}

function settle(settled: Set<string>, target: Wanted, open: Wanted): void {
  const isOpen = new Set<string>([...open.zones, ...open.wanted.map(questionKey)]);
  for (const key of [...target.zones, ...target.wanted.map(questionKey)]) if (!isOpen.has(key)) settled.add(key);
}

/** Writes down that a limit of ours kept us from what is still wanted; what was not heard leads no further. */
function giveUp(wants: Wants, keeper: BookKeeper, validator: Validator): void {
  const why = unobserved("tool-limit", `not asked: more than ${MAX_ROUNDS} rounds or ${MAX_QUESTIONS} questions`);
  for (let before = -1; before < keeper.book.length;) {
    before = keeper.book.length;
    const target = wants(keeper.lookup);
    keeper.giveUp([...target.wanted, ...lackingFor(validator, target, keeper.lookup).questions], why);
  }
}

function stateOf({ zones, wanted }: Wanted, validator: Validator, lookup: Lookup): Look["state"] {
  const statuses = [
    ...zones.map((zone) => validator.walkToZone(zone, lookup).status),
    ...wanted.map((question) => validator.classify(question, lookup).status),
  ];
  if (statuses.includes("bogus")) return "broken";
  return statuses.every((status) => status === "secure" || status === "insecure") ? "sound" : "open";
}
