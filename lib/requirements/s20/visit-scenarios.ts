import type { Scenario } from "../../core/scenario.ts";
import {
  type CertificateName,
  fails,
  handshake,
  inWorld,
  inZone,
  IPV4,
  IPV6,
  leavesOpen,
  ONE_GATEWAY,
  passes,
  presents,
  reply,
  tlsa,
  unseen,
} from "./scenario-world.ts";

const RECORD = tlsa("3 1 1", "ecdsa");
const ZONE = [...ONE_GATEWAY, RECORD];
const CHAIN: readonly CertificateName[] = ["ecdsa", "intermediate"];
const BOTH_FAMILIES = [...ZONE, `mx AAAA ${IPV6}`];

/** The gateway with one 3 1 1 record, and a visit that goes as told. */
const visited = (changes: Parameters<typeof presents>[1], said: Parameters<typeof inZone>[1]): Scenario =>
  inZone(ZONE, said, { [IPV4]: presents({ ecdsa: CHAIN }, changes) });

/** One record, and what the gateway presents. */
const matched = (
  form: string,
  about: CertificateName,
  chain: readonly CertificateName[],
  said: Parameters<typeof inZone>[1],
): Scenario => inZone([...ONE_GATEWAY, tlsa(form, about)], said, { [IPV4]: presents({ ecdsa: chain }) });

const failed = (type: "rsa" | "ecdsa") =>
  ({ ...handshake(type), outcome: "failed", detail: "alert handshake_failure" }) as const;
const reset = (type: "rsa" | "ecdsa") =>
  ({ ...handshake(type), outcome: "unobserved", cause: "connection-reset", detail: "reset" }) as const;
/** The certificate was presented, and then the handshake went wrong. */
const broken = (type: "rsa" | "ecdsa") =>
  ({ ...handshake(type, [type]), outcome: "unobserved", cause: "protocol-error", detail: "BAD_SIGNATURE" }) as const;

