import type { Asset } from "../core/asset.ts";
import { type Inventory, inventoryOfAssets } from "../inventory/inventory.ts";
import type { ProbeContext } from "../probes/probe-context.ts";
import { CliError } from "./cli-error.ts";
import { EXIT } from "./exit-code.ts";
import { interruptible } from "./interrupt.ts";
import { loadInventory } from "./load-inventory.ts";
import { createProgressLine } from "./progress.ts";
import type { Services } from "./services.ts";
import type { Terminal } from "./terminal.ts";

const SECONDS = { da: "sekunder", en: "seconds" } as const;
const TICK_MS = 1000;

/**
 * Looks once at what `choose` finds in the inventory, over the network that it describes, or the usual one. A terminal is told how
 * long it has been at it. After an interrupt what was seen is only given to those who can show a part of it (`showsPart`): any other
 * look ends with 130.
 */
export async function lookOverNetwork<Subject extends { readonly asset: Asset }, Seen>(
  { inventory: file }: { readonly inventory?: string | undefined },
  { terminal, interrupts, openNetwork }: Services,
  choose: (inventory: Inventory) => Subject,
  look: (subject: Subject, context: ProbeContext) => Promise<Seen>,
  showsPart = false,
): Promise<Seen & { readonly subject: Subject; readonly interrupted: boolean }> {
  const files =
    file === undefined
      ? { inventory: inventoryOfAssets([]), trustAnchors: null, ca: null }
      : await loadInventory(file, terminal);
  const subject = choose(files.inventory);
  const onFirst = (): void => {
    terminal.say({ da: "Afbrudt.", en: "Interrupted." });
  };
  return interruptible(interrupts, onFirst, async (signal) => {
    const network = await openNetwork(files, { signal });
    const stopTelling = tellOfTime(terminal, subject.asset.name);
    try {
      const seen = await look(subject, visitOf(subject.asset, network.context));
      if (signal.aborted && !showsPart) throw new CliError(EXIT.interrupted);
      return { ...seen, subject, interrupted: signal.aborted };
    } finally {
      stopTelling();
      network.close();
    }
  });
}

/** A look has no steps to count: its seconds show that it goes on. Returns what ends the telling. */
function tellOfTime({ progressLine, language }: Terminal, name: string): () => void {
  const line = createProgressLine(progressLine, language, Date.now, SECONDS);
  let seconds = 0;
  const timer = setInterval(() => line.show({ done: ++seconds, current: name }), TICK_MS);
  return () => {
    clearInterval(timer);
    line.clear();
  };
}

/** One moment and one label for all that is asked, as in a verification: the parts are judged together. */
function visitOf({ id }: Asset, context: ProbeContext): ProbeContext {
  const moment = context.now();
  const label = context.randomLabel(id);
  return { ...context, now: () => moment, randomLabel: () => label };
}
