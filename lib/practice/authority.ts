import type { Question } from "../wire/message.ts";
import { isAtOrBelow, labelCount } from "../wire/name.ts";
import { RCODE } from "../wire/rcode.ts";
import { answerFromZone } from "./answer.ts";
import { EMPTY_ANSWER, type Outcome, type Transport } from "./exchange.ts";
import type { Zone } from "./zone.ts";

export const BEHAVIOURS = ["normal", "lame", "silent", "truncating", "truncating-no-tcp"] as const;

/**
 * `lame`: REFUSED. `silent`: no answer on any transport. `truncating`: TC over UDP. `truncating-no-tcp`: TC over UDP, and
 * its TCP port is closed.
 */
export type Behaviour = (typeof BEHAVIOURS)[number];

/** A name server as seen at `addresses`, which are canonical text. */
export interface NameServer {
  readonly addresses: readonly string[];
  readonly behaviour: Behaviour;
  readonly zones: readonly Zone[];
}

/** What a name server does with one question; null is silence. A zone that it does not serve is refused. */
export function askNameServer(
  { behaviour, zones }: NameServer,
  question: Question,
  dnssecOk: boolean,
  transport: Transport,
): Outcome | null {
  if (behaviour === "silent") return null;
  const zone = zoneFor(zones, question);
  if (zone === null || behaviour === "lame") {
    return { answer: { ...EMPTY_ANSWER, rcode: RCODE.REFUSED }, flags: [], truncated: false };
  }
  const truncated = behaviour !== "normal" && transport === "udp";
  return { answer: answerFromZone(zone, question, dnssecOk), flags: [], truncated };
}

/** Whether its TCP port is open. */
export function offersTcp({ behaviour }: NameServer): boolean {
  return behaviour !== "truncating-no-tcp";
}

/** The deepest zone that holds the name; for DS the one above it, where this server has both (RFC 4035 section 3.1.4.1). */
function zoneFor(zones: readonly Zone[], question: Question): Zone | null {
  const holding = zones.filter((zone) => isAtOrBelow(question.name, zone.origin));
  const above = holding.filter((zone) => zone.origin !== question.name);
  const candidates = question.type === "DS" && above.length > 0 ? above : holding;
  return candidates.reduce<Zone | null>(
    (best, zone) => (best === null || labelCount(zone.origin) > labelCount(best.origin) ? zone : best),
    null,
  );
}
