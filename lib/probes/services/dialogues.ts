import type { ServiceSpeech } from "../../services/observations.ts";
import type { Dialog } from "./dialogue-speech.ts";
import { ftpDialogue, imapDialogue, pop3Dialogue, smtpDialogue } from "./mail-dialogues.ts";
import { ldapDialogue, mysqlDialogue, postgresDialogue, rdpDialogue, xmppDialogue } from "./other-dialogues.ts";

export type DialogueProtocol = Extract<ServiceSpeech, { readonly kind: "dialogue" }>["protocol"];

/** Every protocol that is spoken, and whether its server speaks first. */
export const DIALOGUES: Readonly<
  Record<DialogueProtocol, { readonly speak: Dialog; readonly isServerFirst: boolean }>
> = {
  smtp: { speak: smtpDialogue, isServerFirst: true },
  imap: { speak: imapDialogue, isServerFirst: true },
  pop3: { speak: pop3Dialogue, isServerFirst: true },
  ftp: { speak: ftpDialogue, isServerFirst: true },
  mysql: { speak: mysqlDialogue, isServerFirst: true },
  ldap: { speak: ldapDialogue, isServerFirst: false },
  rdp: { speak: rdpDialogue, isServerFirst: false },
  postgres: { speak: postgresDialogue, isServerFirst: false },
  xmpp: { speak: xmppDialogue, isServerFirst: false },
};

/** Schemes of other names. */
const ALIASES: Readonly<Record<string, DialogueProtocol | undefined>> = {
  submission: "smtp",
  postgresql: "postgres",
  mariadb: "mysql",
};

/** The protocol that URLs of this scheme speak; null for those that are not spoken. */
export function dialogueOf(scheme: string): DialogueProtocol | null {
  if (Object.hasOwn(DIALOGUES, scheme)) return scheme as DialogueProtocol;
  return (Object.hasOwn(ALIASES, scheme) ? ALIASES[scheme] : undefined) ?? null;
}
