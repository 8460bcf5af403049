import { ipv4Octets, ipv6Octets } from "../../wire/rdata/address-text.ts";

const HEX = 16;
/** The first 96 bits of an IPv4 address written as IPv6 (RFC 4291 section 2.5.5.2). */
const MAPPED = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

/**
 * The block that an address lies in, of 256 IPv4 addresses (/24) or one site's IPv6 (/48): enough to tell a mail service, too
 * little to tell a person. `address` is known to be one: throws WireProblem otherwise.
 */
export function addressBlock(address: string): string {
  if (!address.includes(":")) return ipv4Block(ipv4Octets(address));
  const octets = ipv6Octets(address);
  if (MAPPED.every((octet, index) => octets[index] === octet)) return ipv4Block(octets.subarray(MAPPED.length));
  const groups = [0, 2, 4].map((at) => (((octets[at] ?? 0) << 8) | (octets[at + 1] ?? 0)).toString(HEX));
  while (groups.length > 0 && groups.at(-1) === "0") groups.pop();
  return `${groups.join(":")}::/48`;
}

function ipv4Block(octets: Uint8Array): string {
  return `${octets.subarray(0, 3).join(".")}.0/24`;
}
