import type { WebFault } from "./faults.ts";
import { takeImap, takeImapSecurely } from "./imap-server.ts";
import { holdRefusingPort } from "./refusing-port.ts";
import { hasWebHost, PRACTICE_MAIL_STORES, PRACTICE_WEB_HOSTS, type WebManner } from "./web-hosts.ts";
import { loadWebCertificates, webManners } from "./web-manners.ts";
import { type Door, openDoor, takersOf, type TakeConnection } from "./web-server.ts";

/** One port of one address, and the loopback port behind it. */
export interface WebEndpoint {
  readonly address: string;
  readonly port: number;
  readonly real: number;
}

/** The addresses of a name, as the zones tell them. */
export type AddressesOf = (host: string) => readonly string[];

type Takers = ReturnType<typeof takersOf>;

interface HostDoor {
  readonly domain: string;
  readonly manner: WebManner;
  readonly side: keyof Takers;
  readonly door: Door;
}

const PORTS: Readonly<Record<keyof Takers, number>> = { clear: 80, secure: 443 };
const IMAP = 143;
const IMAPS = 993;

/** The practice web hosts and mail stores while they run. */
export class WebHall {
  readonly endpoints: readonly WebEndpoint[];
  readonly #doors: readonly HostDoor[];
  readonly #takers: (manner: WebManner) => Takers;
  readonly #stops: readonly (() => Promise<void>)[];

  private constructor(rising: Rising) {
    this.endpoints = rising.endpoints;
    this.#doors = rising.doors;
    this.#takers = rising.takers;
    this.#stops = rising.stops;
  }

  /** Starts every host at each of its addresses, with the certificates in `folder`. */
  static async open(folder: URL, addressesOf: AddressesOf): Promise<WebHall> {
    const certificates = await loadWebCertificates(folder);
    const rising = new Rising(onceEach(webManners(certificates)));
    const tls = { certificates: [certificates.ecdsa] };
    try {
      for (const { domain, manner, overIpv6 = manner } of PRACTICE_WEB_HOSTS) {
        for (const address of new Set([...addressesOf(domain), ...addressesOf(`www.${domain}`)])) {
          await rising.addHost(domain, address, address.includes(":") ? overIpv6 : manner);
        }
      }
      for (const { domain, manner } of PRACTICE_MAIL_STORES) {
        for (const address of addressesOf(`mail.${domain}`)) {
          await rising.addDoor(address, IMAP, takeImap(manner, tls));
          await rising.addDoor(address, IMAPS, takeImapSecurely(tls));
        }
      }
    } catch (error) {
      await rising.stop();
      throw error;
    }
    return new WebHall(rising);
  }

  /**
   * From the next connection on, the host of the domain is so, or with null as it was. Throws a RangeError for a fault of a
   * domain that has no web host.
   */
  serve(domain: string, fault: WebFault | null): void {
    if (fault !== null && !hasWebHost(domain)) throw new RangeError(`no practice web host belongs to ${domain}`);
    for (const { manner, side, door } of this.#doors.filter((each) => each.domain === domain)) {
      const take = this.#takers(fault ?? manner)[side];
      if (take !== null) door.become(take);
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.#stops.map((stop) => stop()));
  }
}

/** What has been opened so far. */
class Rising {
  readonly endpoints: WebEndpoint[] = [];
  readonly doors: HostDoor[] = [];
  readonly stops: (() => Promise<void>)[] = [];
  readonly takers: (manner: WebManner) => Takers;
  #refusing: number | null = null;

  constructor(takers: (manner: WebManner) => Takers) {
    this.takers = takers;
  }

  async addHost(domain: string, address: string, manner: WebManner): Promise<void> {
    for (const side of ["clear", "secure"] as const) {
      const take = this.takers(manner)[side];
      if (take === null) this.endpoints.push({ address, port: PORTS[side], real: await this.#refusingPort() });
      else this.doors.push({ domain, manner, side, door: await this.addDoor(address, PORTS[side], take) });
    }
  }

  async addDoor(address: string, port: number, take: TakeConnection): Promise<Door> {
    const door = await openDoor(take);
    this.stops.push(() => door.stop());
    this.endpoints.push({ address, port, real: door.port });
    return door;
  }

  async stop(): Promise<void> {
    await Promise.all(this.stops.map((stop) => stop()));
  }

  async #refusingPort(): Promise<number> {
    if (this.#refusing !== null) return this.#refusing;
    const { port, release } = await holdRefusingPort();
    this.stops.push(release);
    this.#refusing = port;
    return port;
  }
}

/** Hosts of one manner share one server, made when the first of them is. */
function onceEach(manners: ReturnType<typeof webManners>): (manner: WebManner) => Takers {
  const made = new Map<WebManner, Takers>();
  return (manner) => {
    const takers = made.get(manner) ?? takersOf(manners[manner]);
    made.set(manner, takers);
    return takers;
  };
}
