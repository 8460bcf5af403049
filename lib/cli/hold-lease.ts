import { randomUUID } from "node:crypto";
import type { DataFolder } from "../ports.ts";
import { type Lease, takeLease } from "../watch/lease.ts";
import { CliError } from "./cli-error.ts";
import { EXIT } from "./exit-code.ts";
import { SYSTEM_CLOCK } from "./system-clock.ts";

const RENEW_EVERY_MS = 10_000;

/**
 * Does `work` as the one schedule on a data folder. Ends with 74 when another process of this machine holds it, also when
 * one has taken it over meanwhile (this process had stood still for a minute).
 */
export async function holdingLease<T>(
  data: DataFolder,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const taken = await tryLease(data);
  if ("heldBy" in taken) throw heldBy(data.path, taken.heldBy.pid);
  const lost = new AbortController();
  const result = await keeping(taken.lease, lost, () => work(AbortSignal.any([signal, lost.signal])));
  if (lost.signal.aborted) throw heldBy(data.path, null);
  return result;
}

/**
 * Does `work` with the lease where it is free, else without: `isHeld` tells at any moment whether this process is the one
 * schedule, and turns false for good when another takes it over.
 */
export async function holdingLeaseIfFree<T>(data: DataFolder, work: (isHeld: () => boolean) => Promise<T>): Promise<T> {
  const taken = await tryLease(data);
  if ("heldBy" in taken) return work(() => false);
  const lost = new AbortController();
  return keeping(taken.lease, lost, () => work(() => !lost.signal.aborted));
}

/** Renews the lease while `work` is done, and gives it back. Aborts `lost` once it is another's. */
async function keeping<T>(lease: Lease, lost: AbortController, work: () => Promise<T>): Promise<T> {
  const renewal = setInterval(() => {
    lease.renew().then(
      (isOurs) => {
        if (!isOurs) lost.abort();
      },
      // A store that fails is told of by whatever needs it next.
      () => undefined,
    );
  }, RENEW_EVERY_MS);
  const release = async (): Promise<void> => {
    clearInterval(renewal);
    if (!lost.signal.aborted) await lease.release();
  };
  const result = await work().catch(async (error: unknown) => {
    // What ended the work is what must be told, also where the lease cannot be given back: it expires.
    await release().catch(() => undefined);
    throw error;
  });
  await release();
  return result;
}

/** The lease on a data folder's schedule, or who holds it. */
export function tryLease({ table }: Pick<DataFolder, "table">): ReturnType<typeof takeLease> {
  return takeLease(table, { pid: process.pid, token: randomUUID() }, SYSTEM_CLOCK, isAlive);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function heldBy(path: string, pid: number | null): CliError {
  const who = pid === null ? "" : ` (pid ${String(pid)})`;
  return new CliError(EXIT.data, {
    da: `${path}: en anden «kravvagt start»${who} overvåger allerede ud fra denne datamappe. Stop den, eller brug en anden med --data.`,
    en: `${path}: another "kravvagt start"${who} already watches from this data folder. Stop it, or use another with --data.`,
  });
}
