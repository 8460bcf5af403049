import type { Clock, Table } from "../ports.ts";

/** Who holds the lease on a data folder's schedule. */
export interface Holder {
  readonly pid: number;
  /** Drawn anew by every process, so that a pid that is used again is not taken for its predecessor. */
  readonly token: string;
  /** Epoch milliseconds. */
  readonly renewedAt: number;
}

export interface Lease {
  /** Renews it. False when another has taken it over: then this process must stop. */
  renew(): Promise<boolean>;
  release(): Promise<void>;
}

const KEY = { pk: "L#service", sk: "lease" };
/** A holder that lives renews every few seconds; one silent for longer is gone, even if its pid is used by another. */
const EXPIRES_AFTER_MS = 60_000;

/**
 * Takes the one lease under which a service may run on a data folder, or returns who holds it: two schedules on one folder
 * would look at everything twice. One that was left by a process that died is taken over at once.
 */
export async function takeLease(
  table: Table,
  self: { readonly pid: number; readonly token: string },
  clock: Pick<Clock, "now">,
  isAlive: (pid: number) => boolean,
): Promise<{ readonly lease: Lease } | { readonly heldBy: Holder }> {
  const found = await table.get(KEY.pk, KEY.sk);
  const holder = found === null ? null : (found.body as Holder);
  const age = holder === null ? 0 : Math.abs(clock.now() - holder.renewedAt);
  // Our own pid in it is that of a predecessor: containers number their processes from 1 again.
  const isHeld = holder !== null && holder.pid !== self.pid && isAlive(holder.pid) && age < EXPIRES_AFTER_MS;
  if (isHeld) return { heldBy: holder };
  let revision = (found?.revision ?? 0) + 1;
  const body = (): Holder => ({ ...self, renewedAt: clock.now() });
  const condition = found === null ? "absent" : ({ revision: found.revision } as const);
  const isTaken = await table.put({ ...KEY, revision, body: body() }, condition);
  if (!isTaken) return takeLease(table, self, clock, isAlive);
  return {
    lease: {
      async renew() {
        const isRenewed = await table.put({ ...KEY, revision: revision + 1, body: body() }, { revision });
        if (isRenewed) {
          revision += 1;
          return true;
        }
        // It is still ours when an earlier renewal was carried out whose answer was lost.
        const standing = await table.get(KEY.pk, KEY.sk);
        if (standing === null || (standing.body as Holder).token !== self.token) return false;
        revision = standing.revision;
        return true;
      },
      async release() {
        await table.remove(KEY.pk, KEY.sk, { revision });
      },
    },
  };
}
