import { Turnstile } from "./turnstile.ts";
import type { TurnstileLimits } from "./turnstile.ts";

/** Why a socket is opened: decides the budget, and `scan` also the need for an authorisation. */
export type Purpose = "dns" | "resolver" | "doh" | "smtp" | "web" | "tls" | "scan";

/** The purposes for which datagrams are sent. */
export type UdpPurpose = "dns" | "resolver";

/** One descriptor per socket; a function on AWS has 1,024 of them, and files and pipes need some. */
export const SOCKET_BUDGET = 900;

const VISITOR: TurnstileLimits = { concurrent: 8, perSecond: 40 };

/**
 * What one target is asked to bear. An authoritative server may be shared by hundreds of domains of the same run, so
 * it is given a steady stream; a resolver that the operator named is there to be used.
 */
const TCP_LIMITS: Readonly<Record<Purpose, TurnstileLimits>> = {
  dns: { concurrent: 4, perSecond: 20 },
  resolver: VISITOR,
  doh: VISITOR,
  smtp: { concurrent: 4, perSecond: 10 },
  web: VISITOR,
  // Every question is a connection, and hundreds of them are asked of an old server.
  tls: { concurrent: 8, perSecond: 60 },
  scan: { concurrent: SOCKET_BUDGET, perSecond: 1000 },
};

const UDP_LIMITS: Readonly<Record<UdpPurpose, TurnstileLimits>> = {
  dns: { concurrent: 32, perSecond: 300 },
  resolver: { concurrent: 128, perSecond: 2000 },
};

/** How many idle targets are remembered before they are swept. */
const REMEMBERED_TARGETS = 4096;

/** The turnstiles of all targets, made as needed and forgotten when idle. `address` must be canonical. */
export interface TargetBudgets {
  /** One per address, port and purpose; a scan's is per address, since it visits every port. */
  forTcp(purpose: Purpose, address: string, port: number): Turnstile;
  /** Counts exchanges, not datagrams. */
  forUdp(purpose: UdpPurpose, address: string, port: number): Turnstile;
}

export function createTargetBudgets(): TargetBudgets {
  const turnstiles = new Map<string, Turnstile>();
  const obtain = (key: string, limits: TurnstileLimits): Turnstile => {
    const known = turnstiles.get(key);
    if (known !== undefined) {
      return known;
    }
    if (turnstiles.size >= REMEMBERED_TARGETS) {
      forgetIdle(turnstiles);
    }
    const made = new Turnstile(limits);
    turnstiles.set(key, made);
    return made;
  };
  return {
    forTcp: (purpose, address, port) =>
      obtain(`tcp ${purpose} ${address} ${purpose === "scan" ? "*" : String(port)}`, TCP_LIMITS[purpose]),
    forUdp: (purpose, address, port) => obtain(`udp ${purpose} ${address} ${String(port)}`, UDP_LIMITS[purpose]),
  };
}

function forgetIdle(turnstiles: Map<string, Turnstile>): void {
  for (const [key, turnstile] of turnstiles) {
    if (turnstile.isIdle()) {
      turnstiles.delete(key);
    }
  }
}
