import type {
  DhSeen,
  ExchangeSignatures,
  ItemTrial,
  SuiteTrial,
  TlsFindings,
  Undecided,
  VersionTrial,
} from "../../tls/observations.ts";
import type { TrackOutcome } from "../../tls/offer-outcome.ts";
import type { SeenHello } from "../../tls/seen-hello.ts";
import { schemeOf } from "../../tls/signature-schemes.ts";
import { suitePreference } from "../../tls/suite-preference.ts";
import { openItems, outcomeOfTrial, type Reasons, undecidedOf } from "../../tls/undecided.ts";
import { TLS_VERSIONS, type TlsVersion } from "../../tls/versions.ts";
import { COMPRESSION_TOPIC, hashTopicName, plainDheTopicName, smallDheTopicName } from "./legacy-topics.ts";
import { bareTopicName, groupsTopicName, suitesTopicName } from "./version-topics.ts";

/** All that was asked and seen. */
export interface Evidence {
  readonly outcome: (topic: string) => TrackOutcome | undefined;
  /** Under the server's own name, at any version. */
  readonly seen: readonly SeenHello[];
  readonly ssl2Kinds: readonly number[];
  readonly reasons: Reasons;
}

const NEVER_ASKED = (name: string): TrackOutcome => {
  const nothing = { name, accepted: [], refused: [], unoffered: [], preference: "unknown", connections: 0 } as const;
  return { ...nothing, undecided: [{ items: [], cause: "not-asked" }] };
};

const trackOf = ({ outcome }: Evidence, name: string): TrackOutcome => outcome(name) ?? NEVER_ASKED(name);
const once = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];

/** Topics any of which can show that a version is accepted. */
const WAYS_TO_ASK = [suitesTopicName, plainDheTopicName, bareTopicName] as const;

export function versionTrials(evidence: Evidence): readonly VersionTrial[] {
  return TLS_VERSIONS.map((version) => {
    const tracks = WAYS_TO_ASK.flatMap((nameOf) => evidence.outcome(nameOf(version)) ?? []);
    const asked = tracks.length > 0 ? tracks : [NEVER_ASKED(version)];
    // One acceptance is enough, whatever the way of asking; a refusal must be one of every way.
    const decisive =
      asked.find((track) => outcomeOfTrial(track) === "accepted") ??
      asked.find((track) => outcomeOfTrial(track) === "undecided");
    const outcome = decisive === undefined ? "refused" : outcomeOfTrial(decisive);
    const isOpen = decisive !== undefined && outcome === "undecided";
    return { version, outcome, undecided: isOpen ? undecidedOf(decisive, evidence.reasons) : null };
  });
}

/** What the server chose although it was not offered is in use all the same. */
function acceptedIn({ accepted, unoffered }: TrackOutcome): readonly number[] {
  return once([...accepted, ...unoffered]);
}

export function suiteTrial(version: TlsVersion, evidence: Evidence): SuiteTrial {
  const track = trackOf(evidence, suitesTopicName(version));
  if (version === "SSLv2")
    return { version, accepted: evidence.ssl2Kinds, open: [], undecided: null, preference: "unknown" };
  const seen = evidence.seen.filter((each) => each.version === version);
  // Every suite that was seen in use counts, whatever the question was.
  const accepted = once([...acceptedIn(track), ...seen.map(({ suite }) => suite)]);
  const open = openItems(track).filter((item) => !accepted.includes(item));
  const picks = seen.filter(({ kind }) => kind === "all");
  const preference = suitePreference(accepted, picks);
  return { version, accepted, open, undecided: undecidedOf(track, evidence.reasons), preference };
}

export function groupTrial(version: "TLSv1.2" | "TLSv1.3", evidence: Evidence): ItemTrial {
  const track = evidence.outcome(groupsTopicName(version));
  const seen = evidence.seen.flatMap((each) => (each.version === version ? (each.group ?? []) : []));
  if (track === undefined) return { version, accepted: once(seen), open: [], undecided: null };
  const accepted = once([...acceptedIn(track), ...seen]);
  const open = openItems(track).filter((item) => !accepted.includes(item));
  return { version, accepted, open, undecided: undecidedOf(track, evidence.reasons) };
}

