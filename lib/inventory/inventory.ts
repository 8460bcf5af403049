import type { Asset } from "../core/asset.ts";
import type { Reading } from "../core/requirement-id.ts";
import type { Attestation, Authorisation, Exemption, InventoryAttestation } from "../core/statements.ts";
import type { TlsProfile } from "../tls/profile.ts";
import type { Name } from "../wire/name.ts";

/** One municipality's declaration of what it owns, checked and normalised: ids are final, dates are moments. */
export interface Inventory {
  /** The file as the user named it; null when the assets were named on the command line. */
  readonly file: string | null;
  readonly municipality: Municipality | null;
  readonly reading: Reading;
  readonly contacts: Contacts;
  readonly assets: readonly Asset[];
  readonly attestations: readonly Attestation[];
  readonly exemptions: readonly Exemption[];
  readonly authorisations: readonly Authorisation[];
  readonly inside: Inside;
  readonly network: NetworkSettings;
  readonly settings: Settings;
  /** Null: nobody has declared the inventory complete, which is worth a warning line. */
  readonly inventoryAttestation: InventoryAttestation | null;
  /** The line of the file on which each asset begins (from 1), by asset id; empty without a file. */
  readonly lineOf: ReadonlyMap<string, number>;
}

export interface Municipality {
  readonly id: string;
  readonly name: string;
}

export interface Contacts {
  readonly email: readonly string[];
  /** E.164: a plus sign and 8 to 15 digits. */
  readonly sms: readonly string[];
}

/** Names that the inside probe asks for (S21, S22). Unset: the defaults in data/. */
export interface Inside {
  readonly dnssec?: {
    readonly signed?: readonly Name[];
    readonly broken?: readonly Name[];
    readonly unsigned?: readonly Name[];
  };
  /** Must resolve, or the resolver is no use as a witness. */
  readonly control?: readonly Name[];
  /** Addresses of unfiltered resolvers to compare with. */
  readonly reference?: readonly string[];
}

/** How to reach the DNS and which special addresses may be dialled. What is unset takes the product's default. */
export interface NetworkSettings {
  /** DoH servers as https URLs. */
  readonly doh?: readonly string[];
  /** Plain resolvers asked instead of, or beside, DoH. */
  readonly dns?: readonly ServerAddress[];
  /** Where each of them stands in the file, `doh` first, then `dns`; unset where the defaults are used. */
  readonly resolverPlaces?: readonly Place[];
  readonly authoritative: "direct" | "off";
  /** A file as the inventory names it, relative to the inventory's folder. */
  readonly trustAnchors?: FileReference;
  /** Likewise: further trusted certificate authorities in PEM. */
  readonly ca?: FileReference;
  /** Prefixes in canonical text. Nothing special is dialled unless it lies in one of them. */
  readonly allowSpecialAddresses: readonly string[];
  /** Unset: the families that this vantage has a route for. Set: a demand. */
  readonly families?: readonly ("ipv4" | "ipv6")[];
  /** The name that mail gateways are greeted with; unset: the address they are called from (RFC 5321 section 4.1.3). */
  readonly ehloName?: string;
  /** Mail hosts known to answer on port 25, to tell whether it is open from here; unset: data/port25-canaries.ts; none: not told. */
  readonly smtpCanaries?: readonly Name[];
}

export interface ServerAddress {
  readonly address: string;
  readonly port: number;
}

/** Where a value stands in the inventory file, so that what turns out to be wrong with it can be reported there. */
export interface Place {
  readonly field: string;
  readonly line: number;
  readonly column: number;
}

/** A path in the inventory and where it stands. */
export interface FileReference extends Place {
  readonly path: string;
}

/** A document that a statement rests on, and what its contents must hash to. */
export interface EvidenceFile extends FileReference {
  readonly sha256: string;
}

export interface Settings {
  readonly k11Level: "standard" | "strong";
  /** Judges also what the readings leave open, such as DKIM on domains that do not send (requirements.md decision 8). */
  readonly strict: boolean;
  /** What S27(c) is judged by; unset: the default, see data/tls-profiles. */
  readonly tlsProfile?: TlsProfile;
  /** Milliseconds between a worse verdict and the second look that confirms it. */
  readonly confirmAfter: number;
  /** Milliseconds between rounds, by family of requirements. Unset families keep the default cadence. */
  readonly cadence: Readonly<Partial<Record<Family, number>>>;
}

/** Requirements that share a visit and therefore a cadence. */
export const FAMILIES = ["domains", "mail", "web", "ports", "inside"] as const;

export type Family = (typeof FAMILIES)[number];

export const DEFAULT_SETTINGS: Settings = { k11Level: "standard", strict: false, confirmAfter: 600_000, cadence: {} };

export const DEFAULT_NETWORK: NetworkSettings = { authoritative: "direct", allowSpecialAddresses: [] };

/** The inventory with every asset marked where its settings ask for the strict reading, or for more than K11's standard level. */
export function markSettings(inventory: Inventory): Inventory {
  const { strict, k11Level } = inventory.settings;
  const marks = { ...(strict ? { strict } : {}), ...(k11Level === "standard" ? {} : { k11Level }) };
  if (Object.keys(marks).length === 0) return inventory;
  return { ...inventory, assets: inventory.assets.map((asset) => ({ ...asset, ...marks })) };
}

/** An inventory of assets that were named on the command line, everything else at its default. */
export function inventoryOfAssets(assets: readonly Asset[]): Inventory {
  return {
    file: null,
    municipality: null,
    reading: "kommune-2024",
    contacts: { email: [], sms: [] },
    assets,
    attestations: [],
    exemptions: [],
    authorisations: [],
    inside: {},
    network: DEFAULT_NETWORK,
    settings: DEFAULT_SETTINGS,
    inventoryAttestation: null,
    lineOf: new Map(),
  };
}
