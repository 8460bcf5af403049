import type { ServiceAsset } from "../../core/asset.ts";
import { observed } from "../../core/observation.ts";
import type { Scenario } from "../../core/scenario.ts";
import type { ServiceSpeech } from "../../services/observations.ts";
import type { Undecided } from "../../tls/observations.ts";
import { name } from "../../wire/name.ts";
import { HOST, inWorld, IPV4, type Said } from "./plain-scenario-world.ts";
import { closed, endpoint, type Server } from "./tls-scenario-endpoint.ts";

type Dialogue = Extract<ServiceSpeech, { readonly kind: "dialogue" }>;

/** What services say. */
export const TLS: ServiceSpeech = { kind: "tls" };
export const MUTE: ServiceSpeech = { kind: "mute" };
export const banner = (looksLike: string | null): ServiceSpeech => ({ kind: "banner", looksLike });
export const dialogue = (
  protocol: Dialogue["protocol"],
  plainLogin: Dialogue["plainLogin"],
  capabilities: readonly string[] = [],
  startTls: Dialogue["startTls"] = "accepted",
): ServiceSpeech => ({ kind: "dialogue", protocol, capabilities, startTls, plainLogin });

/** A declared service at the host of every scenario. */
export function serviceAsset(scheme: string, port: number): ServiceAsset {
  const url = `${scheme}://${HOST}:${String(port)}`;
  return { kind: "service", id: `service:${url}`, name: url, host: name(HOST), url };
}

/** Clause (b) is of HTTPS; what S27 says of a service's TLS besides, where there is some and where there is none. */
const NOT_HTTPS = "S27_VERSIONS_NOT_HTTPS";
export const GOOD_TLS = [NOT_HTTPS, "S27_PROFILE_MET", "S27_PROFILE_INFERRED", "S27_CERTIFICATE_VALID"] as const;
export const NO_TLS = [NOT_HTTPS, "S27_TLS_NOT_JUDGED"] as const;
export const RELAY_TLS = [
  NOT_HTTPS,
  "S27_PROFILE_MAIL_RELAY",
  "S27_PROFILE_INFERRED",
  "S27_CERTIFICATE_TRUST_NOT_NEEDED",
] as const;

/** Where every service is. */
export const ZONE = { name: "kommune.dk", records: [`www A ${IPV4}`] } as const;

export interface Place {
  readonly scheme: string;
  readonly port: number;
  /** Whether TLS is to be had there; without fault, then. */
  readonly tls: boolean;
}

/** A service that speaks like this at its one address. */
export function speaking(
  place: Place,
  speech: ServiceSpeech,
  said: Said,
  undecided: Undecided | null = null,
): Scenario {
  const tls = place.tls ? { server: endpoint(), tags: GOOD_TLS } : { server: closed, tags: NO_TLS };
  return withTls(place, { speech, undecided }, tls, said);
}

/** The same with a TLS server of one's own, and what S27 says of that. */
export function withTls(
  { scheme, port }: Pick<Place, "scheme" | "port">,
  heard: { readonly speech: ServiceSpeech; readonly undecided?: Undecided | null },
  { server, tags }: { readonly server: Server; readonly tags: readonly string[] },
  said: Said,
): Scenario {
  return inWorld(
    {
      zones: [ZONE],
      services: { [IPV4]: (where) => observed({ ...where, state: "visited", undecided: null, ...heard }) },
      tls: { [IPV4]: server },
    },
    { ...said, tags: ["S27_NOT_WEB", ...said.tags] },
    serviceAsset(scheme, port),
    tags,
  );
}

/** Services with TLS, and without. */
export const IMAP: Place = { scheme: "imap", port: 143, tls: true };
export const CLEAR_IMAP: Place = { ...IMAP, tls: false };
export const POP3: Place = { scheme: "pop3", port: 110, tls: true };
export const SUBMISSION: Place = { scheme: "submission", port: 587, tls: true };
export const open = (scheme: string, port: number): Place => ({ scheme, port, tls: false });
