import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";

const CHILD = path.join(import.meta.dirname, "store-child.ts");

/** Another process with the data folder open; see store-child.ts. */
export interface StoreProcess {
  readonly process: ChildProcess;
  /** The next line it writes; null when it has ended without one. */
  line(): Promise<string | null>;
  /** Ends it at once, as a power cut would for it alone. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** `wrap` is a shell command that ends by running its arguments, such as `ulimit -f 64; exec "$@"`. */
export function startStoreProcess(folder: string, deed: string, times = 0, wrap = 'exec "$@"'): StoreProcess {
  const command = [process.execPath, CHILD, folder, deed, String(times)];
  const child = spawn("bash", ["-c", wrap, "bash", ...command], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const ended = once(child, "exit");
  return {
    process: child,
    line: async () => {
      const { value, done } = await lines.next();
      return done === true ? null : value;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
    stop: async () => {
      child.stdin.end("stop\n");
      await ended;
    },
  };
}
