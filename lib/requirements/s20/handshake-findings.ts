import { Buffer } from "node:buffer";
import type { Finding, FindingMaker } from "../../core/finding.ts";
import { undecided } from "../../core/unobserved.ts";
import { type Forecast, forecastsOf, type MatchedChain } from "../../mail/dane/forecast.ts";
import { type DaneMatch, matchDane, type MismatchReason } from "../../mail/dane/match.ts";
import { heededRecords, recordForm } from "../../mail/dane/usability.ts";
import type { DaneGateway } from "../../mail/dane/view.ts";
import type { GatewayVisit, Handshake } from "../../mail/observations.ts";
import type { Name } from "../../wire/name.ts";
import type { Tlsa } from "../../wire/rdata/tlsa.ts";
import type { messages } from "./messages.ts";
import { plainList, plainName, plainTime } from "./wording.ts";

type Make = FindingMaker<typeof messages>;
type Visited = Extract<GatewayVisit, { readonly state: "visited" }>;

const NO_HANDSHAKE = { cause: "internal", detail: "no handshake was tried" } as const;

/** What presented chains are held against. */
interface Measure {
  readonly records: readonly Tlsa[];
  readonly names: readonly Name[];
  readonly at: number;
  readonly where: { readonly gateway: string; readonly address: string };
  readonly about: { readonly owner: string; readonly serverName: string };
  readonly finding: Make;
}

/** A handshake in which something was presented, and what became of it. */
interface Presented {
  readonly handshake: Handshake;
  readonly chain: readonly Uint8Array[];
  readonly match: DaneMatch;
}

/** Facts 20.4 (the handshake) to 20.7 at an address where TLS could begin. Success comes last. */
export function handshakeFindings(visit: Visited, gateway: DaneGateway, at: number, finding: Make): readonly Finding[] {
  const { tlsa, nextHops } = gateway;
  if (tlsa.state !== "secure") return [];
  const where = { gateway: plainName(visit.host), address: visit.address };
  const about = { owner: plainName(tlsa.owner), serverName: plainName(tlsa.base) };
  const measure: Measure = { records: tlsa.records, names: [tlsa.base, ...nextHops], at, where, about, finding };
  // What a broken handshake presented is held against the records, too: it can fail, and it never passes.
  const presented = visit.handshakes
    .filter(({ outcome, chain }) => outcome === "completed" || chain.length > 0)
    .map((one) => present(one, measure));
  const faults = [
    ...withoutTls(visit, measure),
    ...presented.flatMap(({ handshake, match }) => mismatchFinding(match, handshake, measure)),
  ];
  const forecasts = forecastFindings(presented, measure);
  if (faults.length > 0 || presented.length === 0) return [...faults, ...forecasts];
  const forms = presented.flatMap(({ match }) => (match.state === "matched" ? [recordForm(match.record)] : []));
  return [...forecasts, finding("S20_GATEWAY_MATCHES", { ...where, records: plainList(forms) })];
}

function present(handshake: Handshake, { records, names, at }: Measure): Presented {
  const chain = handshake.chain.map((certificate) => new Uint8Array(Buffer.from(certificate, "base64")));
  return { handshake, chain, match: matchDane(records, chain, names, at) };
}

/** Handshakes that did not come about: the server's own refusal of all of them is an answer, of one beside others is none. */
function withoutTls({ handshakes }: Visited, { where, finding }: Measure): readonly Finding[] {
  const target = `${where.gateway} [${where.address}]`;
  if (handshakes.length === 0) return [undecided("S20", target, NO_HANDSHAKE)];
  const unseen = handshakes.filter(({ outcome }) => outcome === "unobserved");
  const gaps = unseen.map(({ type, cause, detail }) =>
    undecided("S20", `${target} ${type.toUpperCase()}`, { cause: cause ?? "internal", detail }),
  );
  if (gaps.length > 0 || handshakes.some(({ outcome }) => outcome === "completed")) {
    const failed = handshakes.filter(({ outcome }) => outcome === "failed");
    const open = failed.map(({ type, detail }) =>
      undecided("S20", `${target} ${type.toUpperCase()}`, { cause: "tls-failed", detail }),
    );
    return [...gaps, ...open];
  }
  return [finding("S20_HANDSHAKE_FAILED", { ...where, detail: handshakes.map(({ detail }) => detail).join("; ") })];
}

const TAG_OF = {
  "no-usable-record": "S20_CERTIFICATE_MISMATCH",
  "nothing-matches": "S20_CERTIFICATE_MISMATCH",
  "nothing-presented": "S20_CERTIFICATE_MISMATCH",
  "anchor-absent": "S20_ANCHOR_ABSENT",
  "wrong-name": "S20_NAME_MISMATCH",
  expired: "S20_CHAIN_OUT_OF_DATE",
  "not-yet-valid": "S20_CHAIN_OUT_OF_DATE",
  "signature-invalid": "S20_CHAIN_INVALID",
  "not-an-authority": "S20_CHAIN_INVALID",
  "path-too-long": "S20_CHAIN_INVALID",
  "not-for-servers": "S20_CHAIN_INVALID",
  "name-not-permitted": "S20_CHAIN_INVALID",
  "not-understood": "S20_CHAIN_NOT_UNDERSTOOD",
  unreadable: "S20_CHAIN_NOT_UNDERSTOOD",
} as const satisfies Readonly<Record<MismatchReason, keyof typeof messages>>;

/** Fact 20.5. */
function mismatchFinding(
  match: DaneMatch,
  { type }: Handshake,
  { records, where, about, finding }: Measure,
): readonly Finding[] {
  if (match.state === "matched") return [];
  const forms = plainList(heededRecords(records).map(recordForm));
  return [finding(TAG_OF[match.why], { ...where, ...about, certificate: type, records: forms, reason: match.why })];
}

const FORECAST_TAG = {
  "renewal-breaks": "S20_RENEWAL_BREAKS",
  "key-must-stay": "S20_KEY_MUST_STAY",
  "path-ends": "S20_CHAIN_ENDS_SOON",
  "out-of-date": "S20_CERTIFICATE_OUT_OF_DATE",
  "form-unmatched": "S20_FORM_UNMATCHED",
} as const satisfies Readonly<Record<Forecast["kind"], keyof typeof messages>>;

/** Fact 20.7, and what else lies ahead of chains that match today. */
function forecastFindings(presented: readonly Presented[], measure: Measure): readonly Finding[] {
  const { records, where, finding } = measure;
  const matched = presented.flatMap(({ handshake, chain, match }) =>
    match.state === "matched" && handshake.outcome === "completed" ? [{ handshake, chain, match }] : [],
  );
  const all: readonly MatchedChain[] = matched;
  return matched.flatMap(({ handshake, ...one }) =>
    forecastsOf(records, one, all, measure).map((forecast) => {
      const expires = "until" in forecast ? plainTime(forecast.until) : "";
      const evidence = { ...where, certificate: handshake.type, records: forecast.form, expires };
      return finding(FORECAST_TAG[forecast.kind], evidence);
    }),
  );
}
