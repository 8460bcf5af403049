/** What a declared service's own words come to: the rows 27.1 to 27.3, from what was heard before encryption. */
import type { ServiceSpeech, ServiceVisit } from "../../services/observations.ts";
import { type Protection, SERVICE_SCHEMES } from "../../services/schemes.ts";

type Visited = Extract<ServiceVisit, { readonly state: "visited" }>;
type Dialogue = Extract<ServiceSpeech, { readonly kind: "dialogue" }>;

type NoTls = Exclude<Dialogue["startTls"], "accepted">;

/**
 * `isFirm`: rests on what was heard, so that it holds whatever else stayed open. `protocol`: of `own` and `exempt`, by its scheme.
 * `broken`: logins in clear are refused, and TLS cannot be had.
 */
export type ServiceState =
  | { readonly kind: "encrypted" | "protected" | "unknown-login" | "mute" | "not-understood"; readonly isFirm: false }
  | { readonly kind: "clear" | "plain-login"; readonly isFirm: boolean }
  | { readonly kind: "no-tls"; readonly isFirm: boolean; readonly startTls: NoTls }
  | { readonly kind: "broken"; readonly isFirm: false; readonly startTls: NoTls }
  | { readonly kind: "own" | "exempt"; readonly isFirm: true; readonly protocol: string };

/** SMTP between servers is opportunistic (RFC 7435); S9 and S20 judge it. Submission is another port's business. */
const SMTP_RELAY = { scheme: "smtp", port: 25 } as const;

/** Protocols in which the client speaks first: that such a server says nothing is no sign of anything else. */
const CLIENT_SPEAKS_FIRST: ReadonlySet<string> = new Set(["smb", "mqtt", "redis", "sip"]);

/** Whether decision 27.3 exempts the protocol wherever it is. */
export function isExempt(scheme: string, port: number): boolean {
  if (scheme === SMTP_RELAY.scheme) return port === SMTP_RELAY.port;
  return protectionOf(scheme) === "exempt";
}

export function serviceState({ scheme, port, speech }: Visited): ServiceState {
  if (isExempt(scheme, port)) return { kind: "exempt", isFirm: true, protocol: scheme };
  switch (speech.kind) {
    case "tls":
      return { kind: "encrypted", isFirm: false };
    case "dialogue":
      return dialogueState(speech);
    case "banner":
      return bannerState(protectionOf(scheme), speech.looksLike);
    case "mute":
      return CLIENT_SPEAKS_FIRST.has(scheme) ? { kind: "clear", isFirm: false } : { kind: "mute", isFirm: false };
  }
}

/** Row 27.2: it passes only where the server refuses logins in clear, and TLS can be had instead. */
function dialogueState(speech: Dialogue): ServiceState {
  const { startTls } = speech;
  const login = loginInClear(speech);
  if (startTls !== "accepted") {
    if (login === "refused" && !isOpenSubmission(speech)) return { kind: "broken", isFirm: false, startTls };
    return { kind: "no-tls", isFirm: login === "offered", startTls };
  }
  if (login === "offered") return { kind: "plain-login", isFirm: true };
  return { kind: login === "refused" ? "protected" : "unknown-login", isFirm: false };
}

/** SMTP takes mail without a login, too: with neither AUTH nor STARTTLS all that is to be had there is in clear. */
function isOpenSubmission({ protocol, startTls }: Dialogue): boolean {
  return protocol === "smtp" && startTls === "not-offered";
}

/** A banner is in clear. Only of a protocol without TLS of its own does that say all. */
function bannerState(declared: Protection | null, looksLike: string | null): ServiceState {
  const seen = looksLike === null ? null : protectionOf(looksLike.toLowerCase());
  if (seen === "own") return { kind: "own", isFirm: true, protocol: (looksLike ?? "").toLowerCase() };
  if (seen === "clear" || declared === "clear" || declared === "implicit") return { kind: "clear", isFirm: true };
  return { kind: "not-understood", isFirm: false };
}

/**
 * What the probe made of it, held against the capabilities: a mechanism that is offered is a login that is offered (RFC 4954
 * section 4, RFC 9051 section 6.2.2, RFC 5034 section 3), and an IMAP server that takes none in clear must say LOGINDISABLED
 * (RFC 9051 section 6.2.3).
 */
function loginInClear({ protocol, capabilities, plainLogin }: Dialogue): Dialogue["plainLogin"] {
  const offers = MECHANISMS[protocol];
  if (offers !== undefined && capabilities.some((each) => offers.test(each))) return "offered";
  if (plainLogin === "refused" && protocol === "imap" && !capabilities.includes("LOGINDISABLED")) return "unknown";
  return plainLogin;
}

const MECHANISMS: Readonly<Partial<Record<Dialogue["protocol"], RegExp>>> = {
  smtp: /^AUTH[ =]\S/u,
  imap: /^AUTH=(?!EXTERNAL$)/u,
  pop3: /^(?:USER$|SASL \S)/u,
};

function protectionOf(scheme: string): Protection | null {
  return (Object.hasOwn(SERVICE_SCHEMES, scheme) ? SERVICE_SCHEMES[scheme]?.protection : undefined) ?? null;
}
