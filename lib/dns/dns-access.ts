import net from "node:net";
import { PUBLIC_RESOLVERS } from "../../data/public-resolvers.ts";
import type { Dialer, Target } from "../dial/dialer.ts";
import { createDirectClient } from "./direct-client.ts";
import type { DirectClient, DirectTimings } from "./direct-client.ts";
import { dohUpstream, parseDohUrl } from "./doh-client.ts";
import { createPlainExchange } from "./plain-exchange.ts";
import { oneBeforeOthers } from "./one-before-others.ts";
import { createResolverPool, type ResolverPool } from "./resolver-pool.ts";
import type { Resolver } from "./resolver.ts";
import type { ResolverTimings } from "./watched-resolver.ts";
import { plainUpstream, type Upstream } from "./upstream.ts";

/** The DNS part of the inventory's `network`. Without `doh` and `dns` the public resolvers of data/ are asked. */
export interface DnsSettings {
  readonly doh?: readonly string[] | undefined;
  /** "192.0.2.53", "192.0.2.53:5300", "2001:db8::53" or "[2001:db8::53]:5300". */
  readonly dns?: readonly string[] | undefined;
  readonly authoritative?: "direct" | "off" | undefined;
  /** Further trusted authorities, PEM. */
  readonly ca?: string | undefined;
  /**
   * Which of the resolvers is asked, counted from 0 round and round: `doh`, then `dns`, or the public ones. The others, those
   * after it first, then only stand in for it. Unset: whoever is quickest. Either way they are described as configured.
   */
  readonly firstResolver?: number | undefined;
}

export interface DnsTimings {
  readonly resolver?: ResolverTimings;
  readonly direct?: DirectTimings;
}

/** All that a run needs of the DNS. */
export interface DnsAccess {
  readonly resolver: Resolver;
  /** Null with `authoritative: off`. */
  readonly direct: DirectClient | null;
  /** Questions sent since the start, over every transport; repeats of a datagram are not counted. */
  queries(): number;
  /** Starts a new look: no reply that was heard before is handed out again. */
  forget(): void;
  /** Closes connections; questions under way become `unobserved`. The dialer stays open. */
  close(): void;
}

const DNS_PORT = 53;
const LARGEST_PORT = 65_535;

/** Throws a RangeError for settings that are no URL or no address. Opens nothing until the first question. */
export function createDnsAccess(settings: DnsSettings, dialer: Dialer, timings: DnsTimings = {}): DnsAccess {
  let queries = 0;
  const countQuery = (): void => {
    queries += 1;
  };
  const exchange = createPlainExchange(dialer, countQuery);
  const named = [...(settings.doh ?? []), ...(settings.dns ?? [])].length > 0;
  const urls = named ? (settings.doh ?? []) : PUBLIC_RESOLVERS;
  const upstreams = [
    ...urls.map((text) =>
      dohUpstream({ url: parseDohUrl(text), ca: settings.ca, isNamedService: named, dialer, countQuery }),
    ),
    ...(settings.dns ?? []).map((text) => plainUpstream(parseDnsServer(text), dialer, exchange)),
  ];
  const pool = poolOf(upstreams, settings.firstResolver, timings.resolver);
  const direct = settings.authoritative === "off" ? null : createDirectClient(exchange, timings.direct);
  return {
    resolver: pool,
    direct,
    queries: () => queries,
    forget() {
      pool.forget();
      direct?.forget();
    },
    close() {
      upstreams.forEach((upstream) => {
        upstream.close();
      });
      exchange.close();
    },
  };
}

function poolOf(
  upstreams: readonly Upstream[],
  first: number | undefined,
  timings: ResolverTimings | undefined,
): ResolverPool {
  if (first === undefined || upstreams.length < 2) return createResolverPool(upstreams, timings);
  const inTurn = rotated(upstreams, first);
  const pool = oneBeforeOthers(
    createResolverPool(inTurn.slice(0, 1), timings),
    createResolverPool(inTurn.slice(1), timings),
  );
  return {
    ...pool,
    askEach: async (...asked) => rotated(await pool.askEach(...asked), -first),
    describe: () => rotated(pool.describe(), -first),
  };
}

/** The same in a circle, beginning with the one at `first`, which may be any whole number. */
function rotated<T>(circle: readonly T[], first: number): readonly T[] {
  const start = ((first % circle.length) + circle.length) % circle.length;
  return [...circle.slice(start), ...circle.slice(0, start)];
}

/** Reads an address with an optional port (53). Throws a RangeError for anything else, names included. */
export function parseDnsServer(text: string): Target {
  if (net.isIP(text) !== 0) {
    return { address: text, port: DNS_PORT };
  }
  const parts = /^(?:\[([0-9a-fA-F:.]+)\]|([0-9.]+))(?::(\d{1,5}))?$/.exec(text);
  const address = parts?.[1] ?? parts?.[2] ?? "";
  const port = parts?.[3] === undefined ? DNS_PORT : Number(parts[3]);
  const isBracketed = parts?.[1] !== undefined;
  if (net.isIP(address) !== (isBracketed ? 6 : 4) || port < 1 || port > LARGEST_PORT) {
    throw new RangeError(`not the address of a DNS server: ${JSON.stringify(text)}`);
  }
  return { address, port };
}
