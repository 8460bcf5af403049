import type { Bilingual } from "../core/messages.ts";
import { isConfirmSlot } from "../core/slot.ts";
import type { SocketOpener } from "../dial/sockets.ts";
import type { InventoryFiles } from "../inventory/read-inventory.ts";
import { printable } from "../reports/printable.ts";
import { checkControls, type Controls } from "../verify/controls.ts";
import { dailyLabel } from "../verify/daily-label.ts";
import type { Cost, JudgedAsset } from "../verify/verification.ts";
import { verifyAssets } from "../verify/verify-assets.ts";
import type { WatchIo } from "../watch/watch-io.ts";
import { createProgressLine } from "./progress.ts";
import { resolverTroubles } from "./resolver-troubles.ts";
import type { Network } from "../verify/network.ts";
import type { Services } from "./services.ts";

export interface LookingSettings {
  readonly files: InventoryFiles;
  /** What labels are drawn from, see `dailyLabel`. */
  readonly secret: string;
  readonly sockets?: SocketOpener | undefined;
  /** Null where there are none: then nothing guards against our own fault but the resolvers' number. */
  readonly controls: Controls | null;
  /** Hears what was found, batch by batch. */
  readonly onLooked?: ((looked: Looked) => void) | undefined;
}

/** What one batch came to, and what the run has cost so far. */
export interface Looked {
  readonly judged: readonly JudgedAsset[];
  readonly cost: Omit<Cost, "seconds">;
  readonly notSeen: readonly Bilingual[];
  /** Whether no resolver at all could be used. */
  readonly withoutResolver: boolean;
}

/**
 * Looks at assets through a network of its own for each run, so that nothing heard before is handed out again. A second look
 * asks another resolver first.
 */
export function lookingThrough(settings: LookingSettings, services: Services): WatchIo["openLooking"] {
  const { files, secret, sockets, controls, onLooked } = settings;
  const { terminal, openNetwork } = services;
  return async (slot, total, signal) => {
    const network = await openNetwork(files, {
      ...{ signal, sockets },
      label: (asset) => dailyLabel(secret, asset, slot),
      firstResolver: isConfirmSlot(slot) ? 1 : 0,
    });
    const progress = createProgressLine(terminal.progressLine, terminal.language, Date.now);
    let done = 0;
    let checked: ReturnType<typeof checkControls> | null = null;
    return {
      async look(job, { inventory, requirements }) {
        const { judged } = await verifyAssets(
          {
            ...{ inventory, only: new Set(job.assets), requirements, reading: inventory.reading },
            requested: requirements.map(({ id }) => id),
            onProgress: ({ current }) => {
              done += 1;
              if (!signal.aborted) progress.show({ done, total, current });
            },
          },
          network,
        );
        const { nobody } = resolverTroubles(network.dns.resolver.describe(), inventory);
        onLooked?.({ judged, cost: network.cost(), notSeen: notSeen(network, controls), withoutResolver: nobody });
        return judged;
      },
      checkControls() {
        if (controls === null) return Promise.resolve("unknown");
        checked ??= checkControls(controls, services.requirements, files.inventory.reading, network);
        return checked;
      },
      close() {
        progress.clear();
        const { words } = resolverTroubles(network.dns.resolver.describe(), files.inventory);
        for (const { da, en } of words) terminal.say({ da: printable(da), en: printable(en) });
        network.close();
      },
    };
  };
}

/** What this vantage leaves unseen; and that nothing guards against our own mistakes, where there are no controls. */
function notSeen(network: Network, controls: Controls | null): readonly Bilingual[] {
  return controls === null ? [...network.notSeen(), WITHOUT_CONTROLS] : network.notSeen();
}

const WITHOUT_CONTROLS: Bilingual = {
  da: "Kontrolnavne, hvis tilstand er kendt: der er ingen under disse tillidsankre.",
  en: "Control names whose state is known: there are none under these trust anchors.",
};
