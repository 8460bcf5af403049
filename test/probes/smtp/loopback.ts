import { readFileSync } from "node:fs";
import { afterEach } from "@jest/globals";
import type { Observed } from "../../../lib/core/observation.ts";
import { createDialer, type Dialer } from "../../../lib/dial/dialer.ts";
import { endpointKey, type LoopbackEndpoint, mappedSockets } from "../../../lib/dial/sockets.ts";
import type { GatewayAddress, GatewayVisit } from "../../../lib/mail/observations.ts";
import type { SmtpBehaviour, SmtpCertificate } from "../../../lib/practice/smtp-behaviour.ts";
import { listenSmtp, type SmtpServer } from "../../../lib/practice/smtp-server.ts";
import { SMTP_LIMITS, type SmtpLimits } from "../../../lib/probes/smtp/smtp-limits.ts";
import { visitGateway } from "../../../lib/probes/smtp/visit-gateway.ts";
import { name } from "../../../lib/wire/name.ts";

const pem = (file: string): string => readFileSync(new URL(`certificates/${file}`, import.meta.url), "utf8");

export const INTERMEDIATE = pem("intermediate.pem");
export const ROOT = pem("root.pem");
export const RSA: SmtpCertificate = { key: pem("rsa.key"), chain: pem("rsa.pem") + INTERMEDIATE };
export const ECDSA: SmtpCertificate = { key: pem("ecdsa.key"), chain: pem("ecdsa.pem") + INTERMEDIATE };
export const ED25519: SmtpCertificate = { key: pem("ed25519.key"), chain: pem("ed25519.pem") };

/** The certificates of a chain in PEM as observations write them: DER in base64. */
export function derOf(chain: string): readonly string[] {
  return [...chain.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END/g)].map(([, body = ""]) =>
    body.replaceAll("\n", ""),
  );
}

export const ADDRESS = "185.20.60.25";
export const GATEWAY: GatewayAddress = {
  host: name("mx.oevelse.dk"),
  serverName: name("mx.oevelse.dk"),
  address: ADDRESS,
};

/** Long enough for a busy machine. */
export const QUICK: SmtpLimits = {
  ...SMTP_LIMITS,
  ...{ connectMs: 3000, greetingMs: 1200, replyMs: 1200, handshakeMs: 1200, farewellMs: 600, visitMs: 10_000 },
};

/** For servers that keep silent anyway. */
export const SHORT = { greetingMs: 700, replyMs: 700, handshakeMs: 700 };

/** A small internet of gateways on port 25, closed after each test. */
export class Loopback {
  readonly table = new Map<string, LoopbackEndpoint>();
  /** A new one for each test, since a dialer's budgets remember what an address was asked to bear. */
  dialer: Dialer = this.#makeDialer();
  readonly #servers: SmtpServer[] = [];

  constructor() {
    afterEach(async () => {
      this.table.clear();
      this.dialer = this.#makeDialer();
      await Promise.all(this.#servers.splice(0).map((server) => server.stop()));
    });
  }

  /** Looks at GATEWAY, unless told otherwise, as `probe.kravvagt.example`. */
  visit(
    limits: Partial<SmtpLimits> = {},
    gateway = GATEWAY,
    signal = new AbortController().signal,
  ): Promise<Observed<GatewayVisit>> {
    const tools = { dialer: this.dialer, ehloName: "probe.kravvagt.example", limits: { ...QUICK, ...limits } };
    return visitGateway(gateway, tools, signal);
  }

  async visitOf(
    behaviour: SmtpBehaviour | readonly SmtpBehaviour[],
    limits: Partial<SmtpLimits> = {},
  ): Promise<Observed<GatewayVisit>> {
    await this.add(behaviour);
    return this.visit(limits);
  }

  async add(behaviour: SmtpBehaviour | readonly SmtpBehaviour[], ...addresses: readonly string[]): Promise<SmtpServer> {
    const server = await listenSmtp(behaviour);
    this.#servers.push(server);
    for (const address of addresses.length === 0 ? [ADDRESS] : addresses) this.map(address, server.port);
    return server;
  }

  #makeDialer(): Dialer {
    return createDialer({ sockets: mappedSockets(this.table, ["ipv4", "ipv6"]) });
  }

  map(address: string, port: number): void {
    this.table.set(endpointKey("tcp", address, 25), { host: "127.0.0.1", port });
  }
}

export type Visited = Extract<GatewayVisit, { readonly state: "visited" }>;

export function visited(seen: Observed<GatewayVisit>): Visited {
  if (seen.state === "observed" && seen.value.state === "visited") return seen.value;
  throw new Error(`not visited: ${JSON.stringify(seen)}`);
}

/** Both handshakes in a word each, with the cause where there is one. */
export function outcomes(seen: Observed<GatewayVisit>): readonly string[] {
  return visited(seen).handshakes.map(({ type, outcome, cause }) =>
    [type, outcome, ...(cause === null ? [] : [cause])].join(" "),
  );
}
