import { runToEnd } from "./workshop.ts";

const LINK = "hush";

/** Makes addresses swallow everything without a word, as a firewall does that drops; the result makes them answer again. */
export async function silence(addresses: readonly string[]): Promise<() => Promise<void>> {
  await makeLink();
  for (const address of addresses) {
    await ip(address, "addr", "del", withLength(address), "dev", "lo");
    await ip(address, "route", "add", withLength(address), "dev", LINK);
  }
  return async () => {
    for (const address of addresses) {
      await ip(address, "route", "del", withLength(address), "dev", LINK);
      const settled = address.includes(":") ? ["nodad"] : [];
      await ip(address, "addr", "add", withLength(address), "dev", "lo", ...settled);
    }
  };
}

/** Addresses that are nobody's yet swallow everything from now on. */
export async function neverAnswer(addresses: readonly string[]): Promise<void> {
  if (addresses.length > 0) await makeLink();
  for (const address of addresses) await ip(address, "route", "add", withLength(address), "dev", LINK);
}

/** A cable whose other end nobody holds: without ARP everything is sent and nothing comes back. */
async function makeLink(): Promise<void> {
  const { status } = await runToEnd("ip", ["link", "show", LINK]);
  if (status === 0) return;
  await ip("", "link", "add", LINK, "type", "veth", "peer", "name", `${LINK}-end`);
  await ip("", "link", "set", LINK, "arp", "off", "up");
  await ip("", "link", "set", `${LINK}-end`, "up");
}

function withLength(address: string): string {
  return `${address}/${address.includes(":") ? "128" : "32"}`;
}

async function ip(address: string, ...parameters: readonly string[]): Promise<void> {
  const family = address.includes(":") ? ["-6"] : [];
  const { status, stderr } = await runToEnd("ip", [...family, ...parameters]);
  if (status !== 0) throw new Error(`ip ${parameters.join(" ")}: ${stderr.trim()}`);
}
