import type { Scenario } from "../../core/scenario.ts";
import {
  atSite,
  fails,
  GOAL,
  GOOD,
  HTTP,
  HTTPS,
  led,
  leavesOpen,
  overHttp,
  passes,
  server,
  SITE,
} from "./scenario-web.ts";

const EXPIRED = "CERT_HAS_EXPIRED";
const NO_CHAIN = "UNABLE_TO_VERIFY_LEAF_SIGNATURE";
const MOST = 10;

/** 17.3: what is a redirect to .dk. */
const REDIRECTS: readonly Scenario[] = [
  atSite(GOOD, passes("both ports redirect to .dk")),
  ...[302, 303, 307, 308].map((status) =>
    overHttp([{ url: HTTP, status, location: GOAL }, { url: GOAL }], passes(`redirect by ${String(status)}`)),
  ),
  overHttp([{ url: HTTP, status: 300, location: GOAL }], fails("300 is no redirect", "S17_ERROR_PAGE")),
  overHttp(led(HTTP, "http://www.kommune.dk/"), passes("to .dk over HTTP")),
  overHttp(led(HTTP, HTTPS, GOAL), passes("over HTTPS on the same name")),
  overHttp(led(HTTP, "https://vendor.net/", GOAL), passes("by way of a third host", "S17_THIRD_HOST")),
  overHttp(
    led(HTTP, "https://a.vendor.net/", "https://b.vendor.net/", "https://c.vendor.net/", GOAL),
    passes("by way of three other hosts", "S17_THIRD_HOST"),
  ),
  overHttp(led(HTTP, GOAL, "https://vendor.net/"), fails("to .dk and out again", "S17_CONTENT")),
  overHttp(
    [
      { url: HTTP, location: GOAL },
      { url: GOAL, status: 403 },
    ],
    passes("the .dk host turns us away"),
  ),
  overHttp(
    [
      { url: HTTP, location: GOAL },
      { url: GOAL, status: 404 },
    ],
    passes("to a page under .dk that is missing", "S17_DK_ERROR"),
  ),
  overHttp(
    [
      { url: HTTP, location: GOAL },
      { url: GOAL, certificate: EXPIRED },
    ],
    passes("the .dk host's certificate has expired"),
  ),
  overHttp(
    [
      { url: HTTP, location: GOAL },
      { url: GOAL, status: 302 },
    ],
    passes("the .dk host redirects nowhere"),
  ),
  overHttp(
    led(...Array.from({ length: MOST }, (_, step) => `${HTTP}${String(step)}`), GOAL).map((one, index) =>
      index === 0 ? { ...one, url: `${HTTP}0` } : one,
    ),
    passes("ten redirects"),
  ),
  overHttp(
    led(...Array.from({ length: MOST + 2 }, (_, step) => `${HTTP}${String(step)}`)).slice(0, MOST + 1),
    leavesOpen("eleven redirects", "tool-limit", "S17_TOO_MANY_REDIRECTS"),
  ),
];

/** 17.4 and 17.5: a page outside .dk. */
const PAGES: readonly Scenario[] = [
  atSite(server([{ url: HTTP }], [{ url: HTTPS }]), fails("a page on both ports", "S17_CONTENT")),
  atSite(
    server(led(HTTP, GOAL), [{ url: HTTPS }]),
    fails("a page over HTTPS, a redirect to .dk over HTTP", "S17_CONTENT"),
  ),
  overHttp([{ url: HTTP, body: { octets: 48_000 } }], fails("a registrar's parking page", "S17_CONTENT")),
  overHttp([{ url: HTTP, status: 204, body: { octets: 0 } }], fails("an answer without a page", "S17_CONTENT")),
  overHttp(led(HTTP, "https://parking.example.net/"), fails("on to a parking page elsewhere", "S17_CONTENT")),
  overHttp([{ url: HTTP, status: 404 }], fails("404 outside .dk", "S17_ERROR_PAGE")),
  overHttp([{ url: HTTP, status: 401 }], fails("a login outside .dk", "S17_ERROR_PAGE")),
  overHttp(
    [{ url: HTTP, leaving: { refreshes: [`0;url=${GOAL}`] } }, { url: GOAL }],
    passes("a refresh at once", "S17_META_REFRESH"),
  ),
  overHttp(
    [{ url: HTTP, fields: [["refresh", `0; url=${GOAL}`]] }, { url: GOAL }],
    passes("a Refresh field at once", "S17_META_REFRESH"),
  ),
  overHttp(
    [{ url: HTTP, leaving: { refreshes: [`5;url=${GOAL}`] } }],
    fails("a refresh after five seconds", "S17_REFRESH_DELAYED"),
  ),
  overHttp([{ url: HTTP, leaving: { scriptMentionsLocation: true } }], fails("a script alone", "S17_SCRIPT_ONLY")),
  overHttp(
    [{ url: HTTP, leaving: { refreshes: [`0;url=${GOAL}`], scriptMentionsLocation: true } }, { url: GOAL }],
    passes("a refresh at once beside a script", "S17_META_REFRESH"),
  ),
];

