/** Names directly below .dk at which anybody can register: what stands below them belongs to different people. */
const OPEN_BELOW_DK: ReadonlySet<string> = new Set(["biz.dk", "co.dk", "firm.dk", "reg.dk", "store.dk"]);

/**
 * Whether `host` is surely of the owner of `own`: the same name, one below it, `own` without its `www`, or under .dk with the same
 * registered name. Pure code has no public suffix list, so that outside .dk what stands beside or above `own` counts as a
 * stranger's: it may be the platform that `own` is on. Hosts as in WebUrl; an address is related to itself alone.
 */
export function isOwnDomain(host: string, own: string): boolean {
  if (host === own) return true;
  if (isAddress(host) || isAddress(own)) return false;
  if (isBelow(host, own) || own === `www.${host}`) return true;
  const registered = registeredDk(host);
  return registered !== null && registered === registeredDk(own);
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
