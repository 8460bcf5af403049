import path from "node:path";
import { runToEnd } from "./workshop.ts";

const KILLS = "50";
/** About four seconds a kill, and minutes for whatever the last of them left to be finished. */
const LIMIT_MS = 1_200_000;
const SCRIPT = path.resolve(import.meta.dirname, "../service/killed.ts");

/** The service killed at random moments loses nothing, doubles nothing and leaves nothing untold. */
export async function checkKilled(): Promise<readonly string[]> {
  const options = ["--no-warnings", SCRIPT, "--times", KILLS, "--seed", "3"];
  const { status, stdout } = await runToEnd(process.execPath, options, { limitMs: LIMIT_MS });
  if (status === 0) return [];
  const failed = stdout.split("\n").filter((line) => line.startsWith("FAIL"));
  return failed.length > 0 ? failed : [`ended with ${String(status)}`];
}
