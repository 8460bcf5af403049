import type { ExitCode } from "./exit-code.ts";
import { practise } from "./practise.ts";
import { DEFAULT_PORT } from "./serve-status.ts";
import type { JudgingServices } from "./services.ts";
import { positiveInteger } from "./option-value.ts";
import { watchInventory } from "./watch-inventory.ts";

/** The options of `start` as the command line gives them. */
export interface StartOptions {
  readonly inventory?: string;
  readonly data?: string;
  readonly port?: string;
  readonly once?: boolean;
}

const HIGHEST_PORT = 65_535;

/** The service on this machine: of an inventory, or of the practice municipality on an internet of its own. */
export async function startCommand(options: StartOptions, services: JudgingServices): Promise<ExitCode> {
  if (options.port !== undefined) portOf(options);
  return options.inventory === undefined
    ? practise(options, services)
    : watchInventory(options.inventory, options, services);
}

/** The port of the status pages. */
export function portOf({ port }: StartOptions): number {
  return port === undefined ? DEFAULT_PORT : positiveInteger("--port", port, HIGHEST_PORT);
}
