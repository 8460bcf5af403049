import { Buffer } from "node:buffer";
import type { Cause } from "../../core/cause.ts";
import type { CertificateType, Handshake } from "../../mail/observations.ts";
import { publicKeyOfSpki } from "../../tls/certificate-signature.ts";
import { parseCertificate } from "../../tls/certificate.ts";
import type { Attempt } from "./tls-handshake.ts";

/** The order in which kinds of certificates are asked for. */
export const CERTIFICATE_TYPES: readonly CertificateType[] = ["rsa", "ecdsa"];

export type Attempts = Readonly<Record<CertificateType, readonly Attempt[]>>;

/**
 * Alerts by which servers say that they share nothing with what was offered: handshake_failure, unsupported_certificate,
 * illegal_parameter, insufficient_security (RFC 8446 section 6.2).
 */
export const NOTHING_SHARED: ReadonlySet<number> = new Set([40, 43, 47, 71]);
/**
 * Alerts by which servers give up that never looked further than their one certificate, protocol_version and internal_error: a
 * passing fault gives the second, so it takes two.
 */
export const GIVING_UP: ReadonlySet<number> = new Set([70, 80]);

/**
 * The kind to be asked for next: each once, and once more when the server hung up on it without a reason, or gave up on it while
 * the other kind came about. Null: enough is known.
 */
export function nextToTry(attempts: Attempts): CertificateType | null {
  const untried = CERTIFICATE_TYPES.find((type) => attempts[type].length === 0);
  const again = CERTIFICATE_TYPES.find((type) => attempts[type].length === 1 && isWorthAnother(type, attempts));
  return untried ?? again ?? null;
}

function isWorthAnother(type: CertificateType, attempts: Attempts): boolean {
  const own = last(attempts, type);
  if (own?.outcome === "closed") return true;
  return own?.outcome === "alert" && GIVING_UP.has(own.alert) && worksOtherwise(type, attempts);
}

/** What the attempts show of each kind. A refusal speaks of one kind only if the other came about, of TLS only if both were refused. */
export function handshakesOf(attempts: Attempts): readonly Handshake[] {
  return CERTIFICATE_TYPES.map((type) => judge(type, attempts));
}

/** Both kinds unobserved for one reason, which lies before TLS. */
export function handshakesMissed(cause: Cause, detail: string): readonly Handshake[] {
  return CERTIFICATE_TYPES.map((type) => missed(type, cause, detail));
}

const BLANK = { cause: null, protocol: null, suite: null, chain: [] } as const;

function judge(type: CertificateType, attempts: Attempts): Handshake {
  const own = last(attempts, type);
  if (own === null) return missed(type, "tool-limit", "not tried");
  if (own.outcome === "completed") return { ...BLANK, type, ...own, detail: sayingOf(own) };
  // A certificate of the kind was there, whatever became of the handshake: it is never "not offered".
  const chain = attempts[type].map(chainOf).find((each) => kindOfLeaf(each) === type) ?? [];
  const why = worksOtherwise(type, attempts) && chain.length === 0 ? whyNotOffered(type, own, attempts) : null;
  if (why !== null) return { ...BLANK, type, outcome: "not-offered", detail: why };
  return { ...broken(type, own, last(attempts, otherThan(type))), chain };
}

/** What shows that the server has no certificate of this kind, where it has one of the other; null when nothing does. */
function whyNotOffered(type: CertificateType, own: Attempt, attempts: Attempts): string | null {
  const detail = sayingOf(own);
  const isOfOther = kindOfLeaf(chainOf(own)) === otherThan(type);
  if (isOfOther && own.outcome !== "unobserved") return `${detail}, and it presented the other kind of certificate`;
  if (own.outcome === "closed") return `${detail}, twice`;
  if (own.outcome !== "alert") return null;
  if (NOTHING_SHARED.has(own.alert)) return detail;
  const isTwice = attempts[type].length > 1 && attempts[type].every(isGivingUp);
  return isTwice ? `${detail}, twice` : null;
}

function isGivingUp(attempt: Attempt): boolean {
  return attempt.outcome === "closed" || (attempt.outcome === "alert" && GIVING_UP.has(attempt.alert));
}

/** A handshake that did not come about, and does not show that the kind is not offered. */
function broken(type: CertificateType, own: Attempt, other: Attempt | null): Handshake {
  const detail = sayingOf(own);
  const isOtherFine = other?.outcome === "completed";
  switch (own.outcome) {
    case "unobserved":
      return missed(type, own.cause, detail);
    case "alert":
      return isOtherFine ? missed(type, "tls-failed", detail) : refused(type, detail, other);
    case "unusable":
      return isOtherFine ? missed(type, "protocol-error", detail) : refused(type, detail, other);
    default:
      return missed(type, "connection-reset", detail);
  }
}

/** The server gave its reason against this kind, and the other kind did not come about. */
function refused(type: CertificateType, detail: string, other: Attempt | null): Handshake {
  if (other?.outcome === "alert" || other?.outcome === "unusable") return { ...BLANK, type, outcome: "failed", detail };
  return missed(type, other?.outcome === "unobserved" ? other.cause : "connection-reset", detail);
}

function missed(type: CertificateType, cause: Cause, detail: string): Handshake {
  return { ...BLANK, type, outcome: "unobserved", cause, detail };
}

/** What became of it, in one line. */
export function sayingOf(attempt: Attempt): string {
  switch (attempt.outcome) {
    case "completed":
      return "the handshake was completed";
    case "alert":
      return `the server refused with TLS alert ${attempt.alert}`;
    case "closed":
      return "the server hung up during the handshake";
    case "unusable":
      return `what the server sent makes no handshake: ${attempt.code}`;
    case "unobserved":
      return attempt.detail;
  }
}

function chainOf(attempt: Attempt): readonly string[] {
  return attempt.outcome === "unobserved" ? [] : attempt.chain;
}

/** By the leaf's key, as the offers divide them: everything that is not RSA goes with ECDSA. Null where it cannot be read. */
function kindOfLeaf([leaf]: readonly string[]): CertificateType | null {
  const certificate = leaf === undefined ? null : parseCertificate(new Uint8Array(Buffer.from(leaf, "base64")));
  const key = certificate?.ok === true ? publicKeyOfSpki(certificate.value.spki) : null;
  const kind = key?.asymmetricKeyType;
  if (kind === undefined) return null;
  return kind === "rsa" || kind === "rsa-pss" ? "rsa" : "ecdsa";
}

function worksOtherwise(type: CertificateType, attempts: Attempts): boolean {
  return last(attempts, otherThan(type))?.outcome === "completed";
}

function otherThan(type: CertificateType): CertificateType {
  return type === "rsa" ? "ecdsa" : "rsa";
}

function last(attempts: Attempts, type: CertificateType): Attempt | null {
  return attempts[type].at(-1) ?? null;
}
