import { malformed, parsed, type Parsed } from "../wire/parsed.ts";

/** An alert in clear (RFC 8446 section 6). */
export interface Alert {
  readonly level: "warning" | "fatal";
  readonly code: number;
  /** IANA's name, or `alert_` and the code. */
  readonly name: string;
}

const FATAL = 2;
const ALERT_OCTETS = 2;

/** IANA's registry "TLS Alerts", with the names of SSLv3 and of the drafts. */
const NAMES: Readonly<Record<number, string>> = {
  0: "close_notify",
  10: "unexpected_message",
  20: "bad_record_mac",
  21: "decryption_failed",
  22: "record_overflow",
  30: "decompression_failure",
  40: "handshake_failure",
  41: "no_certificate",
  42: "bad_certificate",
  43: "unsupported_certificate",
  44: "certificate_revoked",
  45: "certificate_expired",
  46: "certificate_unknown",
  47: "illegal_parameter",
  48: "unknown_ca",
  49: "access_denied",
  50: "decode_error",
  51: "decrypt_error",
  60: "export_restriction",
  70: "protocol_version",
  71: "insufficient_security",
  80: "internal_error",
  86: "inappropriate_fallback",
  90: "user_canceled",
  100: "no_renegotiation",
  109: "missing_extension",
  110: "unsupported_extension",
  111: "certificate_unobtainable",
  112: "unrecognized_name",
  113: "bad_certificate_status_response",
  114: "bad_certificate_hash_value",
  115: "unknown_psk_identity",
  116: "certificate_required",
  120: "no_application_protocol",
};

/** Reads one alert of two octets. A level that is neither warning nor fatal counts as fatal: the peer gave up. */
export function parseAlert(octets: Uint8Array): Parsed<Alert> {
  const [level, code] = octets;
  if (octets.length !== ALERT_OCTETS || level === undefined || code === undefined)
    return malformed(`an alert of ${octets.length} octets`);
  const name = NAMES[code] ?? `alert_${code}`;
  return parsed({ level: level >= FATAL || level === 0 ? "fatal" : "warning", code, name });
}

/** Alerts by which a server says no to what was offered, and means it: no smaller hello would be answered otherwise. */
const REFUSALS: readonly string[] = [
  ...["handshake_failure", "protocol_version", "insufficient_security", "inappropriate_fallback"],
  ...["no_certificate", "missing_extension", "unsupported_extension", "export_restriction"],
];

/** Whether this alert answers the offer; others (decode_error, record_overflow, internal_error ...) may be about its form. */
export function isRefusal({ name }: Alert): boolean {
  return REFUSALS.includes(name);
}
