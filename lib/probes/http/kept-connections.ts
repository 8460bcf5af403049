import type { WebUrl } from "../../parsers/location.ts";
import type { HttpVersion, WebConnection } from "./web-connection.ts";

/** Connections that a visit may use again for the same origin at the same address: one of each at a time. */
export class KeptConnections {
  readonly #kept = new Map<string, WebConnection>();
  #isClosed = false;

  /** The connection is the caller's until it is given back. */
  take(url: WebUrl, address: string, httpVersion: HttpVersion): WebConnection | null {
    const key = keyOf(url, address, httpVersion);
    const connection = this.#kept.get(key);
    this.#kept.delete(key);
    if (connection === undefined || connection.isOpen) return connection ?? null;
    connection.close();
    return null;
  }

  give(url: WebUrl, address: string, httpVersion: HttpVersion, connection: WebConnection): void {
    const key = keyOf(url, address, httpVersion);
    if (this.#isClosed || !connection.isOpen || this.#kept.has(key)) connection.close();
    else this.#kept.set(key, connection);
  }

  /** Also those that are given back later. */
  close(): void {
    this.#isClosed = true;
    for (const connection of this.#kept.values()) connection.close();
    this.#kept.clear();
  }
}

function keyOf({ scheme, host, port }: WebUrl, address: string, httpVersion: HttpVersion): string {
  return `${scheme} ${host} ${port} ${address} ${httpVersion}`;
}
