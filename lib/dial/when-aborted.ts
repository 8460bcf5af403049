/** Who waits for each signal. One listener per signal serves them all: an EventTarget compares each new listener with every old one. */
const WAITING = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Has `act` called once when the signal aborts, however many others wait for the same; the result calls that off. A signal that
 * has been aborted already calls nobody: ask it first. `act` must not throw.
 */
export function whenAborted(signal: AbortSignal, act: () => void): () => void {
  const waiting = WAITING.get(signal) ?? listenTo(signal);
  // Somebody may wait twice with the same function.
  const own = (): void => act();
  waiting.add(own);
  return () => void waiting.delete(own);
}

function listenTo(signal: AbortSignal): Set<() => void> {
  const waiting = new Set<() => void>();
  WAITING.set(signal, waiting);
  const callAll = (): void => {
    const all = [...waiting];
    waiting.clear();
    for (const act of all) act();
  };
  signal.addEventListener("abort", callAll, { once: true });
  return waiting;
}
