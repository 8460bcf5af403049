import type { Asset } from "../../core/asset.ts";
import type { Cause } from "../../core/cause.ts";
import type { Finding } from "../../core/finding.ts";
import { undecided } from "../../core/unobserved.ts";
import { placeOfService, SERVICE_SCHEMES } from "../../services/schemes.ts";
import type { TlsVisit, Undecided } from "../../tls/observations.ts";
import type { TlsVersion } from "../../tls/versions.ts";
import { portTarget } from "../../web/target-text.ts";

export type Visited = Extract<TlsVisit, { readonly state: "visited" }>;

/** Something of one endpoint that stayed open: a few words of ours that say what, and why. */
export interface Gap {
  readonly what: string;
  readonly cause: Cause;
  readonly detail: string;
}

/** What was not observed though the prober says that it has: a fault of ours. */
const NOT_TOLD: Undecided = { cause: "internal", detail: "nothing was observed of it" };

/** The engine's own words for a gap, of the endpoint by its plain name. */
export function gapFinding(target: string, { what, cause, detail }: Gap): Finding {
  return undecided("S27", target, { cause, detail: `${what}: ${detail}` });
}

export function gapOf(what: string, undecided: Undecided | null): Gap {
  return { what, ...(undecided ?? NOT_TOLD) };
}

/** What people call the endpoint; the asset's own name where there is none to look at. */
export function endpointName(visit: TlsVisit, { name }: Asset): string {
  return visit.state === "nothing-to-visit" ? name : portTarget(visit);
}

/** Whether clause (b) is about the asset: HTTPS services are hosts and URLs. */
export function isHttps({ kind }: Asset): boolean {
  return kind !== "service";
}

/** Whether the asset takes in mail from other servers: opportunistic, and S9's and S20's to judge (row 27.3). */
export function isMailRelay(asset: Asset): boolean {
  if (asset.kind !== "service") return false;
  const { scheme, port } = placeOfService(asset.url);
  return scheme === "smtp" && port === RELAY_PORT;
}

const RELAY_PORT = 25;

/** Whether the service has TLS from the first octet, so that without TLS there is none of it. */
export function hasImplicitTls(asset: Asset): boolean {
  return asset.kind === "service" && SERVICE_SCHEMES[placeOfService(asset.url).scheme]?.protection === "implicit";
}

/** A version as people write it: "TLS 1.2". */
export function plainVersion(version: TlsVersion): string {
  return version.replace("TLSv", "TLS ");
}

/** Entries of one list that a sentence names before it counts. */
const NAMED_LIMIT = 2;
/** Entries of one list that evidence holds. */
const EVIDENCE_LIMIT = 32;

/** The first of a list, each entry once, and how many there are besides: "x25519, x448 (+3)". */
export function shortList(entries: readonly string[], limit = NAMED_LIMIT): string {
  const different = [...new Set(entries)];
  const more = different.length - limit;
  const named = different.slice(0, limit).join(", ");
  return more > 0 ? `${named} (+${String(more)})` : named;
}

/** A list for evidence, each entry once, of bounded length. */
export function boundedList(entries: readonly string[]): readonly string[] {
  return [...new Set(entries)].slice(0, EVIDENCE_LIMIT);
}
