import type { Cause } from "../core/cause.ts";

/** Why a connection or an exchange gave nothing usable. `code` is the system's own error code, or one of ours in capitals. */
export class DialError extends Error {
  override readonly cause: Cause;
  readonly code: string;

  constructor(cause: Cause, code: string, message: string) {
    super(message);
    this.name = "DialError";
    this.cause = cause;
    this.code = code;
  }
}

/**
 * System and TLS error codes by what they say about the target or about us. Running out of descriptors, buffers or
 * source ports is our limit, and a code that is not listed is our ignorance: both are `internal`.
 */
const CAUSE_BY_CODE: ReadonlyMap<string, Cause> = new Map<string, Cause>([
  ["ECONNREFUSED", "connection-refused"],
  ["ECONNRESET", "connection-reset"],
  ["ECONNABORTED", "connection-reset"],
  ["EPIPE", "connection-reset"],
  ["ETIMEDOUT", "tcp-timeout"],
  ["EHOSTDOWN", "tcp-timeout"],
  ["ENETUNREACH", "vantage-blocked"],
  ["EHOSTUNREACH", "vantage-blocked"],
  ["ENETDOWN", "vantage-blocked"],
  ["EACCES", "vantage-blocked"],
  ["EPERM", "vantage-blocked"],
  ["EAFNOSUPPORT", "vantage-blocked"],
  ["EPROTO", "tls-failed"],
]);

/** Certificate verification codes as Node reports them (the X509_V_ERR names of OpenSSL without their prefix). */
const CERTIFICATE_CODES: ReadonlySet<string> = new Set([
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_CRL",
  "UNABLE_TO_DECRYPT_CERT_SIGNATURE",
  "UNABLE_TO_DECRYPT_CRL_SIGNATURE",
  "UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY",
  "CERT_SIGNATURE_FAILURE",
  "CRL_SIGNATURE_FAILURE",
  "CERT_NOT_YET_VALID",
  "CERT_HAS_EXPIRED",
  "CRL_NOT_YET_VALID",
  "CRL_HAS_EXPIRED",
  "ERROR_IN_CERT_NOT_BEFORE_FIELD",
  "ERROR_IN_CERT_NOT_AFTER_FIELD",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "CERT_CHAIN_TOO_LONG",
  "CERT_REVOKED",
  "INVALID_CA",
  "PATH_LENGTH_EXCEEDED",
  "INVALID_PURPOSE",
  "CERT_UNTRUSTED",
  "CERT_REJECTED",
  "HOSTNAME_MISMATCH",
]);

/** The one place where an error of the socket, TLS or abort machinery becomes a cause. Anything unknown is `internal`. */
export function causeOf(error: unknown): Cause {
  if (error instanceof DialError) {
    return error.cause;
  }
  if (nameOf(error) === "TimeoutError") {
    return "tcp-timeout";
  }
  const code = codeOf(error);
  const listed = CAUSE_BY_CODE.get(code);
  if (listed !== undefined) {
    return listed;
  }
  return isTlsCode(code) ? "tls-failed" : "internal";
}

/** The error wrapped with its cause; a DialError is returned as it is. `doing` says what was attempted, for people. */
export function toDialError(error: unknown, doing: string): DialError {
  if (error instanceof DialError) {
    return error;
  }
  const code = codeOf(error) || nameOf(error) || "UNKNOWN";
  return new DialError(causeOf(error), code, `${doing}: ${code}`);
}

/** What an aborted signal means: the cause that its reason carries, else that we were stopped ourselves. */
export function abortError(signal: AbortSignal, doing: string): DialError {
  const reason: unknown = signal.reason;
  if (reason instanceof DialError) {
    return reason;
  }
  if (nameOf(reason) === "TimeoutError") {
    return new DialError("tcp-timeout", "DEADLINE", `${doing}: deadline passed`);
  }
  return new DialError("internal", "STOPPED", `${doing}: stopped before it was done`);
}

function codeOf(error: unknown): string {
  return textOf(error, "code");
}

function nameOf(error: unknown): string {
  return textOf(error, "name");
}

/** Read without `instanceof`: an error may come from another realm. */
function textOf(error: unknown, property: "code" | "name"): string {
  const value: unknown = typeof error === "object" && error !== null ? Reflect.get(error, property) : undefined;
  return typeof value === "string" ? value : "";
}

function isTlsCode(code: string): boolean {
  return code.startsWith("ERR_SSL_") || code.startsWith("ERR_TLS_") || CERTIFICATE_CODES.has(code);
}
