import { constants } from "node:crypto";
import net from "node:net";
import tls from "node:tls";
import { DialError, toDialError } from "../../dial/dial-error.ts";
import { patiently } from "../../dial/patience.ts";
import { ServerFlightReader } from "../../tls/server-flight.ts";
import type { HopTls } from "../../web/hop.ts";
import { presentedChain } from "../smtp/presented-chain.ts";
import { TappedStream } from "../smtp/tapped-stream.ts";
import type { HttpLimits } from "./http-limits.ts";

/** Node lets smaller groups fail after the handshake; here they are as good as any, since nothing secret is said. */
const MIN_DH_BITS = 512;

/** Further authorities in PEM, beside those that the runtime trusts; one context for each list, made once. */
const contexts = new Map<string, tls.SecureContext>();
const MOST_CONTEXTS = 16;

export interface SecureWanted {
  /** The host of the URL: a name, or an address, for which no name is indicated. */
  readonly host: string;
  readonly limits: HttpLimits;
  readonly timeoutMs: number;
  readonly extraAuthorities: readonly string[];
  readonly signal: AbortSignal;
  /** Offered in ALPN (RFC 7301), the best first. */
  readonly alpn: readonly ("http/1.1" | "h2")[];
  /** Octets of records that the server may send in all, for protocols whose reader cannot be counted; default: no bound here. */
  readonly maxOctets?: number;
}

export interface SecureStream {
  readonly stream: tls.TLSSocket;
  readonly tls: HopTls;
  /** Whether HTTP/2 was agreed on. A server that says nothing in ALPN means HTTP/1.1. */
  readonly isHttp2: boolean;
}

/**
 * Takes over the socket for a TLS handshake with ALPN. Resolves for any certificate, and says what is wrong with it;
 * rejects with a DialError when no connection comes about, and the socket is destroyed then. Destroying the stream destroys it too.
 */
export async function secureStream(socket: net.Socket, wanted: SecureWanted): Promise<SecureStream> {
  const { host, limits, timeoutMs, extraAuthorities, signal, alpn } = wanted;
  const tapped = new TappedStream(socket, limits.maxHandshakeOctets);
  const stream = tls.connect({
    socket: tapped,
    secureContext: contextFor(extraAuthorities),
    rejectUnauthorized: false,
    minDHSize: MIN_DH_BITS,
    ALPNProtocols: [...alpn],
    checkServerIdentity: namedInSan,
    // An address is checked against the certificate, but never indicated (RFC 6066 section 3).
    ...(net.isIP(host) === 0 ? { servername: host } : { host }),
  });
  let secret: Buffer | null = null;
  stream.on("keylog", (line) => (secret ??= handshakeSecret(line)));
  // They outlive the wait below: what goes wrong later is heard by `close`.
  for (const each of [stream, tapped]) each.on("error", () => undefined);
  try {
    await completed(stream, tapped, timeoutMs, signal);
    const seen = seenBy(stream, Buffer.concat(tapped.kept), secret);
    tapped.release();
    if (wanted.maxOctets !== undefined) limitRecords(tapped, stream, wanted.maxOctets);
    return { stream, tls: seen, isHttp2: isHttp2(stream.alpnProtocol, alpn) };
  } catch (error) {
    // In this order: a TLS session whose socket was destroyed first has been seen to crash the process (Node 24.21).
    stream.destroy();
    tapped.destroy();
    const reason = toDialError(tapped.errored instanceof DialError ? tapped.errored : error, "the TLS handshake");
    throw isWithoutOurs(reason, Buffer.concat(tapped.kept)) ? wantsOurs("the TLS handshake") : reason;
  }
}

/**
 * Whether the handshake broke off after the server had asked for a certificate, of which we have none. Before TLS 1.3 most servers end
 * it with handshake_failure (RFC 5246 section 7.4.6), and some without a word; the request stands in clear there.
 */
function isWithoutOurs({ cause }: DialError, octets: Uint8Array): boolean {
  if (cause !== "tls-failed" && cause !== "connection-reset") return false;
  const reader = new ServerFlightReader();
  reader.push(octets);
  return reader.flight.certificateRequest !== null && reader.flight.isDone;
}

