import type { Bilingual } from "../core/messages.ts";
import type { Requirement } from "../core/requirement.ts";
import { isConfirmSlot } from "../core/slot.ts";
import type { InventoryFiles } from "../inventory/read-inventory.ts";
import { checkControls, type Controls } from "../verify/controls.ts";
import { dailyLabel } from "../verify/daily-label.ts";
import type { Network, NetworkOptions } from "../verify/network.ts";
import { type ResolverTroubles, resolverTroubles } from "../verify/resolver-troubles.ts";
import type { Cost, JudgedAsset } from "../verify/verification.ts";
import { verifyAssets } from "../verify/verify-assets.ts";
import type { WatchIo } from "./watch-io.ts";

export interface LookingSettings {
  readonly files: InventoryFiles;
  /** What labels are drawn from, see `dailyLabel`. */
  readonly secret: string;
  readonly sockets?: NetworkOptions["sockets"];
  /** Null where there are none: then nothing guards against our own fault but the resolvers' number. */
  readonly controls: Controls | null;
  /** What aggregate reports have taught, read anew for each run. */
  readonly reportedSelectors: () => Promise<NonNullable<NetworkOptions["reportedSelectors"]>>;
  /** Those that are built: controls are judged by them. */
  readonly requirements: readonly Requirement[];
  readonly openNetwork: (files: InventoryFiles, options: NetworkOptions) => Promise<Network>;
  /** Hears what was found, batch by batch. */
  readonly onLooked?: ((looked: Looked) => void) | undefined;
  /** Called for each run, with the number of its assets, by who wants to follow it. */
  readonly follow: (total: number, signal: AbortSignal) => Follower;
}

/** Follows the looks of one run. */
export interface Follower {
  /** A visit has ended; `current` names the asset. */
  visited(done: number, current: string): void;
  /** The run's looks are over; what there is to tell of resolvers that stayed away. */
  ended(troubles: ResolverTroubles): void;
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
export function createLooking(settings: LookingSettings): WatchIo["openLooking"] {
  const { files, secret, sockets, controls, onLooked, follow } = settings;
  return async (slot, total, signal) => {
    const reportedSelectors = await settings.reportedSelectors();
    const network = await settings.openNetwork(files, {
      ...{ signal, sockets, reportedSelectors },
      label: (asset) => dailyLabel(secret, asset, slot),
      firstResolver: isConfirmSlot(slot) ? 1 : 0,
    });
    const follower = follow(total, signal);
    const troubles = (): ResolverTroubles => resolverTroubles(network.dns.resolver.describe(), files.inventory);
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
              follower.visited(done, current);
            },
          },
          network,
        );
        const { nobody } = troubles();
        onLooked?.({ judged, cost: network.cost(), notSeen: notSeen(network, controls), withoutResolver: nobody });
        return judged;
      },
      checkControls() {
        if (controls === null) return Promise.resolve("unknown");
        checked ??= checkControls(controls, settings.requirements, files.inventory.reading, network);
        return checked;
      },
      close() {
        follower.ended(troubles());
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
