import { Buffer } from "node:buffer";
import type { Finding, FindingMaker } from "../../core/finding.ts";
import { defineCheck, type JudgeContext } from "../../core/requirement.ts";
import { isSelfSigned, pathProblem } from "../../tls/certificate-path.ts";
import type { Certificate } from "../../tls/certificate.ts";
import type { PresentedChain } from "../../tls/observations.ts";
import { isProvenRevoked } from "../../tls/ocsp-staple.ts";
import { suiteOf } from "../../tls/suites.ts";
import { plainTime } from "../wording.ts";
import { type ReadChain, readChain } from "./cert-chain.ts";
import { hasNames, isForHost, issuerShown, namesShown } from "./cert-names.ts";
import { notJudged, OTHER_LOOKS } from "./tls-absence.ts";
import { endpointName, gapFinding, gapOf, isMailRelay, shortList, type Visited } from "./tls-endpoint.ts";
import { tlsMessages } from "./tls-messages.ts";

type Make = FindingMaker<typeof tlsMessages>;

const DAY = 86_400_000;
/** Whoever renews by hand needs about this long. */
const FORECAST = 14 * DAY;
const MILLISECONDS = 1000;

/**
 * The head clause's share in certificates: every chain that a server presents is for its name, in date and complete up to a trusted
 * root. Mail servers that others deliver to need none of that (S9).
 */
export const certificateCheck = defineCheck(tlsMessages, {
  id: "s27.certificate",
  clause: "head",
  needs: ["tls.endpoint"],
  beside: OTHER_LOOKS,
  judge: ({ "tls.endpoint": visit }, context, finding) => {
    if (visit.state !== "visited") return notJudged(visit, context, finding);
    const target = endpointName(visit, context.asset);
    if (isMailRelay(context.asset)) return [finding("S27_CERTIFICATE_TRUST_NOT_NEEDED", { target })];
    return judgeCertificates(visit, target, context, finding);
  },
});

/** What is known of one endpoint while its chains are judged. */
interface Measure {
  readonly target: string;
  readonly host: string;
  readonly at: number;
  /** The root store by name and date. */
  readonly roots: string;
  readonly finding: Make;
}

/** A presented chain with what is wrong with it, and what lies ahead. */
interface Judged {
  readonly kind: string;
  /** When the first certificate of its path ends; null where it could not be read. */
  readonly ends: number | null;
  readonly faults: readonly Finding[];
  readonly forecasts: readonly Finding[];
}

/** Every chain, and every kind of certificate that stayed open. Success comes last. */
function judgeCertificates(visit: Visited, target: string, { at }: JudgeContext, finding: Make): readonly Finding[] {
  const { chains, chainsOpen, rootStore, host } = visit;
  const measure = { target, host, at, roots: `${rootStore.name} (${rootStore.date})`, finding };
  const judged = chains.map((chain) => judgeChain(chain, signsWith(chain, visit), measure));
  const open = chainsOpen.map(({ kind, undecided }) => gapFinding(target, gapOf(`${kind} certificate`, undecided)));
  const none = chains.length === 0 && open.length === 0 ? [finding("S27_CERTIFICATE_NONE_SEEN", { target })] : [];
  const faults = [...judged.flatMap((one) => one.faults), ...open, ...none];
  const forecasts = judged.flatMap((one) => one.forecasts);
  const ends = judged.flatMap((one) => one.ends ?? []);
  if (faults.length > 0 || ends.length === 0) return [...faults, ...forecasts];
  const evidence = { target, certificate: shortList(judged.map(({ kind }) => kind)), roots: measure.roots };
  return [...forecasts, finding("S27_CERTIFICATE_VALID", { ...evidence, expires: timeOf(Math.min(...ends)) })];
}

/** Whether the server signs handshakes with the key of this certificate. RSA may also decipher, and leave TLS 1.3 to another kind. */
function signsWith({ kind }: PresentedChain, { suites, chains }: Visited): boolean {
  if (kind !== "RSA") return true;
  const isAlone = chains.every((other) => other.kind === "RSA");
  return suites.some(({ version, accepted }) => {
    if (version === "TLSv1.3") return isAlone;
    return accepted.some((suite) => {
      const parts = suiteOf(suite);
      return parts?.authentication === "RSA" && (parts.keyExchange === "ECDHE" || parts.keyExchange === "DHE");
    });
  });
}

