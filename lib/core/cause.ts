/**
 * Why there is no usable answer, in order of precedence: a verdict that is indeterminate for several
 * causes shows the first of them.
 */
export const CAUSES = [
  "internal",
  "no-authorisation",
  "no-inventory",
  "asset-not-found",
  "vantage-blocked",
  "port25-egress-blocked",
  "dns-timeout",
  "dns-servfail",
  "tcp-timeout",
  "connection-reset",
  "connection-refused",
  "tls-failed",
  "protocol-error",
  "greylisted",
  "no-inside-probe",
  "probe-stale",
  "no-attestation",
  "attestation-expired",
  "not-observable",
  "tool-limit",
] as const;

export type Cause = (typeof CAUSES)[number];

/** The cause to show when there are several; null when there are none. */
export function firstCause(causes: Iterable<Cause>): Cause | null {
  const present = new Set(causes);
  return CAUSES.find((cause) => present.has(cause)) ?? null;
}
