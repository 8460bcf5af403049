import type { Scenario } from "../../core/scenario.ts";
import { openOrigin, shutOrigin, walk } from "../../web/written-visit.ts";
import {
  fails,
  host,
  HOST,
  http,
  https,
  httpWith,
  leavesOpen,
  onWeb,
  plainUrl,
  redirected,
  secureUrl,
  type Written,
} from "./plain-scenario-world.ts";
import { closed } from "./tls-scenario-endpoint.ts";

const front = (...hops: readonly Written[]) => [http({ front: hops }), https()];
const LEADS = { url: plainUrl("front"), location: secureUrl("front") };

/** Redirects that do not do what they are for. */
const ASTRAY: readonly Scenario[] = [
  onWeb(
    front(
      { url: plainUrl("front"), location: "http://fremmed.example/" },
      { url: "http://fremmed.example/", location: "https://fremmed.example/" },
      { url: "https://fremmed.example/" },
    ),
    fails("a stranger's host in clear on the way", "S27_PLAIN_THIRD_PARTY", "S27_ACCESS_ALSO_PLAIN"),
  ),
  onWeb(
    front(
      ...[0, 1, 2, 3].map((at) => ({ url: `http://${HOST}/${String(at)}`, location: `/${String(at + 1)}` })),
      { url: `http://${HOST}/4`, location: secureUrl("front") },
      { url: secureUrl("front") },
    ),
    fails("HTTPS after four answers in clear", "S27_PLAIN_DETOUR", "S27_ACCESS_ALSO_PLAIN"),
  ),
  onWeb(
    front({ url: plainUrl("front"), status: 302 }),
    fails("a redirect without Location", "S27_PLAIN_ASTRAY", "S27_ACCESS_ENCRYPTED"),
  ),
  onWeb(
    front({ url: plainUrl("front"), location: "file:///etc/passwd" }),
    fails("a redirect that no browser follows", "S27_PLAIN_ASTRAY", "S27_ACCESS_ENCRYPTED"),
  ),
  onWeb(
    front({ url: plainUrl("front"), location: "/" }),
    fails("a redirect to itself", "S27_PLAIN_ASTRAY", "S27_ACCESS_ENCRYPTED"),
  ),
  onWeb(
    front(LEADS, { url: secureUrl("front"), location: "http://fremmed.example/" }, { url: "http://fremmed.example/" }),
    fails("back from HTTPS to HTTP", "S27_PLAIN_DOWNGRADE", "S27_ACCESS_ALSO_PLAIN"),
  ),
  onWeb(
    front(
      LEADS,
      { url: secureUrl("front"), location: "https://login.example/" },
      { url: "https://login.example/", location: plainUrl("front") },
      { url: plainUrl("front") },
    ),
    fails("back to HTTP by way of another host over HTTPS", "S27_PLAIN_DOWNGRADE", "S27_ACCESS_ALSO_PLAIN"),
  ),
  onWeb(
    [
      http(),
      openOrigin("https", [
        walk("front", { url: secureUrl("front") }),
        walk("deep", { url: secureUrl("deep"), location: plainUrl("deep") }),
      ]),
    ],
    fails("a page deeper leads back to HTTP", "S27_PLAIN_REDIRECTS", "S27_PLAIN_DOWNGRADE", "S27_ACCESS_ALSO_PLAIN"),
  ),
  onWeb(
    [
      http({ deep: [...redirected("deep").slice(0, 1), { url: secureUrl("deep"), location: plainUrl("front") }] }),
      https(),
    ],
    fails("a page deeper leads back to HTTP, reached over HTTP", "S27_PLAIN_DOWNGRADE", "S27_ACCESS_ALSO_PLAIN"),
  ),
  onWeb(
    [http(), https({ url: secureUrl("front"), location: plainUrl("deep") }, ...redirected("deep"))],
    fails("HTTPS itself leads to HTTP", "S27_PLAIN_REDIRECTS", "S27_PLAIN_DOWNGRADE", "S27_ACCESS_ALSO_PLAIN"),
  ),
];

