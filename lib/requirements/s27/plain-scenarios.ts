import { Buffer } from "node:buffer";
import type { Scenario } from "../../core/scenario.ts";
import { openOrigin, shutOrigin, visited, walk } from "../../web/written-visit.ts";
import { PLAIN_ADDRESS_SCENARIOS } from "./plain-address-scenarios.ts";
import { PLAIN_FAULT_SCENARIOS } from "./plain-fault-scenarios.ts";
import {
  fails,
  GOOD_TLS,
  host,
  HOST,
  http,
  https,
  httpWith,
  inWorld,
  IPV4,
  leavesOpen,
  onWeb,
  type Page,
  passes,
  plainUrl,
  redirected,
  secureUrl,
  urlAsset,
} from "./plain-scenario-world.ts";
import { closed, endpoint } from "./tls-scenario-endpoint.ts";

const content = (page: Page) => [{ url: plainUrl(page) }];
const error = (status: number) => (page: Page) => [{ url: plainUrl(page), status }];
const by = (status: number) =>
  httpWith((page) => [{ url: plainUrl(page), status, location: secureUrl(page) }, { url: secureUrl(page) }]);
const via = (...hosts: readonly string[]) =>
  httpWith((page) => {
    const clear = [HOST, ...hosts].map((each) => plainUrl(page, each));
    const urls = [...clear, secureUrl(page, hosts.at(-1))];
    return urls.map((url, at) => {
      const location = urls[at + 1];
      return location === undefined ? { url } : { url, location };
    });
  });
/** As octets come: one character each, the name in UTF-8. */
const IDN_LOCATION = Buffer.from("https://www.kommune-ø.dk/").toString("latin1");
const IDN_URL = "https://www.xn--kommune--d5a.dk/";

/** What is served in clear; the first scenario of S27 is one that fails, so that noise in it can never pass. */
const CONTENT: readonly Scenario[] = [
  onWeb([httpWith(content), https()], fails("content over HTTP", "S27_PLAIN_CONTENT", "S27_ACCESS_ALSO_PLAIN")),
  onWeb(
    [httpWith((page) => [{ url: plainUrl(page), leaving: { refreshes: [`0; url=${secureUrl(page)}`] } }]), https()],
    fails("a page that moves on by meta refresh", "S27_PLAIN_REFRESH", "S27_ACCESS_ALSO_PLAIN"),
  ),
  onWeb(
    [httpWith((page) => [{ url: plainUrl(page), leaving: { scriptMentionsLocation: true } }]), https()],
    fails("a page that moves on by script", "S27_PLAIN_CONTENT", "S27_ACCESS_ALSO_PLAIN"),
  ),
  inWorld(
    {
      zones: [{ name: "kommune.dk", records: [`www A ${IPV4}`, "www HTTPS 1 . alpn=h2"] }],
      web: { [IPV4]: (where) => visited(where, [httpWith(content), https()]) },
      tls: { [IPV4]: endpoint() },
      preload: { [HOST]: { state: "preloaded", entry: HOST, source: "list", asOf: "2026-11-23", detail: "" } },
    },
    fails("content over HTTP, preloaded and with an HTTPS record", "S27_PLAIN_CONTENT", "S27_ACCESS_ALSO_PLAIN"),
    host,
    GOOD_TLS,
  ),
  onWeb(
    [http({ deep: content("deep") }), https()],
    fails("only the front page redirects", "S27_PLAIN_PATHS", "S27_ACCESS_ALSO_PLAIN"),
  ),
  onWeb(
    [http({ missing: [{ url: plainUrl("missing"), status: 401 }] }), https()],
    fails("a login over HTTP", "S27_PLAIN_LOGIN", "S27_ACCESS_ALSO_PLAIN"),
  ),
  onWeb(
    [httpWith(content), shutOrigin("https", "closed")],
    fails("HTTP only, 443 closed", "S27_PLAIN_CONTENT", "S27_ACCESS_HTTP_ONLY"),
    host,
    closed,
  ),
  onWeb(
    [httpWith((page) => [{ url: plainUrl(page, `${HOST}:8080`) }], 8080)],
    fails("content over HTTP at 8080", "S27_PLAIN_CONTENT", "S27_ACCESS_HTTP_ONLY"),
    urlAsset(`http://${HOST}:8080/`),
    closed,
  ),
];

const LONG_ERROR = { status: 404, body: { octets: 40_000 } } as const;

/** Errors that may be pages. */
const LONG_ERRORS: readonly Scenario[] = [
  onWeb(
    [http({ missing: [{ url: plainUrl("missing"), ...LONG_ERROR }] }), https()],
    leavesOpen(
      "404 with a long page at a missing page",
      "not-observable",
      ...["S27_PLAIN_ERROR_PAGE", "S27_UNOBSERVED_NOT_OBSERVABLE"],
    ),
  ),
  onWeb(
    [httpWith((page) => [{ url: plainUrl(page), ...LONG_ERROR }]), https()],
    leavesOpen(
      "errors with long pages at every path",
      "not-observable",
      ...["S27_PLAIN_ERROR_PAGE", "S27_UNOBSERVED_NOT_OBSERVABLE"],
    ),
  ),
  onWeb(
    [httpWith((page) => [{ url: plainUrl(page), ...LONG_ERROR }]), shutOrigin("https", "closed")],
    fails("errors with long pages, 443 closed", "S27_PLAIN_ERROR_PAGE", "S27_ACCESS_HTTP_ONLY"),
    host,
    closed,
  ),
];