/** 20.4: as far as TLS. */
const DIALOGUES: readonly Scenario[] = [
  visited(
    { greeting: reply(421), ehlo: null, keywords: [], startTls: null, handshakes: [] },
    leavesOpen("421 at once", "greylisted", "S20_GREETING_TEMPORARY"),
  ),
  visited(
    { greeting: reply(554), ehlo: null, keywords: [], startTls: null, handshakes: [] },
    leavesOpen("554 at once", "vantage-blocked", "S20_GREETING_REFUSED"),
  ),
  visited(
    { greeting: reply(354), ehlo: null, keywords: [], startTls: null, handshakes: [] },
    leavesOpen("a greeting that is none", "protocol-error", "S20_UNOBSERVED_PROTOCOL_ERROR"),
  ),
  visited(
    { ehlo: null, keywords: [], startTls: null, handshakes: [] },
    leavesOpen("hung up before EHLO was answered", "protocol-error", "S20_UNOBSERVED_PROTOCOL_ERROR"),
  ),
  visited(
    { ehlo: reply(550), keywords: [], startTls: null, handshakes: [] },
    leavesOpen("550 to EHLO", "vantage-blocked", "S20_GREETING_REFUSED"),
  ),
  visited(
    { ehlo: reply(502), keywords: [], startTls: null, handshakes: [] },
    fails("EHLO is unknown", "S20_STARTTLS_MISSING"),
  ),
  visited({ keywords: ["PIPELINING"], startTls: null, handshakes: [] }, fails("no STARTTLS", "S20_STARTTLS_MISSING")),
  visited(
    { startTls: reply(454), handshakes: [] },
    leavesOpen("454 to STARTTLS", "greylisted", "S20_STARTTLS_TEMPORARY"),
  ),
  visited({ startTls: reply(502), handshakes: [] }, fails("502 to STARTTLS", "S20_STARTTLS_REFUSED")),
  visited(
    { startTls: null, handshakes: [] },
    leavesOpen("hung up before STARTTLS was answered", "protocol-error", "S20_UNOBSERVED_PROTOCOL_ERROR"),
  ),
  visited({ injected: true }, passes("octets between STARTTLS and TLS", "S20_INJECTED")),
  visited(
    { handshakes: [failed("rsa"), failed("ecdsa")] },
    fails("every handshake is refused", "S20_HANDSHAKE_FAILED"),
  ),
  visited(
    { handshakes: [handshake("rsa"), handshake("ecdsa")] },
    fails("neither kind of certificate", "S20_HANDSHAKE_FAILED"),
  ),
  visited(
    { handshakes: [reset("rsa"), reset("ecdsa")] },
    leavesOpen("every handshake is reset", "connection-reset", "S20_UNOBSERVED_CONNECTION_RESET"),
  ),
  visited(
    { handshakes: [failed("rsa"), handshake("ecdsa", CHAIN)] },
    leavesOpen("ECDSA matches, RSA fails", "tls-failed", "S20_UNOBSERVED_TLS_FAILED"),
  ),
  inZone(
    [...ZONE, tlsa("3 1 1", "rsa")],
    leavesOpen("ECDSA matches, RSA matches and breaks", "protocol-error", "S20_UNOBSERVED_PROTOCOL_ERROR"),
    { [IPV4]: presents({}, { handshakes: [broken("rsa"), handshake("ecdsa", CHAIN)] }) },
  ),
  visited(
    { handshakes: [broken("rsa"), handshake("ecdsa", CHAIN)] },
    fails("ECDSA matches, RSA does not and breaks", "S20_CERTIFICATE_MISMATCH", "S20_UNOBSERVED_PROTOCOL_ERROR"),
  ),
  visited({ handshakes: [] }, leavesOpen("no handshake was tried", "internal", "S20_UNOBSERVED_INTERNAL")),
  inZone(ZONE, leavesOpen("a silent gateway", "tcp-timeout", "S20_UNOBSERVED_TCP_TIMEOUT"), {}),
  inZone(
    ZONE,
    leavesOpen("port 25 is closed from here", "port25-egress-blocked", "S20_UNOBSERVED_PORT25_EGRESS_BLOCKED"),
    { [IPV4]: unseen("port25-egress-blocked") },
  ),
];

/** 20.6: every address and every kind of certificate. */
const EVERY_ONE: readonly Scenario[] = [
  inZone(
    [...BOTH_FAMILIES, tlsa("3 1 1", "rsa")],
    passes("two addresses, two kinds of certificate"),
    Object.fromEntries([IPV4, IPV6].map((address) => [address, presents({ rsa: ["rsa"], ecdsa: CHAIN })])),
  ),
  inZone(BOTH_FAMILIES, fails("IPv6 presents another certificate", "S20_GATEWAY_MATCHES", "S20_CERTIFICATE_MISMATCH"), {
    [IPV4]: presents({ ecdsa: CHAIN }),
    [IPV6]: presents({ ecdsa: ["other", "intermediate"] }),
  }),
  inZone(ZONE, fails("ECDSA matches, RSA does not", "S20_CERTIFICATE_MISMATCH"), {
    [IPV4]: presents({ rsa: ["rsa"], ecdsa: CHAIN }),
  }),
  inZone(
    BOTH_FAMILIES,
    leavesOpen("IPv6 is silent", "tcp-timeout", "S20_GATEWAY_MATCHES", "S20_UNOBSERVED_TCP_TIMEOUT"),
    { [IPV4]: presents({ ecdsa: CHAIN }) },
  ),
  inWorld(
    {
      zones: [{ name: "kommune.dk", records: BOTH_FAMILIES }],
      families: ["ipv4"],
      gateways: { [IPV4]: presents({ ecdsa: CHAIN }) },
    },
    passes("no route to IPv6 from here", "S20_ADDRESS_NOT_SEEN"),
  ),
];

