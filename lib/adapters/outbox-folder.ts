import { randomUUID } from "node:crypto";
import { access, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import type { AlertSink } from "../ports.ts";
import type { AlertWriter } from "../reports/alert-text.ts";
import type { Alert } from "../watch/alert.ts";
import { alertMail, type Correspondents, requireAlertId } from "./alert-mail.ts";

/** Alerts name what is open to attack: they are for the owner alone. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

export interface OutboxSettings {
  readonly folder: string;
  readonly correspondents: Correspondents;
  readonly write: AlertWriter;
  /** The id of the alert that this one continues, such as a recovery's regression; null when there is none. */
  readonly inReplyTo?: (alert: Alert) => Promise<string | null>;
}

/**
 * Hands alerts over as files, `<folder>/<alert id>.eml`: whole or not at all, and exactly one for an alert however often it
 * is delivered. Rejects with the file system's own error.
 */
export function createOutboxFolder({ folder, correspondents, write, inReplyTo }: OutboxSettings): AlertSink {
  return {
    name: "outbox",
    async deliver(alert) {
      requireAlertId(alert.id);
      const file = path.join(folder, `${alert.id}.eml`);
      if (await exists(file)) return;
      const text = await write(alert);
      const reply = (await inReplyTo?.(alert)) ?? null;
      const message = await alertMail({ alert, text, correspondents, inReplyTo: reply }, "8bit");
      await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
      await writeWhole(file, message);
    },
  };
}

/** Writes beside the file and renames, so that nobody ever reads half of it. */
async function writeWhole(file: string, content: Buffer): Promise<void> {
  const temporary = `${temporaryPrefix(file)}${randomUUID()}`;
  try {
    const handle = await open(temporary, "wx", FILE_MODE);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await removeLeftOver(file);
}

/** A process that was killed while it wrote leaves its temporary file behind. */
async function removeLeftOver(file: string): Promise<void> {
  const folder = path.dirname(file);
  const prefix = path.basename(temporaryPrefix(file));
  const left = (await readdir(folder)).filter((name) => name.startsWith(prefix));
  for (const name of left) await rm(path.join(folder, name), { force: true });
}

function temporaryPrefix(file: string): string {
  return path.join(path.dirname(file), `.${path.basename(file)}.`);
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}
