import { familyOf, type Family } from "../../dial/sockets.ts";
import type { Name } from "../../wire/name.ts";
import type { RecursiveDns } from "../probe-context.ts";
import { addressesIn } from "../server-addresses.ts";
import { converse, type Conversation, offersStartTls, type SmtpTools } from "./conversation.ts";

/** What this vantage makes of port 25. `stripped`: greetings come through, but STARTTLS is taken out of what servers offer. */
export type Port25 = "open" | "stripped" | "blocked" | "unknown";

export interface Port25Tools extends SmtpTools {
  readonly resolver: Pick<RecursiveDns, "ask">;
  /** Large gateways that are sure to answer and to offer STARTTLS. */
  readonly canaries: readonly Name[];
}

const CANARY_GREETING_MS = 10_000;
/** Refused by this machine itself: its own firewall or its rights. */
const REFUSED_HERE: readonly string[] = ["EACCES", "EPERM"];

/**
 * Whether port 25 can be reached from here at all, per family, asked of the canaries once per run and only in doubt. Not
 * decidable from one place: a firewall that lets some destinations through and not others looks like gateways that are silent;
 * one that answers port 25 in the name of everybody looks like the gateways themselves, and a canary that is away or refuses us
 * looks like a firewall, which is why there are several.
 */
export class Port25Watch {
  readonly #tools: Port25Tools;
  readonly #reached = new Set<Family>();
  readonly #sawStartTls = new Set<Family>();
  readonly #asked = new Map<Family, Promise<Port25>>();

  constructor(tools: Port25Tools) {
    this.#tools = {
      ...tools,
      limits: { ...tools.limits, greetingMs: Math.min(CANARY_GREETING_MS, tools.limits.greetingMs) },
    };
  }

  /** To be told of every gateway that was heard. */
  note(address: string, { withStartTls }: { readonly withStartTls: boolean }): void {
    this.#reached.add(familyOf(address));
    if (withStartTls) this.#sawStartTls.add(familyOf(address));
  }

  /** Of the family of `address`; asks the canaries only if no gateway has shown it yet. */
  async stateFor(address: string, needed: "greeting" | "STARTTLS", signal: AbortSignal): Promise<Port25> {
    const family = familyOf(address);
    const isKnown = (): boolean => (needed === "greeting" ? this.#reached : this.#sawStartTls).has(family);
    if (isKnown()) return "open";
    const asking = this.#asked.get(family) ?? this.#askCanaries(family, signal);
    this.#asked.set(family, asking);
    const state = await asking;
    if (signal.aborted) this.#asked.delete(family);
    // Others were under way meanwhile.
    return isKnown() ? "open" : state;
  }

  async #askCanaries(family: Family, signal: AbortSignal): Promise<Port25> {
    const states = await Promise.all(this.#tools.canaries.map((host) => this.#askCanary(host, family, signal)));
    return PRECEDENCE.find((state) => states.includes(state)) ?? "unknown";
  }

  async #askCanary(host: Name, family: Family, signal: AbortSignal): Promise<Port25> {
    const reply = await this.#tools.resolver.ask({ name: host, type: family === "ipv4" ? "A" : "AAAA" }, { signal });
    const found = reply.state === "observed" ? addressesIn(reply.value.answer) : [];
    const address = found.find((each) => familyOf(each) === family);
    if (address === undefined) return "unknown";
    return stateFrom(await converse({ serverName: host, address }, null, this.#tools, signal));
  }
}

/** What one canary shows counts for all: one that is heard proves the way open. */
const PRECEDENCE: readonly Port25[] = ["open", "stripped", "blocked", "unknown"];

function stateFrom({ greeting, ehlo, broke }: Conversation): Port25 {
  if (greeting !== null) return ehlo?.code === 250 && !offersStartTls(ehlo) ? "stripped" : "open";
  if (broke === null || REFUSED_HERE.includes(broke.code)) return "blocked";
  const isAbsence = ["tcp-timeout", "connection-refused", "connection-reset", "protocol-error"].includes(broke.cause);
  return isAbsence ? "blocked" : "unknown";
}
