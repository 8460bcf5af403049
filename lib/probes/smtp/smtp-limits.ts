/** What one visit of a gateway may take. Times in milliseconds. */
export interface SmtpLimits {
  readonly connectMs: number;
  /** For the greeting: postscreen lets everybody wait 6 s, others look up names first. */
  readonly greetingMs: number;
  readonly replyMs: number;
  readonly handshakeMs: number;
  /** EHLO and QUIT over TLS, when everything has been seen already. */
  readonly farewellMs: number;
  /** All connections of a visit together, whatever the server does; waiting for our own turn is not part of it. */
  readonly visitMs: number;
  /** How long after STARTTLS's reply the server is listened to, in case more comes in clear. */
  readonly settleMs: number;
  /** Octets of the dialogue in clear, and again of that over TLS. */
  readonly maxDialogueOctets: number;
  /** Octets of a handshake: OpenSSL takes certificate messages of up to 100 KB. */
  readonly maxHandshakeOctets: number;
}

export const SMTP_LIMITS: SmtpLimits = {
  connectMs: 10_000,
  greetingMs: 25_000,
  replyMs: 10_000,
  handshakeMs: 10_000,
  farewellMs: 3_000,
  visitMs: 45_000,
  settleMs: 20,
  maxDialogueOctets: 65_536,
  maxHandshakeOctets: 262_144,
};

export const SMTP_PORT = 25;
