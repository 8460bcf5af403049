import type { TlsFact } from "../../tls/profile-grade.ts";
import { groupLabel } from "../../tls/groups.ts";
import type { ItemTrial } from "../../tls/observations.ts";
import { schemeOf } from "../../tls/signature-schemes.ts";
import { type Suite, suiteLabel, suiteOf } from "../../tls/suites.ts";
import { compareVersions, TLS_VERSIONS, type TlsVersion } from "../../tls/versions.ts";
import { type Gap, gapOf, plainVersion, type Visited } from "./tls-endpoint.ts";
import { gapAt, isOpen } from "./tls-versions-check.ts";

/** A fact that a profile grades, what people call it, and where it was seen: a version, a certificate. */
export interface SeenFact {
  readonly fact: TlsFact;
  readonly value: string;
  readonly where: string;
}

/** All that was found of one group of parameters, and all that stayed open: nothing is left out in silence. */
export interface Facts {
  readonly seen: readonly SeenFact[];
  readonly gaps: readonly Gap[];
}

const NO_FACTS: Facts = { seen: [], gaps: [] };
const only = (...gaps: readonly Gap[]): Facts => ({ seen: [], gaps });
const single = (fact: TlsFact, value: string, where: string): Facts => ({ seen: [{ fact, value, where }], gaps: [] });

export function joinFacts(parts: readonly Facts[]): Facts {
  return { seen: parts.flatMap(({ seen }) => seen), gaps: parts.flatMap(({ gaps }) => gaps) };
}

/** Everything of an endpoint that is graded, save certificates and the order of suites, which depends on the profile. */
export function handshakeFacts(visit: Visited): Facts {
  return joinFacts([
    versionFacts(visit),
    suiteFacts(visit),
    groupFacts(visit),
    primeFacts(visit),
    signatureFacts(visit),
    legacyFacts(visit),
    activeFacts(visit),
  ]);
}

function acceptedVersions({ versions }: Visited): readonly TlsVersion[] {
  return versions.flatMap(({ version, outcome }) => (outcome === "accepted" ? [version] : []));
}

function versionFacts(visit: Visited): Facts {
  const accepted = acceptedVersions(visit);
  const open = TLS_VERSIONS.filter((version) => isOpen(visit, version));
  return {
    seen: accepted.map((version) => ({ fact: { kind: "version", version }, value: plainVersion(version), where: "" })),
    gaps: open.map((version) => gapAt(visit, version)),
  };
}

/** What is open in a trial, and a trial that is missing or has found nothing where there must be something. */
function trialGaps(trial: ItemTrial | undefined, what: string, mustHave: boolean): readonly Gap[] {
  if (trial === undefined) return [gapOf(what, null)];
  if (trial.open.length > 0 || trial.undecided !== null) return [gapOf(what, trial.undecided)];
  return mustHave && trial.accepted.length === 0 ? [gapOf(what, NONE_FOUND)] : [];
}

const NONE_FOUND = { cause: "protocol-error", detail: "the server uses one, and none was found" } as const;

/** What was accepted counts, whatever stayed open of its version. */
function suiteFacts(visit: Visited): Facts {
  const seen = visit.suites.flatMap(({ version, accepted }) =>
    accepted.map((suite): SeenFact => {
      return { fact: { kind: "suite", suite }, value: suiteLabel(suite), where: plainVersion(version) };
    }),
  );
  const gaps = acceptedVersions(visit).flatMap((version) => {
    const trial = visit.suites.find((one) => one.version === version);
    return trialGaps(trial, `${plainVersion(version)} suites`, true);
  });
  return { seen, gaps };
}

function acceptedSuites({ suites }: Visited, version?: TlsVersion): readonly Suite[] {
  const trials = suites.filter((trial) => version === undefined || trial.version === version);
  return trials.flatMap(({ accepted }) => accepted.flatMap((number) => suiteOf(number) ?? []));
}

/** Groups are told of TLS 1.2 and 1.3, where they can be offered one by one. */
function groupFacts(visit: Visited): Facts {
  const seen = visit.groups.flatMap(({ version, accepted }) =>
    accepted.map((group): SeenFact => {
      return { fact: { kind: "group", group }, value: groupLabel(group), where: plainVersion(version) };
    }),
  );
  const versions = acceptedVersions(visit).filter((version) => compareVersions(version, "TLSv1.2") >= 0);
  const gaps = versions.flatMap((version) => {
    const trial = visit.groups.find((one) => one.version === version);
    const isUsed = acceptedSuites(visit, version).some(({ keyExchange }) => ["ECDHE", "any"].includes(keyExchange));
    return trialGaps(trial, `${plainVersion(version)} groups`, isUsed);
  });
  return { seen, gaps };
}

