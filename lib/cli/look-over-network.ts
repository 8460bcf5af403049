import type { Asset } from "../core/asset.ts";
import { type Inventory, inventoryOfAssets } from "../inventory/inventory.ts";
import type { ProbeContext } from "../probes/probe-context.ts";
import { CliError } from "./cli-error.ts";
import { EXIT } from "./exit-code.ts";
import { interruptible } from "./interrupt.ts";
import { loadInventory } from "./load-inventory.ts";
import type { Services } from "./services.ts";

/**
 * Looks once at what `choose` finds in the inventory, over the network that it describes, or the usual one. An interrupt ends with
 * 130.
 */
export async function lookOverNetwork<Subject extends { readonly asset: Asset }, Seen>(
  { inventory: file }: { readonly inventory?: string | undefined },
  { terminal, interrupts, openNetwork }: Services,
  choose: (inventory: Inventory) => Subject,
  look: (subject: Subject, context: ProbeContext) => Promise<Seen>,
): Promise<Seen & { readonly subject: Subject }> {
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
    try {
      const seen = await look(subject, visitOf(subject.asset, network.context));
      if (signal.aborted) throw new CliError(EXIT.interrupted);
      return { ...seen, subject };
    } finally {
      network.close();
    }
  });
}

/** One moment and one label for all that is asked, as in a verification: the parts are judged together. */
function visitOf({ id }: Asset, context: ProbeContext): ProbeContext {
  const moment = context.now();
  const label = context.randomLabel(id);
  return { ...context, now: () => moment, randomLabel: () => label };
}
