import { name, type Name } from "../wire/name.ts";
import type { RecordType } from "../wire/record-type.ts";
import type { NameServer } from "./authority.ts";
import { indexZone, type Zone } from "./zone.ts";

/**
 * What can happen while the practice internet runs. `signatures-stripped`: an operator's commonest accident; the zone moved to
 * a server that does not sign, and its DS stayed with the parent (RFC 6781 section 4.3.5.1). `policy-weakened`: its DMARC
 * record asks for quarantine only. `certificate-renewed`: the domain's gateway presents other keys than its TLSA records tell.
 * `hsts-lost`: its web host sends no HSTS any more. `old-tls`: TLS 1.0 and 1.1 have been switched on there.
 */
export type Fault = ZoneFault | "certificate-renewed" | WebFault;

/** What befalls a web host. */
export type WebFault = "hsts-lost" | "old-tls";

/** What befalls a zone. */
export type ZoneFault = "signatures-stripped" | "policy-weakened";

/** Zones that were signed beforehand to be served in the place of others. */
export type Variants = ReadonlyMap<ZoneFault, ReadonlyMap<Name, Zone>>;

/** What the signer puts into a zone, and an unsigned copy of it lacks; signatures go with it. The DS of a child is data. */
const MADE_BY_SIGNER: ReadonlySet<RecordType> = new Set(["DNSKEY", "NSEC", "NSEC3", "NSEC3PARAM", "CDS", "CDNSKEY"]);

/** The zone without everything that its signer added. */
export function withoutSignatures({ origin, nodes }: Zone): Zone {
  const sets = [...nodes.values()].flatMap((node) => [...node]);
  const kept = sets.filter(([type]) => !MADE_BY_SIGNER.has(type));
  return indexZone(
    origin,
    kept.flatMap(([, { records }]) => records),
  );
}

/** Name servers whose zones can change from one question to the next. */
export class Stage {
  readonly #loaded: readonly NameServer[];
  readonly #variants: Variants;
  /** Only what differs from what was loaded. */
  readonly #current = new Map<NameServer, NameServer>();
  readonly #faults = new Map<Name, ZoneFault>();

  constructor(loaded: readonly NameServer[], variants: Variants = new Map()) {
    this.#loaded = loaded;
    this.#variants = variants;
  }

  /** The server as it is now; `loaded` is one that the stage was made with. */
  now(loaded: NameServer): NameServer {
    return this.#current.get(loaded) ?? loaded;
  }

  /**
   * From now on every server of the zone at `domain` serves it so, null meaning as loaded. Throws when none serves it, or
   * there is no such variant of it.
   */
  serve(domain: string, fault: ZoneFault | null): void {
    const origin = name(domain);
    const isMade = fault === null || fault === "signatures-stripped" || this.#variants.get(fault)?.has(origin) === true;
    if (!isMade) throw new RangeError(`${domain} cannot be served with ${fault}`);
    const servers = this.#loaded.filter(({ zones }) => zones.some((zone) => zone.origin === origin));
    if (servers.length === 0) throw new RangeError(`no practice server serves the zone ${domain}`);
    if (fault === null) this.#faults.delete(origin);
    else this.#faults.set(origin, fault);
    const made = new Map<Zone, Zone>();
    for (const server of servers) this.#current.set(server, this.#play(server, made));
  }

  /** `made` lets the servers of one zone share its unsigned copy as they share the zone. */
  #play(loaded: NameServer, made: Map<Zone, Zone>): NameServer {
    const zones = loaded.zones.map((zone) => {
      const fault = this.#faults.get(zone.origin);
      if (fault === undefined) return zone;
      const copy = made.get(zone) ?? this.#variants.get(fault)?.get(zone.origin) ?? withoutSignatures(zone);
      made.set(zone, copy);
      return copy;
    });
    return { ...loaded, zones };
  }
}
