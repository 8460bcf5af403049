import {
  FLEET_ZONES,
  FOREIGN_WEB_ZONE,
  WEB_ZONE,
  type WebExpected,
  type WebLabCase,
  type WebPlace,
} from "./web-case.ts";

const PASS: WebExpected = { verdict: "pass" };
const fails = (...tags: readonly string[]): WebExpected => ({ verdict: "fail", tags });
const PORT = 8443;
const HTTP_PORT = 8080;
const FAR_AHEAD = "2099-12-31";
const PAST = "2025-12-31";
const HSTS = "add_header Strict-Transport-Security 'max-age=31536000' always;";
const PAGE = "location = /selvbetjening/ { return 200 '<!doctype html><title>Selvbetjening</title>'; }";
const BARE_PAGE = PAGE.replace("return", "add_header X-Side ja always; return");
const IN_CLEAR = "location / { return 200 '<!doctype html><title>side</title>ukrypteret'; }";
const NOT_FOUND = "location / { return 404; }";
const OLD = ["ssl_protocols TLSv1.1 TLSv1.2;", "ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-SHA;"];

/** Nothing but TLS at a port of its own; what is at 80 of the host is no matter of the asset. */
function portal(place: WebPlace): WebPlace {
  return { secure: [HSTS, PAGE, NOT_FOUND], plain: [IN_CLEAR], securePort: PORT, ...place };
}

function at(name: string, scheme = "https", port = PORT, path = "/selvbetjening/"): { readonly url: string } {
  return { url: `${scheme}://${name}.${WEB_ZONE}:${String(port)}${path}` };
}

/** Addresses of pages with a port and a path (requirements 4.9: the same test at other ports). */
const URL_CASES: readonly WebLabCase[] = [
  {
    name: "portal",
    asset: at("portal"),
    places: [portal({})],
    expected: { S17: PASS, S27: PASS, K11: PASS },
    reason:
      "requirements 4.9 and 4.12 at a port of its own; the page of the asset is not the front page, which is a 404",
  },
  {
    name: "portal-without-header",
    asset: at("portal-without-header"),
    places: [portal({ secure: [HSTS, BARE_PAGE, NOT_FOUND] })],
    expected: { S27: PASS, K11: fails("K11_HEADER_MISSING") },
    reason: "requirements 4.12, 111: the very page of the asset has none",
  },
  {
    name: "portal-old-tls",
    asset: at("portal-old-tls"),
    places: [portal({ tls: OLD })],
    expected: { S27: fails("S27_VERSION_OLD") },
    reason: "requirements 4.9, S27(b): per port",
  },
  {
    name: "portal-expired",
    asset: at("portal-expired"),
    places: [portal({ certificates: ["expired"] })],
    expected: { S27: fails("S27_CERTIFICATE_EXPIRED"), K11: fails() },
    reason: "RFC 5280 section 4.1.2.5",
  },
  {
    name: "portal-ipv6-old",
    asset: at("portal-ipv6-old"),
    places: [portal({}), { ...portal({ tls: OLD }), family: "ipv6" }],
    expected: { S27: fails("S27_VERSION_OLD"), K11: PASS },
    reason: "requirements 4.9, S27(b): per address and port",
  },
  {
    name: "http-8080",
    asset: at("http-8080", "http", HTTP_PORT),
    places: [{ plain: [IN_CLEAR], plainPort: HTTP_PORT }],
    expected: { S27: fails("S27_PLAIN_CONTENT") },
    reason: "requirements 4.9: HTTP on ports other than 80, the same test",
  },
  {
    name: "http-8080-leads",
    asset: at("http-8080-leads", "http", HTTP_PORT),
    places: [{ plain: [`return 301 https://http-8080-leads.${WEB_ZONE}$request_uri;`], plainPort: HTTP_PORT }],
    expected: { S27: PASS },
    reason: "requirements 4.9: HTTP on ports other than 80, the same test",
  },
];

const STAYS: WebPlace = { secure: [IN_CLEAR], plain: [IN_CLEAR] };
const LEADS: WebPlace = {
  secure: [`return 301 https://good.${WEB_ZONE}/;`],
  plain: [`return 301 https://good.${WEB_ZONE}/;`],
};

function exempted(name: string, validUntil: string, S17: WebExpected, place: WebPlace = STAYS): WebLabCase {
  return {
    name,
    asset: { host: `${name}.${FOREIGN_WEB_ZONE}` },
    places: [place],
    exemption: { requirement: "S17", validUntil },
    expected: { S17 },
    reason: "requirements 4.1, 17.6: an exception with expiry",
  };
}

/** Dispensations count until their last day, and say nothing of what was not seen. */
const EXEMPTION_CASES: readonly WebLabCase[] = [
  exempted("exempted", FAR_AHEAD, { verdict: "attested", tags: ["S17_SERVICE_OUTSIDE_DK"] }),
  exempted("exempted-once", PAST, fails("S17_SERVICE_OUTSIDE_DK")),
  exempted("exempted-silent", FAR_AHEAD, { verdict: "indeterminate", causes: ["tcp-timeout"] }, { silent: true }),
  exempted("exempted-needlessly", FAR_AHEAD, PASS, LEADS),
];

const [FLEET, FLOTILLA] = FLEET_ZONES;

function ship(label: string, zone: string, place: WebPlace, S17: WebExpected): WebLabCase {
  const host = label === "" ? zone : `${label}.${zone}`;
  const reason = "requirements 4.1, 17.2: apex, www and every known host";
  return { name: host.replaceAll(".", "-"), asset: { host }, places: [place], expected: { S17 }, reason };
}

/** A domain outside .dk with what its apex, its www and its other hosts come to. The apex's place is the domain's. */
const FLEET_CASES: readonly WebLabCase[] = [
  {
    name: "fleet",
    asset: { domain: FLEET },
    places: [LEADS, { ...LEADS, family: "ipv6" }],
    expected: { S17: PASS },
    reason: "requirements 4.1, 17.2: apex, www and every known host lead to .dk",
  },
  ship("www", FLEET, LEADS, PASS),
  ship("borger", FLEET, { ...LEADS, family: "ipv6" }, PASS),
  ship("shut", FLEET, { secure: "closed", plain: "closed" }, { verdict: "not-applicable" }),
  {
    name: "flotilla",
    asset: { domain: FLOTILLA },
    places: [LEADS],
    expected: { S17: { verdict: "fail" } },
    reason: "requirements 4.1, 17.2: one known host stays",
  },
  ship("www", FLOTILLA, LEADS, PASS),
  ship("borger", FLOTILLA, STAYS, fails("S17_SERVICE_OUTSIDE_DK")),
];

export const ASSET_LAB_CASES: readonly WebLabCase[] = [...URL_CASES, ...EXEMPTION_CASES, ...FLEET_CASES];