/** Redirects to where there is no HTTPS that browsers take, or none that was seen. */
const TARGETS: readonly Scenario[] = [
  onWeb(
    [
      http({ front: [LEADS, { url: secureUrl("front"), certificate: "CERT_HAS_EXPIRED" }] }),
      https({ url: secureUrl("front"), certificate: "CERT_HAS_EXPIRED" }),
    ],
    fails("an expired certificate where HTTP leads", "S27_PLAIN_TARGET_INSECURE", "S27_ACCESS_UNTRUSTED"),
  ),
  onWeb(
    [
      http(),
      openOrigin("https", [
        walk("front", { url: secureUrl("front") }),
        walk("missing", { url: secureUrl("missing"), certificate: "CERT_HAS_EXPIRED" }),
      ]),
    ],
    fails("an expired certificate at one page alone", "S27_PLAIN_REDIRECTS", "S27_ACCESS_UNTRUSTED"),
  ),
  onWeb(
    front(LEADS, { url: secureUrl("front"), cause: "tls-failed", code: "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION" }),
    fails("TLS fails where HTTP leads", "S27_PLAIN_TARGET_INSECURE", "S27_ACCESS_ENCRYPTED"),
  ),
  onWeb(
    [
      httpWith((page) => [
        { url: plainUrl(page), location: secureUrl(page) },
        { url: secureUrl(page), cause: "connection-refused", code: "ECONNREFUSED" },
      ]),
      shutOrigin("https", "closed"),
    ],
    fails("443 is closed where HTTP leads", "S27_PLAIN_TARGET_CLOSED", "S27_ACCESS_HTTP_ONLY"),
    host,
    closed,
  ),
  onWeb(
    front(
      { url: plainUrl("front"), location: "https://ny.kommune.dk/" },
      { url: "https://ny.kommune.dk/", cause: "asset-not-found", code: "NO_ADDRESS" },
    ),
    fails("a host without address where HTTP leads", "S27_PLAIN_TARGET_CLOSED", "S27_ACCESS_ENCRYPTED"),
  ),
  onWeb(
    front(LEADS, { url: secureUrl("front"), cause: "tcp-timeout", code: "SILENT" }),
    leavesOpen("silence where HTTP leads", "tcp-timeout", "S27_UNOBSERVED_TCP_TIMEOUT"),
  ),
  onWeb(
    front(
      { url: plainUrl("front"), location: "https://intra.kommune.dk/" },
      { url: "https://intra.kommune.dk/", cause: "internal", code: "SPECIAL_ADDRESS" },
    ),
    leavesOpen("an address off the internet where HTTP leads", "vantage-blocked", "S27_UNOBSERVED_VANTAGE_BLOCKED"),
  ),
];

/** Answers that are not the site's own, and none at all. */
const UNKNOWN: readonly Scenario[] = [
  ...[421, 403, 429, 503].map((status) =>
    onWeb(
      [httpWith((page) => [{ url: plainUrl(page), status }]), https()],
      leavesOpen(
        `${String(status)} over HTTP`,
        "vantage-blocked",
        "S27_PLAIN_BLOCKED",
        "S27_UNOBSERVED_VANTAGE_BLOCKED",
      ),
    ),
  ),
  onWeb(
    front({ url: plainUrl("front"), cause: "connection-reset", code: "ECONNRESET" }),
    leavesOpen("the front page is cut off", "connection-reset", "S27_UNOBSERVED_CONNECTION_RESET"),
  ),
  onWeb(
    [http(), https({ url: secureUrl("front"), cause: "tls-failed", code: "ERR_SSL_WRONG_VERSION_NUMBER" })],
    fails("TLS fails at the front page", "S27_PLAIN_REDIRECTS", "S27_ACCESS_TLS_FAILS"),
  ),
  onWeb(
    [
      http(),
      https({ url: secureUrl("front"), cause: "tls-failed", code: "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED" }),
    ],
    leavesOpen(
      "HTTPS wants a certificate of its visitors",
      "tls-failed",
      ...["S27_PLAIN_REDIRECTS", "S27_UNOBSERVED_TLS_FAILED"],
    ),
  ),
];

export const PLAIN_FAULT_SCENARIOS: readonly Scenario[] = [...ASTRAY, ...TARGETS, ...UNKNOWN];
