import type { Scenario } from "../../core/scenario.ts";
import { openOrigin, shutOrigin, visited, walk } from "../../web/written-visit.ts";
import {
  fails,
  GOOD_TLS,
  host,
  HOST,
  http,
  https,
  httpWith,
  inWorld,
  leavesOpen,
  IPV4,
  IPV6,
  needsNothing,
  NO_TLS,
  onWeb,
  passes,
  plainUrl,
  secureUrl,
  urlAsset,
} from "./plain-scenario-world.ts";
import { closed, endpoint } from "./tls-scenario-endpoint.ts";
import { shutWeb } from "./tls-scenario-world.ts";

const IPV6_RECORDS = { name: "kommune.dk", records: [`www A ${IPV4}`, `www AAAA ${IPV6}`] } as const;

/** Ports that are closed, and addresses that are not there. */
export const PLAIN_ADDRESS_SCENARIOS: readonly Scenario[] = [
  ...(["closed", "silent"] as const).map((state) =>
    onWeb([shutOrigin("http", state), https()], {
      name: `port 80 ${state}, 443 open`,
      tags: ["S27_PLAIN_CLOSED", "S27_ACCESS_ENCRYPTED"],
      verdict: "pass",
    }),
  ),
  onWeb(
    [shutOrigin("http", "closed"), shutOrigin("https", "closed")],
    needsNothing("both ports closed", "S27_WEB_CLOSED", "S27_WEB_UNUSED"),
    host,
    closed,
  ),
  onWeb(
    [shutOrigin("http", "closed"), shutOrigin("https", "silent")],
    leavesOpen("80 closed, 443 silent", "tcp-timeout", "S27_UNOBSERVED_TCP_TIMEOUT"),
    host,
    closed,
  ),
  onWeb(
    [httpWith((page) => [{ url: plainUrl(page), status: 404 }]), shutOrigin("https", "closed")],
    fails("errors over HTTP, 443 closed", "S27_PLAIN_REFUSED", "S27_PLAIN_ERRORS", "S27_ACCESS_HTTP_ONLY"),
    host,
    closed,
  ),
  onWeb(
    [httpWith((page) => [{ url: plainUrl(page), status: 404 }]), shutOrigin("https", "silent")],
    leavesOpen(
      "errors over HTTP, 443 silent",
      "tcp-timeout",
      ...["S27_PLAIN_REFUSED", "S27_PLAIN_ERRORS", "S27_UNOBSERVED_TCP_TIMEOUT"],
    ),
    host,
    closed,
  ),
  onWeb(
    [
      httpWith((page) => {
        const url = `https://${HOST}:8443${page === "front" ? "/" : `/${page}`}`;
        return [{ url: plainUrl(page), location: url }, { url }];
      }),
      shutOrigin("https", "closed"),
    ],
    {
      name: "it only leads to HTTPS at another port, 443 closed",
      tags: ["S27_PLAIN_REDIRECTS", "S27_ACCESS_ELSEWHERE"],
      verdict: "pass",
    },
    host,
    closed,
  ),
  onWeb(
    [openOrigin("https", [walk("front", { url: `https://${HOST}:8443/` })], 8443)],
    { name: "HTTPS at a port of its own", tags: ["S27_PLAIN_NOT_ASKED", "S27_ACCESS_ENCRYPTED"], verdict: "pass" },
    urlAsset(`https://${HOST}:8443/`),
  ),
  onWeb(
    [
      httpWith((page) => [
        { url: plainUrl(page), location: secureUrl(page, "ny.kommune.dk") },
        { url: secureUrl(page, "ny.kommune.dk") },
      ]),
      shutOrigin("https", "closed"),
    ],
    {
      name: "it only leads to another host, 443 closed",
      tags: ["S27_PLAIN_REDIRECTS", "S27_PLAIN_OTHER_HOST", "S27_ACCESS_ELSEWHERE"],
      verdict: "pass",
    },
    host,
    closed,
  ),
  inWorld(
    { zones: [{ name: "kommune.dk", records: ["www TXT hej"] }] },
    needsNothing("no address", "S27_NO_ADDRESS"),
    host,
    NO_TLS,
  ),
  inWorld(
    { zones: [IPV6_RECORDS], web: { [IPV4]: shutWeb }, tls: { [IPV4]: closed } },
    leavesOpen(
      "IPv6 is silent, IPv4 refuses everywhere",
      "tcp-timeout",
      ...["S27_WEB_CLOSED", "S27_WEB_UNUSED", "S27_UNOBSERVED_TCP_TIMEOUT"],
    ),
    host,
    [...NO_TLS, "S27_TLS_IPV6_SILENT"],
  ),
  inWorld(
    { zones: [IPV6_RECORDS], families: ["ipv4"], web: { [IPV4]: shutWeb }, tls: { [IPV4]: closed } },
    leavesOpen(
      "no route to IPv6, IPv4 refuses everywhere",
      "vantage-blocked",
      ...["S27_WEB_CLOSED", "S27_WEB_UNUSED", "S27_UNOBSERVED_VANTAGE_BLOCKED"],
    ),
    host,
    [...NO_TLS, "S27_TLS_NOT_SEEN_HERE"],
  ),
  inWorld(
    {
      zones: [IPV6_RECORDS],
      families: ["ipv4"],
      web: { [IPV4]: (where) => visited(where, [http(), https()]) },
      tls: { [IPV4]: endpoint() },
    },
    passes("no route to IPv6 from here", "S27_ADDRESS_NOT_SEEN"),
    host,
    [...GOOD_TLS, ...NO_TLS, "S27_TLS_NOT_SEEN_HERE"],
  ),
  inWorld(
    {
      zones: [IPV6_RECORDS],
      web: { [IPV4]: (where) => visited(where, [http(), https()]) },
      tls: { [IPV4]: endpoint() },
    },
    passes("IPv6 is silent", "S27_IPV6_SILENT"),
    host,
    [...GOOD_TLS, ...NO_TLS, "S27_TLS_IPV6_SILENT"],
  ),
  inWorld(
    {
      zones: [IPV6_RECORDS],
      web: {
        [IPV4]: (where) => visited(where, [http(), https()]),
        [IPV6]: (where) => visited(where, [httpWith((page) => [{ url: plainUrl(page) }]), https()]),
      },
      tls: { [IPV4]: endpoint(), [IPV6]: endpoint() },
    },
    fails(
      "content over HTTP at the second address",
      ...["S27_PLAIN_REDIRECTS", "S27_PLAIN_CONTENT", "S27_ACCESS_ENCRYPTED", "S27_ACCESS_ALSO_PLAIN"],
    ),
    host,
    GOOD_TLS,
  ),
];