function judgeChain(chain: PresentedChain, isSigning: boolean, measure: Measure): Judged {
  const { target, at, finding } = measure;
  const evidence = { target, certificate: chain.kind };
  const read = readChain(chain, at);
  if (read === null)
    return {
      kind: chain.kind,
      ends: null,
      faults: [finding("S27_CERTIFICATE_NOT_UNDERSTOOD", evidence)],
      forecasts: [],
    };
  const faults = [
    ...dateFaults(read.leaf, evidence, measure),
    ...nameFaults(read.leaf, evidence, measure),
    ...(read.isAnchored ? pathFaults(read, evidence, measure) : trustFaults(read, evidence, measure)),
    ...(isSigning ? useFaults(read.leaf, evidence, measure) : []),
    ...revocationFaults(chain, read, evidence, measure),
  ];
  const ends = Math.min(...read.path.map(({ notAfter }) => notAfter));
  const isNear = ends >= at && ends < at + FORECAST;
  const forecasts = isNear ? [finding("S27_CERTIFICATE_ENDS_SOON", { ...evidence, expires: timeOf(ends) })] : [];
  return { kind: chain.kind, ends, faults, forecasts };
}

type Evidence = Readonly<Record<"target" | "certificate", string>>;

/** Against the time of the look, never against now. */
function dateFaults(leaf: Certificate, evidence: Evidence, { at, finding }: Measure): readonly Finding[] {
  const { notBefore, notAfter } = leaf;
  if (notAfter < at) return [finding("S27_CERTIFICATE_EXPIRED", { ...evidence, expires: timeOf(notAfter) })];
  if (notBefore > at) return [finding("S27_CERTIFICATE_NOT_YET_VALID", { ...evidence, begins: timeOf(notBefore) })];
  return [];
}

/** By subjectAltName alone (RFC 9525): a certificate without one is for nobody. */
function nameFaults(leaf: Certificate, evidence: Evidence, { host, finding }: Measure): readonly Finding[] {
  if (isForHost(leaf, host)) return [];
  if (!hasNames(leaf)) return [finding("S27_CERTIFICATE_NO_NAMES", { ...evidence, name: host })];
  return [finding("S27_CERTIFICATE_WRONG_NAME", { ...evidence, name: host, names: namesShown(leaf) })];
}

/** A path up to a trusted root, which must hold (RFC 5280 section 6); the leaf's own dates are told already. */
function pathFaults({ path, leaf }: ReadChain, evidence: Evidence, { at, finding }: Measure): readonly Finding[] {
  const problem = pathProblem(path, at);
  if (problem === null) return [];
  if (problem === "not-understood") return [finding("S27_CERTIFICATE_NOT_UNDERSTOOD", evidence)];
  if (problem !== "expired" && problem !== "not-yet-valid")
    return [finding("S27_CERTIFICATE_CHAIN_INVALID", { ...evidence, reason: problem })];
  const late = path.findIndex((one) => one !== leaf && (one.notAfter < at || one.notBefore > at));
  const below = path[late - 1];
  // No issuer is out of date: the leaf is, and that is told.
  if (below === undefined) return [];
  return [finding("S27_CERTIFICATE_ISSUER_OUT_OF_DATE", { ...evidence, issuer: issuerShown(below) })];
}

/** RFC 8446 section 4.4.2.2, RFC 5246 section 7.4.2; a key that may do nothing that servers do is told already. */
function useFaults({ keySigns, keyServesTls }: Certificate, evidence: Evidence, { finding }: Measure) {
  if (keySigns !== false || keyServesTls !== true) return [];
  return [finding("S27_CERTIFICATE_CHAIN_INVALID", { ...evidence, reason: "key-may-not-sign" })];
}

/** By the response that came with it alone: nobody is asked. */
function revocationFaults({ staple }: PresentedChain, { leaf, path }: ReadChain, evidence: Evidence, measure: Measure) {
  const [, issuer] = path;
  if (staple === null || issuer === undefined) return [];
  const isRevoked = isProvenRevoked(new Uint8Array(Buffer.from(staple, "base64")), leaf, issuer, measure.at);
  return isRevoked ? [measure.finding("S27_CERTIFICATE_REVOKED", evidence)] : [];
}

/** No trusted root above: which of the three ways, each with a remedy of its own. */
function trustFaults({ leaf, path, anchor }: ReadChain, evidence: Evidence, measure: Measure): readonly Finding[] {
  const { roots, finding } = measure;
  // The prober found a root, and the path does not lead there: neither proven nor refuted.
  if (anchor !== null) return [finding("S27_CERTIFICATE_NOT_UNDERSTOOD", evidence)];
  if (isSelfSigned(leaf)) return [finding("S27_CERTIFICATE_SELF_SIGNED", evidence)];
  const last = path.at(-1) ?? leaf;
  const about = { ...evidence, issuer: issuerShown(last), roots };
  const isAlone = Buffer.compare(last.octets, leaf.octets) === 0;
  return [finding(isAlone ? "S27_CERTIFICATE_CHAIN_INCOMPLETE" : "S27_CERTIFICATE_UNKNOWN_AUTHORITY", about)];
}

function timeOf(milliseconds: number): string {
  return plainTime(milliseconds / MILLISECONDS);
}