/** Edge 8, and names that only look like .dk. */
const LOOK_ALIKES: readonly Scenario[] = [
  ...(
    [
      ["a label within", "https://kommune.dk.example.com/"],
      ["a query", "https://example.com/?to=kommune.dk"],
      ["a path", "https://example.com/kommune.dk"],
      ["a hyphen", "https://kommune-dk.com/"],
      ["a longer last label", "https://kommune.dkk/"],
      ["the top-level domain alone", "https://dk/"],
      ["an IDN under another top-level domain", "https://xn--kommune--d5a.com/"],
      ["an address", "https://198.51.100.7/"],
      ["an IPv6 address", "https://[2001:db8::7]/"],
    ] as const
  ).map(([what, elsewhere]) => overHttp(led(HTTP, elsewhere), fails(`looks like .dk: ${what}`, "S17_CONTENT"))),
  overHttp(
    [{ url: HTTP, location: "https://kommune.dk@example.com/" }, { url: "https://example.com/" }],
    fails("looks like .dk: a user name", "S17_CONTENT"),
  ),
  overHttp(led(HTTP, "https://kommune.dk.:8443/"), passes("a final dot and a port")),
  overHttp(
    [{ url: HTTP, location: "https://KOMMUNE-\u00c3\u00b8.DK/" }, { url: "https://xn--kommune--d5a.dk/" }],
    passes("an IDN in Location, as octets"),
  ),
];

/** Redirects that lead nowhere, edge 2, and what we cannot see. */
const STOPS: readonly Scenario[] = [
  overHttp([{ url: HTTP, status: 301 }], fails("a redirect without Location", "S17_LOCATION_UNUSABLE")),
  overHttp([{ url: HTTP, location: "file:///etc/passwd" }], fails("a redirect to a file", "S17_LOCATION_UNUSABLE")),
  overHttp(
    [{ url: HTTP, location: GOAL, fields: [["location", "https://vendor.net/"]] }],
    fails("two Locations that differ", "S17_LOCATION_UNUSABLE"),
  ),
  overHttp(
    [
      { url: HTTP, location: GOAL },
      { url: GOAL, location: "weixin://kommune" },
    ],
    leavesOpen("the .dk host redirects to no web address", "protocol-error", "S17_UNOBSERVED_PROTOCOL_ERROR"),
  ),
  overHttp(
    [
      { url: HTTP, location: HTTPS },
      { url: HTTPS, location: HTTP },
    ],
    fails("a ring outside .dk", "S17_LOOP"),
  ),
  overHttp(
    [
      { url: HTTP, location: GOAL },
      { url: GOAL, location: HTTP },
    ],
    fails("a ring through .dk", "S17_LOOP"),
  ),
  overHttp(
    [
      { url: HTTP, location: GOAL },
      { url: GOAL, location: GOAL },
    ],
    leavesOpen("a ring under .dk", "protocol-error", "S17_LOOP_UNDER_DK"),
  ),
  overHttp(
    [
      { url: HTTP, location: "http://169.254.169.254/latest/" },
      { url: "http://169.254.169.254/latest/", cause: "vantage-blocked", code: "SPECIAL_ADDRESS" },
    ],
    fails("a redirect to a special address", "S17_LED_NOWHERE"),
  ),
  overHttp(
    [
      { url: HTTP, location: "https://gone.example.net/" },
      { url: "https://gone.example.net/", cause: "asset-not-found", code: "NO_ADDRESS" },
    ],
    fails("a redirect to a host without an address", "S17_LED_NOWHERE"),
  ),
  overHttp(
    [
      { url: HTTP, location: GOAL },
      { url: GOAL, cause: "vantage-blocked", code: "SPECIAL_ADDRESS" },
    ],
    leavesOpen("the .dk host has a special address", "vantage-blocked", "S17_UNOBSERVED_VANTAGE_BLOCKED"),
  ),
  overHttp(
    [
      { url: HTTP, location: GOAL },
      { url: GOAL, cause: "tcp-timeout", code: "SILENT" },
    ],
    leavesOpen("the .dk host is silent", "tcp-timeout", "S17_UNOBSERVED_TCP_TIMEOUT"),
  ),
  atSite(
    server(led(HTTP, GOAL), [{ url: HTTPS, certificate: EXPIRED, location: GOAL }, { url: GOAL }]),
    passes("an expired certificate at HTTPS, a redirect to .dk over HTTP", "S17_START_BROKEN"),
  ),
  atSite(
    server(led(HTTP, GOAL), [{ url: HTTPS, cause: "tls-failed", code: "ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR" }]),
    passes("no handshake at HTTPS, a redirect to .dk over HTTP", "S17_START_BROKEN"),
  ),
  atSite(
    server(led(HTTP, GOAL), [{ url: HTTPS, certificate: NO_CHAIN }]),
    fails("a page behind a chain that some browsers complete", "S17_CONTENT"),
  ),
  atSite(
    server("closed", [{ url: HTTPS, certificate: EXPIRED, location: GOAL }, { url: GOAL }]),
    fails("an expired certificate, and nothing else", "S17_CERTIFICATE_STOPS"),
  ),
  overHttp(
    [{ url: HTTP, location: HTTPS }, { url: HTTPS, certificate: EXPIRED, location: GOAL }, { url: GOAL }],
    fails("an expired certificate on the way", "S17_CERTIFICATE_STOPS"),
  ),
  ...[403, 429, 503].map((status) =>
    overHttp(
      [{ url: HTTP, status }],
      leavesOpen(`we are turned away: ${String(status)}`, "vantage-blocked", "S17_BLOCKED"),
    ),
  ),
  overHttp(
    [{ url: HTTP, cause: "vantage-blocked", code: "SPECIAL_ADDRESS" }],
    leavesOpen("the name's own address is special", "vantage-blocked", "S17_UNOBSERVED_VANTAGE_BLOCKED"),
  ),
  overHttp(
    [{ url: `http://www.${SITE}/` }],
    leavesOpen("a walk that began elsewhere", "internal", "S17_UNOBSERVED_INTERNAL"),
  ),
];

export const REDIRECT_SCENARIOS: readonly Scenario[] = [...REDIRECTS, ...PAGES, ...LOOK_ALIKES, ...STOPS];
