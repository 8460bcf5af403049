/**
 * Public recursive resolvers over HTTPS that do not filter names, so that what they hand out is what the zone says.
 * As of 2026-11-23. Sources: developers.cloudflare.com/1.1.1.1/encryption/dns-over-https,
 * developers.google.com/speed/public-dns/docs/doh, quad9.net/service/service-addresses-and-features ("unsecured":
 * no blocking, and no validation of its own, so it has no opinion in a cross-check of validators).
 */
export const PUBLIC_RESOLVERS: readonly string[] = [
  "https://cloudflare-dns.com/dns-query",
  "https://dns.google/dns-query",
  "https://dns10.quad9.net/dns-query",
];
