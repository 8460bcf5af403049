import { LRUCache } from "lru-cache";
import { unobserved } from "../core/observation.ts";
import type { Observed } from "../core/observation.ts";
import { abortError } from "../dial/dial-error.ts";
import { whenAborted } from "../dial/when-aborted.ts";
import type { Reply, ResourceRecord } from "../wire/message.ts";

/** Replies by key, and the questions under way. */
export interface AnswerCache {
  /**
   * The kept reply, else the outcome of `fetch`, which runs once however many ask at the same time. Its signal is
   * aborted when all who wait for it have left. An `unobserved` outcome is handed to those who wait and not kept.
   */
  ask(key: string, fetch: Fetch, signal?: AbortSignal): Promise<Observed<Reply>>;
  /** Drops what is kept, so that the next look is a look. Questions under way go on for those who wait for them. */
  forget(): void;
}

/** Must not reject. */
export type Fetch = (signal: AbortSignal) => Promise<Observed<Reply>>;

export interface CacheOptions {
  /** How long a reply may be kept, in milliseconds; 0: not at all. */
  readonly lifetimeMs: (reply: Reply) => number;
  readonly maxEntries?: number;
  readonly maxOctets?: number;
}

const MAX_ENTRIES = 50_000;
const MAX_OCTETS = 64 * 1024 * 1024;
/** What an object of a few fields takes in memory, roughly. */
const RECORD_OVERHEAD = 120;

interface UnderWay {
  readonly outcome: Promise<Observed<Reply>>;
  readonly controller: AbortController;
  waiting: number;
}

export function createAnswerCache(options: CacheOptions): AnswerCache {
  const kept = new LRUCache<string, Observed<Reply>>({
    max: options.maxEntries ?? MAX_ENTRIES,
    maxSize: options.maxOctets ?? MAX_OCTETS,
    sizeCalculation: (value, key) => key.length + octetsOf(value),
  });
  const underWay = new Map<string, UnderWay>();
  let generation = 0;

  function start(key: string, fetch: Fetch): UnderWay {
    const controller = new AbortController();
    const bornIn = generation;
    const outcome = fetch(controller.signal).then((result) => {
      if (underWay.get(key) === started) {
        underWay.delete(key);
      }
      const ttl = result.state === "observed" && bornIn === generation ? options.lifetimeMs(result.value) : 0;
      if (ttl > 0) {
        kept.set(key, result, { ttl });
      }
      return result;
    });
    const started: UnderWay = { outcome, controller, waiting: 0 };
    underWay.set(key, started);
    return started;
  }

  return {
    async ask(key, fetch, signal) {
      const known = kept.get(key);
      if (known !== undefined) {
        return known;
      }
      if (signal?.aborted === true) {
        return stopped(signal);
      }
      const shared = underWay.get(key) ?? start(key, fetch);
      shared.waiting += 1;
      try {
        return await orStopped(shared.outcome, signal);
      } finally {
        shared.waiting -= 1;
        if (shared.waiting === 0 && underWay.get(key) === shared) {
          underWay.delete(key);
          shared.controller.abort();
        }
      }
    },
    forget() {
      generation += 1;
      kept.clear();
      underWay.clear();
    },
  };
}

function stopped(signal: AbortSignal): Observed<Reply> {
  const error = abortError(signal, "waiting for an answer");
  return unobserved(error.cause, error.message);
}

function orStopped(outcome: Promise<Observed<Reply>>, signal: AbortSignal | undefined): Promise<Observed<Reply>> {
  if (signal === undefined) {
    return outcome;
  }
  return new Promise((resolve, reject) => {
    const callOff = whenAborted(signal, () => resolve(stopped(signal)));
    outcome.then(resolve, reject).finally(callOff);
  });
}

function octetsOf(value: Observed<Reply>): number {
  if (value.state === "unobserved") {
    return RECORD_OVERHEAD;
  }
  const records: readonly ResourceRecord[] = [
    ...value.value.answer,
    ...value.value.authority,
    ...value.value.additional,
  ];
  return records.reduce(
    (sum, record) => sum + RECORD_OVERHEAD + record.name.length + record.data.length,
    RECORD_OVERHEAD,
  );
}
