import { EventEmitter } from "node:events";
import { Writable } from "node:stream";
import { alertSinks } from "../../lib/adapters/alert-sinks.ts";
import { openDataFolder } from "../../lib/adapters/data-folder.ts";
import { pushToBucket } from "../../lib/adapters/inventory-bucket.ts";
import { openReports } from "../../lib/adapters/report-files.ts";
import { main } from "../../lib/cli/main.ts";
import type { JudgingServices } from "../../lib/cli/services.ts";
import type { Output } from "../../lib/cli/terminal.ts";

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly services?: Partial<JudgingServices>;
  readonly isTerminal?: boolean;
  readonly environment?: Record<string, string>;
  readonly signals?: EventEmitter;
  readonly exitNow?: (code: number) => void;
  /** Hears what is written to standard error, as it is written. */
  readonly onSaid?: (text: string) => void;
}

/** Runs one command line inside this process and collects what it writes. */
export async function runMain(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { services = {}, isTerminal = false, environment = {}, signals = new EventEmitter() } = options;
  const [stdout, stderr] = [collect(isTerminal), collect(isTerminal, options.onSaid)];
  const exitNow =
    options.exitNow ??
    ((code: number) => {
      throw new Error(`exit ${code}`);
    });
  const code = await main(args, {
    stdout: stdout.stream,
    stderr: stderr.stream,
    environment,
    interrupts: { signals, exitNow },
    openData: openDataFolder,
    openReports,
    pushInventory: pushToBucket,
    openSinks: (request) => alertSinks(request, environment),
    services,
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function collect(isTerminal: boolean, onWritten?: (text: string) => void): { stream: Output; text: () => string } {
  const chunks: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk: string, _, done) => {
      chunks.push(chunk);
      onWritten?.(chunk);
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY: isTerminal }), text: () => chunks.join("") };
}
