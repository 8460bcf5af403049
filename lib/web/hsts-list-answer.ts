/** What hstspreload.org answers about one name (its repository's `Status` handler), read strictly. */
import type { Parsed } from "../wire/parsed.ts";
import { malformed, parsed } from "../wire/parsed.ts";
import { isCoveredBy } from "./hsts-own-names.ts";
import type { PreloadStatus } from "./observations.ts";

export type ListAnswer = Pick<PreloadStatus, "state" | "entry">;

/** Characters; an answer has a few hundred. */
const MAX_LENGTH = 16_384;

/** On the list no longer, or never. */
const OFF: ReadonlySet<string> = new Set(["rejected", "removed"]);

/**
 * Reads the JSON about `host`. A name that the list does not know itself has been sought among the names above it by the list; of one
 * that it does know in another state than preloaded it says nothing of those above, which is an answer only where there are none to
 * speak of (`isRegistrable`). What is about to be taken off may or may not still protect.
 */
export function parseListAnswer(text: string, host: string, isRegistrable: boolean): Parsed<ListAnswer> {
  const answer = readObject(text);
  if (answer === null) return malformed("not a JSON object");
  const { name, status, preloadedDomain = "" } = answer;
  if (name !== host) return malformed("an answer about another name");
  if (status === "preloaded") {
    if (typeof preloadedDomain !== "string" || !isCoveredBy(preloadedDomain, host)) {
      return malformed("preloaded by an entry that does not cover the name");
    }
    return parsed({ state: "preloaded", entry: preloadedDomain });
  }
  if (preloadedDomain !== "") return malformed("an entry for a name that is not preloaded");
  if (status === "unknown") return parsed({ state: "absent", entry: null });
  if (status !== "pending" && !OFF.has(String(status)))
    return malformed("a status that is none, or one on its way out");
  if (!isRegistrable) return malformed("a status of this name alone, and nothing of those above it");
  return parsed({ state: status === "pending" ? "pending" : "absent", entry: null });
}

function readObject(text: string): Readonly<Record<string, unknown>> | null {
  if (text.length > MAX_LENGTH) return null;
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Readonly<Record<string, unknown>>) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
