import { observed, type Observed } from "../../core/observation.ts";
import { DialError, toDialError } from "../../dial/dial-error.ts";
import type { Dialer } from "../../dial/dialer.ts";
import { parseWebUrl, type WebUrl } from "../../parsers/location.ts";
import { fieldValues } from "../../web/hop.ts";
import { parseListAnswer } from "../../web/hsts-list-answer.ts";
import { parseName } from "../../wire/name.ts";
import { HTTP_LIMITS, type HttpLimits } from "../http/http-limits.ts";
import { unpack } from "../http/unpack.ts";
import { openConnection, type HttpRequest, type RawAnswer } from "../http/web-connection.ts";
import type { PreloadList, RecursiveDns } from "../probe-context.ts";
import { organisationOf } from "../public-suffix.ts";
import { addressesIn } from "../server-addresses.ts";

export interface PreloadListOptions {
  readonly resolver: Pick<RecursiveDns, "ask">;
  readonly dialer: Pick<Dialer, "connectTcp">;
  /** See userAgentOf. */
  readonly userAgent: string;
  /** Certificate authorities in PEM, beside those that the runtime trusts. */
  readonly extraAuthorities: readonly string[];
  /** Epoch milliseconds. */
  readonly now?: () => number;
  /** Whom to ask, for tests and closed networks. */
  readonly origin?: string;
  /** For one name, from question to answer. */
  readonly patienceMs?: number;
}

type Status = Awaited<ReturnType<PreloadList["statusOf"]>>;

const ORIGIN = "https://hstspreload.org";
const PATIENCE_MS = 5000;
/** Names that could not be asked for, after which nobody is asked any more: the list is out of reach from here. */
const MOST_FAILURES = 3;
const MOST_ADDRESSES = 2;
const OK = 200;

/** An answer has a few hundred octets. */
const LIMITS: HttpLimits = { ...HTTP_LIMITS, connectMs: 2000, maxBodyOctets: 16_384, maxFields: 100 };

/**
 * Asks hstspreload.org, once for each name however many assets share it. The list itself looks among the names above. Whatever goes
 * wrong, or takes longer than five seconds, is `unknown`. Null: switched off, and nobody is asked.
 */
export function createPreloadList(options: PreloadListOptions | null = null): PreloadList {
  if (options !== null) return new AskedList(options);
  const off = { state: "unknown", entry: null, source: "none", detail: "the list is not asked" } as const;
  return { statusOf: async () => ({ ...off, asOf: dayOf(Date.now()) }) };
}

class AskedList implements PreloadList {
  readonly #options: PreloadListOptions;
  readonly #now: () => number;
  readonly #origin: WebUrl;
  readonly #asked = new Map<string, Promise<Status>>();
  #addresses: Promise<Observed<readonly string[]>> | null = null;
  #failures = 0;

  constructor(options: PreloadListOptions) {
    const origin = parseWebUrl(options.origin ?? ORIGIN);
    if (!origin.ok) throw new TypeError(`no web address: ${origin.problem}`);
    this.#options = options;
    this.#origin = origin.value;
    this.#now = options.now ?? Date.now;
  }

  statusOf(host: string, { signal }: { readonly signal: AbortSignal }): Promise<Status> {
    const known = this.#asked.get(host);
    if (known !== undefined) return known;
    const asked = this.#ask(host, signal);
    this.#asked.set(host, asked);
    return asked;
  }

