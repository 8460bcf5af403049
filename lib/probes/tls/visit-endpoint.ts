import { type Observed, observed, unobserved } from "../../core/observation.ts";
import { abortError, DialError } from "../../dial/dial-error.ts";
import type { Dialer } from "../../dial/dialer.ts";
import { whenAborted } from "../../dial/when-aborted.ts";
import type { TlsAddress, TlsVisit, Undecided, VersionTrial } from "../../tls/observations.ts";
import type { Reasons } from "../../tls/undecided.ts";
import { type Evidence, versionTrials } from "./assemble-findings.ts";
import { findingsOf } from "./endpoint-findings.ts";
import { Notebook } from "./notebook.ts";
import { type Profile, profileEndpoint } from "./profile-endpoint.ts";
import { START_TLS_REFUSED } from "./start-tls.ts";
import type { TlsLimits } from "./tls-limits.ts";
import { TlsLine } from "./tls-line.ts";

export interface VisitTools {
  readonly dialer: Pick<Dialer, "connectTcp">;
  readonly ehloName?: string | undefined;
  readonly extraAuthorities: readonly string[];
  readonly limits: TlsLimits;
}

const NO_TLS = "what the server answers could not be read as TLS";

/** Profiles one TLS server, within a bounded time whatever it does. */
export async function visitEndpoint(
  where: TlsAddress,
  tools: VisitTools,
  { isActive, signal: outer }: { readonly isActive: boolean; readonly signal: AbortSignal },
): Promise<Observed<TlsVisit>> {
  const { limits } = tools;
  const deadline = new AbortController();
  const late = new DialError("tool-limit", "VISIT", `the visit took longer than ${limits.visitMs} ms`);
  const timer = setTimeout(() => deadline.abort(late), limits.visitMs);
  const forget = whenAborted(outer, () => deadline.abort(outer.reason));
  const { signal } = deadline;
  const line = new TlsLine({ ...tools, where, signal });
  const notebook = new Notebook(limits.chains);
  try {
    const left = () => (line.firstFailure === null ? line.left : 0);
    const leash = { left, isCut: () => signal.aborted };
    const profile = await profileEndpoint({ line, notebook, where }, limits, leash);
    if (outer.aborted) throw abortError(outer, "profiling a TLS server");
    const nothing = withoutHello(line.firstFailure, where);
    if (nothing !== null) return nothing;
    const evidence = evidenceOf(profile, notebook, line, limits);
    const versions = versionTrials(evidence);
    if (versions.every(({ outcome }) => outcome !== "accepted"))
      return withoutTls(versions, profile.inquiry.isNeverReadable, where);
    const look = { line, limits, signal, notebook, isSlow: profile.inquiry.isSlow };
    const findings = await findingsOf({ where, profile, evidence, versions, look, isActive, tools });
    if (outer.aborted) throw abortError(outer, "profiling a TLS server");
    return observed({ ...where, state: "visited", ...findings, connections: line.connections });
  } finally {
    clearTimeout(timer);
    forget();
  }
}

function evidenceOf({ inquiry, ssl2Kinds }: Profile, notebook: Notebook, line: TlsLine, limits: TlsLimits): Evidence {
  return {
    outcome: (name) => inquiry.outcome(name),
    get seen() {
      return notebook.seen.filter(({ kind }) => kind !== "foreign");
    },
    ssl2Kinds,
    reasons: reasonsOf(inquiry.hasFallenSilent, line, limits),
  };
}

function reasonsOf(hasFallenSilent: boolean, line: TlsLine, limits: TlsLimits): Reasons {
  const failure = line.lastFailure;
  const unconnected: Undecided = {
    cause: failure?.cause ?? "tcp-timeout",
    detail: failure?.message ?? "no connection came about",
  };
  if (hasFallenSilent) {
    const detail = `the server left ${limits.silences} connections in a row without an answer, so no more was asked`;
    return { unconnected, notAsked: { cause: "tcp-timeout", detail } };
  }
  const detail =
    line.left === 0
      ? `not asked: more than ${limits.connections} connections`
      : `not asked within ${limits.visitMs} ms`;
  return { unconnected, notAsked: { cause: "tool-limit", detail } };
}

/** What it means that the first connection led to no hello; null where it did. */
function withoutHello(failure: DialError | null, where: TlsAddress): Observed<TlsVisit> | null {
  if (failure === null) return null;
  if (failure.cause === "connection-refused") return observed({ ...where, state: "closed" });
  if (failure.code === START_TLS_REFUSED) return observed({ ...where, state: "no-tls", detail: failure.message });
  return unobserved(failure.cause, failure.message);
}

/** Every version was refused in so many words, or what came was no TLS: that is an answer. Anything else is none. */
function withoutTls(
  versions: readonly VersionTrial[],
  isNeverReadable: boolean,
  where: TlsAddress,
): Observed<TlsVisit> {
  if (isNeverReadable) return observed({ ...where, state: "no-tls", detail: NO_TLS });
  const open = versions.flatMap(({ undecided }) => undecided ?? []);
  const other = open.find(({ cause }) => cause !== "protocol-error");
  if (other !== undefined) return unobserved(other.cause, other.detail);
  const [unreadable] = open;
  if (unreadable === undefined) return observed({ ...where, state: "no-tls", detail: "every version was refused" });
  return observed({ ...where, state: "no-tls", detail: unreadable.detail });
}
