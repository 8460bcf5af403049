/** What protects the very first visit, before any header was seen: part 2, level strong. */
import type { Asset } from "../../core/asset.ts";
import { classifierOf } from "../../mail/reading.ts";
import { gapOf } from "../../mail/gap.ts";
import { originOf, type VisitedHost } from "../../web/hsts-answers.ts";
import { upgradesToHttps } from "../../web/hsts-https-record.ts";
import { isCoveredBy } from "../../web/hsts-own-names.ts";
import type { HttpsRecordObservation, PreloadStatus } from "../../web/observations.ts";
import { HTTPS_PORT } from "../../web/asset-origins.ts";
import { parseName } from "../../wire/name.ts";
import type { Doubt } from "./visit-view.ts";

export type Way = "preloaded" | "no-http" | "https-record";

/** Whether one way protects: `unknown` for lack of an answer. */
export type WayState = { readonly way: Way } & (
  { readonly state: "holds" | "lacks" } | { readonly state: "unknown"; readonly doubt: Doubt }
);

export interface FirstVisitFacts {
  readonly preload: PreloadStatus;
  readonly record: HttpsRecordObservation;
  /** Epoch milliseconds: when they were made. */
  readonly at: number;
}

/** Whether the inventory asks for more than the level standard. */
export function wantsStrong({ strict, k11Level }: Asset): boolean {
  return strict === true || k11Level === "strong";
}

/** The three ways, each by itself, for one host at one address. */
export function waysOf(visit: VisitedHost, { preload, record, at }: FirstVisitFacts): readonly WayState[] {
  return [preloadWay(visit, preload), httpWay(visit), recordWay(visit, record, at)];
}

function preloadWay({ host }: VisitedHost, { state, entry, detail }: PreloadStatus): WayState {
  const way = "preloaded";
  if (state === "preloaded" && isCoveredBy(entry, host)) return { way, state: "holds" };
  // The list says that it knows the name, but not by what: that is no proof either way.
  if (state === "unknown" || (state === "preloaded" && entry === null)) {
    return { way, state: "unknown", doubt: { cause: "not-observable", detail: `the preload list: ${detail}` } };
  }
  return { way, state: "lacks" };
}

/** A port that is silent is none that is closed. An asset at an HTTPS port of its own has no other. */
function httpWay(visit: VisitedHost): WayState {
  const way = "no-http";
  const http = originOf(visit, "http");
  if (http === null || http.state === "closed") return { way, state: "holds" };
  if (http.state === "open") return { way, state: "lacks" };
  return { way, state: "unknown", doubt: { cause: "tcp-timeout", detail: "the port for HTTP kept silent" } };
}

/** The record is fetched for the asset's own host; that of a name beside it may be missing from the reading. */
const NOT_ASKED: Doubt = { cause: "not-observable", detail: "the HTTPS record of this name was not asked for" };

/** RFC 9460 section 9.5; only what is signed counts, for anybody can take the rest away. At other ports it has another name. */
function recordWay(visit: VisitedHost, record: HttpsRecordObservation, at: number): WayState {
  const way = "https-record";
  const name = parseName(`${visit.host}.`);
  if (!name.ok || originOf(visit, "https")?.port !== HTTPS_PORT) return { way, state: "lacks" };
  const answer = classifierOf(record, at)({ name: name.value, type: "HTTPS" });
  if (answer.status === "need" && record.host !== visit.host) return { way, state: "unknown", doubt: NOT_ASKED };
  const doubt = gapOf(answer);
  if (doubt !== null) return { way, state: "unknown", doubt };
  const isSigned = answer.status === "secure" && answer.answer === "positive";
  const holds = isSigned && answer.records.some(({ type, data }) => type === "HTTPS" && upgradesToHttps(data));
  return { way, state: holds ? "holds" : "lacks" };
}