/** Named as OpenSSL names alert 116. */
export function wantsOurs(doing: string): DialError {
  return new DialError("tls-failed", "CERTIFICATE_REQUIRED", `${doing}: CERTIFICATE_REQUIRED`);
}

function isHttp2(agreed: string | false | null, offered: readonly string[]): boolean {
  if (typeof agreed === "string" && !offered.includes(agreed)) {
    throw new DialError("protocol-error", "ALPN", "the server chose a protocol that was not offered");
  }
  return agreed === "h2";
}

/** Ends the TLS session, and with it the stream below, once more than that has come. */
function limitRecords(tapped: TappedStream, stream: tls.TLSSocket, maxOctets: number): void {
  const push = tapped.push.bind(tapped);
  let seen = 0;
  tapped.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
    seen += chunk instanceof Uint8Array ? chunk.length : 0;
    if (seen <= maxOctets) return push(chunk, encoding);
    stream.destroy(new DialError("tool-limit", "BYTE_LIMIT", `more than ${maxOctets} octets arrived`));
    return false;
  };
}

/** Node falls back on the common name where there is no name in SAN; browsers do not (RFC 9110 section 4.3.4, RFC 9525). */
function namedInSan(host: string, certificate: tls.PeerCertificate): Error | undefined {
  const subject = { C: "", ST: "", L: "", O: "", OU: "", CN: "" };
  return tls.checkServerIdentity(host, { ...certificate, subject });
}

/** As old as it may be, and signed by whom it may be: this is looking, not trusting. */
function contextFor(extraAuthorities: readonly string[]): tls.SecureContext {
  const key = extraAuthorities.join("\n");
  const known = contexts.get(key);
  if (known !== undefined) return known;
  if (contexts.size >= MOST_CONTEXTS) contexts.clear();
  const made = tls.createSecureContext({
    ...(extraAuthorities.length === 0 ? {} : { ca: [...tls.rootCertificates, ...extraAuthorities] }),
    minVersion: "TLSv1",
    ciphers: "DEFAULT:!eNULL:@SECLEVEL=0",
    secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
  });
  contexts.set(key, made);
  return made;
}

function completed(
  stream: tls.TLSSocket,
  tapped: TappedStream,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<undefined> {
  const doing = "waiting for the TLS handshake";
  const timedOut = (): DialError =>
    new DialError("tcp-timeout", "SILENT", `${doing}: not done within ${Math.round(timeoutMs)} ms`);
  const closed = (): DialError => new DialError("connection-reset", "CLOSED", `${doing}: the server hung up`);
  return patiently<undefined>({ timeoutMs, signal, doing, timedOut }, (hand) => {
    stream.once("secureConnect", () => hand.resolve(undefined)).once("error", hand.reject);
    stream.once("close", () => hand.reject(closed()));
    // An alert right before the end is heard first.
    tapped.once("close", () => setImmediate(() => setImmediate(() => hand.reject(closed()))));
  });
}

function seenBy(stream: tls.TLSSocket, octets: Buffer, secret: Buffer | null): HopTls {
  const protocol = stream.getProtocol() ?? "unknown";
  const { name: suite, standardName } = stream.getCipher();
  const chain = presentedChain({ octets, protocol, suite: standardName, secret });
  return {
    protocol,
    suite,
    verification: stream.authorized ? { trusted: true } : { trusted: false, code: codeOf(stream.authorizationError) },
    chain: chain.ok ? chain.value.map((each) => each.toString("base64")) : null,
  };
}

/** Node's types promise an error, Node gives the code alone; either way only a code goes on. */
function codeOf(error: unknown): string {
  const code: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "code") : error;
  return typeof code === "string" && /^[A-Z0-9_]{1,64}$/.test(code) ? code : "UNKNOWN";
}

/** The secret in a line of the key log, if it is the one. */
function handshakeSecret(line: Buffer): Buffer | null {
  const [label, , secret] = line.toString("latin1").trim().split(" ");
  return label === "SERVER_HANDSHAKE_TRAFFIC_SECRET" && secret !== undefined ? Buffer.from(secret, "hex") : null;
}
