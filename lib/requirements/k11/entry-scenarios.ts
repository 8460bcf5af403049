import type { Asset } from "../../core/asset.ts";
import type { Scenario } from "../../core/scenario.ts";
import type { PageReferences } from "../../web/page-references.ts";
import { openOrigin, type UnseenHop, visited, walk, type WrittenHop } from "../../web/written-visit.ts";
import {
  APEX,
  apex,
  fails,
  GOOD,
  hostAsset,
  inKommune,
  inWorld,
  leavesOpen,
  passes,
  PURPOSES,
  site,
  sts,
  WHOLE,
  WWW,
  YEAR,
} from "./scenario-site.ts";

const ALL = "K11_HEADER_ON_ALL";
const RESET = "K11_UNOBSERVED_CONNECTION_RESET";

const toWww = (host: string) => ({ url: `http://${host}/`, location: "https://www.kommune.dk/" });
const atWww = { url: "https://www.kommune.dk/", fields: sts(WHOLE) };

const withoutTls = (code: string) =>
  site({ at: Object.fromEntries(PURPOSES.map((at) => [at, { cause: "tls-failed" as const, code }])) });

/** The names by which visitors enter. */
const ENTRIES: readonly Scenario[] = [
  inKommune(fails("the apex redirects from HTTP and has no HTTPS", ...GOOD, "K11_ENTRY_REDIRECT_ONLY"), {
    apex: site({ https: "closed", http: [toWww("kommune.dk"), atWww] }),
  }),
  inKommune(fails("an alias redirects from HTTP and has no HTTPS", "K11_NO_HTTPS", "K11_ENTRY_REDIRECT_ONLY"), {
    world: { zones: [{ name: "kommunen.dk", records: [`@ A ${WWW}`] }] },
    www: site({ https: "closed", http: [toWww("kommunen.dk"), atWww] }),
    asset: hostAsset("kommunen.dk"),
  }),
  inKommune(fails("a name answers over HTTP alone", "K11_NO_HTTPS", "K11_ENTRY_PLAIN_ONLY"), {
    www: site({ https: "closed", http: [{ url: "http://www.kommune.dk/" }] }),
  }),
  inKommune(
    leavesOpen("HTTPS is closed and HTTP silent", "tcp-timeout", "K11_NO_HTTPS", "K11_UNOBSERVED_TCP_TIMEOUT"),
    {
      www: site({ https: "closed", http: "silent" }),
    },
  ),
  inKommune(fails("the apex redirects over HTTPS without the header", ...GOOD, "K11_ENTRY_WITHOUT_POLICY"), {
    apex: site({
      at: { front: { location: "https://www.kommune.dk/", fields: [] } },
      then: [atWww],
    }),
  }),
  inKommune(fails("the header of the front page is short over HTTP/2", ALL, "K11_HEADER_SHORT", "K11_ENTRY_SHORT"), {
    www: site({ at: { "front-h2": { httpVersion: "2", fields: sts("max-age=86400") } } }),
  }),
  inKommune(fails("the apex leaves out its subdomains over HTTP/2", ...GOOD, "K11_APEX_ALONE"), {
    apex: site({ at: { "front-h2": { httpVersion: "2", fields: sts(YEAR) } } }),
  }),
  inKommune(fails("the apex has no header over HTTP/2", ...GOOD, "K11_ENTRY_WITHOUT_POLICY"), {
    apex: site({ at: { "front-h2": { httpVersion: "2", fields: [] } } }),
  }),
  inKommune(leavesOpen("the apex is not heard over HTTP/2", "connection-reset", ...GOOD, RESET), {
    apex: site({ at: { "front-h2": { cause: "connection-reset" } } }),
  }),
  inKommune(passes("the apex has no HTTP/2"), {
    apex: site({ at: { "front-h2": { cause: "protocol-error", code: "NO_HTTP2" } } }),
  }),
  inKommune(passes("the apex redirects over HTTPS with the header"), {
    apex: site({ at: { front: { location: "https://www.kommune.dk/" } }, then: [atWww] }),
  }),
  inKommune(fails("the apex has a certificate for www alone", ...GOOD, "K11_ENTRY_DISTRUSTED"), {
    apex: site({ certificate: "ERR_TLS_CERT_ALTNAME_INVALID" }),
  }),
  inKommune(
    leavesOpen("the apex is silent at the port for HTTPS", "tcp-timeout", ...GOOD, "K11_UNOBSERVED_TCP_TIMEOUT"),
    {
      apex: site({ https: "silent" }),
    },
  ),
  inKommune(leavesOpen("the apex breaks off", "connection-reset", ...GOOD, "K11_UNOBSERVED_CONNECTION_RESET"), {
    apex: site({ at: { front: { cause: "connection-reset" } } }),
  }),
  inKommune(fails("the apex has no TLS at the port for HTTPS", ...GOOD, "K11_ENTRY_NO_TLS"), {
    apex: withoutTls("ERR_SSL_TLSV1_UNRECOGNIZED_NAME"),
  }),
  inKommune(fails("there is no TLS at the port for HTTPS", "K11_UNOBSERVED_TLS_FAILED", "K11_ENTRY_NO_TLS"), {
    www: withoutTls("ERR_SSL_WRONG_VERSION_NUMBER"),
  }),
  inKommune(leavesOpen("TLS fails at the front page alone", "tls-failed", ...GOOD, "K11_UNOBSERVED_TLS_FAILED"), {
    apex: site({ at: { front: { cause: "tls-failed", code: "ERR_SSL_WRONG_VERSION_NUMBER" } } }),
  }),
  ...["ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", "ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE"].map((code) =>
    inKommune(leavesOpen(`a server wants a certificate of ours: ${code}`, "tls-failed", "K11_UNOBSERVED_TLS_FAILED"), {
      www: withoutTls(code),
    }),
  ),
  inKommune(passes("nobody listens at the apex"), { apex: site({ https: "closed", http: "closed" }) }),
  inKommune(passes("HTTP leads to another host first", "K11_REDIRECT_ELSEWHERE"), {
    apex: site({ http: [toWww("kommune.dk"), atWww] }),
  }),
];

