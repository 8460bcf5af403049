import type { Observation } from "../core/observation.ts";
import type { Inventory } from "../inventory/inventory.ts";
import type { InventoryFiles } from "../inventory/read-inventory.ts";
import type { SocketOpener } from "../dial/sockets.ts";
import type { ProbeContext } from "../probes/probe-context.ts";
import type { NetworkOptions } from "../verify/network.ts";
import type { Verification } from "../verify/verification.ts";
import { verifyAssets, type VerifyRequest } from "../verify/verify-assets.ts";
import { interruptible } from "./interrupt.ts";
import { createProgressLine } from "./progress.ts";
import { printable } from "../reports/printable.ts";
import { resolverTroubles } from "../verify/resolver-troubles.ts";
import type { Services } from "./services.ts";

export interface Run {
  readonly files: InventoryFiles;
  readonly services: Services;
  readonly rate?: number | undefined;
  readonly sockets?: SocketOpener | undefined;
  readonly reportedSelectors?: NetworkOptions["reportedSelectors"];
  /** Settles what to verify, once the network can be asked. */
  readonly prepare: (context: ProbeContext) => Promise<Omit<VerifyRequest, "onProgress">>;
}

/** What was found, with the inventory it was found about and the observations it rests on. */
export type FinishedRun = Verification & {
  readonly inventory: Inventory;
  readonly observations: readonly Observation[];
  /** Whether no resolver at all could be used: then the run says nothing of the assets. */
  readonly withoutResolver: boolean;
};

/** Opens the network, verifies once with progress on a terminal, and closes the network whatever happens. */
export async function runVerification({ files, services, prepare, ...settings }: Run): Promise<FinishedRun> {
  const { terminal, interrupts, openNetwork } = services;
  const progress = createProgressLine(terminal.progressLine, terminal.language, Date.now);
  const onFirst = (): void => {
    progress.clear();
    terminal.say({
      da: "Afbrudt. Det, der er fundet indtil nu, gøres færdigt. Afbryd igen for at stoppe straks.",
      en: "Interrupted. What was found so far is being finished. Interrupt again to stop at once.",
    });
  };
  return interruptible(interrupts, onFirst, async (signal) => {
    const network = await openNetwork(files, { signal, ...settings });
    try {
      const request = await prepare(network.context);
      const onProgress: VerifyRequest["onProgress"] = (step) => {
        if (!signal.aborted) progress.show(step);
      };
      const verification = await verifyAssets({ ...request, onProgress }, network);
      progress.clear();
      const troubles = resolverTroubles(network.dns.resolver.describe(), request.inventory);
      for (const words of troubles.words) terminal.say({ da: printable(words.da), en: printable(words.en) });
      return { ...verification, inventory: request.inventory, withoutResolver: troubles.nobody };
    } finally {
      progress.clear();
      network.close();
    }
  });
}
