import type { Duplex } from "node:stream";
import type { SmtpReply } from "../../mail/observations.ts";
import { SmtpReplyReader } from "../../parsers/smtp-reply.ts";
import type { Reading } from "../../services/reading.ts";
import { malformed, parsed } from "../../wire/parsed.ts";
import { Dialogue } from "../services/dialogue.ts";

/** One reply of an SMTP server, whole. */
export const readSmtpReply: Reading<SmtpReply> = (octets) => {
  const progress = new SmtpReplyReader().push(octets);
  if (progress.state === "malformed") return malformed(progress.problem);
  if (progress.state === "unfinished") return parsed(null);
  return parsed({ value: progress.reply, used: octets.length - progress.rest.length });
};

/** Commands and replies over one stream, in clear or over TLS; failures as a Dialogue has them. */
export class SmtpDialogue {
  readonly #dialogue: Dialogue;

  constructor(stream: Duplex) {
    this.#dialogue = new Dialogue(stream, "SMTP");
  }

  /** The next reply. What was heard before an end still counts. */
  reply(doing: string, timeoutMs: number, signal: AbortSignal): Promise<SmtpReply> {
    return this.#dialogue.hear(readSmtpReply, { doing, timeoutMs, signal });
  }

  ask(command: string, timeoutMs: number, signal: AbortSignal): Promise<SmtpReply> {
    const [verb = command] = command.split(" ", 1);
    this.#dialogue.say(`${command}\r\n`);
    return this.reply(`waiting for the reply to ${verb}`, timeoutMs, signal);
  }

  /** Listens no more and lets go of the stream, paused; true when octets came that no reply took. */
  leave(): boolean {
    return this.#dialogue.leave();
  }
}