function primeFacts(visit: Visited): Facts {
  const isUsed = acceptedSuites(visit).some(({ keyExchange }) => keyExchange === "DHE");
  if (visit.dhPrimes.length === 0) return isUsed ? only(gapOf("DHE groups", NONE_FOUND)) : NO_FACTS;
  const seen = visit.dhPrimes.map(({ version, group, bits }): SeenFact => {
    const value = group ?? `DH ${String(bits)}`;
    return { fact: { kind: "dh", prime: { group, bits } }, value, where: plainVersion(version) };
  });
  return { seen, gaps: visit.dhOpen === undefined ? [] : [gapOf("DHE groups", visit.dhOpen)] };
}

const TLS12 = plainVersion("TLSv1.2");
const STRONG: ReadonlySet<string> = new Set(["SHA256", "SHA384", "SHA512", "none"]);

/**
 * How the key exchange is signed in TLS 1.2. A server that chose SHA-1 although it knows SHA-2 has accepted SHA-1, no more; one that
 * knows none of SHA-256 and up has `no-sha2` (T5 asks for support).
 */
function signatureFacts(visit: Visited): Facts {
  const { signatures } = visit;
  if (signatures === null) {
    const isSigned = acceptedSuites(visit, "TLSv1.2").some(
      ({ keyExchange, authentication }) =>
        ["ECDHE", "DHE"].includes(keyExchange) && ["RSA", "ECDSA", "DSS"].includes(authentication),
    );
    return isSigned ? only(gapOf("key exchange signatures", null)) : NO_FACTS;
  }
  const { chosen, weak, strong, strongOpen = UNANSWERED } = signatures;
  const hashes = chosen.map((number) => schemeOf(number).hash);
  const isStrong = hashes.some((hash) => STRONG.has(hash));
  const isWithoutSha2 = !isStrong && strong === "refused";
  const parts = isWithoutSha2
    ? [hashFact("exchange-hash", "no-sha2")]
    : hashes.map((hash) => hashFact(STRONG.has(hash) ? "exchange-hash" : "accepted-hash", hash));
  if (!isStrong && strong === "undecided") parts.push(only(gapOf("SHA-2 alone", strongOpen)));
  for (const { hash, outcome, undecided } of weak) {
    if (outcome === "accepted") parts.push(hashFact("accepted-hash", hash));
    if (outcome === "undecided") parts.push(only(gapOf(`${hash} alone`, undecided)));
  }
  return joinFacts(parts);
}

/** Those that terms have a name for. */
const NAMED_HASHES: ReadonlySet<string> = new Set([...STRONG, "no-sha2", "SHA1", "SHA224", "MD5"]);

function hashFact(kind: "exchange-hash" | "accepted-hash", hash: string): Facts {
  return single({ kind, hash }, `${kind}: ${NAMED_HASHES.has(hash) ? hash : "other"}`, TLS12);
}

const UNANSWERED = { cause: "protocol-error", detail: "the offer got no answer that can be read" } as const;

/** What TLS 1.2 and older have and 1.3 has not. */
function legacyFacts(visit: Visited): Facts {
  const { legacy } = visit;
  if (legacy === null) {
    const isOld = acceptedVersions(visit).some((version) => compareVersions(version, "TLSv1.3") < 0);
    return isOld ? only(gapOf("compression and renegotiation", null)) : NO_FACTS;
  }
  const { compression, compressionOpen = UNANSWERED, renegotiationInfo, extendedMasterSecret } = legacy;
  return joinFacts([
    compression === "undecided"
      ? only(gapOf("compression", compressionOpen))
      : single({ kind: "compression", method: compression }, `compression: ${compression}`, ""),
    settingFact("secure-renegotiation", renegotiationInfo ? "supported" : "missing"),
    settingFact("extended-master-secret", extendedMasterSecret ? "present" : "absent"),
  ]);
}

/** A fact that is one of a few states; its value is the code that terms have a name for. */
export function settingFact<K extends Setting>(kind: K, state: StateOf<K>, where = ""): Facts {
  return single({ kind, state } as TlsFact, `${kind}: ${state}`, where);
}

type Setting = Extract<TlsFact, { readonly state: string }>["kind"];
type StateOf<K extends Setting> = Extract<TlsFact, { readonly kind: K; readonly state: string }>["state"];

const UNTOLD = { cause: "not-observable", detail: "what the server did on trial does not tell" } as const;

/** What is tried with the municipality's consent alone; what was not tried, or is not possible, is no fact. */
function activeFacts({ clientRenegotiation, earlyData }: Visited): Facts {
  const parts: Facts[] = [];
  if (clientRenegotiation === "undecided") parts.push(only(gapOf("client renegotiation", UNTOLD)));
  else if (clientRenegotiation !== "not-tried" && clientRenegotiation !== "not-possible")
    parts.push(settingFact("client-renegotiation", clientRenegotiation));
  if (earlyData === "undecided") parts.push(only(gapOf("early data", UNTOLD)));
  else if (earlyData !== "not-tried" && earlyData !== "not-possible") parts.push(settingFact("early-data", earlyData));
  return joinFacts(parts);
}