  async #ask(host: string, signal: AbortSignal): Promise<Status> {
    const { patienceMs = PATIENCE_MS } = this.#options;
    const within = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
    if (this.#failures >= MOST_FAILURES) return this.#unknown("it did not answer before");
    try {
      const text = await untilAborted(this.#fetch(host, within), within);
      const name = parseName(`${host}.`);
      const isRegistrable = name.ok && organisationOf(name.value) === name.value;
      const answer = parseListAnswer(text, host, isRegistrable);
      return answer.ok ? this.#status({ ...answer.value, detail: "" }) : this.#unknown(answer.problem);
    } catch (error) {
      // Nothing rests on the list alone, and its users count on an answer: an error that nobody expected is told as one of ours.
      this.#failures += 1;
      const { code, message } = toDialError(error, "asking the preload list");
      return this.#unknown(`${code}: ${message}`);
    }
  }

  async #fetch(host: string, signal: AbortSignal): Promise<string> {
    this.#addresses ??= this.#lookUp(signal);
    const addresses = await this.#addresses;
    if (addresses.state === "unobserved") throw new DialError(addresses.cause, "NO_LOOKUP", addresses.detail);
    let failed: unknown = new DialError("asset-not-found", "NO_ADDRESS", "the list's host has no address");
    for (const address of addresses.value) {
      try {
        return await textOf(await this.#get(host, address, signal));
      } catch (error) {
        failed = error;
      }
      if (signal.aborted) break;
    }
    throw failed;
  }

  async #lookUp(signal: AbortSignal): Promise<Observed<readonly string[]>> {
    const name = parseName(`${this.#origin.host}.`);
    if (!name.ok) return observed([this.#origin.host]);
    const ask = (type: "A" | "AAAA") => this.#options.resolver.ask({ name: name.value, type }, { signal });
    const [a, aaaa] = await Promise.all([ask("A"), ask("AAAA")]);
    const found = [a, aaaa].flatMap((reply) => (reply.state === "observed" ? addressesIn(reply.value.answer) : []));
    // IPv4 and IPv6 in turn, for one of them may have no route.
    const chosen = [found.find((each) => !each.includes(":")), found.find((each) => each.includes(":"))];
    const addresses = chosen.filter((each) => each !== undefined).slice(0, MOST_ADDRESSES);
    return addresses.length === 0 && a.state === "unobserved" ? a : observed(addresses);
  }

  async #get(host: string, address: string, signal: AbortSignal): Promise<RawAnswer> {
    const { dialer, extraAuthorities, userAgent, patienceMs: timeoutMs = PATIENCE_MS } = this.#options;
    const target = { address, port: this.#origin.port };
    const socket = await dialer.connectTcp(target, { purpose: "web", timeoutMs: LIMITS.connectMs, signal });
    const opening = { limits: LIMITS, extraAuthorities, httpVersion: "1.1", timeoutMs, signal } as const;
    const connection = await openConnection(socket, this.#origin, opening);
    try {
      const trust = connection.tls?.verification;
      if (trust?.trusted !== true) {
        throw new DialError("tls-failed", trust?.code ?? "NO_TLS", "the list's certificate is not trusted");
      }
      return await connection.get(requestFor(host, this.#origin.host, userAgent), { timeoutMs, signal });
    } finally {
      connection.close();
    }
  }

  #unknown(detail: string): Status {
    return this.#status({ state: "unknown", entry: null, detail });
  }

  #status(found: Pick<Status, "state" | "entry" | "detail">): Status {
    return { ...found, source: this.#origin.host, asOf: dayOf(this.#now()) };
  }
}

function requestFor(asked: string, host: string, userAgent: string): HttpRequest {
  return {
    target: `/api/v2/status?domain=${encodeURIComponent(asked)}`,
    fields: [
      ["host", host],
      ["user-agent", userAgent],
      ["accept", "application/json"],
      ["accept-encoding", "gzip"],
      ["connection", "close"],
    ],
  };
}

async function textOf(raw: RawAnswer): Promise<string> {
  if (raw.status !== OK) throw new DialError("protocol-error", "STATUS", `the list answered ${String(raw.status)}`);
  const coding = fieldValues(raw, "content-encoding").join(",");
  const isWhole = raw.cut === null;
  const { octets, cut } = await unpack(raw.content, coding, { maxOctets: LIMITS.maxBodyOctets, isWhole });
  if (!isWhole || cut !== null)
    throw new DialError("protocol-error", "CUT", "the list's answer was not read to its end");
  return octets.toString("utf8");
}

/** Whatever is under way, and whether or not it heeds the signal: it is waited for no longer. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const late = new DialError("tcp-timeout", "SILENT", "the list took too long");
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(late);
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
    // What lost the race still ends, and its error is nobody's.
    work.catch(() => undefined);
  }
}

function dayOf(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, "2026-11-23".length);
}
