import { mappedSockets } from "../../lib/dial/sockets.ts";
import { openNetwork } from "../../lib/verify/network.ts";
import type { Services } from "../../lib/cli/services.ts";
import { type PracticeInternet, startPracticeInternet } from "../../lib/practice/internet.ts";
import { type PracticePace, QUICK_DOMAINS } from "../../lib/practice/municipality.ts";

/** The domain that the practice story is about. */
export const STAR = "havn-oevelse.dk";
/** A few that answer at once, so that a round takes a moment. */
export const DOMAINS: readonly string[] = [STAR, ...QUICK_DOMAINS];
/** The web site of the star, and one that no story befalls. */
export const STAR_SITE = `www.${STAR}`;
export const SITE = "www.oevelse.dk";
/** Everything that the story looks at. */
export const ASSETS: readonly string[] = [...DOMAINS, STAR_SITE, SITE];
const PACE: PracticePace = { confirmAfter: "50ms", cadence: "1h" };

/** The practice internet with few domains and short waits, for commands that are run inside this process. */
export interface QuickPractice {
  readonly internet: PracticeInternet;
  /** For `start` without an inventory: the practice municipality is this one. */
  readonly story: Partial<Services>;
  /** For commands that are given an inventory, which leads to this internet. */
  readonly services: Partial<Services>;
  /** An inventory of these domains and hosts, all of them unless told otherwise; it names somebody to be alerted. */
  inventory(only?: readonly string[], pace?: PracticePace): string;
  stop(): Promise<void>;
}

export async function startQuickPractice(): Promise<QuickPractice> {
  const internet = await startPracticeInternet();
  const inventory: QuickPractice["inventory"] = (only = ASSETS, pace = PACE) => internet.inventoryOf(only, { pace });
  const expected = new Map(
    [...internet.expected].filter(([id]) => ASSETS.some((name) => id === `domain:${name}` || id === `host:${name}`)),
  );
  const quick: PracticeInternet = {
    ...{ ...internet, expected, inventoryOf: () => inventory() },
    // The same one serves every story of a test file.
    stop() {
      internet.serve(STAR, null);
      return Promise.resolve();
    },
  };
  const sockets = mappedSockets(internet.sockets, internet.families);
  return {
    internet,
    story: { startPractice: () => Promise.resolve(quick) },
    services: { openNetwork: (files, options) => openNetwork(files, { ...options, sockets }) },
    inventory,
    stop: () => internet.stop(),
  };
}
