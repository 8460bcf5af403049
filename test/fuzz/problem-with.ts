import type { Input } from "./target.ts";

/** No input may keep the processor for longer, however hostile. What waits for something else is caught as a hang. */
export const TIME_LIMIT_MS = 1_000;

const MICROSECONDS = 1_000;

/** Runs an input; null when no promise was broken. What took too long is run again first: code may have been compiled meanwhile. */
export async function problemWith(input: Input, count: (ending: string) => void): Promise<string | null> {
  try {
    const [ending, milliseconds] = await timed(input.run);
    if (milliseconds > TIME_LIMIT_MS && (await timed(input.run))[1] > TIME_LIMIT_MS)
      return `took ${Math.round(milliseconds)} ms`;
    count(ending);
    return null;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

async function timed(run: Input["run"]): Promise<readonly [string, number]> {
  const start = process.threadCpuUsage();
  const ending = run();
  // Waiting for what is there already would cost more than most inputs do.
  const ended = typeof ending === "string" ? ending : await ending;
  const { user, system } = process.threadCpuUsage(start);
  return [ended, (user + system) / MICROSECONDS];
}
