import type net from "node:net";
import { constants } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { createSecureContext, type SecureContext, type SecureContextOptions, type TLSSocket } from "node:tls";
import { DialError } from "../../dial/dial-error.ts";
import { patiently } from "../../dial/patience.ts";
import { attemptHandshake, type Shaken } from "../smtp/tls-handshake.ts";
import { maxEarlyDataOf } from "./active-session.ts";

export interface TrialWanted {
  /** Indicated if it is the name of a host; null for none. */
  readonly serverName: string | null;
  /** For each step. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

type Connect = () => Promise<net.Socket>;

const MAX_HANDSHAKE_OCTETS = 262_144;
const MOST_RENEGOTIATIONS = 10;
/** How long a connection is watched before anything is asked on it. */
const SETTLE_MS = 250;
/** Alert by which a client is told that there is no TLS 1.2 (RFC 5246 section 7.2). */
const PROTOCOL_VERSION = 70;

/**
 * Has the client begin another handshake within TLS 1.2, at most ten times: `unlimited` where all came about, `limited` where the
 * first did and a later one did not. `not-possible`: no TLS 1.2. Only with the asset's consent. Errors that are no DialError go up.
 */
export async function tryRenegotiation(
  connect: Connect,
  wanted: TrialWanted,
): Promise<"not-possible" | "refused" | "limited" | "unlimited" | "undecided"> {
  const shaken = await shakeOnce(connect, wanted, { maxVersion: "TLSv1.2" });
  if (shaken === null) return "undecided";
  const { attempt, secured } = shaken;
  if (attempt.outcome === "alert" && attempt.alert === PROTOCOL_VERSION) return "not-possible";
  if (secured === null) return "undecided";
  try {
    // Who hangs up on a client that says nothing does not refuse what was not asked yet.
    if (!(await staysOpen(secured, wanted.signal))) return "undecided";
    for (let count = 0; count < MOST_RENEGOTIATIONS; count += 1) {
      const ending = await renegotiate(secured, wanted);
      if (ending === "undecided") return "undecided";
      if (ending === "refused") return count === 0 ? "refused" : "limited";
    }
    return "unlimited";
  } finally {
    secured.destroy();
  }
}

async function staysOpen(secured: TLSSocket, signal: AbortSignal): Promise<boolean> {
  secured.resume();
  await sleep(SETTLE_MS, undefined, { signal }).catch(() => undefined);
  return !signal.aborted && !secured.destroyed && !secured.readableEnded;
}

/** An alert or an end is a refusal; silence, in which servers ignore it (RFC 5246 section 7.4.1.1), is none that can be told. */
async function renegotiate(
  secured: TLSSocket,
  { timeoutMs, signal }: TrialWanted,
): Promise<"done" | "refused" | "undecided"> {
  if (secured.destroyed) return "refused";
  const doing = "waiting for another handshake";
  const timedOut = (): DialError =>
    new DialError("tcp-timeout", "SILENT", `${doing}: none within ${Math.round(timeoutMs)} ms`);
  try {
    return await patiently<"done" | "refused">({ timeoutMs, signal, doing, timedOut }, (hand) => {
      const refuse = (): void => hand.resolve("refused");
      secured.once("error", refuse).once("close", refuse);
      hand.atEnd(() => secured.off("error", refuse).off("close", refuse));
      secured.renegotiate({ rejectUnauthorized: false }, (error) => hand.resolve(error === null ? "done" : "refused"));
    });
  } catch (error) {
    if (error instanceof DialError) return "undecided";
    throw error;
  }
}

/**
 * Whether the server would take early data, by the tickets that it hands out in TLS 1.3: `off` where the first one allows none
 * (RFC 8446 section 4.6.1). `accepted` is never said: Node cannot send early data, so a ticket that allows it stays `undecided`,
 * and so does a server that hands out no ticket in time, since it may hand one out after a request. Only with consent.
 */
export async function tryEarlyData(
  connect: Connect,
  wanted: TrialWanted,
): Promise<"not-possible" | "off" | "accepted" | "undecided"> {
  const shaken = await shakeOnce(connect, wanted, { minVersion: "TLSv1.3" });
  if (shaken === null) return "undecided";
  const { attempt, secured } = shaken;
  if (attempt.outcome === "alert" && attempt.alert === PROTOCOL_VERSION) return "not-possible";
  if (secured === null) return "undecided";
  try {
    const session = await firstSession(secured, wanted);
    return maxEarlyDataOf(session) === 0 ? "off" : "undecided";
  } catch (error) {
    if (error instanceof DialError) return "undecided";
    throw error;
  } finally {
    secured.destroy();
  }
}

function firstSession(secured: TLSSocket, { timeoutMs, signal }: TrialWanted): Promise<Uint8Array> {
  const doing = "waiting for a session ticket";
  const timedOut = (): DialError =>
    new DialError("tcp-timeout", "SILENT", `${doing}: none within ${Math.round(timeoutMs)} ms`);
  const ended = (): DialError => new DialError("connection-reset", "CLOSED", `${doing}: the server hung up`);
  return patiently<Uint8Array>({ timeoutMs, signal, doing, timedOut }, (hand) => {
    // A ticket that came right with the end of the handshake has been told of already.
    const early = secured.getTLSTicket() === undefined ? undefined : secured.getSession();
    if (early !== undefined) hand.resolve(early);
    secured.once("session", hand.resolve).once("close", () => hand.reject(ended()));
    secured.resume();
  });
}

const contexts = new Map<string, SecureContext>();

/** Null where the server was not reached. */
async function shakeOnce(
  connect: Connect,
  { serverName, timeoutMs, signal }: TrialWanted,
  versions: Pick<SecureContextOptions, "minVersion" | "maxVersion">,
): Promise<Shaken | null> {
  try {
    const socket = await connect();
    const key = JSON.stringify(versions);
    const secureContext = contexts.get(key) ?? contextOf(versions);
    contexts.set(key, secureContext);
    const maxOctets = MAX_HANDSHAKE_OCTETS;
    return await attemptHandshake(socket, { secureContext, host: serverName, timeoutMs, maxOctets, signal });
  } catch (error) {
    if (error instanceof DialError) return null;
    throw error;
  }
}

function contextOf(versions: Pick<SecureContextOptions, "minVersion" | "maxVersion">): SecureContext {
  return createSecureContext({
    ca: [],
    minVersion: "TLSv1.2",
    ciphers: "DEFAULT:!eNULL:@SECLEVEL=0",
    secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
    ...versions,
  });
}
