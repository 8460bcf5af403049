import type { WebCase } from "../web-case.ts";

const UNDER_DK = { S17: { verdict: "pass" } } as const;
const WELL = { ...UNDER_DK, S27: { verdict: "pass" }, K11: { verdict: "pass" } } as const;

/** Falls short of S27 by these tags, and of K11 by `k11`, if there are any. */
function shortOf(s27: readonly string[], k11: readonly string[] = []): WebCase["web"] {
  return {
    ...UNDER_DK,
    S27: { verdict: "fail", tags: s27 },
    K11: k11.length === 0 ? WELL.K11 : { verdict: "fail", tags: k11 },
  };
}

/** A client that takes such a certificate for good heeds the header; one that does not, does not (RFC 6797 section 8.1). */
function weakCertificate(tag: string): WebCase["web"] {
  return { ...shortOf([tag]), K11: { verdict: "pass", acceptable: ["fail"] } };
}

/** Falls short of K11 by these tags. */
function withoutHsts(...tags: readonly string[]): WebCase["web"] {
  return { ...WELL, K11: { verdict: "fail", tags } };
}

/** Web hosts under .dk: one that is as it should be, one with two certificates, and one for each thing that may be wrong. */
export const WEB_HOST_CASES: readonly WebCase[] = [
  {
    asset: { host: "www.havn-oevelse.dk" },
    class: "web-well",
    what: { da: "Hjemmesiden er, som den skal være.", en: "The web site is as it should be." },
    web: WELL,
    reason: "RFC 9325 section 4.2, RFC 6797 section 7.2, RFC 9110 section 15.4",
  },
  {
    asset: { host: "www.oevelse.dk" },
    class: "web-two-certificates",
    what: {
      da: "Hjemmesiden har et certifikat til RSA ved siden af det til ECDSA.",
      en: "The web site has a certificate for RSA beside the one for ECDSA.",
    },
    web: WELL,
    reason: "RFC 9325 section 4.2",
  },
  {
    asset: { host: "www.idraet-oevelse.dk" },
    class: "web-in-clear",
    what: { da: "Port 80 viser siderne selv.", en: "Port 80 shows the pages itself." },
    web: shortOf(["S27_PLAIN_CONTENT"]),
    reason: "requirements 4.9, S27(a): 200 with content; what HTTP serves is no page of 4.12",
  },
  {
    asset: { host: "www.musikskole-oevelse.dk" },
    class: "web-deep-in-clear",
    what: {
      da: "Port 80 omdirigerer kun forsiden; de dybe sider vises ukrypteret.",
      en: "Port 80 redirects the front page only; deeper pages are shown in clear.",
    },
    web: shortOf(["S27_PLAIN_PATHS"]),
    reason: "requirements 4.9, S27(a): a redirect on / only; what HTTP serves is no page of 4.12",
  },
  {
    asset: { host: "www.byraad-oevelse.dk" },
    class: "web-clear-only",
    what: { da: "Hjemmesiden findes kun ukrypteret.", en: "The web site exists in clear only." },
    web: shortOf(["S27_ACCESS_HTTP_ONLY"], ["K11_ENTRY_PLAIN_ONLY"]),
    reason: "requirements 4.9, S27(a): HTTP only",
  },
  {
    asset: { host: "www.ungdomsskole-oevelse.dk" },
    class: "web-old-tls",
    what: { da: "TLS 1.0 og 1.1 er slået til.", en: "TLS 1.0 and 1.1 are switched on." },
    web: shortOf(["S27_VERSION_OLD"]),
    reason: "RFC 8996 sections 4 and 5",
  },
  {
    asset: { host: "www.kloak-oevelse.dk" },
    class: "web-second-address",
    what: { da: "Over IPv6 er TLS 1.1 slået til.", en: "Over IPv6 TLS 1.1 is switched on." },
    web: shortOf(["S27_VERSION_OLD"]),
    reason: "RFC 8996 section 5; requirements 4.9: each address",
  },
  {
    asset: { host: "www.faerge-oevelse.dk" },
    class: "web-key-exchange-rsa",
    what: { da: "Nøgleudveksling med RSA er slået til.", en: "RSA key exchange is switched on." },
    web: shortOf(["S27_PROFILE_SUITE"]),
    reason: "RFC 9325 section 4.1",
  },
  {
    asset: { host: "www.busser-oevelse.dk" },
    class: "web-ffdhe2048",
    what: { da: "Diffie-Hellman bruger kun 2048 bit.", en: "Diffie-Hellman uses 2048 bits only." },
    web: shortOf(["S27_PROFILE_DH"]),
    reason: "tls-profile 2.2, RFC 7919",
  },
  {
    asset: { host: "www.teater-oevelse.dk" },
    class: "web-rsa-1024",
    what: { da: "Certifikatets RSA-nøgle er på kun 1024 bit.", en: "The certificate's RSA key has only 1024 bits." },
    web: weakCertificate("S27_PROFILE_CERTIFICATE_KEY"),
    reason: "RFC 9325 section 4.5",
  },
  {
    asset: { host: "www.plejehjem-oevelse.dk" },
    class: "web-sha1",
    what: { da: "Certifikatet er underskrevet med SHA-1.", en: "The certificate is signed with SHA-1." },
    web: weakCertificate("S27_PROFILE_CERTIFICATE_HASH"),
    reason: "RFC 9325 section 4.5",
  },
  {
    asset: { host: "www.sundhed-oevelse.dk" },
    class: "web-expired",
    what: { da: "Certifikatet er udløbet.", en: "The certificate has expired." },
    web: shortOf(["S27_CERTIFICATE_EXPIRED"], ["K11_HEADER_DISTRUSTED"]),
    reason: "RFC 5280 section 4.1.2.5; RFC 6797 section 8.1",
  },
  {
    asset: { host: "www.tandpleje-oevelse.dk" },
    class: "web-without-san",
    what: { da: "Navnet står kun i certifikatets CN.", en: "The name stands in the certificate's CN only." },
    web: shortOf(["S27_CERTIFICATE_NO_NAMES"], ["K11_HEADER_DISTRUSTED"]),
    reason: "RFC 9525 section 2; RFC 6797 section 8.1",
  },
  {
    asset: { host: "www.klima-oevelse.dk" },
    class: "web-chain-incomplete",
    what: { da: "Certifikatets udsteder mangler i kæden.", en: "The certificate's issuer is missing from the chain." },
    web: shortOf(["S27_CERTIFICATE_CHAIN_INCOMPLETE"], ["K11_HEADER_DISTRUSTED"]),
    reason: "RFC 8446 section 4.4.2; RFC 6797 section 8.1",
  },
  {
    asset: { host: "www.folkeregister-oevelse.dk" },
    class: "web-hsts-not-on-404",
    what: { da: "HSTS mangler på sider, der ikke findes.", en: "HSTS is missing on pages that are not there." },
    web: withoutHsts("K11_HEADER_MISSING"),
    reason: "requirements 4.12, 111",
  },
  {
    asset: { host: "www.erhverv-oevelse.dk" },
    class: "web-hsts-not-on-apex",
    what: {
      da: "Domænet uden www omdirigerer uden HSTS.",
      en: "The domain without www redirects without HSTS.",
    },
    web: withoutHsts("K11_ENTRY_WITHOUT_POLICY"),
    reason: "requirements 4.12, part 2; RFC 6797 section 8.2",
  },
  {
    asset: { host: "www.valg-oevelse.dk" },
    class: "web-hsts-broken",
    what: { da: "HSTS har max-age=abc.", en: "HSTS has max-age=abc." },
    web: withoutHsts("K11_HEADER_INVALID"),
    reason: "RFC 6797 section 6.1.1",
  },
  {
    asset: { host: "www.kort-oevelse.dk" },
    class: "web-hsts-short",
    what: { da: "HSTS gælder kun i et døgn.", en: "HSTS holds for a day only." },
    web: withoutHsts("K11_ENTRY_SHORT"),
    reason: "requirements 4.12, 113",
  },
  {
    asset: { host: "www.verifikation-oevelse.dk" },
    class: "web-tarpit",
    what: { da: "Webserveren tager imod, men svarer ikke.", en: "The web server accepts, but does not answer." },
    web: {
      S17: { verdict: "pass" },
      S27: { verdict: "indeterminate", causes: ["tcp-timeout"] },
      K11: { verdict: "indeterminate", causes: ["tcp-timeout"] },
    },
    reason: "interfaces section 3: silence is no answer",
    slow: true,
  },
];
