import { Buffer } from "node:buffer";
import type { KeyObject } from "node:crypto";
import type { Certificate } from "./certificate.ts";
import { canBeIssuedBy, isSignedWith, publicKeyOf } from "./certificate-signature.ts";
import { DIRECTORY_NAME, type NameConstraints, permitsDirectory, permitsDns } from "./name-constraints.ts";

/** Forms of names that stand in subjectAltName only: mailboxes, URIs and addresses. */
const IN_ALTERNATIVE_NAMES: ReadonlySet<number> = new Set([0x81, 0x86, 0x87]);

/** Why a path of certificates proves nothing (RFC 5280 section 6), in the order in which they are looked for. */
export type PathProblem =
  | "signature-invalid"
  | "not-an-authority"
  | "path-too-long"
  /** By extKeyUsage of any link, or keyUsage of the leaf. */
  | "not-for-servers"
  /** An authority may not issue for the names below it. */
  | "name-not-permitted"
  | "expired"
  | "not-yet-valid"
  /** Constraints on other names than hosts' and subjects', or a critical extension that is not understood: neither proven nor refuted. */
  | "not-understood";

/** A key that stands above a path's last certificate without a certificate of its own. */
export interface BareAnchor {
  readonly key: KeyObject;
}

/**
 * What is wrong with a path, leaf first, whose last certificate is trusted, or else is signed with `anchor`; null when nothing
 * is. Dates are judged at `at`, in epoch milliseconds; a trusted certificate that is not a root has none that count (RFC 5280
 * section 6.1, and so OpenSSL). Names are not looked at.
 */
export function pathProblem(
  path: readonly Certificate[],
  at: number,
  anchor: BareAnchor | null = null,
): PathProblem | null {
  const [leaf] = path;
  if (leaf === undefined) return "signature-invalid";
  const authorities = path.slice(1);
  const isSigned = path.every((certificate, depth) => {
    const issuer = path[depth + 1];
    if (issuer !== undefined) return isSignedWith(certificate, publicKeyOf(issuer));
    return anchor === null || isSignedWith(certificate, anchor.key);
  });
  if (!isSigned) return "signature-invalid";
  const trusted = anchor === null ? authorities.at(-1) : null;
  if (!authorities.every((one) => maySign(one, one === trusted))) return "not-an-authority";
  if (!authorities.every((authority, index) => hasRoomFor(authority, authorities.slice(0, index))))
    return "path-too-long";
  if (leaf.keyServesTls === false || path.some(({ mayServeTls }) => mayServeTls === false)) return "not-for-servers";
  if (!keepsConstraints(path)) return "name-not-permitted";
  const dated = anchor === null ? datedOf(path) : path;
  if (dated.some(({ notAfter }) => notAfter < at)) return "expired";
  if (dated.some(({ notBefore }) => notBefore > at)) return "not-yet-valid";
  return isUnderstood(path) ? null : "not-understood";
}

/** The certificates of a path whose dates count: all but a trusted one that is not a root. */
export function datedOf(path: readonly Certificate[]): readonly Certificate[] {
  return path.filter((one, depth) => depth < path.length - 1 || isSelfSigned(one));
}

/** RFC 5280 section 4.2.1.10: each authority's constraints hold for everything below it, but for its own new keys. */
function keepsConstraints(path: readonly Certificate[]): boolean {
  return path.every(({ nameConstraints }, depth) => {
    const below = path.slice(0, depth);
    return (
      nameConstraints === null ||
      below.every((one, index) => (index > 0 && one.isSelfIssued) || isWithin(nameConstraints, one, index === 0))
    );
  });
}

function isWithin(constraints: NameConstraints, certificate: Certificate, isLeaf: boolean): boolean {
  return (
    permitsDns(constraints, hostNames(certificate, isLeaf)) && permitsDirectory(constraints, certificate.subjectParts)
  );
}

/** An authority's common name is its title; a server's is a host name where there are no others and it can be one. */
function hostNames({ dnsNames, commonNames }: Certificate, isLeaf: boolean): readonly Uint8Array[] {
  if (dnsNames.length > 0 || !isLeaf) return dnsNames;
  return commonNames.filter((octets) => HOST_NAME.test(Buffer.from(octets).toString("latin1")));
}

const HOST_NAME = /^(?:[a-z0-9_*-]{1,63}\.)+[a-z0-9_-]{1,63}$/iu;

/** Whether everything that could forbid the path was looked at. */
function isUnderstood(path: readonly Certificate[]): boolean {
  return path.every(({ unknownCritical, nameConstraints }, depth) => {
    const forms = new Set(path.slice(0, depth).flatMap(({ otherNameForms }) => otherNameForms));
    const isOfOthers = nameConstraints?.otherForms.some((form) => forms.has(form) || !IN_ALTERNATIVE_NAMES.has(form));
    const isOfDirectories = nameConstraints?.isAboutDirectories === true && forms.has(DIRECTORY_NAME);
    return unknownCritical.length === 0 && isOfOthers !== true && !isOfDirectories;
  });
}

/**
 * basicConstraints decide (RFC 5280 section 6.1.4). In a certificate that is trusted as it is, keyCertSign does without them, and a
 * self-issued one of version 1 is taken for a root.
 */
function maySign(certificate: Certificate, isTrusted: boolean): boolean {
  const { version, isSelfIssued, isAuthority, maySignCertificates } = certificate;
  if (maySignCertificates === false) return false;
  if (isAuthority !== null || !isTrusted) return isAuthority === true;
  return maySignCertificates === true || (version === 1 && isSelfIssued);
}

/** RFC 5280 section 4.2.1.9: self-issued authorities do not count. */
function hasRoomFor({ pathLength }: Certificate, below: readonly Certificate[]): boolean {
  return pathLength === null || below.filter(({ isSelfIssued }) => !isSelfIssued).length <= pathLength;
}

/** Whether the certificate is signed with its own key: it has no other issuer. */
export function isSelfSigned(certificate: Certificate): boolean {
  return certificate.isSelfIssued && isSignedWith(certificate, publicKeyOf(certificate));
}

/** Certificates on a path; longer ones are in no use. */
const PATH_LIMIT = 8;

/**
 * The path that senders build from the leaf, out of `pool` in its order: each time the first possible issuer that is in date at
 * `at`, else the one that ends last, and no way back. That is what OpenSSL does, and so nearly all who send mail; RFC 5280 would
 * allow to try every path. The leaf comes first; a self-signed certificate is the last.
 */
export function pathFrom(leaf: Certificate, pool: readonly Certificate[], at: number): readonly Certificate[] {
  const path = [leaf];
  for (let last = leaf; path.length < PATH_LIMIT && !isSelfSigned(last);) {
    const issuers = pool.filter((candidate) => !path.includes(candidate) && canBeIssuedBy(last, candidate));
    const issuer = issuers.find((one) => isInDate(one, at)) ?? issuers.toSorted((a, b) => b.notAfter - a.notAfter)[0];
    if (issuer === undefined) break;
    path.push(issuer);
    last = issuer;
  }
  return path;
}

function isInDate({ notBefore, notAfter }: Certificate, at: number): boolean {
  return notBefore <= at && at <= notAfter;
}
