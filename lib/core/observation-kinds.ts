import type { ChainObservation, NameServersObservation } from "../dnssec/observations.ts";
import type {
  DkimObservation,
  DmarcObservation,
  GatewaysObservation,
  GatewayVisit,
  SpfObservation,
} from "../mail/observations.ts";

/** Every kind of observation and the form of its value. A check can only need what is listed here. */
export interface ObservationKinds {
  /** The DNSSEC chain of one domain as recursive resolvers hand it out, unjudged. */
  "dns.chain": ChainObservation;
  /** Every address of every name server of one domain's zone, asked directly. */
  "dns.servers": NameServersObservation;
  /** A domain's MX and the addresses of its gateways. */
  "dns.gateways": GatewaysObservation;
  /** The same, with the gateways' TLSA records. */
  "dns.dane": GatewaysObservation;
  /** One address of one gateway on port 25; target `mx.example.dk [192.0.2.1]`. */
  "smtp.gateway": GatewayVisit;
  "dns.dmarc": DmarcObservation;
  "dns.spf": SpfObservation;
  "dns.dkim": DkimObservation;
}
