import type { Level } from "dynalite/db/index.js";
import { Turns } from "./turns.ts";

type Done = (error: unknown) => void;

/** dynalite leaves its iterators open, each of which keeps deleted data on the disk for as long as the process lives. */
export function closeIterators(db: Level): void {
  const open = db.values.bind(db);
  db.values = (options) => {
    const iterator = open(options);
    const close = (): Promise<void> => iterator.close();
    return { next: () => iterator.next(), close, return: close };
  };
}

/**
 * One write at a time, and none after one that failed: on a full disk it may have left half a record in the log, and what
 * LevelDB wrote after that would be lost when the log is read again. Gives the failure, or null.
 */
export function guardWrites(db: Level): () => unknown {
  const turns = new Turns(1);
  let failure: unknown = null;
  const put = db.put.bind(db);
  const del = db.del.bind(db);

  function write(attempt: () => Promise<void>, done?: Done): Promise<void> {
    const written = turns.take(async () => {
      if (failure !== null) throw failure as Error;
      await attempt().catch((error: unknown) => {
        failure = error;
        throw error;
      });
    });
    if (done === undefined) return written;
    // Outside the promise, as dynalite does it: what comes after is no part of the write.
    return written.then(
      () => void setImmediate(done, null),
      (error: unknown) => void setImmediate(done, error),
    );
  }

  db.put = (key, value, done) => write(() => put(key, value), done);
  db.del = (key, done) => write(() => del(key), done);
  return () => failure;
}
