import type net from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { DialError } from "../../dial/dial-error.ts";
import type { Undecided } from "../../tls/observations.ts";
import { kindOfChain } from "../../tls/presented-chains.ts";
import { TLS_VERSIONS, type TlsVersion } from "../../tls/versions.ts";
import { NOTHING_SHARED, sayingOf } from "../smtp/handshakes.ts";
import { type Attempt, attemptHandshake, type Shaken } from "../smtp/tls-handshake.ts";
import { type KeyKind, runtimeOffer } from "./runtime-offers.ts";

/**
 * What the runtime's own TLS was presented when one kind of key alone was offered. `chain`: DER in base64, leaf first, as sent;
 * `staple`: the OCSP response in DER in base64, null where none came. `version`: null where the handshake broke after the chain.
 */
export type ChainTrial = { readonly kind: KeyKind } & (
  | {
      readonly outcome: "presented";
      readonly version: TlsVersion | null;
      readonly chain: readonly string[];
      readonly staple: string | null;
    }
  | { readonly outcome: "not-offered"; readonly detail: string }
  | { readonly outcome: "undecided"; readonly undecided: Undecided }
);

export interface RuntimeWanted {
  /** Indicated if it is the name of a host; null for none. */
  readonly serverName: string | null;
  readonly kinds: readonly KeyKind[];
  /** Offers nothing older; else down to TLS 1.0. */
  readonly onlyTls13?: boolean;
  /** Whether a handshake is known to come about with a kind that is not among these. */
  readonly worksOtherwise?: boolean;
  /** Before each handshake, in milliseconds: for a server that bears only one at a time. Default: all go at once. */
  readonly pauseMs?: number | null;
  /** For each handshake. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** OpenSSL takes certificate messages of up to 100 KB. */
const MAX_HANDSHAKE_OCTETS = 262_144;

/**
 * The chain of each kind, in the order of `kinds`: a handshake for each at the same time, and a second one where the server hung up
 * or gave up without a reason, or where none came about. `connect` gives a socket that waits for a hello; its failures are
 * `undecided`, errors that are no DialError go up. A refusal speaks of one kind only if another came about.
 */
export async function runtimeChains(
  connect: () => Promise<net.Socket>,
  wanted: RuntimeWanted,
): Promise<readonly ChainTrial[]> {
  const { kinds } = wanted;
  const worksIn = (looks: readonly Look[]): boolean =>
    wanted.worksOtherwise === true || looks.some(({ attempt }) => attempt.outcome === "completed");
  const first = await forEach(kinds, wanted, (kind) => lookOnce(connect, kind, false, wanted));
  const worked = worksIn(first);
  const second = await forEach(kinds, wanted, async (kind, index) => {
    const isWorth = isWorthAnother(first[index]?.attempt, worked);
    return isWorth ? lookOnce(connect, kind, !worked, wanted) : null;
  });
  const works = worksIn([...first, ...second].filter((one) => one !== null));
  return kinds.map((kind, index) => {
    const looks = [first[index] ?? null, second[index] ?? null].filter((one) => one !== null);
    return judge(kind, looks, works);
  });
}

async function forEach<T>(
  kinds: readonly KeyKind[],
  { pauseMs = null }: Pick<RuntimeWanted, "pauseMs">,
  look: (kind: KeyKind, index: number) => Promise<T>,
): Promise<readonly T[]> {
  if (pauseMs === null) return Promise.all(kinds.map(look));
  const looks: T[] = [];
  for (const [index, kind] of kinds.entries()) {
    await delay(pauseMs);
    looks.push(await look(kind, index));
  }
  return looks;
}

type Look = Pick<Shaken, "attempt" | "staple">;

async function lookOnce(
  connect: () => Promise<net.Socket>,
  kind: KeyKind,
  withHybrids: boolean,
  { serverName, onlyTls13 = false, timeoutMs, signal }: RuntimeWanted,
): Promise<Look> {
  try {
    const socket = await connect();
    const secureContext = runtimeOffer(kind, { onlyTls13, withHybrids });
    const offer = { secureContext, host: serverName, timeoutMs, maxOctets: MAX_HANDSHAKE_OCTETS, withStatus: true };
    const { attempt, staple, secured } = await attemptHandshake(socket, { ...offer, signal });
    secured?.destroy();
    return { attempt, staple };
  } catch (error) {
    if (!(error instanceof DialError)) throw error;
    return { attempt: { outcome: "unobserved", cause: error.cause, detail: error.message }, staple: null };
  }
}

/** Where nothing works, a refusal may be of the groups. */
function isWorthAnother(attempt: Attempt | undefined, works: boolean): boolean {
  if (attempt === undefined) return false;
  if (attempt.outcome === "unobserved") return attempt.cause === "connection-reset";
  return works ? isGivingUp(attempt) : attempt.outcome === "closed" || attempt.outcome === "alert";
}

/** Without a reason that speaks of what was offered; servers have been seen to refuse by nearly every alert that there is. */
function isGivingUp(attempt: Attempt): boolean {
  return attempt.outcome === "closed" || (attempt.outcome === "alert" && !NOTHING_SHARED.has(attempt.alert));
}

function judge(kind: KeyKind, looks: readonly Look[], works: boolean): ChainTrial {
  // A certificate of the kind was there, whatever became of the handshake: it is never "not offered".
  for (const { attempt, staple } of looks) {
    const chain = chainOf(attempt);
    if (kindOf(chain) !== kind) continue;
    const version = attempt.outcome === "completed" ? versionOf(attempt.protocol) : null;
    return { kind, outcome: "presented", version, chain, staple };
  }
  const last = looks.at(-1)?.attempt;
  if (last === undefined) return undecided(kind, { cause: "internal", detail: "not tried" });
  const detail = sayingOf(last);
  if (last.outcome === "unobserved") return undecided(kind, { cause: last.cause, detail });
  const other = kindOf(chainOf(last));
  if (other !== null) return { kind, outcome: "not-offered", detail: `${detail}, and the server presented ${other}` };
  if (!works) return undecided(kind, { cause: last.outcome === "closed" ? "connection-reset" : "tls-failed", detail });
  if (last.outcome === "alert" && NOTHING_SHARED.has(last.alert)) return { kind, outcome: "not-offered", detail };
  const isTwice = looks.length > 1 && looks.every(({ attempt }) => isGivingUp(attempt));
  if (isTwice) return { kind, outcome: "not-offered", detail: `${detail}, twice` };
  return undecided(kind, { cause: CAUSES_OF[last.outcome], detail });
}

const CAUSES_OF = {
  completed: "protocol-error",
  alert: "tls-failed",
  closed: "connection-reset",
  unusable: "protocol-error",
} as const;

function undecided(kind: KeyKind, why: Undecided): ChainTrial {
  return { kind, outcome: "undecided", undecided: why };
}

function chainOf(attempt: Attempt): readonly string[] {
  return attempt.outcome === "unobserved" ? [] : attempt.chain;
}

/** Node says TLSv1 for TLS 1.0. */
function versionOf(protocol: string): TlsVersion | null {
  return TLS_VERSIONS.find((version) => version === protocol || version === `${protocol}.0`) ?? null;
}

/** Null where nothing was presented, or nothing that can be read or is of one of these kinds. */
function kindOf(chain: readonly string[]): KeyKind | null {
  const kind = chain.length === 0 ? "other" : kindOfChain(chain);
  return kind === "other" ? null : kind;
}
