import type { Scenario } from "../../core/scenario.ts";
import { openOrigin, shutOrigin, visited, walk } from "../../web/written-visit.ts";
import {
  ADDRESS,
  atSite,
  domain,
  fails,
  GOAL,
  GOOD,
  host,
  HTTP,
  HTTPS,
  inWorld,
  IPV4,
  IPV6,
  isOutOfScope,
  led,
  leavesOpen,
  passes,
  server,
  SITE,
  url,
} from "./scenario-web.ts";

const UNDER_DK = ["S17_UNDER_DK", "S17_NOTHING_TO_REDIRECT"];
const underDk = (name: string) => ({ name, tags: UNDER_DK, verdict: "pass" as const });
const NOWHERE = { zones: [] };
const zone = (...records: readonly string[]) => ({ zones: [{ name: SITE, records }] });
const OTHER_IPV4 = "192.0.2.81";
const PAGE = server([{ url: HTTP }], [{ url: HTTPS }]);

/** 17.1: the name alone. */
const NAMES: readonly Scenario[] = [
  inWorld(domain("kommune.dk"), NOWHERE, underDk("a domain under .dk")),
  inWorld(host("selvbetjening.kommune.dk"), NOWHERE, underDk("a host under .dk")),
  inWorld(host("borger.itfaellesskab.dk"), NOWHERE, underDk("a host under a supplier's .dk domain")),
  inWorld(host("xn--kommune--d5a.dk"), NOWHERE, underDk("an IDN under .dk")),
  inWorld(url("https://min.kommune.dk:8443/login", "min.kommune.dk"), NOWHERE, underDk("a URL under .dk")),
  inWorld(
    host("www.kommune.dk"),
    { zones: [{ name: "kommune.dk", records: ["www CNAME kommune.cdn.example.net."] }] },
    underDk("a host under .dk that is an alias of a name elsewhere"),
  ),
];

/** 17.2 and edge 5: what DNS says of a domain outside .dk. */
const DOMAINS: readonly Scenario[] = [
  inWorld(domain(SITE), zone(), isOutOfScope("neither mail nor web", "S17_NO_MAIL", "S17_NOT_IN_USE")),
  inWorld(domain(SITE), zone("@ MX 0 ."), isOutOfScope("null MX and no web", "S17_NO_MAIL", "S17_NOT_IN_USE")),
  inWorld(domain(SITE), zone("@ MX 10 mx.example.net."), {
    name: "mail, and no web",
    tags: ["S17_MAIL_OUTSIDE_DK", "S17_NOT_IN_USE"],
    verdict: "fail",
  }),
  inWorld(
    domain(SITE),
    { ...zone("@ MX 10 mx.example.net.", `@ A ${IPV4}`), web: { [IPV4]: GOOD } },
    { name: "mail, and a web that redirects", tags: ["S17_MAIL_OUTSIDE_DK", "S17_REDIRECTED"], verdict: "fail" },
  ),
  inWorld(
    domain(SITE),
    zone("@ MX 0 .", "@ HTTPS 1 web.example.net. alpn=h2"),
    leavesOpen("an HTTPS record alone", "not-observable", "S17_HTTPS_RECORD_ALONE"),
  ),
  inWorld(
    domain(SITE),
    { ...zone(...ADDRESS, "www HTTPS 1 web.example.net. alpn=h2"), web: { [IPV4]: GOOD } },
    leavesOpen(
      "an HTTPS record alone at www, the apex redirects",
      "not-observable",
      "S17_HTTPS_RECORD_ALONE",
      "S17_REDIRECTED",
    ),
  ),
  inWorld(
    domain(SITE),
    zone(...ADDRESS, "www HTTPS 1 web.example.net. alpn=h2"),
    leavesOpen(
      "an HTTPS record alone at www, the apex is silent",
      "tcp-timeout",
      ...["S17_HTTPS_RECORD_ALONE", "S17_UNOBSERVED_TCP_TIMEOUT"],
    ),
  ),
  inWorld(
    domain(SITE),
    { zones: [{ name: SITE, records: ADDRESS, failing: ["www HTTPS"] }] },
    leavesOpen(
      "SERVFAIL about the HTTPS record of www, the apex is silent",
      "dns-servfail",
      ...["S17_UNOBSERVED_DNS_SERVFAIL", "S17_UNOBSERVED_TCP_TIMEOUT"],
    ),
  ),
  inWorld(
    domain(SITE),
    { zones: [{ name: SITE, records: ADDRESS, silent: ["@ MX"] }], web: { [IPV4]: GOOD } },
    {
      name: "no answer about MX",
      tags: ["S17_REDIRECTED", "S17_UNOBSERVED_DNS_TIMEOUT"],
      verdict: "indeterminate",
      cause: "dns-timeout",
    },
  ),
  inWorld(
    domain(SITE),
    { zones: [{ name: SITE, records: ["@ MX 0 ."], failing: ["@ A"] }] },
    leavesOpen("SERVFAIL about the address", "dns-servfail", "S17_UNOBSERVED_DNS_SERVFAIL"),
  ),
];

