/** Which names belong together for HSTS, told from the names alone. */
import { isOwnDomain } from "./plain-domain.ts";

const WWW = "www.";
/** A label that no host has. */
const NEIGHBOUR = "-";
/** A registrable name under a suffix of one label. */
const REGISTRABLE_LABELS = 2;

/** The name without a leading `www`, below which everything is the host's own. */
export function bareName(host: string): string {
  return host.startsWith(WWW) ? host.slice(WWW.length) : host;
}

/**
 * Whether a policy here is the one that can protect every name of the organisation. Under .dk that is a registered name; elsewhere, where
 * no list of suffixes is at hand, a name of two labels, or one that a `www` stands below. `isBesideWww`: it is looked at because of
 * such a `www`.
 */
export function isApex(host: string, isBesideWww: boolean): boolean {
  if (host.startsWith(WWW)) return false;
  if (host.endsWith(".dk")) return isRegisteredDk(host);
  return isBesideWww || host.split(".").length === REGISTRABLE_LABELS;
}

/** Whoever stands beside a registered name is a stranger; beside a name below one stand the owner's own. */
function isRegisteredDk(host: string): boolean {
  const above = host.slice(host.indexOf(".") + 1);
  return !isOwnDomain(host, `${NEIGHBOUR}.${above}`);
}

/** Whether an entry of the preload list, of the host or of a name above it with its subdomains, covers `name` as well. */
export function isCoveredBy(entry: string | null, name: string): boolean {
  return entry !== null && (name === entry || name.endsWith(`.${entry}`));
}
