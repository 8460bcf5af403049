/** What one visit may take. Times in milliseconds. */
export interface HttpLimits {
  /** For one connection to come about. */
  readonly connectMs: number;
  /** All hops of a visit together, whatever the servers do; waiting for our own turn to connect is not part of it. */
  readonly visitMs: number;
  /** A header section, counting names, values and what separates them; interim answers count by themselves. */
  readonly maxHeaderOctets: number;
  readonly maxFields: number;
  readonly maxInterim: number;
  /** Content as it comes, and again unpacked. */
  readonly maxBodyOctets: number;
  /** OpenSSL takes certificate messages of up to 100 KB. */
  readonly maxHandshakeOctets: number;
  /** Addresses of one host that are tried until one answers. */
  readonly maxAddresses: number;
}

export const HTTP_LIMITS: HttpLimits = {
  connectMs: 5000,
  visitMs: 15_000,
  maxHeaderOctets: 32_768,
  maxFields: 500,
  maxInterim: 10,
  maxBodyOctets: 262_144,
  maxHandshakeOctets: 262_144,
  maxAddresses: 3,
};
