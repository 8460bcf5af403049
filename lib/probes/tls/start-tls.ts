import type net from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { DialError } from "../../dial/dial-error.ts";
import { ehloKeywords } from "../../parsers/smtp-reply.ts";
import { readFtpReply, readImapAnswer, readImapGreeting, readPop3Answer } from "../../services/text-answers.ts";
import type { StartTlsProtocol } from "../../tls/observations.ts";
import { TimedDialogue } from "../services/timed-dialogue.ts";
import { addressLiteral } from "../smtp/address-literal.ts";
import { readSmtpReply } from "../smtp/smtp-dialogue.ts";
import { declined, isForNow, putOff, refused, turnedAway } from "./start-tls-errors.ts";
import { type Opening, OTHER_OPENINGS } from "./start-tls-openings.ts";

export { START_TLS_REFUSED } from "./start-tls-errors.ts";

/** Octets in clear between the go-ahead and TLS: somebody has put words in the server's mouth (RFC 3207 section 6). */
export const START_TLS_INJECTED = "START_TLS_INJECTED";

export interface StartTlsOptions {
  /** What we call ourselves in EHLO; without it, the address literal of the socket's own address. */
  readonly ehloName?: string | undefined;
  /** The name of the server, for protocols that ask for it. */
  readonly host?: string | undefined;
  /** For all of it together. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Speaks in clear until the server waits for a TLS hello. Resolves with the socket paused and without listeners of ours: who reads
 * on must resume it. Rejects with a DialError: `greylisted` for an answer that only puts us off, `vantage-blocked` where we are
 * turned away at the door, `tls-failed` with the code START_TLS_REFUSED, `protocol-error` for what is no such protocol or
 * was injected (START_TLS_INJECTED), else silence and resets. The socket is the caller's to destroy.
 */
export async function startTls(
  socket: net.Socket,
  protocol: StartTlsProtocol,
  { ehloName, host = "", timeoutMs, signal }: StartTlsOptions,
): Promise<void> {
  const dialogue = new TimedDialogue(socket, protocol.toUpperCase(), { timeoutMs, signal });
  let injected: boolean;
  try {
    const hello = `EHLO ${ehloName ?? addressLiteral(socket.localAddress)}`;
    await OPENINGS[protocol](dialogue, { hello, host });
    await nextTurn();
  } finally {
    injected = dialogue.leave();
  }
  if (injected) {
    throw new DialError("protocol-error", START_TLS_INJECTED, "octets in clear came after the go-ahead for TLS");
  }
}

const GREETING = "waiting for the greeting";
const READY = 220;
/** "Service ready in some minutes" (RFC 959 section 5.4): the real greeting follows. */
const READY_SOON = 120;
const HELLO_HEARD = 250;
/** RFC 4217 section 4. */
const SECURITY_ACCEPTED = 234;

const OPENINGS: Readonly<Record<StartTlsProtocol, Opening>> = {
  ...OTHER_OPENINGS,
  /** RFC 3207. */
  async smtp(dialogue, { hello }) {
    const greeting = await dialogue.hear(readSmtpReply, GREETING);
    if (greeting.code !== READY) throw turnedAway(greeting.code);
    const offer = await dialogue.ask(hello, readSmtpReply);
    if (isForNow(offer.code)) throw putOff(offer.code);
    if (offer.code !== HELLO_HEARD) throw refused(`the server answers EHLO with ${offer.code}`);
    if (!ehloKeywords(offer).includes("STARTTLS")) throw refused("the server does not offer STARTTLS");
    const { code } = await dialogue.ask("STARTTLS", readSmtpReply);
    if (code !== READY) throw declined("STARTTLS", code);
  },
  /** RFC 9051 section 6.2.1. */
  async imap(dialogue) {
    const greeting = await dialogue.hear(readImapGreeting, GREETING);
    if (greeting.state === "BYE") throw putOff("BYE");
    if (greeting.state === "PREAUTH") throw refused("the server takes us for logged in, where TLS cannot begin");
    const { state } = await dialogue.ask("a1 STARTTLS", readImapAnswer("a1"));
    if (state === "BYE") throw putOff("BYE");
    if (state !== "OK") throw refused(`the server answers STARTTLS with ${state}`);
  },
  /** RFC 2595 section 4. */
  async pop3(dialogue) {
    const greeting = await dialogue.hear(readPop3Answer("one line"), GREETING);
    if (!greeting.isOk) throw putOff("-ERR");
    const { isOk } = await dialogue.ask("STLS", readPop3Answer("one line"));
    if (!isOk) throw refused("the server answers STLS with -ERR");
  },
  /** RFC 4217. */
  async ftp(dialogue) {
    let { code } = await dialogue.hear(readFtpReply, GREETING);
    if (code === READY_SOON) ({ code } = await dialogue.hear(readFtpReply, GREETING));
    if (code !== READY) throw turnedAway(code);
    const answer = await dialogue.ask("AUTH TLS", readFtpReply);
    if (answer.code !== SECURITY_ACCEPTED) throw declined("AUTH TLS", answer.code);
  },
};
