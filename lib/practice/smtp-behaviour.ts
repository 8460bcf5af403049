/**
 * What a practice server says at one point of the dialogue, octet for octet, or does instead. `after`: says it after so many
 * milliseconds. `trickle`: one octet at a time. `endless`: again and again for as long as somebody listens.
 */
export type Speech =
  | string
  | { readonly act: "silence" | "hang-up" | "reset" }
  | { readonly after: number; readonly say: Speech }
  | { readonly trickle: string; readonly everyMs: number }
  | { readonly endless: string };

/** A key and its chain, leaf first, in PEM; the chain is presented as it stands. */
export interface SmtpCertificate {
  readonly key: string;
  readonly chain: string;
}

/**
 * What happens once STARTTLS was accepted. `alert`: the client's hello is answered with that fatal alert. `junk` and `endless`:
 * with octets that are no TLS, or with TLS records that lead nowhere, for as long as somebody listens.
 */
export type TlsBehaviour =
  | {
      readonly certificates: readonly SmtpCertificate[];
      readonly minVersion?: "TLSv1" | "TLSv1.2" | "TLSv1.3";
      readonly maxVersion?: "TLSv1" | "TLSv1.1" | "TLSv1.2" | "TLSv1.3";
      /** Replies over TLS to EHLO and QUIT; default as in clear. */
      readonly overTls?: Speech;
    }
  | "silence"
  | "hang-up"
  | "junk"
  | "endless"
  | { readonly alert: number };

/** A practice gateway as data. What is not given is as a well-behaved server does it; without `startTls` and `tls` it has no TLS. */
export interface SmtpBehaviour {
  readonly greeting?: Speech;
  readonly ehlo?: Speech;
  /** The reply to STARTTLS; what follows a line end in it comes in clear, ahead of the handshake. */
  readonly startTls?: Speech;
  readonly quit?: Speech;
  /** Without it no handshake follows, whatever the reply to STARTTLS. */
  readonly tls?: TlsBehaviour;
}

export const SILENCE: Speech = { act: "silence" };
export const HANG_UP: Speech = { act: "hang-up" };
export const RESET: Speech = { act: "reset" };
export const PRACTICE_GREETING = "220 mx.oevelse.dk ESMTP\r\n";
export const EHLO_WITH_STARTTLS = "250-mx.oevelse.dk\r\n250-PIPELINING\r\n250-STARTTLS\r\n250 8BITMIME\r\n";
export const EHLO_WITHOUT_STARTTLS = "250-mx.oevelse.dk\r\n250-PIPELINING\r\n250 8BITMIME\r\n";
export const STARTTLS_ACCEPTED = "220 2.0.0 Ready to start TLS\r\n";
export const FAREWELL = "221 2.0.0 Bye\r\n";

/** A gateway as it should be, with certificates of one kind or several. */
export function wellBehaved(...certificates: readonly SmtpCertificate[]): SmtpBehaviour {
  return { tls: { certificates } };
}
