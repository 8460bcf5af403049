import { createHash } from "node:crypto";
import type net from "node:net";
import type { TLSSocket } from "node:tls";
import { observed, unobserved } from "../../core/observation.ts";
import { toDialError } from "../../dial/dial-error.ts";
import type { Dialer } from "../../dial/dialer.ts";
import type { WebUrl } from "../../parsers/location.ts";
import { SCANNED_LENGTH, scanForLeaving } from "../../parsers/meta-refresh-scan.ts";
import { fieldValues, type Hop, type HopAnswer, type HopBody, type HopTls } from "../../web/hop.ts";
import type { HttpLimits } from "./http-limits.ts";
import { nodeTransport, type HttpTransport, type RawAnswer } from "./http-transport.ts";
import { secureStream } from "./secure-stream.ts";
import { unpack } from "./unpack.ts";

export interface HttpTools {
  readonly dialer: Dialer;
  /** See userAgentOf. */
  readonly userAgent: string;
  readonly limits: HttpLimits;
  /** Certificate authorities in PEM, beside those that the runtime trusts. */
  readonly extraAuthorities?: readonly string[];
  readonly transport?: HttpTransport;
}

export interface Got extends Pick<Hop, "answer" | "code"> {
  /** Milliseconds since the connection came about; for one that did not, what was allowed for it if the host kept silent. */
  readonly spentMs: number;
}

/**
 * One GET of one URL at one address: SNI and Host are the URL's. Nothing is followed, remembered or sent along; certificates are
 * recorded, not enforced. Never rejects: what gave no answer is unobserved, with its cause.
 */
export async function getOnce(
  url: WebUrl,
  address: string,
  tools: HttpTools,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<Got> {
  const { dialer, limits } = tools;
  const connectMs = Math.min(limits.connectMs, timeoutMs);
  let socket: net.Socket;
  try {
    socket = await dialer.connectTcp({ address, port: url.port }, { purpose: "web", timeoutMs: connectMs, signal });
  } catch (error) {
    const failed = missed(error);
    return { ...failed, spentMs: failed.code === "SILENT" ? connectMs : 0 };
  }
  const startedAt = performance.now();
  const spent = (): number => performance.now() - startedAt;
  try {
    const answer = await exchange(socket, url, tools, timeoutMs, signal);
    return { answer: observed(answer), code: null, spentMs: spent() };
  } catch (error) {
    return { ...missed(error), spentMs: spent() };
  }
}

function missed(error: unknown): Pick<Got, "answer" | "code"> {
  const { cause, code, message } = toDialError(error, "the HTTP exchange");
  return { answer: unobserved(cause, message), code };
}

async function exchange(
  socket: net.Socket,
  url: WebUrl,
  tools: HttpTools,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<HopAnswer> {
  const { limits, extraAuthorities = [], transport = nodeTransport } = tools;
  const startedAt = performance.now();
  let stream: net.Socket | TLSSocket = socket;
  let tls: HopTls | null = null;
  try {
    if (url.scheme === "https") {
      const wanted = { host: url.host, limits, timeoutMs, extraAuthorities, signal };
      ({ stream, tls } = await secureStream(socket, wanted));
    }
    const leftMs = Math.max(0, timeoutMs - (performance.now() - startedAt));
    const raw = await transport(stream, requestFor(url, tools.userAgent), { limits, timeoutMs: leftMs, signal });
    const { httpVersion, status, interim, fields } = raw;
    return { httpVersion, status, interim, fields, tls, body: await bodyOf(raw, limits) };
  } finally {
    // Over TLS this destroys the session first, then the socket below it.
    stream.destroy();
  }
}

function requestFor({ url }: WebUrl, userAgent: string): { target: string; fields: Record<string, string> } {
  const { host, pathname, search } = new URL(url);
  const fields = {
    host,
    "user-agent": userAgent,
    accept: "*/*",
    "accept-encoding": "gzip",
    connection: "close",
  };
  return { target: pathname + search, fields };
}

async function bodyOf(raw: RawAnswer, { maxBodyOctets }: HttpLimits): Promise<HopBody> {
  const codings = fieldValues(raw, "content-encoding").join(",");
  const { octets, cut } = await unpack(raw.content, codings, { maxOctets: maxBodyOctets, isWhole: raw.cut === null });
  return {
    octets: raw.content.length,
    sha256: createHash("sha256").update(octets).digest("hex"),
    // An empty answer has no coding to undo, whatever it says.
    cut: raw.cut ?? (raw.content.length === 0 ? null : cut),
    leaving: isPage(raw) ? scanForLeaving(textOf(octets)) : null,
  };
}

/** A type that browsers show as a page, or none at all, which they guess to be one. */
function isPage(raw: RawAnswer): boolean {
  const type = fieldValues(raw, "content-type").at(-1)?.split(";", 1)[0]?.trim().toLowerCase();
  return type === undefined || ["", "text/html", "application/xhtml+xml"].includes(type);
}

const UTF16_LITTLE = Buffer.from([0xff, 0xfe]);
const UTF16_BIG = Buffer.from([0xfe, 0xff]);
/** No character takes more octets. */
const LONGEST_CHARACTER = 4;

/** Markup is ASCII in every encoding that browsers know but UTF-16, which they tell by its first octets. */
function textOf(octets: Buffer): string {
  const start = octets.subarray(0, SCANNED_LENGTH * LONGEST_CHARACTER);
  const mark = start.subarray(0, UTF16_BIG.length);
  if (mark.equals(UTF16_LITTLE)) return new TextDecoder("utf-16le").decode(start);
  if (mark.equals(UTF16_BIG)) return new TextDecoder("utf-16be").decode(start);
  return start.toString("utf8");
}
