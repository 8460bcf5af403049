import type { ChainObservation, NameServersObservation } from "../dnssec/observations.ts";

/** Every kind of observation and the form of its value. A check can only need what is listed here. */
export interface ObservationKinds {
  /** The DNSSEC chain of one domain as recursive resolvers hand it out, unjudged. */
  "dns.chain": ChainObservation;
  /** Every address of every name server of one domain's zone, asked directly. */
  "dns.servers": NameServersObservation;
}
