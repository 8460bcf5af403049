import type { Scenario } from "../../core/scenario.ts";
import type { TlsFindings } from "../../tls/observations.ts";
import type { TlsVersion } from "../../tls/versions.ts";
import {
  alsoTaking,
  besides,
  closed,
  endpoint,
  groups,
  MODERN,
  MODERN_12,
  MODERN_13,
  RESET,
  silent,
  suites,
  versions,
  withoutTls,
} from "./tls-scenario-endpoint.ts";
import {
  ADVICE,
  at,
  atBoth,
  atService,
  B,
  C,
  CAVEAT,
  fails,
  goodWeb,
  H,
  IPV4,
  IPV6,
  leavesOpen,
  passes,
  service,
  shutWeb,
  WARNING,
} from "./tls-scenario-world.ts";

const OLD = ["S27_VERSION_OLD", "S27_PROFILE_VERSION"];
const UNHEARD = "S27_UNOBSERVED_CONNECTION_RESET";

/** The versions of a modern server, some of which stayed open. */
function opened(...open: readonly TlsVersion[]): TlsFindings["versions"] {
  return MODERN.versions.map((trial) =>
    open.includes(trial.version) ? { ...trial, outcome: "undecided", undecided: RESET } : trial,
  );
}

const ONLY_12 = {
  versions: versions("TLSv1.2"),
  suites: [suites("TLSv1.2", MODERN_12)],
  groups: [groups("TLSv1.2", "x25519", "secp256r1")],
};
const ONLY_13 = {
  versions: versions("TLSv1.3"),
  suites: [suites("TLSv1.3", MODERN_13)],
  groups: [groups("TLSv1.3", "x25519", "secp256r1")],
  signatures: null,
  legacy: null,
};
const ONLY_10 = {
  versions: versions("TLSv1.0"),
  suites: [suites("TLSv1.0", ["ECDHE_ECDSA_WITH_AES_128_CBC_SHA"])],
  groups: [],
  signatures: null,
};

/** Clause (b). */
const VERSIONS: readonly Scenario[] = [
  at(endpoint(), passes("a modern server")),
  at(endpoint(ONLY_13), passes("TLS 1.3 alone")),
  at(endpoint(ONLY_12), passes("TLS 1.2 alone")),
  at(
    endpoint(besides("SSLv2", ["SSL_CK_RC4_128_WITH_MD5"])),
    fails("SSLv2 is accepted, too", ...OLD, "S27_PROFILE_SUITE", CAVEAT, H),
  ),
  at(
    endpoint(besides("SSLv3", ["RSA_WITH_RC4_128_SHA"])),
    fails("SSLv3 is accepted, too", ...OLD, "S27_PROFILE_SUITE", CAVEAT, H),
  ),
  at(
    endpoint(besides("TLSv1.0", ["ECDHE_ECDSA_WITH_AES_128_CBC_SHA"])),
    fails("TLS 1.0 is accepted, too", ...OLD, CAVEAT, H, ADVICE),
  ),
  at(
    endpoint(besides("TLSv1.1", ["ECDHE_ECDSA_WITH_AES_128_CBC_SHA"])),
    fails("TLS 1.1 is accepted, too", ...OLD, CAVEAT, H, ADVICE),
  ),
  at(endpoint(ONLY_10), fails("TLS 1.0 alone", ...OLD, "S27_VERSION_MODERN_MISSING", CAVEAT, H, ADVICE)),
];

/** Silence and resets are no answer. */
const OPEN: readonly Scenario[] = [
  at(
    endpoint({ versions: opened("TLSv1.0") }),
    leavesOpen("whether TLS 1.0 is accepted stayed open", "connection-reset", UNHEARD, CAVEAT, H),
  ),
  at(
    endpoint({ ...ONLY_12, versions: opened("TLSv1.3") }),
    leavesOpen("whether TLS 1.3 is accepted stayed open", "connection-reset", B, UNHEARD, CAVEAT, H),
  ),
  at(
    endpoint({ versions: opened("TLSv1.2", "TLSv1.3"), suites: [], groups: [], signatures: null, legacy: null }),
    leavesOpen("neither modern version is known", "connection-reset", UNHEARD, CAVEAT, H),
  ),
  at(
    endpoint({
      ...besides("TLSv1.0", ["ECDHE_ECDSA_WITH_AES_128_CBC_SHA"]),
      versions: opened("TLSv1.1").map((trial) =>
        trial.version === "TLSv1.0" ? { ...trial, outcome: "accepted" } : trial,
      ),
    }),
    fails("TLS 1.0 is accepted and 1.1 stayed open", ...OLD, UNHEARD, CAVEAT, H, ADVICE),
  ),
  at(silent, leavesOpen("the TLS server is silent", "tcp-timeout", "S27_UNOBSERVED_TCP_TIMEOUT")),
];