export function dhPrimes({ seen }: Evidence): readonly DhSeen[] {
  const different = new Map<string, DhSeen>();
  for (const { version, prime } of seen)
    if (prime !== null) {
      const key = `${version} ${prime.group ?? "unknown"} ${prime.bits}`;
      if (!different.has(key)) different.set(key, { version, ...prime });
    }
  return [...different.values()];
}

/** What kept a question about DHE from being answered; null where every one was, or none was asked. */
export function openDhe(evidence: Evidence): Undecided | null {
  const asked = TLS_VERSIONS.flatMap((version) => [plainDheTopicName(version), smallDheTopicName(version)]);
  const open = asked
    .flatMap((name) => evidence.outcome(name) ?? [])
    .find((track) => outcomeOfTrial(track) === "undecided");
  return open === undefined ? null : undecidedOf(open, evidence.reasons);
}

export function exchangeSignatures(evidence: Evidence): ExchangeSignatures | null {
  const chosen = once(
    evidence.seen.flatMap(({ version, kind, scheme }) =>
      version === "TLSv1.2" && kind === "all" ? (scheme ?? []) : [],
    ),
  );
  if (chosen.length === 0) return null;
  const weak = (["SHA1", "SHA224"] as const).map((hash) => {
    const track = trackOf(evidence, hashTopicName(hash));
    const outcome = outcomeOfTrial(track);
    return { hash, outcome, undecided: outcome === "undecided" ? undecidedOf(track, evidence.reasons) : null };
  });
  const asked = evidence.outcome(hashTopicName(STRONG));
  if (asked === undefined) return { chosen, weak, strong: "accepted" };
  const strong = outcomeOfTrial(asked);
  const open = strong === "undecided" ? undecidedOf(asked, evidence.reasons) : null;
  return { chosen, weak, strong, ...(open === null ? {} : { strongOpen: open }) };
}

/** The offer of SHA-256, SHA-384 and SHA-512 alone. */
export const STRONG = "SHA-2";
export const STRONG_HASHES: readonly string[] = ["SHA256", "SHA384", "SHA512"];

/** Suites whose key exchange the server signed with a weak hash although it was offered strong ones. */
export function weaklySigned(seen: readonly SeenHello[]): readonly number[] {
  const weak = seen.filter(({ version, kind, scheme }) => {
    if (version !== "TLSv1.2" || kind !== "all" || scheme === null) return false;
    // EdDSA hashes by itself, and with nothing weak.
    return schemeOf(scheme).key !== "EdDSA" && !STRONG_HASHES.includes(schemeOf(scheme).hash);
  });
  return once(weak.map(({ suite }) => suite));
}

/** What the newest version before TLS 1.3 shows; null where there is none. */
export function legacyFindings(newest: TlsVersion | null, evidence: Evidence): TlsFindings["legacy"] {
  if (newest === null) return null;
  const seen = evidence.seen.filter(({ version }) => version === newest);
  // A compact hello asks for neither of these two.
  const full = seen.filter(({ isCompact }) => !isCompact);
  return {
    ...compressionIn(seen, evidence),
    renegotiationInfo: seen.length > 0 && seen.every(({ hasRenegotiationInfo }) => hasRenegotiationInfo),
    extendedMasterSecret: full.length > 0 && full.every(({ hasExtendedMasterSecret }) => hasExtendedMasterSecret),
    encryptThenMac: full.some(({ hasEncryptThenMac }) => hasEncryptThenMac),
  };
}

const DEFLATE = 1;

function compressionIn(
  seen: readonly SeenHello[],
  evidence: Evidence,
): Pick<NonNullable<TlsFindings["legacy"]>, "compression" | "compressionOpen"> {
  const method = seen.find(({ compressionMethod }) => compressionMethod !== 0)?.compressionMethod;
  if (method !== undefined) return { compression: method === DEFLATE ? "DEFLATE" : "other" };
  if (seen.some(({ offersCompression }) => offersCompression)) return { compression: "none" };
  const track = trackOf(evidence, COMPRESSION_TOPIC);
  if (outcomeOfTrial(track) !== "undecided") return { compression: "none" };
  const open = undecidedOf(track, evidence.reasons);
  return { compression: "undecided", ...(open === null ? {} : { compressionOpen: open }) };
}
