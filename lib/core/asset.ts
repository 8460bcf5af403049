import type { Name } from "../wire/name.ts";

/** What a municipality owns and answers for. `id` is `kind:value`, lower case, A-labels, at most 1,000 bytes. */
export type Asset = DomainAsset | HostAsset | UrlAsset | ServiceAsset | AddressAsset | ResolverAsset;

export type AssetKind = Asset["kind"];

interface Common {
  readonly id: string;
  /** The value part of the id: what a person calls the asset. */
  readonly name: string;
  readonly owner?: string;
  readonly tags?: readonly string[];
  readonly critical?: boolean;
  readonly consent?: "passive" | "active";
  /** The inventory's `settings.strict`: the text is read literally where a sensible reading asks for less. */
  readonly strict?: boolean;
  /** The inventory's `settings.k11Level`; unset: standard. */
  readonly k11Level?: "standard" | "strong";
  /** ISO date from which the municipality answers for the asset. */
  readonly since?: string;
}

/** A registered name, or a zone or mail-receiving name below one. */
export interface DomainAsset extends Common {
  readonly kind: "domain";
  readonly domain: Name;
  readonly dkimSelectors?: readonly string[];
  readonly sendsMail?: boolean | "unknown";
  /** Gateways that receive mail without being named by MX. */
  readonly mailGateways?: readonly Name[];
  /** Zones delegated below the domain. */
  readonly delegations?: readonly Name[];
}

export interface HostAsset extends Common {
  readonly kind: "host";
  readonly host: Name;
}

export interface UrlAsset extends Common {
  readonly kind: "url";
  /** Null when the URL names an address. */
  readonly host: Name | null;
  readonly url: string;
}

export interface ServiceAsset extends Common {
  readonly kind: "service";
  readonly host: Name | null;
  readonly url: string;
}

export interface AddressAsset extends Common {
  readonly kind: "address";
  /** A single address or a prefix, canonical text. */
  readonly range: string;
  readonly authorisation?: string;
  /** Services that are meant to be open, as "443/tcp". */
  readonly expected?: readonly string[];
}

export interface ResolverAsset extends Common {
  readonly kind: "resolver";
  readonly address: string;
  readonly network?: string;
  readonly protectiveDns?: { readonly product: string; readonly testNames?: readonly string[] };
}
