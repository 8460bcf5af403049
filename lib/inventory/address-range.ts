import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { accepted, expected, type Leaf } from "./leaf.ts";

const BITS = { ipv4: 32, ipv6: 128 } as const;
const DNS_PORT = 53;
const HIGHEST_PORT = 65_535;

/** Reads one IP address; canonical text (RFC 5952 for IPv6). IPv4-mapped IPv6 and zone ids are refused. */
export function parseAddress(text: string): Leaf<string> {
  const address = addressOf(text);
  return address === null
    ? expected("en IPv4- eller IPv6-adresse", "an IPv4 or IPv6 address")
    : accepted(textOf(address));
}

/** Reads a single address or a prefix. Canonical: a prefix of one address loses its length; host bits must be zero. */
export function parseRange(text: string): Leaf<string> {
  const [addressText, lengthText, ...rest] = text.split("/");
  const address = addressOf(addressText ?? "");
  const wanted = expected(
    "en IP-adresse eller et præfiks, f.eks. 192.0.2.0/28 eller 2001:db8::/64",
    "an IP address or a prefix, such as 192.0.2.0/28 or 2001:db8::/64",
  );
  if (address === null || rest.length > 0) return wanted;
  if (lengthText === undefined) return accepted(textOf(address));
  const bits = BITS[address.kind()];
  if (!/^\d{1,3}$/u.test(lengthText) || Number(lengthText) > bits) return wanted;
  return checkHostBits(address, Number(lengthText), bits);
}

/** Reads `address`, `address:port` or `[v6]:port`; the port is 53 when not given. */
export function parseServerAddress(text: string): Leaf<{ address: string; port: number }> {
  const match = /^(?:\[(?<six>[^\]]+)\]|(?<four>[\d.]+))(?::(?<port>\d{1,5}))?$/u.exec(text)?.groups;
  const address = addressOf(match?.six ?? match?.four ?? text);
  const port = Number(match?.port ?? DNS_PORT);
  if (address === null || port < 1 || port > HIGHEST_PORT) {
    return expected(
      "en IP-adresse, evt. med port, f.eks. 192.0.2.53, 192.0.2.53:5353 eller [2001:db8::53]:5353",
      "an IP address, with a port if need be, such as 192.0.2.53, 192.0.2.53:5353 or [2001:db8::53]:5353",
    );
  }
  return accepted({ address: textOf(address), port });
}

/** Reads a port and protocol such as 443/tcp. */
export function parsePort(text: string): Leaf<string> {
  const match = /^([1-9]\d{0,4})\/(tcp|udp)$/u.exec(text.toLowerCase());
  if (match === null || Number(match[1]) > HIGHEST_PORT) {
    return expected("port og protokol, f.eks. 443/tcp", "port and protocol, such as 443/tcp");
  }
  return accepted(match[0]);
}

/** Whether the canonical `range` lies inside the canonical `outer`. */
export function liesWithin(range: string, outer: string): boolean {
  const [inner, around] = [cidrOf(range), cidrOf(outer)];
  if (inner[0].kind() !== around[0].kind() || inner[1] < around[1]) return false;
  return inner[0].match(around);
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

function addressOf(text: string): Address | null {
  if (isIP(text) === 0 || text.includes("%")) return null;
  const address = ipaddr.parse(text);
  return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() ? null : address;
}

function textOf(address: Address): string {
  return address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString();
}

function cidrOf(range: string): [Address, number] {
  const [address = "", length] = range.split("/");
  const parsedAddress = ipaddr.parse(address);
  return [parsedAddress, length === undefined ? BITS[parsedAddress.kind()] : Number(length)];
}

function checkHostBits(address: Address, length: number, bits: number): Leaf<string> {
  const octets = address.toByteArray();
  const hostBitSet = octets.some((octet, index) => {
    const networkBits = Math.min(8, Math.max(0, length - index * 8));
    return (octet & (0xff >> networkBits)) !== 0;
  });
  if (hostBitSet) {
    return expected(
      `et præfiks, hvis bits efter de første ${length} er nul`,
      `a prefix whose bits after the first ${length} are zero`,
    );
  }
  return accepted(length === bits ? textOf(address) : `${textOf(address)}/${length}`);
}
