/** What the visits of one name outside .dk come to together: S17's facts 17.3 to 17.7. The worst one counts. */
import type { Cause } from "../core/cause.ts";
import { lacksIntermediate } from "./certificate-codes.ts";
import type { NameVisit } from "./origin-endings.ts";
import type { Ending } from "./redirects.ts";
import { isUnderDk } from "./under-dk.ts";

/** A visit that shows neither right nor wrong, and why. */
export interface UnknownVisit extends NameVisit {
  readonly cause: Cause;
}

/**
 * `not-redirected`: at least one visit ended outside .dk; those stand in `visits`. `closed`: nothing is there. `unknown`: nothing
 * is shown to be wrong, and not everything to be right. `redirected`: every visit that got an answer ended under .dk;
 * `unreachable` are starts that browsers do not get through, their TLS being broken.
 */
export type RedirectedName =
  | { readonly state: "not-redirected"; readonly visits: readonly NameVisit[] }
  | { readonly state: "unknown"; readonly visits: readonly UnknownVisit[] }
  | { readonly state: "closed" }
  | { readonly state: "redirected"; readonly visits: readonly DkVisit[]; readonly unreachable: readonly NameVisit[] };

export interface DkVisit extends NameVisit {
  readonly ending: Extract<Ending, { readonly kind: "dk" }>;
}

type Weight = "good" | "bad" | "absent" | "no-passage" | { readonly unknown: Cause };

/** `starts`: every beginning of the same name at one address. None at all is unknown. */
export function redirectedName(starts: readonly NameVisit[]): RedirectedName {
  const weighed = starts.map((visit) => ({ visit, weight: weightOf(visit.ending) }));
  const of = (wanted: Weight): readonly NameVisit[] =>
    weighed.filter(({ weight }) => weight === wanted).map(({ visit }) => visit);
  const bad = of("bad");
  if (bad.length > 0) return { state: "not-redirected", visits: bad };
  const unknown = weighed.flatMap(({ visit, weight }) =>
    typeof weight === "object" ? [{ ...visit, cause: weight.unknown }] : [],
  );
  if (unknown.length > 0 || starts.length === 0) return { state: "unknown", visits: unknown };
  const [visits, unreachable] = [starts.filter(isDk), of("no-passage")];
  if (visits.length > 0) return { state: "redirected", visits, unreachable };
  return unreachable.length > 0 ? behindBrokenTls(unreachable) : { state: "closed" };
}

/** Nobody gets through at any start. That is shown only where a certificate is what no browser takes. */
function behindBrokenTls(unreachable: readonly NameVisit[]): RedirectedName {
  const shown = unreachable.filter(({ ending }) => ending.kind === "certificate" && !lacksIntermediate(ending.code));
  if (shown.length > 0) return { state: "not-redirected", visits: shown };
  return { state: "unknown", visits: unreachable.map((visit) => ({ ...visit, cause: "tls-failed" })) };
}

function isDk(visit: NameVisit): visit is DkVisit {
  return visit.ending.kind === "dk";
}

/** Shown to visitors outside .dk. */
const SHOWN: ReadonlySet<Ending["kind"]> = new Set(["content", "delayed", "error"] as const);

function weightOf(ending: Ending): Weight {
  if (ending.kind === "dk") return "good";
  if (SHOWN.has(ending.kind)) return "bad";
  return weightOfStop(ending) ?? (ending.at === 0 ? weightAtStart(ending) : weightFurtherOn(ending));
}

/** Endings that weigh the same wherever they come; null for any other. */
function weightOfStop(ending: Ending): Weight | null {
  switch (ending.kind) {
    case "location":
      // Led to .dk, and then to where nobody can follow: perhaps out again.
      return isUnderDk(ending.host) ? { unknown: "protocol-error" } : "bad";
    case "loop":
      // A site may go round for visitors without cookies alone.
      return ending.outside ? "bad" : { unknown: "protocol-error" };
    case "blocked":
      return { unknown: "vantage-blocked" };
    case "too-many":
      return { unknown: "tool-limit" };
    case "unobserved":
      return { unknown: ending.cause };
    default:
      return null;
  }
}

/** Nothing is there to be redirected. Broken TLS does no harm where another start leads under .dk: browsers show nothing (see S27). */
function weightAtStart({ kind }: Ending): Weight {
  switch (kind) {
    case "certificate":
    case "tls":
      return "no-passage";
    case "refused":
    case "no-address":
      return "absent";
    default:
      // Others may have a way to a special address of the name itself that we have not.
      return { unknown: kind === "special" ? "vantage-blocked" : "internal" };
  }
}

/** Somebody was led there. Within .dk others may get further than we do. */
function weightFurtherOn(ending: Ending): Weight {
  const isUnder = isUnderDk(ending.host);
  switch (ending.kind) {
    case "certificate":
      return lacksIntermediate(ending.code) ? { unknown: "tls-failed" } : "bad";
    case "tls":
      return { unknown: "tls-failed" };
    case "refused":
      return { unknown: "connection-refused" };
    case "no-address":
      return isUnder ? { unknown: "asset-not-found" } : "bad";
    case "special":
      return isUnder ? { unknown: "vantage-blocked" } : "bad";
    default:
      return { unknown: "internal" };
  }
}
