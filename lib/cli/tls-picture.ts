import type { Cause } from "../core/cause.ts";
import type { Observation } from "../core/observation.ts";
import { readChain } from "../requirements/s27/cert-chain.ts";
import { hasNames, isForHost, issuerShown, namesShown } from "../requirements/s27/cert-names.ts";
import { certificateFacts } from "../requirements/s27/profile-chain-facts.ts";
import { handshakeFacts, joinFacts } from "../requirements/s27/profile-facts.ts";
import { gradeFacts } from "../requirements/s27/profile-findings.ts";
import { preferenceFacts } from "../requirements/s27/profile-preference.ts";
import type { Visited } from "../requirements/s27/tls-endpoint.ts";
import type { PresentedChain, TlsVisit, VersionTrial } from "../tls/observations.ts";
import type { Grade, ProfileVerdict, TlsProfile } from "../tls/profile.ts";

/** One line of the graded table: what was found, where, and what the profile says of it. */
export interface GradedLine {
  readonly parameter: string;
  readonly value: string;
  /** The version or certificate that it was seen with; empty where there is none to name. */
  readonly where: string;
  readonly grade: Grade;
  readonly verdict: ProfileVerdict;
  readonly disputed: boolean;
  readonly source: string;
}

/** What stayed open, and why. */
export interface OpenLine {
  readonly what: string;
  readonly cause: Cause;
  readonly detail: string;
}

export interface ShownCertificate {
  readonly kind: PresentedChain["kind"];
  readonly names: string;
  /** Whether it is for the host that was asked for, by subjectAltName alone. */
  readonly forHost: boolean;
  readonly issuer: string;
  readonly notAfter: string | null;
  /** Whether it was within its dates when it was seen. */
  readonly inDate: boolean;
  /** Certificates that were sent. */
  readonly sent: number;
  readonly reachesRoot: boolean;
  readonly stapled: boolean;
}

/** One TLS server at one address as a person reads it. */
export interface TlsPicture {
  readonly target: string;
  readonly state: TlsVisit["state"] | "unobserved";
  /** Of an unobserved one, and of one without TLS. */
  readonly cause: Cause | null;
  readonly detail: string;
  readonly startTls: string | null;
  readonly versions: readonly VersionTrial[];
  readonly lines: readonly GradedLine[];
  readonly open: readonly OpenLine[];
  readonly certificates: readonly ShownCertificate[];
  readonly otherNames: Visited["otherNames"];
  readonly rootStore: Visited["rootStore"] | null;
  readonly connections: number;
}

const NOTHING = {
  ...{ cause: null, detail: "", startTls: null, versions: [], lines: [], open: [], certificates: [], otherNames: [] },
  ...{ rootStore: null, connections: 0 },
} as const;

/** What an observation shows, every fact graded by the profile. */
export function tlsPicture(observation: Observation<"tls.endpoint">, profile: TlsProfile): TlsPicture {
  const { target, result } = observation;
  if (result.state === "unobserved") {
    return { ...NOTHING, target, state: "unobserved", cause: result.cause, detail: result.detail };
  }
  const visit = result.value;
  const detail = visit.state === "no-tls" ? visit.detail : "";
  if (visit.state !== "visited") return { ...NOTHING, target, state: visit.state, detail };
  return { ...NOTHING, target, ...visitedPicture(visit, profile, Date.parse(observation.observedAt)) };
}

function visitedPicture(
  visit: Visited,
  profile: TlsProfile,
  at: number,
): Omit<TlsPicture, "target" | "cause" | "detail"> {
  const facts = joinFacts([handshakeFacts(visit), preferenceFacts(visit, profile), certificateFacts(visit, at)]);
  const { versions, startTls, otherNames, rootStore, connections } = visit;
  return {
    ...{ state: "visited", versions, startTls, otherNames, rootStore, connections },
    lines: gradeFacts(profile, facts.seen).map(({ value, where, grade: { grade, verdict, isDisputed, rows } }) => {
      const [row] = rows;
      const { parameter = "", source = "" } = row ?? {};
      return { parameter, value, where, grade, verdict, disputed: isDisputed, source };
    }),
    open: facts.gaps,
    certificates: visit.chains.map((chain) => certificateOf(chain, visit.host, at)),
  };
}

const UNREAD = {
  ...{ names: "?", forHost: false, issuer: "?", notAfter: null, inDate: false, reachesRoot: false },
} as const;

function certificateOf(chain: PresentedChain, host: string, at: number): ShownCertificate {
  const read = readChain(chain, at);
  const shared = { kind: chain.kind, sent: chain.chain.length, stapled: chain.staple !== null };
  if (read === null) return { ...shared, ...UNREAD };
  const { leaf, isAnchored } = read;
  return {
    ...shared,
    names: hasNames(leaf) ? namesShown(leaf) : "–",
    forHost: isForHost(leaf, host),
    issuer: issuerShown(leaf),
    notAfter: new Date(leaf.notAfter).toISOString(),
    inDate: leaf.notBefore <= at && at <= leaf.notAfter,
    reachesRoot: isAnchored,
  };
}
