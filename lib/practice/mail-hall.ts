import { loadManners } from "./gateway-manners.ts";
import { type GatewayManner, gatewayOf, PRACTICE_GATEWAYS, type PracticeGateway } from "./gateways.ts";
import type { SmtpBehaviour } from "./smtp-behaviour.ts";
import { listenSmtp, type SmtpServer } from "./smtp-server.ts";

/** One address of one gateway, on the loopback port that plays it. */
interface Door {
  readonly gateway: PracticeGateway;
  readonly address: string;
  readonly manner: GatewayManner;
  readonly server: SmtpServer;
}

/** The practice gateways while they run. */
export class MailHall {
  readonly #doors: readonly Door[];
  readonly #manners: Readonly<Record<GatewayManner, SmtpBehaviour>>;

  private constructor(doors: readonly Door[], manners: Readonly<Record<GatewayManner, SmtpBehaviour>>) {
    this.#doors = doors;
    this.#manners = manners;
  }

  /** Starts every gateway at each of its addresses, with the certificates in `folder`. */
  static async open(folder: URL): Promise<MailHall> {
    const manners = await loadManners(folder);
    const planned = PRACTICE_GATEWAYS.flatMap((gateway) => [
      { gateway, address: gateway.ipv4, manner: gateway.manner },
      { gateway, address: gateway.ipv6, manner: gateway.overIpv6 ?? gateway.manner },
    ]);
    const doors: Door[] = [];
    try {
      for (const each of planned) doors.push({ ...each, server: await listenSmtp(manners[each.manner]) });
    } catch (error) {
      await Promise.all(doors.map(({ server }) => server.stop()));
      throw error;
    }
    return new MailHall(doors, manners);
  }

  /** The address of each door and the loopback port behind it. */
  get endpoints(): readonly { readonly address: string; readonly port: number }[] {
    return this.#doors.map(({ address, server: { port } }) => ({ address, port }));
  }

  /** From the next connection on, the gateway of the domain presents other certificates, or with false its own again. */
  renew(domain: string, isRenewed: boolean): void {
    const gateway = gatewayOf(domain);
    for (const door of this.#doors.filter((each) => each.gateway === gateway)) {
      door.server.become(this.#manners[isRenewed ? "renewed" : door.manner]);
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.#doors.map(({ server }) => server.stop()));
  }
}
