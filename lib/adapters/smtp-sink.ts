import { rootCertificates } from "node:tls";
import { createTransport } from "nodemailer";
import type { AlertSink } from "../ports.ts";
import type { AlertWriter } from "../reports/alert-text.ts";
import type { Alert } from "../watch/alert.ts";
import { alertMail, DEFAULT_SENDER } from "./alert-mail.ts";
import { outOfTime, partlyRefused, smtpError } from "./smtp-error.ts";
import type { SmtpSettings } from "./smtp-url.ts";

/** Milliseconds to be connected and greeted, and for one message in all. */
export interface SmtpPatience {
  readonly connection: number;
  readonly total: number;
}

export const SMTP_PATIENCE: SmtpPatience = { connection: 10_000, total: 60_000 };

export interface SmtpSinkSettings {
  readonly server: SmtpSettings;
  /** At least one address. */
  readonly to: readonly string[];
  readonly write: AlertWriter;
  /** The id of the alert that this one continues, such as a recovery's regression; null when there is none. */
  readonly inReplyTo?: (alert: Alert) => Promise<string | null>;
  /** A further trusted certificate authority in PEM. */
  readonly ca?: string;
  readonly patience?: SmtpPatience;
}

/** Alerts that only some recipients have got are few; this many are remembered. */
const MOST_PARTIAL = 1000;

/**
 * Hands alerts over by e-mail, one connection each. Rejects with a `SmtpError` unless every recipient's address was accepted; the
 * next try then goes only to those that were not, as long as this process lives. Repeats carry the same Message-ID.
 */
export function createSmtpSink(settings: SmtpSinkSettings): AlertSink {
  const { server, write, inReplyTo } = settings;
  const to = [...new Set(settings.to)];
  const options = transportOptions(settings);
  if (to.length === 0) throw new Error("an SMTP sink without recipients delivers to nobody");
  const from = server.from ?? DEFAULT_SENDER;
  const served = new Map<string, ReadonlySet<string>>();
  return {
    name: "smtp",
    async deliver(alert) {
      const text = await write(alert);
      const reply = (await inReplyTo?.(alert)) ?? null;
      const mail = { alert, text, correspondents: { from, to }, inReplyTo: reply };
      const raw = await alertMail(mail, "quoted-printable");
      const before = served.get(alert.id) ?? new Set<string>();
      const remaining = to.filter((address) => !before.has(address));
      const refused = await sent(raw, { from, to: remaining }, settings, options);
      served.delete(alert.id);
      if (refused.length === 0) return;
      if (served.size >= MOST_PARTIAL) served.clear();
      served.set(alert.id, new Set(to.filter((address) => !refused.includes(address))));
      throw partlyRefused(refused, server);
    },
  };
}

interface Envelope {
  readonly from: string;
  readonly to: readonly string[];
}

/** The recipients whose addresses were refused while others' were accepted. Rejects when nobody got it. */
async function sent(
  raw: Buffer,
  { from, to }: Envelope,
  { server, patience = SMTP_PATIENCE }: SmtpSinkSettings,
  options: ReturnType<typeof transportOptions>,
): Promise<readonly string[]> {
  const transport = createTransport(options);
  const signal = AbortSignal.timeout(patience.total);
  try {
    const { accepted } = await transport.sendMail({ raw, envelope: { from, to: [...to] }, signal });
    const got = new Set(accepted.map((address) => address.toLowerCase()));
    return to.filter((address) => !got.has(address.toLowerCase()));
  } catch (thrown) {
    throw signal.aborted ? outOfTime(server) : smtpError(thrown, server);
  } finally {
    transport.close();
  }
}

function transportOptions({ server, ca, patience = SMTP_PATIENCE }: SmtpSinkSettings) {
  const { host, port, security, login } = server;
  const { connection, total } = patience;
  return {
    ...{ host, port, secure: security === "tls", requireTLS: security === "starttls" },
    ...{ ignoreTLS: security === "plain", opportunisticTLS: security === "optional" },
    tls: {
      minVersion: "TLSv1.2" as const,
      rejectUnauthorized: security !== "optional",
      ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
    },
    // A server that offers no login must not get the message without one.
    ...(login === null ? {} : { auth: { user: login.user, pass: login.password }, forceAuth: true }),
    ...{ connectionTimeout: connection, greetingTimeout: connection, dnsTimeout: connection, socketTimeout: total },
    ...{ socketCloseTimeout: 0, disableFileAccess: true, disableUrlAccess: true, logger: false },
  };
}
