import { type Observed, observed, unobserved } from "../../core/observation.ts";
import { abortError, DialError } from "../../dial/dial-error.ts";
import type { CertificateType, GatewayAddress, GatewayVisit } from "../../mail/observations.ts";
import { ehloKeywords } from "../../parsers/smtp-reply.ts";
import { converse, type Conversation, type SmtpTools } from "./conversation.ts";
import { type Attempts, handshakesMissed, handshakesOf, nextToTry } from "./handshakes.ts";
import type { Attempt } from "./tls-handshake.ts";

/**
 * Looks at one gateway at one address, one connection after the other: at most two per kind of certificate, and at most
 * `visitMs` in all. Observed once the server has greeted, however little came after that.
 */
export async function visitGateway(
  gateway: GatewayAddress,
  tools: SmtpTools,
  signal: AbortSignal,
): Promise<Observed<GatewayVisit>> {
  const visit = new AbortController();
  const follow = (): void => visit.abort(signal.reason);
  if (signal.aborted) follow();
  signal.addEventListener("abort", follow, { once: true });
  const { visitMs } = tools.limits;
  const late = new DialError("tcp-timeout", "DEADLINE", `the visit was not over within ${visitMs} ms`);
  const timer = setTimeout(() => visit.abort(late), visitMs);
  try {
    const seen = await lookAt(gateway, tools, visit.signal);
    return signal.aborted ? stopped(signal) : seen;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", follow);
  }
}

async function lookAt(
  { host, serverName, address }: GatewayAddress,
  tools: SmtpTools,
  signal: AbortSignal,
): Promise<Observed<GatewayVisit>> {
  const gateway = { host, serverName, address };
  const first = await converse(gateway, "rsa", tools, signal);
  const { greeting, ehlo, startTls, broke } = first;
  if (greeting === null) {
    return unobserved(broke?.cause ?? "internal", broke?.message ?? "the visit ended without a reason");
  }
  const visited = { ...gateway, state: "visited", greeting, ehlo, startTls } as const;
  const keywords = ehlo === null ? [] : ehloKeywords(ehlo);
  if (first.attempt === null) {
    const handshakes = broke === null ? [] : handshakesMissed(broke.cause, broke.message);
    return observed({ ...visited, keywords, handshakes, injected: first.injected });
  }
  const attempts: Record<CertificateType, readonly Attempt[]> = { rsa: [first.attempt], ecdsa: [] };
  let { injected } = first;
  for (let type = nextToTry(attempts); type !== null && !signal.aborted; type = nextToTry(attempts)) {
    const further = await converse(gateway, type, tools, signal);
    attempts[type] = [...attempts[type], further.attempt ?? turnedAway(further)];
    injected ||= further.injected;
  }
  return observed({ ...visited, keywords, handshakes: handshakesOf(filled(attempts, signal)), injected });
}

/** A connection that did not come to TLS although the first one did. */
function turnedAway({ greeting, ehlo, startTls, broke }: Conversation): Attempt {
  if (broke !== null) return { outcome: "unobserved", cause: broke.cause, detail: broke.message };
  const { code } = startTls ?? ehlo ?? greeting ?? { code: 0 };
  const detail = `the server turned this connection away with code ${code}`;
  // 421 and its like: too many connections at the moment. What is left is refused for good.
  const isForNow = code >= 400 && code < 500;
  return { outcome: "unobserved", cause: isForNow ? "greylisted" : "vantage-blocked", detail };
}

/** Kinds that the deadline kept us from trying, or from trying again, are unobserved for it. */
function filled(attempts: Attempts, signal: AbortSignal): Attempts {
  const missing = nextToTry(attempts);
  if (missing === null) return attempts;
  const { cause, message: detail } = abortError(signal, "trying the other kind of certificate");
  const tried: readonly Attempt[] = [...attempts[missing], { outcome: "unobserved", cause, detail }];
  return filled({ ...attempts, [missing]: tried }, signal);
}

function stopped(signal: AbortSignal): ReturnType<typeof unobserved> {
  const { cause, message } = abortError(signal, "visiting a gateway");
  return unobserved(cause, message);
}
