import { randomUUID } from "node:crypto";
import { ROOT_ANCHORS } from "../data/root-anchors.ts";
import type { InventoryFiles } from "../lib/inventory/read-inventory.ts";
import { s18 } from "../lib/requirements/s18/requirement.ts";
import { controlsUnder } from "../lib/verify/controls.ts";
import { openNetwork } from "../lib/verify/network.ts";
import { installationSecret } from "../lib/watch/installation.ts";
import { createLooking } from "../lib/watch/looking.ts";
import { reportedSelectorsOf } from "../lib/watch/memory/learned-selectors.ts";
import type { WatchIo } from "../lib/watch/watch-io.ts";
import { logger } from "./logger.ts";
import type { Store } from "./store.ts";

/** What the controls are judged by: no more of it is loaded where nothing else is. */
const CONTROLLED = [s18];

/** Looks at assets over the function's own network; resolvers that stayed away are logged. */
export async function looking(files: InventoryFiles, { table, memory }: Store): Promise<WatchIo["openLooking"]> {
  return createLooking({
    ...{ files, openNetwork, requirements: CONTROLLED },
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