/** 17.2 and edge 9: every name, every address. */
const EVERY_ONE: readonly Scenario[] = [
  inWorld(
    domain(SITE),
    {
      ...zone(...ADDRESS, `www A ${OTHER_IPV4}`),
      web: {
        [IPV4]: GOOD,
        [OTHER_IPV4]: server([{ url: `http://www.${SITE}/` }], [{ url: `https://www.${SITE}/` }]),
      },
    },
    fails("www shows a page, the apex redirects", "S17_REDIRECTED", "S17_CONTENT"),
  ),
  inWorld(
    domain(SITE),
    { ...zone(...ADDRESS, `@ AAAA ${IPV6}`), web: { [IPV4]: GOOD, [IPV6]: PAGE } },
    fails("a page at the IPv6 address, a redirect at the other", "S17_REDIRECTED", "S17_CONTENT"),
  ),
  inWorld(
    domain(SITE),
    { ...zone(...ADDRESS, `@ AAAA ${IPV6}`), web: { [IPV4]: GOOD } },
    leavesOpen("the IPv6 address is silent", "tcp-timeout", "S17_REDIRECTED", "S17_UNOBSERVED_TCP_TIMEOUT"),
  ),
  inWorld(
    domain(SITE),
    { ...zone(...ADDRESS, `@ AAAA ${IPV6}`), web: { [IPV4]: PAGE } },
    fails("a page at one address, silence at the other", "S17_CONTENT", "S17_UNOBSERVED_TCP_TIMEOUT"),
  ),
  inWorld(
    domain(SITE),
    { ...zone(...ADDRESS, `@ AAAA ${IPV6}`), web: { [IPV4]: GOOD }, families: ["ipv4"] },
    passes("no route to IPv6 from here", "S17_ADDRESS_NOT_SEEN"),
  ),
  inWorld(
    domain(SITE),
    { ...zone(...ADDRESS, `@ AAAA ${IPV6}`), web: { [IPV4]: server("closed", "closed") }, families: ["ipv4"] },
    leavesOpen(
      "no route to IPv6, IPv4 refuses everywhere",
      "vantage-blocked",
      ...["S17_CLOSED", "S17_ADDRESS_LEFT", "S17_UNOBSERVED_VANTAGE_BLOCKED"],
    ),
  ),
];

