/** Names directly below .dk at which anybody can register: what stands below them belongs to different people. */
const OPEN_BELOW_DK: ReadonlySet<string> = new Set(["biz.dk", "co.dk", "firm.dk", "reg.dk", "store.dk"]);

/**
 * Whether two hosts are surely one owner's: the same name, one below the other, or under .dk with the same registered name. Pure
 * code has no public suffix list, so that names side by side outside .dk count as strangers. Hosts as in WebUrl; an address is
 * related to itself alone.
 */
export function isOwnDomain(host: string, other: string): boolean {
  if (host === other) return true;
  if (isAddress(host) || isAddress(other)) return false;
  if (isBelow(host, other) || isBelow(other, host)) return true;
  const registered = registeredDk(host);
  return registered !== null && registered === registeredDk(other);
}

/** Nobody owns what stands below a single label, nor below the open names. */
function isBelow(host: string, above: string): boolean {
  return above.includes(".") && !OPEN_BELOW_DK.has(above) && host.endsWith(`.${above}`);
}

function registeredDk(host: string): string | null {
  const labels = host.split(".");
  if (labels.at(-1) !== "dk" || labels.length < 2) return null;
  const two = labels.slice(-2).join(".");
  if (!OPEN_BELOW_DK.has(two)) return two;
  return labels.length > 2 ? labels.slice(-3).join(".") : null;
}

function isAddress(host: string): boolean {
  return host.includes(":") || /^\d{1,3}(?:\.\d{1,3}){3}$/u.test(host);
}
