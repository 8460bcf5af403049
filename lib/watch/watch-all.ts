import { watchFamily } from "./watch-family.ts";
import type { WatchedFamily } from "./watched.ts";
import type { WatchIo } from "./watch-io.ts";

/** How often alerts that could not be handed over are tried again. */
const RETELL_AFTER_MS = 60_000;

/**
 * Watches every family until the signal aborts. Whatever ends one of them ends all, and is what this rejects with. Alerts are
 * handed over beside the watch: a mail server that is silent keeps nobody from looking.
 */
export async function watchAll(families: readonly WatchedFamily[], io: WatchIo, signal: AbortSignal): Promise<void> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const teller = createTeller(io);
  const watches = families.map((watched) => watchFamily(watched, { ...io, tell: teller.ask }, either));
  const telling = teller.tell();
  const ends = [...watches, telling];
  for (const end of ends) end.catch(() => failed.abort());
  await Promise.allSettled(watches);
  teller.end();
  const settled = await Promise.allSettled(ends);
  for (const end of settled) if (end.status === "rejected") throw end.reason;
}

interface Teller {
  /** Has the telling begin at once, and does not wait for it. */
  readonly ask: () => Promise<void>;
  /** Tells whenever it is asked to, and again every minute, until it is ended. Rejects when the store fails. */
  readonly tell: () => Promise<void>;
  /** Ends the telling; what was asked for by then is told first. */
  readonly end: () => void;
}

function createTeller(io: WatchIo): Teller {
  let [isAsked, isEnded] = [false, false];
  let nap = new AbortController();
  return {
    ask() {
      isAsked = true;
      nap.abort();
      return Promise.resolve();
    },
    async tell() {
      for (;;) {
        nap = new AbortController();
        if (!isAsked && !isEnded) await io.clock.sleep(RETELL_AFTER_MS, nap.signal);
        if (!isAsked && isEnded) return;
        isAsked = false;
        await io.tell();
      }
    },
    end() {
      isEnded = true;
      nap.abort();
    },
  };
}
