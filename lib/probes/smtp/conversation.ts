import type net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { TLSSocket } from "node:tls";
import { limitBytesIn } from "../../dial/byte-limit.ts";
import { DialError, toDialError } from "../../dial/dial-error.ts";
import type { Dialer } from "../../dial/dialer.ts";
import type { CertificateType, GatewayAddress, SmtpReply } from "../../mail/observations.ts";
import { ehloKeywords } from "../../parsers/smtp-reply.ts";
import { addressLiteral } from "./address-literal.ts";
import { SmtpDialogue } from "./smtp-dialogue.ts";
import { SMTP_PORT, type SmtpLimits } from "./smtp-limits.ts";
import { type Attempt, shakeHands } from "./tls-handshake.ts";

/** Both of a greeting and of the reply to STARTTLS (RFC 5321 section 4.2.3, RFC 3207 section 4). */
const READY = 220;

/** With what gateways are visited. */
export interface SmtpTools {
  readonly dialer: Pick<Dialer, "connectTcp">;
  /** What we call ourselves; null: the address literal of the socket's own address. */
  readonly ehloName: string | null;
  readonly limits: SmtpLimits;
}

/** How far one connection came. `attempt`: null when TLS was not reached. `broke`: why it ended before the server had its say. */
export interface Conversation {
  readonly greeting: SmtpReply | null;
  readonly ehlo: SmtpReply | null;
  readonly startTls: SmtpReply | null;
  readonly injected: boolean;
  readonly attempt: Attempt | null;
  readonly broke: DialError | null;
}

/**
 * One connection: greeting, EHLO, STARTTLS, a handshake that offers one kind of certificate, and QUIT; with null as the kind it
 * takes its leave after EHLO. It never begins a mail transaction. It does not reject: what went wrong is in `broke`.
 */
export async function converse(
  { address, serverName }: Pick<GatewayAddress, "address" | "serverName">,
  type: CertificateType | null,
  { dialer, ehloName, limits }: SmtpTools,
  signal: AbortSignal,
): Promise<Conversation> {
  const { connectMs: timeoutMs, greetingMs, replyMs, maxDialogueOctets: maxBytesIn } = limits;
  let said: Conversation = BEFORE_ANYTHING;
  let socket: net.Socket | null = null;
  let gone: Promise<void> | null = null;
  try {
    const target = { address, port: SMTP_PORT };
    socket = await dialer.connectTcp(target, { purpose: "smtp", timeoutMs, signal, maxBytesIn });
    gone = closeOf(socket);
    const hello = `EHLO ${ehloName ?? addressLiteral(socket.localAddress)}`;
    const dialogue = new SmtpDialogue(socket);
    said = { ...said, greeting: await dialogue.reply("waiting for the greeting", greetingMs, signal) };
    if (said.greeting?.code === READY) {
      said = { ...said, ehlo: await dialogue.ask(hello, replyMs, signal) };
      if (type !== null && offersStartTls(said.ehlo))
        said = { ...said, startTls: await dialogue.ask("STARTTLS", replyMs, signal) };
    }
    if (type === null || said.startTls?.code !== READY) {
      await quit(dialogue, limits, signal);
      return said;
    }
    await sleep(limits.settleMs, undefined, { signal });
    said = { ...said, injected: dialogue.leave() };
    const { attempt, secured } = await shakeHands(socket, { type, serverName, limits, signal });
    said = { ...said, attempt };
    if (secured !== null) await sayGoodbye(secured, hello, limits, signal);
    return said;
  } catch (error) {
    const broke =
      signal.aborted && signal.reason instanceof DialError ? signal.reason : toDialError(error, "the visit");
    return { ...said, broke };
  } finally {
    socket?.destroy();
    await gone;
  }
}

/** Only a socket that has told of its close has left its place at the gateway to the next one. */
function closeOf(socket: net.Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) resolve();
    socket.once("close", () => resolve());
  });
}

const BEFORE_ANYTHING: Conversation = {
  ...{ greeting: null, ehlo: null, startTls: null },
  ...{ injected: false, attempt: null, broke: null },
};

/** Whether the reply to EHLO names STARTTLS. */
export function offersStartTls(ehlo: SmtpReply | null): boolean {
  return ehlo !== null && ehloKeywords(ehlo).includes("STARTTLS");
}

/** RFC 3207 section 4.2 has a client begin anew over TLS; then we take our leave. Nothing depends on how it goes. */
async function sayGoodbye(secured: TLSSocket, hello: string, limits: SmtpLimits, signal: AbortSignal): Promise<void> {
  limitBytesIn(secured, limits.maxDialogueOctets);
  const dialogue = new SmtpDialogue(secured);
  try {
    await dialogue.ask(hello, limits.farewellMs, signal);
    await quit(dialogue, limits, signal);
  } catch (error) {
    if (!(error instanceof DialError)) throw error;
  } finally {
    secured.destroy();
  }
}

async function quit(dialogue: SmtpDialogue, { farewellMs }: SmtpLimits, signal: AbortSignal): Promise<void> {
  try {
    await dialogue.ask("QUIT", farewellMs, signal);
  } catch (error) {
    if (!(error instanceof DialError)) throw error;
  }
}
