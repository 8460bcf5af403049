import { randomUUID } from "node:crypto";
import { ROOT_ANCHORS } from "../data/root-anchors.ts";
import type { InventoryFiles } from "../lib/inventory/read-inventory.ts";
import { REQUIREMENTS } from "../lib/requirements/index.ts";
import { controlsUnder } from "../lib/verify/controls.ts";
import { openNetwork } from "../lib/verify/network.ts";
import { installationSecret } from "../lib/watch/installation.ts";
import { createLooking } from "../lib/watch/looking.ts";
import { reportedSelectorsOf } from "../lib/watch/memory/learned-selectors.ts";
import type { WatchIo } from "../lib/watch/watch-io.ts";
import { logger } from "./logger.ts";
import type { Store } from "./store.ts";

/** Looks at assets over the function's own network; resolvers that stayed away are logged. */
export async function looking(files: InventoryFiles, { table, memory }: Store): Promise<WatchIo["openLooking"]> {
  return createLooking({
    ...{ files, openNetwork, requirements: REQUIREMENTS },
    secret: await installationSecret(table, () => randomUUID()),
    reportedSelectors: async () => {
      const owner = files.inventory.municipality?.id;
      return owner === undefined ? () => [] : reportedSelectorsOf(memory, owner, Date.now());
    },
    controls: controlsUnder(files.trustAnchors ?? ROOT_ANCHORS),
    follow: () => ({
      visited: () => undefined,
      ended: ({ words }) => {
        for (const { en } of words) logger.warn("a resolver stayed away", { problem: en });
      },
    }),
  });
}
