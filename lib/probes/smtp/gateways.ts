import { PORT25_CANARIES } from "../../../data/port25-canaries.ts";
import type { Cause } from "../../core/cause.ts";
import { type Observed, observed, unobserved } from "../../core/observation.ts";
import { toDialError } from "../../dial/dial-error.ts";
import type { Dialer } from "../../dial/dialer.ts";
import { Turnstile } from "../../dial/turnstile.ts";
import type { GatewayAddress, GatewayVisit } from "../../mail/observations.ts";
import type { Name } from "../../wire/name.ts";
import type { Gateways, RecursiveDns } from "../probe-context.ts";
import { Port25Watch } from "./port25-watch.ts";
import { SMTP_LIMITS, type SmtpLimits } from "./smtp-limits.ts";
import { visitGateway } from "./visit-gateway.ts";

export interface GatewaysOptions {
  readonly dialer: Pick<Dialer, "connectTcp">;
  /** Finds the canaries' addresses. */
  readonly resolver: Pick<RecursiveDns, "ask">;
  /** Our name in EHLO: a host name that leads back to our address. Default: the address literal. */
  readonly ehloName?: string | undefined;
  /** Instead of the providers in data/port25-canaries.ts; with none, blocked port 25 is not told from silent gateways. */
  readonly canaries?: readonly Name[] | undefined;
  readonly limits?: Partial<SmtpLimits>;
}

/** A visit has one connection at a time, so this is also the number of connections to one address. */
const VISITS_PER_ADDRESS = 2;
/** Leaves most sockets to DNS even when every gateway is a tarpit. */
const VISITS_AT_ONCE = 256;
/** 300 serverNames behind one address take their turns; waiting longer than this is our own failure. */
const QUEUE_PATIENCE_MS = 900_000;
/** What blocked port 25 looks like. */
const LIKE_BLOCKED: readonly Cause[] = ["tcp-timeout", "connection-refused", "connection-reset", "vantage-blocked"];
/** A domain or an address literal (RFC 5321 section 4.1.1.1). */
const EHLO_NAME = /^(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-z:.]+\])$/i;

/**
 * The gateways of one run. Each is visited once per address and name in SNI, whoever asks; what was seen is kept until the run
 * ends. Throws a RangeError when `ehloName` is neither a host name nor an address literal.
 */
export function createGateways(options: GatewaysOptions): Gateways {
  const { ehloName = null } = options;
  if (ehloName !== null && !EHLO_NAME.test(ehloName)) throw new RangeError(`no name for EHLO: ${ehloName}`);
  return new VisitedGateways(options, ehloName);
}

class VisitedGateways implements Gateways {
  readonly #tools: ConstructorParameters<typeof Port25Watch>[0];
  readonly #port25: Port25Watch;
  readonly #visits = new Map<string, Promise<Observed<GatewayVisit>>>();
  readonly #lanes = new Map<string, Turnstile>();
  readonly #all = new Turnstile({ concurrent: VISITS_AT_ONCE, perSecond: Infinity });

  constructor({ dialer, resolver, canaries = PORT25_CANARIES, limits }: GatewaysOptions, ehloName: string | null) {
    this.#tools = { dialer, resolver, canaries, ehloName, limits: { ...SMTP_LIMITS, ...limits } };
    this.#port25 = new Port25Watch(this.#tools);
  }

  async visit(gateway: GatewayAddress, { signal }: { readonly signal: AbortSignal }): Promise<Observed<GatewayVisit>> {
    const key = `${gateway.serverName} ${gateway.address}`;
    const visiting = this.#visits.get(key) ?? this.#visitInTurn(gateway, signal);
    this.#visits.set(key, visiting);
    const seen = await visiting;
    // What an abort cut short is no result for whoever asks next.
    if (signal.aborted && this.#visits.get(key) === visiting) this.#visits.delete(key);
    if (seen.state === "unobserved" || seen.value.state !== "visited") return seen;
    // Several hosts may have one address and one name in SNI.
    return observed({ ...seen.value, host: gateway.host });
  }

  async #visitInTurn(gateway: GatewayAddress, signal: AbortSignal): Promise<Observed<GatewayVisit>> {
    const lane =
      this.#lanes.get(gateway.address) ?? new Turnstile({ concurrent: VISITS_PER_ADDRESS, perSecond: Infinity });
    this.#lanes.set(gateway.address, lane);
    const turn = { waitMs: QUEUE_PATIENCE_MS, signal, doing: `visiting ${gateway.address}` };
    const leaves: (() => void)[] = [];
    try {
      leaves.push(await lane.enter(turn));
      leaves.push(await this.#all.enter(turn));
      return await this.#interpret(gateway, await visitGateway(gateway, this.#tools, signal), signal);
    } catch (error) {
      const { cause, message } = toDialError(error, turn.doing);
      return unobserved(cause, message);
    } finally {
      leaves.forEach((leave) => leave());
    }
  }

  /** Tells a gateway's own silence from our being kept from port 25, and its lack of STARTTLS from somebody taking it out. */
  async #interpret(
    { address }: GatewayAddress,
    seen: Observed<GatewayVisit>,
    signal: AbortSignal,
  ): Promise<Observed<GatewayVisit>> {
    if (signal.aborted) return seen;
    if (seen.state === "unobserved") {
      if (!LIKE_BLOCKED.includes(seen.cause)) return seen;
      const isBlocked = (await this.#port25.stateFor(address, "greeting", signal)) === "blocked";
      return isBlocked
        ? unobserved("port25-egress-blocked", "large mail providers do not answer on port 25, either")
        : seen;
    }
    if (seen.value.state !== "visited") return seen;
    const { ehlo, keywords } = seen.value;
    const withStartTls = keywords.includes("STARTTLS");
    this.#port25.note(address, { withStartTls });
    if (withStartTls || ehlo?.code !== 250) return seen;
    const isStripped = (await this.#port25.stateFor(address, "STARTTLS", signal)) === "stripped";
    return isStripped
      ? unobserved("vantage-blocked", "STARTTLS is missing at large mail providers, too, seen from here")
      : seen;
  }
}
