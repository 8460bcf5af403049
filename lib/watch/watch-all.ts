import { watchFamily } from "./watch-family.ts";
import type { WatchedFamily } from "./watched.ts";
import type { WatchIo } from "./watch-io.ts";

/** How often alerts that could not be handed over are tried again. */
const RETELL_AFTER_MS = 60_000;

/** Watches every family until the signal aborts. Whatever ends one of them ends all, and is what this rejects with. */
export async function watchAll(families: readonly WatchedFamily[], io: WatchIo, signal: AbortSignal): Promise<void> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const ends = [...families.map((watched) => watchFamily(watched, io, either)), retell(io, either)];
  for (const end of ends) end.catch(() => failed.abort());
  const settled = await Promise.allSettled(ends);
  for (const end of settled) if (end.status === "rejected") throw end.reason;
}

async function retell(io: WatchIo, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await io.clock.sleep(RETELL_AFTER_MS, signal);
    await io.tell();
  }
}
