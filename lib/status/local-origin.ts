import { timingSafeEqual, createHash } from "node:crypto";

/** Why a request does not come from our own pages or programs of this machine's user; null when it does. */
export type Foreign = "host" | "origin" | "token";

/** The header that carries the token; a form of our own pages has it as the field `token`. */
export const TOKEN_HEADER = "x-kravvagt-token";

const DEFAULT_PORT = 80;

/** The names by which a service on this machine's loopback is meant; any other is a name that somebody made lead here. */
export function hostsOf(port: number): readonly string[] {
  const names = ["127.0.0.1", "localhost", "[::1]"];
  return names.flatMap((name) => [`${name}:${String(port)}`, ...(port === DEFAULT_PORT ? [name] : [])]);
}

/** The host by which we are asked; null for one that is not ours, for several, and for none. */
export function ownHost(hosts: readonly string[] | undefined, port: number): string | null {
  const [host, ...more] = hosts ?? [];
  const named = host?.toLowerCase();
  return more.length === 0 && named !== undefined && hostsOf(port).includes(named) ? named : null;
}

/**
 * Whether a page elsewhere has made a browser send this. `Origin` is sent by browsers with everything that changes something
 * (Fetch section 3.1), and no page can forge it; programs send none.
 */
export function isOwnOrigin(headers: Readonly<Record<string, readonly string[] | undefined>>, host: string): boolean {
  const site = headers["sec-fetch-site"]?.[0];
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  const origins = headers.origin;
  return origins === undefined || (origins.length === 1 && origins[0] === `http://${host}`);
}

/** Compares in a time that says nothing of how much fits. */
export function isToken(given: string, token: string): boolean {
  return token !== "" && timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
