import type { PresentedChain } from "../../tls/observations.ts";
import { kindOfChain, type RawChain } from "../../tls/presented-chains.ts";
import { type HelloAsked, seenHello, type SeenHello } from "../../tls/seen-hello.ts";
import type { ServerFlight } from "../../tls/server-flight.ts";
import type { TlsVersion } from "../../tls/versions.ts";

/** What was seen of one server so far. Chains are kept once each, and only so many different ones. */
export class Notebook {
  readonly #mostChains: number;
  readonly #chains = new Map<string, readonly string[]>();
  readonly #seen: SeenHello[] = [];
  readonly #raw: RawChain[] = [];
  #hasLeftOut = false;

  constructor(mostChains: number) {
    this.#mostChains = mostChains;
  }

  get seen(): readonly SeenHello[] {
    return this.#seen;
  }

  /** Chains that the server presents under its own name. */
  get chains(): readonly RawChain[] {
    return this.#raw;
  }

  /** There were more different chains than are kept. */
  get hasLeftOutChains(): boolean {
    return this.#hasLeftOut;
  }

  /** Takes in the answer to a hello; null where it shows no support. */
  note(flight: ServerFlight, asked: HelloAsked): SeenHello | null {
    const seen = seenHello(flight, asked);
    if (seen === null) return null;
    const chain = seen.chain === null ? null : this.#keep(seen.chain);
    const kept = { ...seen, chain };
    this.#seen.push(kept);
    if (asked.kind !== "foreign" && chain !== null) this.#present({ ...kept, chain });
    return kept;
  }

  /** A chain that another stack was shown. */
  noteChain(version: TlsVersion, chain: readonly string[], staple: string | null): void {
    const kept = this.#keep(chain);
    if (kept !== null) this.#present({ version, chain: kept, staple });
  }

  at(version: TlsVersion): readonly SeenHello[] {
    return this.#seen.filter((each) => each.version === version && each.kind !== "foreign");
  }

  #present({ version, chain, staple }: RawChain): void {
    this.#raw.push({ version, chain, staple });
  }

  #keep(chain: readonly string[]): readonly string[] | null {
    const key = chain.join(" ");
    const known = this.#chains.get(key);
    if (known !== undefined) return known;
    if (this.#chains.size >= this.#mostChains) {
      this.#hasLeftOut = true;
      return null;
    }
    this.#chains.set(key, chain);
    return chain;
  }
}

/** Kinds of keys that were seen in certificates, at any version or at this one. */
export function kindsSeen(notebook: Notebook, at?: TlsVersion): ReadonlySet<PresentedChain["kind"]> {
  const chains = notebook.chains.filter(({ version }) => at === undefined || version === at);
  return new Set([...new Set(chains.map(({ chain }) => chain))].map(kindOfChain));
}