/** 17.7: nobody listens. */
const SHUT: readonly Scenario[] = [
  atSite(
    server("closed", "closed"),
    isOutOfScope("refused on both ports", "S17_NO_MAIL", "S17_CLOSED", "S17_ADDRESS_LEFT"),
  ),
  inWorld(
    domain(SITE),
    { ...zone(...ADDRESS, `www A ${OTHER_IPV4}`), web: { [IPV4]: GOOD, [OTHER_IPV4]: server("closed", "closed") } },
    passes("refused at www, the apex redirects", "S17_CLOSED", "S17_ADDRESS_LEFT"),
  ),
  inWorld(
    domain(SITE),
    zone(...ADDRESS),
    leavesOpen("silent on both ports", "tcp-timeout", "S17_UNOBSERVED_TCP_TIMEOUT"),
  ),
  atSite(
    server("closed", "silent"),
    leavesOpen("refused on one port, silent on the other", "tcp-timeout", "S17_UNOBSERVED_TCP_TIMEOUT"),
  ),
  atSite(
    server(led(HTTP, GOAL), "silent"),
    leavesOpen("a redirect over HTTP, HTTPS is silent", "tcp-timeout", "S17_UNOBSERVED_TCP_TIMEOUT"),
  ),
  inWorld(
    domain(SITE),
    {
      ...zone(...ADDRESS),
      web: { [IPV4]: (where) => visited(where, [openOrigin("http", [walk("front", ...led(HTTP, GOAL))])]) },
    },
    leavesOpen("one port was not looked at", "internal", "S17_UNOBSERVED_INTERNAL"),
  ),
];

const SHAREPOINT = "kommune.sharepoint.com";
const VENDOR = { zones: [{ name: "sharepoint.com", records: [`kommune A ${IPV4}`] }] };
const APP = "https://app.visit-kommune.com:8443/login";
const outside = (...tags: readonly string[]): string[] => ["S17_NAME_OUTSIDE_DK", ...tags];

/** Decision 17 and edge 3: services that the inventory names. */
const SERVICES: readonly Scenario[] = [
  inWorld(
    host(SHAREPOINT),
    {
      ...VENDOR,
      web: {
        [IPV4]: server(led(`http://${SHAREPOINT}/`, `https://${SHAREPOINT}/`), [{ url: `https://${SHAREPOINT}/` }]),
      },
    },
    { name: "a declared service at a supplier's domain", tags: outside("S17_SERVICE_OUTSIDE_DK"), verdict: "fail" },
  ),
  inWorld(
    host(SHAREPOINT),
    { ...VENDOR, web: { [IPV4]: server(led(`http://${SHAREPOINT}/`, GOAL), led(`https://${SHAREPOINT}/`, GOAL)) } },
    { name: "a declared host outside .dk that redirects", tags: outside("S17_REDIRECTED"), verdict: "pass" },
  ),
  inWorld(
    host(SHAREPOINT),
    { zones: [{ name: "sharepoint.com", records: [] }] },
    {
      name: "a declared host outside .dk without an address",
      tags: outside("S17_NOT_IN_USE"),
      verdict: "not-applicable",
    },
  ),
  inWorld(
    url(APP, "app.visit-kommune.com"),
    {
      ...zone(`app A ${IPV4}`),
      web: { [IPV4]: (where) => visited(where, [openOrigin("https", [walk("front", { url: APP })], 8443)]) },
    },
    { name: "a declared URL at a port of its own", tags: outside("S17_SERVICE_OUTSIDE_DK"), verdict: "fail" },
  ),
  inWorld(
    url(APP, "app.visit-kommune.com"),
    { ...zone(`app A ${IPV4}`), web: { [IPV4]: (where) => visited(where, [shutOrigin("https", "closed", 8443)]) } },
    {
      name: "a declared URL whose port refuses",
      tags: outside("S17_CLOSED", "S17_ADDRESS_LEFT"),
      verdict: "not-applicable",
    },
  ),
  inWorld(
    url(`https://${IPV4}/`, null),
    {
      zones: [],
      web: {
        [IPV4]: server(
          [{ url: `http://${IPV4}/` }],
          [{ url: `https://${IPV4}/`, certificate: "ERR_TLS_CERT_ALTNAME_INVALID" }],
        ),
      },
    },
    { name: "a declared URL that names an address", tags: outside("S17_SERVICE_OUTSIDE_DK"), verdict: "fail" },
  ),
];

export const NAME_SCENARIOS: readonly Scenario[] = [...NAMES, ...DOMAINS, ...EVERY_ONE, ...SHUT, ...SERVICES];