/** Every address is a server of its own. */
const ADDRESSES: readonly Scenario[] = [
  atBoth(
    { [IPV4]: endpoint(), [IPV6]: endpoint(besides("TLSv1.0", ["ECDHE_ECDSA_WITH_AES_128_CBC_SHA"])) },
    fails("the second address accepts TLS 1.0", B, C, ...OLD, CAVEAT, H, ADVICE),
  ),
  atBoth(
    { [IPV4]: silent, [IPV6]: endpoint() },
    leavesOpen("one of two addresses is silent", "tcp-timeout", B, C, CAVEAT, H, "S27_UNOBSERVED_TCP_TIMEOUT"),
  ),
  atBoth(
    { [IPV4]: endpoint(), [IPV6]: endpoint() },
    passes("no route to the second address", "S27_TLS_NOT_SEEN_HERE", "S27_TLS_NOT_JUDGED", "S27_ADDRESS_NOT_SEEN"),
    { families: ["ipv4"] },
  ),
  atBoth(
    { [IPV4]: endpoint(), [IPV6]: closed },
    passes("port 443 is closed at the second address", "S27_TLS_NOT_JUDGED", "S27_WEB_CLOSED", "S27_WEB_UNUSED"),
    { web: { [IPV4]: goodWeb, [IPV6]: shutWeb } },
  ),
  atBoth(
    { [IPV4]: endpoint(), [IPV6]: closed },
    leavesOpen(
      "port 443 answers as a page and refuses to be profiled",
      "connection-refused",
      ...[B, C, CAVEAT, H, "S27_UNOBSERVED_CONNECTION_REFUSED"],
    ),
  ),
  atBoth(
    { [IPV4]: endpoint(), [IPV6]: endpoint() },
    leavesOpen(
      "port 443 refuses as a page and is profiled",
      "connection-refused",
      ...[B, C, CAVEAT, H, "S27_WEB_CLOSED", "S27_UNOBSERVED_CONNECTION_REFUSED"],
    ),
    { web: { [IPV4]: goodWeb, [IPV6]: shutWeb } },
  ),
  at(withoutTls, fails("port 443 answers without TLS", "S27_TLS_MISSING", "S27_TLS_NOT_JUDGED")),
];

const RELAY = [
  ...["S27_NOT_WEB", "S27_SERVICE_EXEMPT", "S27_VERSIONS_NOT_HTTPS"],
  ...["S27_PROFILE_MAIL_RELAY", "S27_CERTIFICATE_TRUST_NOT_NEEDED"],
];
const IMAPS = ["S27_NOT_WEB", "S27_SERVICE_ENCRYPTED", "S27_VERSIONS_NOT_HTTPS"];

/** Clause (b) is about HTTPS; of other services the profile speaks. */
const SERVICES: readonly Scenario[] = [
  atService(service("imaps", 993), {
    ...passes("a modern IMAP server"),
    tags: [...IMAPS, C, CAVEAT, H],
  }),
  atService(
    service("imaps", 993),
    fails("an IMAP server that accepts TLS 1.0", ...IMAPS, "S27_PROFILE_VERSION", CAVEAT, H, ADVICE),
    endpoint(besides("TLSv1.0", ["ECDHE_ECDSA_WITH_AES_128_CBC_SHA"])),
  ),
  atService(
    service("imaps", 993),
    fails(
      "an IMAP server without TLS on its TLS port",
      ...["S27_NOT_WEB", "S27_VERSIONS_NOT_HTTPS", "S27_UNOBSERVED_TLS_FAILED"],
      ...["S27_TLS_MISSING", "S27_TLS_NOT_JUDGED"],
    ),
    withoutTls,
  ),
  {
    ...atService(
      service("smtp", 25),
      fails("a mail gateway that accepts RC4", ...RELAY, WARNING, CAVEAT),
      alsoTaking("RSA_WITH_RC4_128_SHA"),
    ),
    verdict: "not-applicable",
  },
];

export const VERSION_SCENARIOS: readonly Scenario[] = [...VERSIONS, ...OPEN, ...ADDRESSES, ...SERVICES];