/** What becomes of visitors after the own host has answered over HTTPS. */
const BEYOND = [
  { title: "HTTPS leads on to a silent host", then: { cause: "tcp-timeout", code: "SILENT" } },
  { title: "HTTPS leads on to a host that refuses us", then: { cause: "connection-refused", code: "ECONNREFUSED" } },
  { title: "HTTPS leads on to an address off the internet", then: { cause: "internal", code: "SPECIAL_ADDRESS" } },
  { title: "HTTPS leads on to an expired certificate", then: { certificate: "CERT_HAS_EXPIRED" } },
] as const;

/** Pages that lead out of HTTPS, which is no fault of the site's. */
const OUTWARD = [
  { title: "a page deeper leads to another's HTTP", deep: { location: "http://partner.example/" } },
  {
    title: "a page deeper leaves for HTTP after half an hour",
    deep: { leaving: { refreshes: [`1800; url=${plainUrl("front")}`] } },
  },
] as const;

/** What is right, as it is or with a remark. */
const SOUND: readonly Scenario[] = [
  ...[301, 302, 303, 307, 308].map((status) => onWeb([by(status), https()], passes(`${String(status)} to HTTPS`))),
  onWeb(
    [
      httpWith((page) => [
        { url: plainUrl(page), location: secureUrl(page, "kommune.dk") },
        { url: secureUrl(page, "kommune.dk") },
      ]),
      https(),
    ],
    passes("straight to another host over HTTPS", "S27_PLAIN_OTHER_HOST"),
  ),
  onWeb(
    [http({ front: [{ url: plainUrl("front"), location: IDN_LOCATION }, { url: IDN_URL }] }), https()],
    passes("a Location in letters beyond ASCII", "S27_PLAIN_OTHER_HOST"),
  ),
  onWeb([via("kommune.dk"), https()], passes("two answers in clear before HTTPS", "S27_PLAIN_HOPS")),
  onWeb([via("kommune.dk", "ny.kommune.dk"), https()], passes("three answers in clear before HTTPS", "S27_PLAIN_HOPS")),
  inWorld(
    {
      zones: [{ name: "kommune.dk", records: [`www A ${IPV4}`] }],
      web: { [IPV4]: (where) => visited(where, [via("nykommune.dk"), https()], "nykommune.dk") },
      tls: { [IPV4]: endpoint() },
    },
    passes("an own host under another name in clear on the way", "S27_PLAIN_HOPS"),
    host,
    GOOD_TLS,
  ),
  onWeb(
    [
      http({
        front: [
          { url: plainUrl("front"), location: "velkommen" },
          { url: `http://${HOST}/velkommen`, location: `//${HOST}/velkommen/` },
          { url: `http://${HOST}/velkommen/`, location: secureUrl("front") },
          { url: secureUrl("front") },
        ],
      }),
      https(),
    ],
    passes("a relative Location on the way", "S27_PLAIN_HOPS"),
  ),
  onWeb([http({ missing: error(404)("missing") }), https()], passes("404 at a missing page", "S27_PLAIN_ERRORS")),
  onWeb([httpWith(error(404)), https()], {
    name: "errors at every path",
    tags: ["S27_PLAIN_REFUSED", "S27_PLAIN_ERRORS", "S27_ACCESS_ENCRYPTED"],
    verdict: "pass",
  }),
  onWeb(
    [http({ front: [...redirected("front").slice(0, 1), { url: secureUrl("front"), status: 500 }] }), https()],
    passes("an error over HTTPS"),
  ),
  onWeb(
    [
      http({
        front: [
          ...redirected("front").slice(0, 1),
          { url: secureUrl("front"), location: "/login" },
          { url: `https://${HOST}/login`, location: "/" },
        ],
      }),
      https(),
    ],
    passes("in circles over HTTPS for lack of cookies"),
  ),
  ...BEYOND.map(({ title, then }) =>
    onWeb(
      [
        http({
          front: [
            ...redirected("front").slice(0, 1),
            { url: secureUrl("front"), location: "https://login.example/" },
            { url: "https://login.example/", ...then },
          ],
        }),
        https(),
      ],
      passes(title),
    ),
  ),
  ...OUTWARD.map(({ title, deep }) =>
    onWeb(
      [http({ deep: [...redirected("deep").slice(0, 1), { url: secureUrl("deep"), ...deep }] }), https()],
      passes(`${title}, reached over HTTP`),
    ),
  ),
  ...OUTWARD.map(({ title, deep }) =>
    onWeb(
      [
        http(),
        openOrigin("https", [
          walk("front", { url: secureUrl("front") }),
          walk("deep", { url: secureUrl("deep"), ...deep }),
        ]),
      ],
      passes(title),
    ),
  ),
];

export const PLAIN_SCENARIOS: readonly Scenario[] = [
  ...CONTENT,
  ...LONG_ERRORS,
  ...SOUND,
  ...PLAIN_ADDRESS_SCENARIOS,
  ...PLAIN_FAULT_SCENARIOS,
];
