import MimeNode from "nodemailer/lib/mime-node";
import type { AlertText } from "../reports/alert-body.ts";
import { printable, printableLines } from "../reports/printable.ts";
import type { Alert } from "../watch/alert.ts";

/** Whom alerts are from and to, as addresses (RFC 5321 mailboxes without display names). */
export interface Correspondents {
  /** Null: `DEFAULT_SENDER`. */
  readonly from: string | null;
  readonly to: readonly string[];
}

/** Valid in form and reserved: it names no stranger. A mail server that checks its senders needs a real one. */
export const DEFAULT_SENDER = "kravvagt@localhost";

const SENDER_NAME = "Kravvagt";
/** RFC 2606 section 2: never a real domain, so that no other system can make the same Message-ID. */
const ID_DOMAIN = "kravvagt.invalid";
const ALERT_ID = /^[0-9a-f]{32}$/;
/** RFC 3676 section 4.2: flowed lines should be at most 78 characters with their final blank. */
const LINE_LENGTH = 76;

/** RFC 5322 section 2.1.1: octets in a line, without its end. */
const LONGEST_LINE = 998;

/** `8bit` is readable in an editor, and gives way where a line is too long for it; `quoted-printable` passes every mail server (RFC 6152 is not promised by all). */
export type MailEncoding = "8bit" | "quoted-printable";

/** What a message says and to whom; `inReplyTo` is the id of the alert that it continues, if there is one. */
export interface AlertMail {
  readonly alert: Alert;
  readonly text: AlertText;
  readonly correspondents: Correspondents;
  readonly inReplyTo?: string | null;
}

/**
 * The whole message (RFC 5322), lines ending in CRLF. The same alert, text and correspondents give the same octets, and
 * every repeat of an alert has the same Message-ID. Whatever the text holds, it makes no header.
 */
export async function alertMail(mail: AlertMail, encoding: MailEncoding): Promise<Buffer> {
  const body = flowed(printableLines(mail.text.body));
  const node = headed(mail);
  if (encoding === "quoted-printable" || hasLongLine(body)) {
    node.setContent(body);
    return node.build();
  }
  // The composer knows no 8bit for text, so it makes the header alone and the body follows as it is.
  node.setHeader("Content-Transfer-Encoding", "8bit");
  return Buffer.from(`${node.buildHeaders()}\r\n\r\n${body}`, "utf8");
}

/** "<id@kravvagt.invalid>". An id that is no alert's id throws: it would name a file or a header. */
export function messageId(alertId: string): string {
  requireAlertId(alertId);
  return `<${alertId}@${ID_DOMAIN}>`;
}

/** Throws unless the id is 32 hexadecimal digits. */
export function requireAlertId(id: string): void {
  if (!ALERT_ID.test(id)) throw new Error(`not an alert id: ${printable(id)}`);
}

function headed({ alert, text, correspondents, inReplyTo = null }: AlertMail): MimeNode {
  const { from, to } = correspondents;
  const node = new MimeNode("text/plain; charset=utf-8; format=flowed", { textEncoding: "Q" });
  node.setHeader("From", [{ name: SENDER_NAME, address: oneLine(from ?? DEFAULT_SENDER) }]);
  if (to.length > 0) {
    node.setHeader(
      "To",
      to.map((address) => ({ name: "", address: oneLine(address) })),
    );
  }
  node.setHeader("Subject", oneLine(text.subject));
  node.setHeader("Date", new Date(alert.createdAt));
  node.setHeader("Message-ID", messageId(alert.id));
  if (inReplyTo !== null) {
    node.setHeader("In-Reply-To", messageId(inReplyTo));
    node.setHeader("References", messageId(inReplyTo));
  }
  // RFC 3834 section 5: so that no vacation message answers us.
  node.setHeader("Auto-Submitted", "auto-generated");
  return node;
}

/** Header text is printable by the time it comes here; this holds if it is not. */
function oneLine(text: string): string {
  return printable(text);
}

/** Format=flowed (RFC 3676 section 4): long lines are broken at blanks, with the blank kept, and may be joined again. */
function flowed(body: string): string {
  return body
    .split("\n")
    .map((line) => brokenAtBlanks(line.trimEnd()).map(stuffed).join("\r\n"))
    .join("\r\n");
}

function hasLongLine(body: string): boolean {
  return body.split("\r\n").some((line) => Buffer.byteLength(line) > LONGEST_LINE);
}

/** Commands stay whole, so that they can be copied out of the file as well. */
function brokenAtBlanks(line: string): readonly string[] {
  if (line.startsWith("npx ")) return [line];
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(/(?<= )/u)) {
    if (current !== "" && current.length + word.trimEnd().length > LINE_LENGTH) {
      lines.push(current);
      current = "";
    }
    current += word;
  }
  return [...lines, current];
}

/** A line that would read as a quotation, or that a mailbox file would take for its separator, begins with a blank. */
function stuffed(line: string): string {
  return /^(?: |>|From )/u.test(line) ? ` ${line}` : line;
}
