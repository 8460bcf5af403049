import { Buffer } from "node:buffer";
import type { Cause } from "../core/cause.ts";
import type { Observation } from "../core/observation.ts";
import type { Classification } from "../dnssec/classification.ts";
import { type DaneMatch, matchDane } from "../mail/dane/match.ts";
import type { TlsaFound } from "../mail/dane/tlsa.ts";
import { heededRecords, recordForm, unusableBecause, type Unusable } from "../mail/dane/usability.ts";
import { type DaneGateway, viewDane } from "../mail/dane/view.ts";
import type { MailRoute } from "../mail/gateways.ts";
import type { Handshake, SmtpReply } from "../mail/observations.ts";
import { parseCertificate } from "../tls/certificate.ts";
import type { Name } from "../wire/name.ts";

/** Characters of association data that are told apart; a record in full may be a whole certificate. */
const LONGEST_HEX = 128;
/** Names of one certificate that are told. */
const MOST_NAMES = 8;

/** How far an answer is protected, and why it is not. `detail` is English, for whoever must dig. */
export interface Protected {
  readonly status: "secure" | "insecure" | "bogus" | "unknown";
  /** The zone where it ends, for `insecure` and `bogus`. */
  readonly zone: string | null;
  readonly cause: Cause | null;
  readonly detail: string;
}

export interface DaneRoute {
  readonly origin: MailRoute["origin"];
  readonly mailDomain: string;
  readonly form: MailRoute["form"];
  /** Null for declared gateways, which no MX names. */
  readonly mx: Protected | null;
  readonly hosts: readonly { readonly name: string; readonly preferences: readonly number[] }[];
  readonly leftOut: number;
}

export interface DaneRecord {
  readonly form: string;
  /** Hex, cut after LONGEST_HEX. */
  readonly data: string;
  /** Why a sender cannot use it; null when it can. */
  readonly unusable: Unusable | null;
  /** Usable, and not passed over for a stronger digest (RFC 7671 section 9). */
  readonly heeded: boolean;
}

export interface DaneHandshake {
  readonly certificate: Handshake["type"];
  readonly outcome: Handshake["outcome"];
  readonly cause: Cause | null;
  readonly detail: string;
  readonly protocol: string | null;
  readonly suite: string | null;
  /** Null unless a chain was presented and there are signed records to hold it against. */
  readonly match:
    | { readonly state: "matched"; readonly form: string; readonly depth: number }
    | { readonly state: "unmatched"; readonly why: string }
    | null;
  /** Of the server's own certificate, where it can be read. */
  readonly names: readonly string[];
  readonly notAfter: string | null;
}

export interface DaneVisit {
  readonly address: string;
  readonly state: "visited" | "not-here" | "unobserved" | "not-visited";
  readonly cause: Cause | null;
  readonly detail: string;
  readonly greeting: SmtpReply | null;
  readonly startTls: SmtpReply | null;
  readonly offersStartTls: boolean;
  readonly injected: boolean;
  readonly handshakes: readonly DaneHandshake[];
}

export interface DaneHost {
  readonly name: string;
  readonly a: Protected;
  readonly aaaa: Protected;
  readonly addresses: readonly string[];
  readonly aliases: readonly { readonly from: string; readonly to: string; readonly by: string }[];
  readonly tlsa: {
    readonly state: TlsaFound["state"];
    readonly owner: string;
    readonly zone: string | null;
    readonly cause: Cause | null;
    readonly detail: string;
    readonly records: readonly DaneRecord[];
    readonly unreadable: number;
  };
  readonly visits: readonly DaneVisit[];
}

/** What was seen of one domain's gateways, validated and matched, as plain data. Names are without final dot. */
export interface DanePicture {
  readonly name: string;
  readonly observedAt: string;
  /** Set when nothing at all was heard. */
  readonly unobserved: { readonly cause: Cause; readonly detail: string } | null;
  readonly routes: readonly DaneRoute[];
  readonly gateways: readonly DaneHost[];
}

/** Puts DNS and the visits together. */
export function danePicture(
  name: Name,
  dane: Observation<"dns.dane">,
  visits: readonly Observation<"smtp.gateway">[],
): DanePicture {
  const { observedAt, result } = dane;
  const head = { name: plainName(name), observedAt };
  if (result.state === "unobserved") {
    const { cause, detail } = result;
    return { ...head, unobserved: { cause, detail }, routes: [], gateways: [] };
  }
  const view = viewDane(result.value, Date.parse(observedAt));
  const byTarget = new Map(visits.map((visit) => [visit.target, visit]));
  return {
    ...head,
    unobserved: null,
    routes: view.routes.map(routeOf),
    gateways: view.gateways.map((gateway) => hostOf(gateway, byTarget)),
  };
}

