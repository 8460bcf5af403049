import net from "node:net";
import tls from "node:tls";
import type { Cause } from "../../core/cause.ts";
import { DialError, toDialError } from "../../dial/dial-error.ts";
import { patiently } from "../../dial/patience.ts";
import type { CertificateType } from "../../mail/observations.ts";
import type { Name } from "../../wire/name.ts";
import { type Presented, presentedBeforeBreaking, presentedIn } from "./presented-chain.ts";
import type { SmtpLimits } from "./smtp-limits.ts";
import { TappedStream } from "./tapped-stream.ts";
import { offerOf } from "./tls-offers.ts";

/**
 * What came of one handshake. `alert`: the number that the server gave as its reason. `closed`: it hung up without one. `unusable`:
 * what it sent makes no handshake; `code` is OpenSSL's name for it. `unobserved`: no answer, or the connection did not come that far.
 * `chain`: what was presented, DER in base64, leaf first; empty where it broke off before that.
 */
export type Attempt =
  | {
      readonly outcome: "completed";
      readonly protocol: string;
      readonly suite: string;
      readonly chain: readonly string[];
    }
  | { readonly outcome: "alert"; readonly alert: number; readonly chain: readonly string[] }
  | { readonly outcome: "closed"; readonly chain: readonly string[] }
  | { readonly outcome: "unusable"; readonly code: string; readonly chain: readonly string[] }
  | { readonly outcome: "unobserved"; readonly cause: Cause; readonly detail: string };

/** Node lets smaller groups fail after the handshake; here they are as good as any, since nothing secret is said. */
const MIN_DH_BITS = 512;

const offers = new Map<CertificateType, tls.SecureContext>();

interface Wanted {
  readonly type: CertificateType;
  readonly serverName: Name;
  readonly limits: SmtpLimits;
  readonly signal: AbortSignal;
}

/** One kind of certificate is offered: see `attemptHandshake`. */
export function shakeHands(socket: net.Socket, { type, serverName, limits, signal }: Wanted): Promise<Shaken> {
  const secureContext = offers.get(type) ?? offerOf(type);
  offers.set(type, secureContext);
  const { handshakeMs: timeoutMs, maxHandshakeOctets: maxOctets } = limits;
  return attemptHandshake(socket, { secureContext, host: serverName, timeoutMs, maxOctets, signal });
}

/** What is offered, to whom, and what it may take. */
export interface HandshakeWanted {
  readonly secureContext: tls.SecureContext;
  /** Indicated if it is the name of a host; null for none. */
  readonly host: string | null;
  readonly timeoutMs: number;
  /** Octets of the handshake. */
  readonly maxOctets: number;
  /** Whether an OCSP response is asked for. */
  readonly withStatus?: boolean;
  readonly signal: AbortSignal;
}

/** `secured`: null unless the handshake was completed. `staple`: DER in base64. */
export interface Shaken {
  readonly attempt: Attempt;
  readonly secured: tls.TLSSocket | null;
  readonly staple: string | null;
}

/**
 * Takes over the socket for one handshake; nothing must listen to it any more. Resolves to the attempt and, when it completed, to
 * the stream that speaks over TLS. Destroying that stream destroys the socket; otherwise the socket is destroyed already.
 */