/** 20.5: what matches. */
const MATCHES: readonly Scenario[] = [
  matched("3 1 1", "ecdsa", ["ecdsa"], passes("the key's digest")),
  matched(
    "3 1 1",
    "expired",
    ["expired", "intermediate"],
    passes("an expired certificate", "S20_CERTIFICATE_OUT_OF_DATE"),
  ),
  matched("3 1 1", "self", ["self"], passes("a certificate signed by itself")),
  matched("3 1 1", "other", ["other", "intermediate"], passes("a certificate for another name")),
  matched("3 1 1", "next", CHAIN, fails("a record of another key", "S20_CERTIFICATE_MISMATCH")),
  matched("2 1 1", "intermediate", CHAIN, passes("the issuer's key")),
  matched("2 0 1", "root", ["ecdsa", "intermediate", "root"], passes("the root's certificate, sent")),
  matched("2 0 1", "root", CHAIN, fails("the root's certificate, not sent", "S20_ANCHOR_ABSENT")),
  matched("2 0 0", "root", CHAIN, passes("the root's certificate, not sent but in the record")),
  matched(
    "2 1 1",
    "intermediate",
    ["other", "intermediate"],
    fails("for another name, by its issuer", "S20_NAME_MISMATCH"),
  ),
  matched(
    "2 1 1",
    "intermediate",
    ["expired", "intermediate"],
    fails("expired, by its issuer", "S20_CHAIN_OUT_OF_DATE"),
  ),
  matched("2 1 1", "rogue", ["plain", "rogue"], fails("an issuer of the same name", "S20_CHAIN_INVALID")),
  matched("2 1 1", "intermediate", ["client", "intermediate"], fails("a client's certificate", "S20_CHAIN_INVALID")),
  matched(
    "2 1 1",
    "intermediate",
    ["odd", "intermediate"],
    leavesOpen("an extension that nobody knows", "tool-limit", "S20_CHAIN_NOT_UNDERSTOOD"),
  ),
  inZone(
    [...ONE_GATEWAY, RECORD, tlsa("3 1 2", "next")],
    fails("SHA-256 matches, SHA-512 beside it does not", "S20_CERTIFICATE_MISMATCH"),
  ),
];

/** 20.7: what lies ahead. */
const FORECASTS: readonly Scenario[] = [
  matched("3 0 1", "ecdsa", CHAIN, passes("the certificate's digest alone", "S20_RENEWAL_BREAKS")),
  matched(
    "3 1 1",
    "short",
    ["short", "intermediate"],
    passes("a routine certificate's key alone", "S20_KEY_MUST_STAY"),
  ),
  matched("3 1 1", "short", ["renewed", "intermediate"], passes("renewed with the same key", "S20_KEY_MUST_STAY")),
  inZone([...ONE_GATEWAY, tlsa("3 1 1", "short"), tlsa("3 1 1", "next")], passes("the next key's record is out"), {
    [IPV4]: presents({ ecdsa: ["short", "intermediate"] }),
  }),
  inZone([...ONE_GATEWAY, tlsa("3 1 1", "short"), tlsa("3 1 1", "next")], passes("the next key is in use"), {
    [IPV4]: presents({ ecdsa: ["next", "intermediate"] }),
  }),
  inZone([...ONE_GATEWAY, tlsa("3 1 1", "short"), tlsa("2 1 1", "intermediate")], passes("key and issuer"), {
    [IPV4]: presents({ ecdsa: ["short", "intermediate"] }),
  }),
  matched("2 1 1", "soon", ["below-soon", "soon"], passes("the issuer ends soon", "S20_CHAIN_ENDS_SOON")),
  matched(
    "2 1 1",
    "intermediate",
    ["ending", "intermediate"],
    passes("the certificate ends soon", "S20_CHAIN_ENDS_SOON"),
  ),
  inZone([...ZONE, tlsa("3 0 1", "next")], passes("a form that matches nothing", "S20_FORM_UNMATCHED")),
];

export const VISIT_SCENARIOS: readonly Scenario[] = [...EVERY_ONE, ...DIALOGUES, ...MATCHES, ...FORECASTS];
