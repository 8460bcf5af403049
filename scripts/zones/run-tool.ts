import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);
const MOST_OUTPUT_BYTES = 64 * 1024 * 1024;

/** Runs an external program and returns its standard output; throws with its last words if it fails or is missing. */
export async function runTool(program: string, parameters: readonly string[], folder: string): Promise<string> {
  try {
    const { stdout } = await run(program, [...parameters], { cwd: folder, maxBuffer: MOST_OUTPUT_BYTES });
    return stdout;
  } catch (error) {
    const { code, stderr, message } = error as { code?: unknown; stderr?: string; message: string };
    if (code === "ENOENT")
      throw new Error(`${program} is not installed (Debian: bind9-utils, ldnsutils)`, { cause: error });
    throw new Error(`${program} ${parameters.join(" ")}: ${stderr?.trim() ?? message}`, { cause: error });
  }
}

/** Runs `work` for every item, at most `width` at a time, and keeps the order of the results. */
export async function mapSideBySide<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  const queue = [...items.entries()];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}
