import type { WebExpected, WebLabCase, WebPlace } from "./web-case.ts";

const WARNED: WebExpected = { verdict: "pass", tags: ["S27_PROFILE_WARNING"], says: "genforhandle" };
const PASS: WebExpected = { verdict: "pass", without: "genforhandle" };
/** Nobody can prove from outside with a runtime that sends no early data, but nobody may pass it either. */
const EARLY: WebExpected = {
  verdict: "fail",
  acceptable: ["indeterminate"],
  causes: ["not-observable", "tool-limit"],
};
/** Without OpenSSL's own list of groups, which has disputed ones. */
const GROUPS = ["-groups", "X25519:P-256:P-384"];
const SUITES = ["-cipher", "ECDHE+AESGCM"];
const GNUTLS = "NORMAL:-VERS-ALL:+VERS-TLS1.2:-CIPHER-ALL:+AES-128-GCM:-KX-ALL:+ECDHE-RSA:-GROUP-ALL:+GROUP-SECP256R1";
const TICKETS = "ssl_session_tickets on;";
const CACHE = "ssl_session_cache shared:SSL:1m;";

function openssl(...options: readonly string[]): WebPlace {
  return { openssl: [...GROUPS, ...SUITES, ...options] };
}

/** What is tried only by consent: tls-profile 2.4, T13 (client-initiated renegotiation) and T14 (early data). */
const ROWS: readonly (readonly [name: string, place: WebPlace, expected: WebExpected, reason: string])[] = [
  ["renegotiation-nginx", { tls: ["ssl_protocols TLSv1.2;"] }, PASS, "T13: off, as nginx has it since 0.8.23"],
  ["renegotiation-off", openssl("-tls1_2", "-no_renegotiation"), PASS, "T13: off"],
  ["renegotiation-default", openssl("-tls1_2"), PASS, "T13: off, as OpenSSL 3 has it unless told otherwise"],
  ["renegotiation-on", openssl("-tls1_2", "-client_renegotiation"), WARNED, "T13: on, a disputed row, which warns"],
  ["renegotiation-gnutls", { certificates: ["rsa"], gnutls: GNUTLS }, WARNED, "T13: on, a disputed row, which warns"],
  ["tickets-none", {}, PASS, "T14: no ticket, so nothing to send early data by"],
  ["tickets-plain", { tls: [TICKETS] }, PASS, "T14: a ticket that allows no early data (RFC 8446 section 4.6.1)"],
  ["tickets-cached", { tls: [CACHE] }, PASS, "T14: a session of the cache allows no early data either"],
  ["tickets-13-only", { tls: ["ssl_protocols TLSv1.3;", TICKETS] }, PASS, "T13: TLS 1.3 has no renegotiation"],
  ["early-data-nginx", { tls: [TICKETS, "ssl_early_data on;"] }, EARLY, "T14: on; RFC 8470 section 5.2"],
];

/** One that nobody may try: what is not tried is not held against it. */
const UNTRIED: WebLabCase = {
  name: "renegotiation-untried",
  places: [openssl("-tls1_2", "-client_renegotiation")],
  expected: { S27: PASS },
  reason: "tls-profile 2.4: off by default for customers without consent",
};

export const ACTIVE_LAB_CASES: readonly WebLabCase[] = [
  ...ROWS.map(([name, place, S27, reason]): WebLabCase => ({
    name,
    places: [place],
    consent: "active",
    expected: { S27 },
    reason: `tls-profile 2.2, ${reason}`,
  })),
  UNTRIED,
];
