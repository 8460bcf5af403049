/** What one visit of a service may take. Times in milliseconds. */
export interface ServiceLimits {
  readonly connectMs: number;
  /** For a server that has to speak first: postscreen lets everybody wait 6 s, others look up names first. */
  readonly greetingMs: number;
  /** For a server that may speak first. */
  readonly bannerMs: number;
  /** For the rest of the first line. */
  readonly lineMs: number;
  /** For the answer to a TLS hello. */
  readonly helloMs: number;
  /** All connections of a visit together. */
  readonly visitMs: number;
  /** Octets of one connection. */
  readonly maxOctets: number;
}

export const SERVICE_LIMITS: ServiceLimits = {
  connectMs: 4_000,
  greetingMs: 8_000,
  bannerMs: 3_000,
  lineMs: 300,
  helloMs: 3_000,
  visitMs: 14_000,
  maxOctets: 65_536,
};