const upgraded: Asset = {
  kind: "url",
  id: "url:http://min.kommune.dk:8080/",
  name: "http://min.kommune.dk:8080/",
  host: hostAsset("min.kommune.dk").host,
  url: "http://min.kommune.dk:8080/",
};

/** An asset at a port for HTTP of its own, and where it leads. */
const atOwnPort = (said: Parameters<typeof inWorld>[1], ...led: readonly (WrittenHop | UnseenHop)[]) =>
  inWorld(
    {
      zones: [{ name: "kommune.dk", records: [`min A ${WWW}`] }],
      web: {
        [WWW]: (where) => {
          const [to = { url: upgraded.name }] = led;
          return visited(where, [
            openOrigin("http", [walk("front", { url: upgraded.name, location: to.url }, ...led)], 8080),
          ]);
        },
      },
    },
    said,
    upgraded,
  );
const MIN = "https://min.kommune.dk/";
const PORTS: readonly Scenario[] = [
  atOwnPort(passes("HTTP at another port leads to HTTPS of the host"), { url: MIN, fields: sts(YEAR) }),
  atOwnPort(
    fails("HTTP at another port leads to HTTPS without the header", "K11_HEADER_MISSING", "K11_ENTRY_WITHOUT_POLICY"),
    { url: MIN },
  ),
  atOwnPort(
    fails("HTTP at another port leads to a port without TLS", "K11_UNOBSERVED_TLS_FAILED", "K11_ENTRY_NO_TLS"),
    { url: MIN, cause: "tls-failed", code: "ERR_SSL_WRONG_VERSION_NUMBER" },
  ),
  atOwnPort(
    leavesOpen("HTTP at another port leads to HTTPS that is silent", "tcp-timeout", "K11_UNOBSERVED_TCP_TIMEOUT"),
    { url: MIN, cause: "tcp-timeout" },
  ),
  atOwnPort(
    fails("HTTP at another port leads to another host first", "K11_HEADER_ON_ALL", "K11_ENTRY_REDIRECT_ONLY"),
    { url: "https://login.example.com/", location: MIN },
    { url: MIN, fields: sts(YEAR) },
  ),
];

/** Protection of one name is not that of another. */
const INHERITANCE: readonly Scenario[] = [
  inKommune(fails("the apex leaves out its subdomains", ...GOOD, "K11_APEX_ALONE"), { apex: site({ sts: [YEAR] }) }),
  inKommune(passes("www needs no includeSubDomains"), { www: site({ sts: [YEAR] }) }),
  inKommune(fails("the asset is the apex and leaves out its subdomains", ALL, "K11_APEX_ALONE"), {
    apex: site({ sts: [YEAR] }),
    asset: apex,
  }),
  inKommune(fails("the asset is the apex, and www has no header", ...GOOD, "K11_ENTRY_WITHOUT_POLICY"), {
    www: site({ sts: [] }),
    asset: apex,
  }),
  inWorld(
    { zones: [{ name: "kommune.dk", records: [`selvbetjening A ${WWW}`] }], web: { [WWW]: site({ sts: [YEAR] }) } },
    passes("a name that is neither apex nor www answers for itself alone"),
    hostAsset("selvbetjening.kommune.dk"),
  ),
  inWorld(
    {
      zones: [{ name: "kommune.dk", records: [`www.bibliotek A ${WWW}`, `bibliotek A ${APEX}`] }],
      web: { [WWW]: site({ sts: [YEAR] }), [APEX]: site({ sts: [YEAR] }) },
    },
    passes("a name beside its www that is no registered name needs no includeSubDomains"),
    hostAsset("www.bibliotek.kommune.dk"),
  ),
  inWorld(
    {
      zones: [{ name: "forening.co.dk", records: [`www A ${WWW}`, `@ A ${APEX}`] }],
      web: { [WWW]: site({ sts: [YEAR] }), [APEX]: site({ sts: [YEAR] }) },
    },
    fails("a registered name of three labels leaves out its subdomains", ...GOOD, "K11_APEX_ALONE"),
    hostAsset("www.forening.co.dk"),
  ),
  inKommune(
    fails(
      "includeSubDomains of the apex does not stand in for a header",
      "K11_HEADER_MISSING",
      "K11_ENTRY_WITHOUT_POLICY",
    ),
    {
      www: site({ sts: [] }),
      apex: site({ sts: [WHOLE] }),
    },
  ),
];

