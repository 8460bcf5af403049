import type { Observed } from "../core/observation.ts";
import type { AnswerBook } from "../dnssec/answer-book.ts";
import type { Question, Reply } from "../wire/message.ts";
import type { Name } from "../wire/name.ts";
import { createDirectResolution } from "./direct-resolution.ts";
import type { ProbeContext, RecursiveDns } from "./probe-context.ts";

/** Everything about one subject from one source. */
export interface Look {
  readonly source: string;
  readonly book: AnswerBook;
  /** `broken`: something does not validate. `sound`: everything that matters was answered and nothing is broken. */
  readonly state: "sound" | "open" | "broken";
}

/** Fetches the subject through one source, whose name it writes into the look. */
export type LookThrough<L extends Look> = (
  source: string,
  ask: (question: Question) => Promise<Observed<Reply>>,
) => Promise<L>;

/**
 * One resolver that strips or alters data, or was misled by a lame server, must not make a domain look broken. What is broken
 * is therefore fetched from each resolver by itself and from the name servers; the first sound look counts, else the first.
 */
export async function lookUntilSound<L extends Look>(
  domain: Name,
  lookThrough: LookThrough<L>,
  context: ProbeContext,
): Promise<{ readonly look: L; readonly discarded: readonly string[] }> {
  const { resolver, direct, signal } = context;
  const through = (source: string, ask: RecursiveDns["ask"]): Promise<L> =>
    lookThrough(source, (question) => ask(question, { signal }));
  const first = await through("resolvers", (...asked) => resolver.ask(...asked));
  if (first.state !== "broken") return { look: first, discarded: [] };
  const discarded = [first.source];
  const lone = resolver.alone();
  for (const { resolver: name, ask } of lone.length < 2 ? [] : lone) {
    if (signal.aborted) return { look: first, discarded: [] };
    const look = await through(name, ask);
    if (look.state === "sound") return { look, discarded };
    if (look.state === "broken") discarded.push(name);
  }
  if (direct === null || signal.aborted) return { look: first, discarded: [] };
  const resolution = createDirectResolution(direct, context);
  const look = await lookThrough("name servers", (question) => resolution.ask(question));
  // Where no server has authority, whatever resolvers hand out is nobody's word.
  const isNobodys = look.state === "open" && resolution.lameZones.has(domain);
  return look.state === "sound" || isNobodys ? { look, discarded } : { look: first, discarded: [] };
}
