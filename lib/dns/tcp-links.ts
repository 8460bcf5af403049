import type { UdpPurpose } from "../dial/budgets.ts";
import { DialError } from "../dial/dial-error.ts";
import type { Dialer, Target } from "../dial/dialer.ts";
import type { Heard, OutgoingQuery } from "./query.ts";
import { TcpLink } from "./tcp-link.ts";
import type { LinkWait } from "./tcp-link.ts";

/** Connections to DNS servers, one per server, shared by its questions while it lasts (RFC 7766 section 6.2). */
export class TcpLinks {
  readonly #dialer: Dialer;
  readonly #shared = new Map<string, Promise<TcpLink>>();
  readonly #open = new Set<TcpLink>();
  /** Servers that closed while further questions were open: they get one connection per question. */
  readonly #oneAtATime = new Set<string>();

  constructor(dialer: Dialer) {
    this.#dialer = dialer;
  }

  /** Rejects with a DialError. `timeoutMs` is for the connection, and again for the answer. */
  async exchange(target: Target, query: OutgoingQuery, purpose: UdpPurpose, wait: LinkWait): Promise<Heard> {
    const key = `${purpose} ${target.address} ${target.port}`;
    if (this.#oneAtATime.has(key)) {
      return this.#alone(target, query, purpose, wait);
    }
    const link = await this.#obtainShared(key, target, purpose, wait.timeoutMs);
    try {
      return await link.exchange(query, wait);
    } catch (error) {
      // It answered others and then closed: our question was one too many, which says nothing about the question.
      const isCrowdedOut = error instanceof DialError && error.cause === "connection-reset" && link.answered > 0;
      if (!isCrowdedOut) {
        throw error;
      }
      this.#oneAtATime.add(key);
      return this.#alone(target, query, purpose, wait);
    }
  }

  close(): void {
    for (const link of this.#open) {
      link.close();
    }
    this.#shared.clear();
  }

  async #connect(target: Target, purpose: UdpPurpose, wait: LinkWait): Promise<TcpLink> {
    const socket = await this.#dialer.connectTcp(target, { purpose, ...wait });
    const link = new TcpLink(socket);
    this.#open.add(link);
    socket.once("close", () => this.#open.delete(link));
    return link;
  }

  /** The connection under way or open to the target; its failure is shared by those who wait for it. */
  async #obtainShared(key: string, target: Target, purpose: UdpPurpose, timeoutMs: number): Promise<TcpLink> {
    const existing = this.#shared.get(key);
    const link = await existing;
    if (link?.isOpen() === true) {
      return link;
    }
    const newer = this.#shared.get(key);
    if (newer !== undefined && newer !== existing) {
      return newer;
    }
    const made = this.#connect(target, purpose, { timeoutMs });
    this.#shared.set(key, made);
    made.catch(() => {
      if (this.#shared.get(key) === made) {
        this.#shared.delete(key);
      }
    });
    return made;
  }

  async #alone(target: Target, query: OutgoingQuery, purpose: UdpPurpose, wait: LinkWait): Promise<Heard> {
    const link = await this.#connect(target, purpose, wait);
    try {
      return await link.exchange(query, wait);
    } finally {
      link.close();
    }
  }
}
