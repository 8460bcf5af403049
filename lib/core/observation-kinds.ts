import type { ChainObservation, NameServersObservation } from "../dnssec/observations.ts";
import type {
  DkimObservation,
  DmarcObservation,
  GatewaysObservation,
  GatewayVisit,
  SpfObservation,
} from "../mail/observations.ts";
import type { ServiceVisit } from "../services/observations.ts";
import type { TlsVisit } from "../tls/observations.ts";
import type { HttpsRecordObservation, NamesObservation, PreloadStatus, WebVisit } from "../web/observations.ts";

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
  /** The names of an asset, and what DNS says of each. */
  "web.names": NamesObservation;
  /** One name of an asset outside .dk at one address: where its visitors are led; target `www.example.com [192.0.2.1]`. */
  "web.redirects": WebVisit;
  /** One host at one address over HTTP and HTTPS; target `www.example.dk [192.0.2.1]`. */
  "web.visit": WebVisit;
  /** The same for names beside the asset's own where visitors may enter, and for one that a wildcard answers for. */
  "web.entry": WebVisit;
  /** The HTTPS record of a web host (RFC 9460), with all that validating it takes. */
  "dns.https": HttpsRecordObservation;
  /** Whether browsers come with the host on their list of HTTPS-only sites. */
  "hsts.preload": PreloadStatus;
  /** One TLS server; target `www.example.dk:443 [192.0.2.1]`. */
  "tls.endpoint": TlsVisit;
  /** One declared service before encryption; target `mail.example.dk:143 [192.0.2.1]`. */
  "service.visit": ServiceVisit;
}
