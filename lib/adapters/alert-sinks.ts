import type { Bilingual } from "../core/messages.ts";
import { type AlertSink, SettingsError } from "../ports.ts";
import type { AlertWriter } from "../reports/alert-text.ts";
import { createOutboxFolder } from "./outbox-folder.ts";
import { parseSmtpUrl } from "./smtp-url.ts";

/** The variable that names the mail server: it may hold a password, and so stands in no file of ours. */
export const SMTP_VARIABLE = "KRAVVAGT_SMTP";

/** What sinks are made from: where messages are kept, whom they are for, and who hears of what cannot be done. */
export interface SinkSettings {
  readonly folder: string;
  readonly to: readonly string[];
  readonly write: AlertWriter;
  readonly warn: (words: Bilingual) => void;
}

/** Every alert goes into the outbox folder; also to the contacts by e-mail, where a mail server is named. */
export async function alertSinks(
  { folder, to, write, warn }: SinkSettings,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<readonly AlertSink[]> {
  const url = environment[SMTP_VARIABLE] ?? "";
  const server = url === "" ? null : parseSmtpUrl(url);
  if (server !== null && !server.ok) throw new SettingsError(SMTP_VARIABLE, server.problem);
  const from = server === null ? null : server.settings.from;
  const outbox = createOutboxFolder({ folder, correspondents: { from, to }, write });
  if (server === null) return [outbox];
  if (to.length > 0) {
    const { createSmtpSink } = await import("./smtp-sink.ts");
    return [outbox, createSmtpSink({ server: server.settings, to, write })];
  }
  warn({
    da: `${SMTP_VARIABLE} er sat, men fortegnelsen har ingen contacts.email: der sendes ingen e-mail.`,
    en: `${SMTP_VARIABLE} is set, but the inventory has no contacts.email: no e-mail is sent.`,
  });
  return [outbox];
}