function routeOf({ origin, mailDomain, form, mx, hosts, leftOut }: MailRoute): DaneRoute {
  return {
    ...{ origin, mailDomain: plainName(mailDomain), form },
    mx: mx === null ? null : protectionOf(mx),
    hosts: hosts.map(({ host, preferences }) => ({ name: plainName(host), preferences })),
    leftOut: leftOut.length,
  };
}

function protectionOf(classification: Classification): Protected {
  switch (classification.status) {
    case "secure":
      return { status: "secure", zone: null, cause: null, detail: "" };
    case "insecure":
    case "bogus":
      return {
        ...{ status: classification.status, zone: plainName(classification.zone), cause: null },
        detail: classification.reason,
      };
    case "indeterminate":
      return { status: "unknown", zone: null, cause: classification.cause, detail: classification.detail };
    case "need":
      return { status: "unknown", zone: null, cause: "internal", detail: "replies are missing" };
  }
}

type Visits = ReadonlyMap<string, Observation<"smtp.gateway">>;

function hostOf(gateway: DaneGateway, visits: Visits): DaneHost {
  const { host, tlsa } = gateway;
  const name = plainName(host.host);
  return {
    ...{ name, a: protectionOf(host.a), aaaa: protectionOf(host.aaaa), addresses: host.addresses },
    aliases: host.aliases.map(({ from, to, by }) => ({ from: plainName(from), to: plainName(to), by })),
    tlsa: recordsOf(tlsa),
    visits: host.addresses.map((address) => visitOf(address, visits.get(`${name} [${address}]`), gateway)),
  };
}

function recordsOf(tlsa: TlsaFound): DaneHost["tlsa"] {
  const secure = tlsa.state === "secure" ? tlsa : null;
  const heeded = new Set(heededRecords(secure?.records ?? []));
  return {
    ...{ state: tlsa.state, owner: plainName(tlsa.owner) },
    zone: "zone" in tlsa ? plainName(tlsa.zone) : null,
    cause: "cause" in tlsa ? tlsa.cause : null,
    detail: "detail" in tlsa ? tlsa.detail : "reason" in tlsa ? tlsa.reason : "",
    records: (secure?.records ?? []).map((record) => {
      const hex = Buffer.from(record.association).toString("hex");
      const data = hex.length > LONGEST_HEX ? `${hex.slice(0, LONGEST_HEX)}…` : hex;
      return { form: recordForm(record), data, unusable: unusableBecause(record), heeded: heeded.has(record) };
    }),
    unreadable: secure?.unreadable ?? 0,
  };
}

const NOTHING_SEEN = {
  ...{ cause: null, detail: "", greeting: null, startTls: null, offersStartTls: false, injected: false },
  handshakes: [],
} as const;

function visitOf(address: string, visit: Observation<"smtp.gateway"> | undefined, gateway: DaneGateway): DaneVisit {
  if (visit === undefined) return { address, state: "not-visited", ...NOTHING_SEEN };
  const { result, observedAt } = visit;
  if (result.state === "unobserved") {
    return { address, state: "unobserved", ...NOTHING_SEEN, cause: result.cause, detail: result.detail };
  }
  const seen = result.value;
  if (seen.state !== "visited") {
    return { address, state: seen.state === "not-here" ? "not-here" : "not-visited", ...NOTHING_SEEN };
  }
  const at = Date.parse(observedAt);
  return {
    ...{ address, state: "visited", cause: null, detail: "", greeting: seen.greeting, startTls: seen.startTls },
    ...{ offersStartTls: seen.keywords.includes("STARTTLS"), injected: seen.injected },
    handshakes: seen.handshakes.map((handshake) => handshakeOf(handshake, gateway, at)),
  };
}

function handshakeOf(handshake: Handshake, { tlsa, nextHops }: DaneGateway, at: number): DaneHandshake {
  const { type, outcome, cause, detail, protocol, suite } = handshake;
  const chain = handshake.chain.map((certificate) => new Uint8Array(Buffer.from(certificate, "base64")));
  const [octets] = chain;
  const leaf = octets === undefined ? null : parseCertificate(octets);
  const own = leaf?.ok === true ? leaf.value : null;
  const isMatchable = outcome === "completed" && tlsa.state === "secure";
  return {
    ...{ certificate: type, outcome, cause, detail, protocol, suite },
    match: isMatchable ? matchWords(matchDane(tlsa.records, chain, [tlsa.base, ...nextHops], at)) : null,
    names: (own?.dnsNames ?? []).slice(0, MOST_NAMES).map((name) => Buffer.from(name).toString("latin1")),
    notAfter: own === null || !Number.isFinite(own.notAfter) ? null : new Date(own.notAfter).toISOString(),
  };
}

function matchWords(match: DaneMatch): DaneHandshake["match"] {
  if (match.state === "unmatched") return { state: "unmatched", why: match.why };
  return { state: "matched", form: recordForm(match.record), depth: match.depth };
}

function plainName(name: Name): string {
  return name === "." ? "." : name.slice(0, -1);
}
