import type { AlertSink, Clock, EvidenceStore, Table } from "../../../lib/ports.ts";

/** A process that can be killed: from then on nothing that it asks for is done, and nothing that it waits for comes. */
export interface Mortal {
  /** Dies at the nth write from now on, which may still reach the disk. */
  dieAtWrite(nth: number, isWritten: boolean): void;
  die(): void;
  readonly died: Promise<void>;
  table(table: Table): Table;
  evidence(store: EvidenceStore): EvidenceStore;
  clock(clock: Clock): Clock;
  sink(sink: AlertSink): AlertSink;
}

export function createMortal(): Mortal {
  let isDead = false;
  let writesLeft = Number.POSITIVE_INFINITY;
  let isLastWritten = false;
  let tellDeath: () => void = () => undefined;
  const died = new Promise<void>((resolve) => (tellDeath = resolve));
  const never = new Promise<never>(() => undefined);
  const die = (): void => {
    isDead = true;
    tellDeath();
  };
  const alive = async <T>(act: () => Promise<T>): Promise<T> => {
    if (isDead) return never;
    const result = await act();
    return isDead ? never : result;
  };
  const write = async <T>(act: () => Promise<T>): Promise<T> => {
    if (isDead) return never;
    writesLeft -= 1;
    if (writesLeft > 0) return alive(act);
    die();
    if (isLastWritten) await act();
    return never;
  };
  return {
    died,
    die,
    dieAtWrite(nth, isWritten) {
      writesLeft = nth;
      isLastWritten = isWritten;
    },
    table: (table) => ({
      get: (pk, sk) => alive(() => table.get(pk, sk)),
      query: (pk, range) => alive(() => table.query(pk, range)),
      put: (item, condition) => write(() => table.put(item, condition)),
      remove: (pk, sk, condition) => write(() => table.remove(pk, sk, condition)),
    }),
    evidence: (store) => ({
      get: (address) => alive(() => store.get(address)),
      put: (address, text) => alive(() => store.put(address, text)),
    }),
    clock: (clock) => ({
      now: () => clock.now(),
      elapsed: () => clock.elapsed(),
      sleep: (milliseconds, signal) => alive(() => clock.sleep(milliseconds, signal)),
    }),
    sink: (sink) => ({ name: sink.name, deliver: (alert) => alive(() => sink.deliver(alert)) }),
  };
}
