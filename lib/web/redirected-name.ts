/** What the visits of one name outside .dk come to together: S17's facts 17.3 to 17.7. The worst one counts. */
import { firstCause, type Cause } from "../core/cause.ts";
import type { Hop } from "./hop.ts";
import { endingOf, type Ending } from "./redirects.ts";
import { isUnderDk } from "./under-dk.ts";

export interface NameVisit {
  /** The URL started from. */
  readonly start: string;
  readonly ending: Ending;
}

/**
 * `not-redirected`: at least one visit ended outside .dk; those stand in `visits`. `closed`: nothing is there. `unknown`: nothing
 * is shown to be wrong, and not everything to be right. `redirected`: every visit that got an answer ended under .dk; `refresh`
 * when a page had to be loaded for one of them, `unreachable` names starts that no browser gets through, their TLS being broken.
 */
export type RedirectedName =
  | { readonly state: "not-redirected"; readonly visits: readonly NameVisit[] }
  | { readonly state: "unknown"; readonly cause: Cause; readonly visits: readonly NameVisit[] }
  | { readonly state: "closed" }
  | { readonly state: "redirected"; readonly refresh: boolean; readonly unreachable: readonly NameVisit[] };

type Weight = "bad" | "good" | "absent" | "no-passage" | { readonly unknown: Cause };

/** `walks`: one for each starting point (both schemes, every address) of the same name, none empty. */
export function redirectedName(walks: readonly (readonly Hop[])[]): RedirectedName {
  const weighed = walks.map((hops) => {
    const ending = endingOf(hops);
    return { visit: { start: hops[0]?.url ?? "", ending }, weight: weightOf(ending) };
  });
  const of = (wanted: Weight): readonly NameVisit[] =>
    weighed.filter(({ weight }) => weight === wanted).map(({ visit }) => visit);
  const bad = of("bad");
  if (bad.length > 0) return { state: "not-redirected", visits: bad };
  const unknown = weighed.filter(({ weight }) => typeof weight === "object");
  const cause = firstCause(unknown.flatMap(({ weight }) => (typeof weight === "object" ? [weight.unknown] : [])));
  if (cause !== null) return { state: "unknown", cause, visits: unknown.map(({ visit }) => visit) };
  const [good, unreachable] = [of("good"), of("no-passage")];
  if (good.length === 0 && unreachable.length > 0) return { state: "not-redirected", visits: unreachable };
  if (walks.length === 0) return { state: "unknown", cause: "internal", visits: [] };
  if (good.length === 0) return { state: "closed" };
  const refresh = good.some(({ ending }) => ending.kind === "dk" && ending.via === "refresh");
  return { state: "redirected", refresh, unreachable };
}

/** Shown to visitors outside .dk, or leading them nowhere. */
const BAD: ReadonlySet<Ending["kind"]> = new Set(["content", "delayed", "error", "location", "loop"] as const);

function weightOf(ending: Ending): Weight {
  if (BAD.has(ending.kind)) return "bad";
  if (ending.kind === "dk") return "good";
  const unknown = unknownOf(ending);
  return unknown === null ? weightOfAbsence(ending) : { unknown };
}

/** Why an ending shows neither right nor wrong, wherever it comes; null when that depends on where. */
function unknownOf(ending: Ending): Cause | null {
  if (ending.kind === "unobserved") return ending.cause;
  if (ending.kind === "blocked") return "vantage-blocked";
  return ending.kind === "too-many" ? "tool-limit" : null;
}

/** At the start of a visit nothing is there to be redirected; further on, somebody was led there. */
function weightOfAbsence({ kind, at, host }: Ending): Weight {
  const isFirst = at === 0;
  switch (kind) {
    case "certificate":
      return isFirst ? "no-passage" : "bad";
    case "tls":
      return isFirst ? "no-passage" : { unknown: "tls-failed" };
    case "refused":
      return isFirst ? "absent" : { unknown: "connection-refused" };
    case "no-address":
      if (isFirst) return "absent";
      return isUnderDk(host) ? { unknown: "asset-not-found" } : "bad";
    case "special":
      // Within .dk, or for the name itself, others may have a way to it that we have not.
      return isFirst || isUnderDk(host) ? { unknown: "vantage-blocked" } : "bad";
    default:
      return { unknown: "internal" };
  }
}