export async function attemptHandshake(socket: net.Socket, wanted: HandshakeWanted): Promise<Shaken> {
  const { secureContext, timeoutMs, maxOctets, withStatus: requestOCSP = false, signal } = wanted;
  // The server may have hung up right after its go-ahead.
  if (socket.destroyed || socket.readableEnded) {
    return { attempt: { outcome: "closed", chain: [] }, secured: null, staple: null };
  }
  const servername = wanted.host === null ? null : indicatedName(wanted.host);
  const tapped = new TappedStream(socket, maxOctets);
  const options = { socket: tapped, secureContext, requestOCSP, rejectUnauthorized: false, minDHSize: MIN_DH_BITS };
  const secured = tls.connect(servername === null ? options : { ...options, servername });
  let secret: Buffer | null = null;
  secured.on("keylog", (line) => (secret ??= handshakeSecret(line)));
  // They outlive the wait below: what goes wrong later is heard by `close`.
  for (const stream of [secured, tapped]) stream.on("error", () => undefined);
  try {
    await completed(secured, tapped, timeoutMs, signal);
    const { attempt, staple } = completedAttempt(secured, tapped, secret);
    tapped.release();
    if (attempt.outcome !== "completed") secured.destroy();
    return { attempt, staple, secured: attempt.outcome === "completed" ? secured : null };
  } catch (error) {
    secured.destroy();
    tapped.destroy();
    const { chain, staple } = inBase64(presentedBeforeBreaking({ octets: Buffer.concat(tapped.kept), secret }));
    const why = tapped.errored instanceof DialError ? tapped.errored : error;
    return { attempt: attemptOf(why, chain), secured: null, staple };
  }
}

function completed(
  secured: tls.TLSSocket,
  tapped: TappedStream,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<undefined> {
  const doing = "waiting for the TLS handshake";
  const timedOut = (): DialError => new DialError("tcp-timeout", "SILENT", `${doing}: not done within ${timeoutMs} ms`);
  const closed = (): DialError => new DialError("connection-reset", "CLOSED", `${doing}: the server hung up`);
  return patiently<undefined>({ timeoutMs, signal, doing, timedOut }, (hand) => {
    secured.once("secureConnect", () => hand.resolve(undefined)).once("error", hand.reject);
    secured.once("close", () => hand.reject(closed()));
    // An alert right before the end is heard first.
    tapped.once("close", () => setImmediate(() => setImmediate(() => hand.reject(closed()))));
  });
}

function completedAttempt(
  secured: tls.TLSSocket,
  tapped: TappedStream,
  secret: Buffer | null,
): Pick<Shaken, "attempt" | "staple"> {
  const protocol = secured.getProtocol() ?? "unknown";
  const { name: suite, standardName } = secured.getCipher();
  const presented = presentedIn({ octets: Buffer.concat(tapped.kept), protocol, suite: standardName, secret });
  if (!presented.ok) {
    // The handshake came about, so what it was made of can be read: anything else is our own mistake.
    return { attempt: { outcome: "unobserved", cause: "internal", detail: presented.problem }, staple: null };
  }
  const { chain, staple } = inBase64(presented.value);
  return { attempt: { outcome: "completed", protocol, suite, chain }, staple };
}

function inBase64({ chain, staple }: Presented): { readonly chain: readonly string[]; readonly staple: string | null } {
  return { chain: chain.map((each) => each.toString("base64")), staple: staple?.toString("base64") ?? null };
}

/** The secret in a line of the key log, if it is the one. */
function handshakeSecret(line: Buffer): Buffer | null {
  const [label, , secret] = line.toString("latin1").trim().split(" ");
  return label === "SERVER_HANDSHAKE_TRAFFIC_SECRET" && secret !== undefined ? Buffer.from(secret, "hex") : null;
}

/** The name for SNI: RFC 6066 section 3 wants a host name without its final dot, and no address. */
function indicatedName(name: string): string | null {
  const host = name.endsWith(".") ? name.slice(0, -1) : name;
  return net.isIP(host) === 0 && /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/i.test(host) ? host : null;
}

function attemptOf(error: unknown, chain: readonly string[]): Attempt {
  const { cause, code, message } = toDialError(error, "the TLS handshake");
  // Read without `instanceof`: an error may come from another realm.
  const said: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "message") : undefined;
  const alert = /SSL alert number (\d{1,3})\b/.exec(typeof said === "string" ? said : "")?.[1];
  if (alert !== undefined) return { outcome: "alert", alert: Number(alert), chain };
  if (cause === "connection-reset") return { outcome: "closed", chain };
  if (cause === "tls-failed") return { outcome: "unusable", code, chain };
  return { outcome: "unobserved", cause, detail: message };
}
