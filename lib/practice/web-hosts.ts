/** How a practice web host is set up; the first is as it should be, and each of the others differs from it in one thing. */
export type WebManner =
  | "well"
  /** The same with an RSA certificate beside the one for ECDSA. */
  | "two-certificates"
  /** Port 80 shows pages itself, all of them, or all but the front page. */
  | "shows-in-clear"
  | "shows-deep-in-clear"
  /** Pages on port 80, and nothing on port 443. */
  | "clear-only"
  | "old-tls"
  /** TLS 1.1 too. */
  | "aging-tls"
  | "key-exchange-rsa"
  | "ffdhe2048"
  | "certificate-rsa-1024"
  | "certificate-sha1"
  | "certificate-expired"
  | "certificate-without-san"
  | "chain-incomplete"
  /** No answer has the header, or none about a page that is not there, or none of the bare domain. */
  | "hsts-lost"
  | "hsts-not-on-404"
  | "hsts-not-on-apex"
  | "hsts-broken"
  | "hsts-short"
  /** Sends everybody to the municipality's site, in clear and over TLS. */
  | "leads-to-dk"
  /** Refuses connections at both ports. */
  | "closed"
  /** Accepts connections, and says nothing. */
  | "tarpit";

/** What a practice mail store says on port 143 before TLS: that logins wait for TLS, or that they need not. */
export type ImapManner = "waits-for-tls" | "takes-logins";

/** A practice web host: a domain and its `www`, at the addresses that its zone tells. */
export interface PracticeWebHost {
  /** A-labels, lower case, no final dot. */
  readonly domain: string;
  readonly manner: WebManner;
  /** Where it differs: how it is met over IPv6. */
  readonly overIpv6?: WebManner;
}

/** A practice mail store, `mail` below a domain, with IMAP on ports 143 and 993, at the addresses that its zone tells. */
export interface PracticeMailStore {
  readonly domain: string;
  readonly manner: ImapManner;
}

/** Where visitors of domains outside .dk are sent. */
export const PORTAL = "www.oevelse.dk";

/** Every web host of the practice internet; at the other domains nobody answers on the web. */
export const PRACTICE_WEB_HOSTS: readonly PracticeWebHost[] = [
  { domain: "oevelse.dk", manner: "two-certificates" },
  { domain: "havn-oevelse.dk", manner: "well" },
  { domain: "idraet-oevelse.dk", manner: "shows-in-clear" },
  { domain: "musikskole-oevelse.dk", manner: "shows-deep-in-clear" },
  { domain: "byraad-oevelse.dk", manner: "clear-only" },
  { domain: "ungdomsskole-oevelse.dk", manner: "old-tls" },
  { domain: "kloak-oevelse.dk", manner: "well", overIpv6: "aging-tls" },
  { domain: "faerge-oevelse.dk", manner: "key-exchange-rsa" },
  { domain: "busser-oevelse.dk", manner: "ffdhe2048" },
  { domain: "teater-oevelse.dk", manner: "certificate-rsa-1024" },
  { domain: "plejehjem-oevelse.dk", manner: "certificate-sha1" },
  { domain: "sundhed-oevelse.dk", manner: "certificate-expired" },
  { domain: "tandpleje-oevelse.dk", manner: "certificate-without-san" },
  { domain: "klima-oevelse.dk", manner: "chain-incomplete" },
  { domain: "folkeregister-oevelse.dk", manner: "hsts-not-on-404" },
  { domain: "erhverv-oevelse.dk", manner: "hsts-not-on-apex" },
  { domain: "valg-oevelse.dk", manner: "hsts-broken" },
  { domain: "kort-oevelse.dk", manner: "hsts-short" },
  { domain: "verifikation-oevelse.dk", manner: "tarpit" },
  { domain: "visit-oevelse.com", manner: "leads-to-dk" },
  { domain: "oevelse-kommune.com", manner: "well" },
  { domain: "turist-oevelse.nu", manner: "closed" },
];

/** Every mail store of the practice internet. */
export const PRACTICE_MAIL_STORES: readonly PracticeMailStore[] = [
  { domain: "jobcenter-oevelse.dk", manner: "waits-for-tls" },
  { domain: "miljoe-oevelse.dk", manner: "takes-logins" },
];

/** The names that the practice web authority answers for. */
export function practiceWebNames(): readonly string[] {
  return [
    ...PRACTICE_WEB_HOSTS.flatMap(({ domain }) => [domain, `www.${domain}`]),
    ...PRACTICE_MAIL_STORES.map(({ domain }) => `mail.${domain}`),
  ];
}

/** Whether a domain has a web host of its own. */
export function hasWebHost(domain: string): boolean {
  return PRACTICE_WEB_HOSTS.some((each) => each.domain === domain);
}