const plain = (kind: PageReferences["plain"][number]["kind"], url: string) => ({
  references: { plain: [{ kind, url }] },
});

const BELOW = { name: "kommune.dk", records: [`selvbetjening A ${WWW}`] };
const atHttp = { url: "http://www.kommune.dk/" };

/** Pages that lead visitors to plain HTTP. */
const REFERENCES: readonly Scenario[] = [
  ...(["link", "form", "canonical"] as const).map((kind) =>
    inKommune(fails(`a ${kind} by http to an own name`, ALL, "K11_PLAIN_REFERENCES"), {
      www: site({ at: { front: plain(kind, "http://selvbetjening.kommune.dk/") } }),
    }),
  ),
  inKommune(fails("a link by http to the host itself on a deep page", ALL, "K11_PLAIN_REFERENCES"), {
    www: site({ at: { deep: plain("link", "http://www.kommune.dk/kontakt") } }),
  }),
  ...["http://www.kommune.dk/", "http://borger.kommune.dk/", "http://kommune.dk/"].map((url) =>
    inWorld(
      { zones: [BELOW], web: { [WWW]: site({ at: { front: plain("link", url) } }) } },
      fails(`a link by http beside or above: ${url}`, ALL, "K11_PLAIN_REFERENCES"),
      hostAsset("selvbetjening.kommune.dk"),
    ),
  ),
  inWorld(
    {
      zones: [{ name: "visitkommune.com", records: [`www A ${WWW}`, `@ A ${APEX}`] }],
      web: { [WWW]: site({ at: { front: plain("link", "http://shop.visitkommune.com/") } }), [APEX]: site() },
    },
    fails("a link by http to a name below the apex outside .dk", ALL, "K11_PLAIN_REFERENCES"),
    hostAsset("www.visitkommune.com"),
  ),
  inKommune(passes("the text of a redirect over HTTP links by http"), {
    www: site({
      http: [
        { ...atHttp, location: "http://www.kommune.dk/da", ...plain("link", "http://www.kommune.dk/da") },
        { url: "http://www.kommune.dk/da", location: "https://www.kommune.dk/da" },
        { url: "https://www.kommune.dk/da", fields: sts(WHOLE) },
      ],
    }),
  }),
  inKommune(passes("the text of a redirect over HTTPS links by http, and breaks off"), {
    apex: site({
      at: {
        front: {
          location: "https://www.kommune.dk/",
          ...plain("link", "http://www.kommune.dk/"),
          body: { cut: "broke" },
        },
      },
      then: [atWww],
    }),
  }),
  inKommune(passes("a page over HTTP links by http, which is for S27"), {
    www: site({ http: [{ ...atHttp, ...plain("link", "http://www.kommune.dk/"), body: { cut: "broke" } }] }),
  }),
  inKommune(passes("a link by http to somebody else"), {
    www: site({ at: { front: plain("link", "http://example.com/") } }),
  }),
  inKommune(fails("a link by http to an own host under another name", ALL, "K11_PLAIN_REFERENCES"), {
    www: site({ at: { front: plain("link", "http://nykommune.dk/") }, ownHosts: ["nykommune.dk"] }),
  }),
  inKommune(passes("a picture by http, which is for S27"), {
    www: site({ at: { front: plain("resource", "http://www.kommune.dk/logo.png") } }),
  }),
  inKommune(leavesOpen("the front page breaks off", "connection-reset", ALL, "K11_UNOBSERVED_CONNECTION_RESET"), {
    www: site({ at: { front: { body: { cut: "broke" } } } }),
  }),
  inKommune(passes("the front page is longer than we read"), {
    www: site({ at: { front: { body: { cut: "limit" } } } }),
  }),
];

export const ENTRY_SCENARIOS: readonly Scenario[] = [...ENTRIES, ...PORTS, ...INHERITANCE, ...REFERENCES];
