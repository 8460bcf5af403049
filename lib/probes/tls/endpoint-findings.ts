import type { OtherName, TlsAddress, TlsFindings, VersionTrial } from "../../tls/observations.ts";
import { presentedChains } from "../../tls/presented-chains.ts";
import { suiteOf } from "../../tls/suites.ts";
import { openItems, outcomeOfTrial, undecidedOf } from "../../tls/undecided.ts";
import type { TlsVersion } from "../../tls/versions.ts";
import { tryEarlyData, tryRenegotiation } from "./active-trials.ts";
import {
  dhPrimes,
  type Evidence,
  exchangeSignatures,
  groupTrial,
  legacyFindings,
  openDhe,
  suiteTrial,
} from "./assemble-findings.ts";
import { keyTopicName, MODERN_KEYS_TOPIC } from "./key-topics.ts";
import { nameTopicName } from "./legacy-topics.ts";
import { kindsSeen } from "./notebook.ts";
import type { Profile } from "./profile-endpoint.ts";
import { KEY_KINDS, type KeyKind } from "./runtime-offers.ts";
import { lookAtModernChains, lookAtOtherNames, type RuntimeLook } from "./runtime-look.ts";
import { trustedRoots } from "./trusted-roots.ts";
import { suitesTopicName } from "./version-topics.ts";

export interface FindingsTask {
  readonly where: TlsAddress;
  readonly profile: Profile;
  readonly evidence: Evidence;
  readonly versions: readonly VersionTrial[];
  readonly look: RuntimeLook;
  readonly isActive: boolean;
  readonly tools: { readonly extraAuthorities: readonly string[] };
}

/** All findings of a server that has some TLS; makes the last connections itself. */
export async function findingsOf(task: FindingsTask): Promise<Omit<TlsFindings, "connections">> {
  const { evidence, versions, profile, look, tools } = task;
  const accepted = versions.flatMap(({ version, outcome }) => (outcome === "accepted" ? version : []));
  const isModern = accepted.includes("TLSv1.3");
  const chainsOpen = [...(await openChains(task, isModern)), ...chainsLeftOut(task)];
  const otherNames = await otherNamesOf(task, isModern);
  const roots = trustedRoots(tools.extraAuthorities);
  const openPrimes = openDhe(evidence);
  return {
    versions,
    suites: accepted.map((version) => suiteTrial(version, evidence)),
    groups: (["TLSv1.2", "TLSv1.3"] as const)
      .filter((version) => accepted.includes(version))
      .map((version) => groupTrial(version, evidence)),
    dhPrimes: dhPrimes(evidence),
    ...(openPrimes === null ? {} : { dhOpen: openPrimes }),
    signatures: accepted.includes("TLSv1.2") ? exchangeSignatures(evidence) : null,
    chains: presentedChains(look.notebook.chains, roots.store),
    chainsOpen,
    legacy: legacyFindings(profile.newestLegacy, evidence),
    otherNames,
    ...(await activeTrials(task, accepted)),
    rootStore: roots.about,
  };
}

/** By consent alone; early data is not tried where TLS begins on demand, since there is nothing harmless to say early. */
async function activeTrials(
  { where, look, isActive }: FindingsTask,
  accepted: readonly TlsVersion[],
): Promise<Pick<TlsFindings, "clientRenegotiation" | "earlyData">> {
  if (!isActive) return { clientRenegotiation: "not-tried", earlyData: "not-tried" };
  const { line, limits, signal } = look;
  const wanted = { serverName: where.serverName, timeoutMs: limits.handshakeMs, signal };
  const isLegacy = accepted.some((version) => version !== "TLSv1.3");
  const mayBeEarly = where.startTls === null;
  const modern = accepted.includes("TLSv1.3");
  return {
    clientRenegotiation: isLegacy ? await tryRenegotiation(line.connect, wanted) : "not-possible",
    earlyData: !modern ? "not-possible" : mayBeEarly ? await tryEarlyData(line.connect, wanted) : "not-tried",
  };
}

/** A server with another chain for every connection is not known by the first few. */
function chainsLeftOut({ look: { notebook } }: FindingsTask): TlsFindings["chainsOpen"] {
  if (!notebook.hasLeftOutChains) return [];
  const detail = "it presents more different chains than are looked at";
  return [{ kind: "RSA", undecided: { cause: "tool-limit", detail } }];
}

/** Looks for certificates of the kinds not seen yet; says of which it stays open. */
async function openChains(task: FindingsTask, isModern: boolean): Promise<TlsFindings["chainsOpen"]> {
  const { where, evidence, look } = task;
  if (isModern) {
    const asked = evidence.outcome(MODERN_KEYS_TOPIC);
    const isWithout = asked !== undefined && outcomeOfTrial(asked) === "refused";
    return lookAtModernChains(where.serverName, (kind) => isWithout && kind !== "RSA", look);
  }
  const seen = kindsSeen(look.notebook);
  const missing = KEY_KINDS.filter((kind) => !seen.has(kind));
  return missing.flatMap((kind) => {
    const undecided = openInLegacy(kind, evidence);
    return undecided === null ? [] : { kind, undecided };
  });
}

/** Without TLS 1.3 a kind is known to be missing where every suite that needs it was refused. */
function openInLegacy(kind: KeyKind, evidence: Evidence): TlsFindings["chainsOpen"][number]["undecided"] | null {
  const own = evidence.outcome(keyTopicName(kind));
  if (own !== undefined) return undecidedOf(own, evidence.reasons);
  for (const version of ["TLSv1.2", "TLSv1.1", "TLSv1.0", "SSLv3"] as const) {
    const track = evidence.outcome(suitesTopicName(version));
    if (track === undefined) continue;
    if (kind === "EdDSA" && version !== "TLSv1.2") continue;
    if (openItems(track).some((suite) => needs(suite, kind))) return undecidedOf(track, evidence.reasons);
  }
  return null;
}

function needs(suite: number, kind: KeyKind): boolean {
  const authentication = suiteOf(suite)?.authentication;
  if (kind === "RSA") return authentication === "RSA" || authentication === "DH";
  return authentication === "ECDSA" || (kind === "ECDSA" && authentication === "ECDH");
}

async function otherNamesOf({ where, profile, look }: FindingsTask, isModern: boolean): Promise<readonly OtherName[]> {
  const indicated: readonly OtherName["indicated"][] =
    where.serverName === null ? ["unknown-name"] : ["none", "unknown-name"];
  if (profile.newestLegacy === null) return isModern ? lookAtOtherNames(indicated, look) : [];
  const own = new Set(look.notebook.chains.map(({ chain }) => chain[0]));
  return indicated.flatMap((name) => {
    const track = profile.inquiry.outcome(nameTopicName(name));
    if (track === undefined) return [];
    const outcome = outcomeOfTrial(track);
    if (outcome !== "accepted") return { indicated: name, outcome };
    const leaf = profile.otherLeaves.get(name);
    return { indicated: name, outcome: own.has(leaf) ? "same-certificate" : "other-certificate" };
  });
}
