import type { Cause } from "../core/cause.ts";
import type { Undecided } from "./observations.ts";
import type { OpenCause, TrackOutcome } from "./offer-outcome.ts";

const MEANING: Readonly<Record<Exclude<OpenCause, "not-asked" | "unconnected">, readonly [Cause, string]>> = {
  closed: ["tls-failed", "the server hung up without a word"],
  reset: ["connection-reset", "the server reset the connection"],
  silent: ["tcp-timeout", "no whole answer came in time"],
  "other-alert": ["tls-failed", "the server answered with an alert that says nothing about the offer"],
  unreadable: ["protocol-error", "the answer could not be read as TLS"],
  unoffered: ["protocol-error", "the server chose something that was not offered"],
  lapsed: ["tls-failed", "the server stopped answering as before"],
};

/** Why asking ended, and why a connection did not come about: known to whoever asked. */
export interface Reasons {
  readonly notAsked: Undecided;
  readonly unconnected: Undecided;
}

/** Why a track stayed open, in the words of an observation; null where it did not. */
export function undecidedOf(
  { undecided }: Pick<TrackOutcome, "undecided">,
  { notAsked, unconnected }: Reasons,
): Undecided | null {
  const [first] = undecided;
  if (first === undefined) return null;
  if (first.cause === "not-asked") return notAsked;
  if (first.cause === "unconnected") return unconnected;
  const [cause, detail] = MEANING[first.cause];
  return { cause, detail };
}

/** All that stayed open in a track. */
export function openItems({ undecided }: Pick<TrackOutcome, "undecided">): readonly number[] {
  return undecided.flatMap(({ items }) => items);
}

/** Whether something was found, of a track of which one finding settles the question. */
export function outcomeOfTrial(track: TrackOutcome): "accepted" | "refused" | "undecided" {
  if (track.accepted.length > 0 || track.unoffered.length > 0) return "accepted";
  return track.undecided.length > 0 ? "undecided" : "refused";
}
