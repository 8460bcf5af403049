import { isRefusal } from "./alert.ts";
import type { Cut, OfferReply } from "./offer-plan.ts";
import type { ServerFlight } from "./server-flight.ts";
import type { TlsVersion } from "./versions.ts";

/** How the connection was when reading stopped. */
export type FlightEnd = "open" | "closed" | "reset" | "silent";

/** What an offer of `version` asks about: the suite that is chosen, or the group of the key agreement. */
export type Question = "suite" | "group";

/** The group of TLS 1.3's hello, or the curve of the key exchange before; null where none was said. */
export function groupIn({ hello, keyExchange }: ServerFlight): number | null {
  if (hello?.version === "TLSv1.3") return hello.group;
  return keyExchange?.kind === "ECDHE" ? keyExchange.group : null;
}

function refusalOf({ alerts }: ServerFlight): OfferReply | null {
  const fatal = alerts.find(({ level }) => level === "fatal");
  if (fatal === undefined) return null;
  return { kind: isRefusal(fatal) ? "refused" : "other-alert" };
}

/**
 * What a server's flight means for the plan. A fatal alert outweighs the hello before it: that is no support. A hello
 * counts although the rest of the flight was cut off; a hello at another version refuses the one that was asked for.
 */
export function replyOf(flight: ServerFlight, version: TlsVersion, end: FlightEnd, question: Question): OfferReply {
  const refusal = refusalOf(flight);
  if (refusal !== null) return refusal;
  const { hello, problem } = flight;
  const cut: Cut = problem !== null ? "unreadable" : end === "open" ? "silent" : end;
  if (hello === null) return { kind: cut };
  if (hello.version === null) return { kind: "unreadable" };
  if (hello.version !== version) return { kind: "refused" };
  if (question === "suite") return { kind: "accepted", item: hello.suite };
  const group = groupIn(flight);
  if (group !== null) return { kind: "accepted", item: group };
  return flight.isDone ? { kind: "refused" } : { kind: cut };
}
