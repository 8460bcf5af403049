import { ipv4Octets, ipv6Octets } from "../../wire/rdata/address-text.ts";
import { rdataOctets } from "../../wire/rdata/read-rdata.ts";
import { WireProblem } from "../../wire/octet-reader.ts";
import type { ResourceRecord } from "../../wire/message.ts";

/** 4 or 16 octets. */
export type IpAddress = readonly number[];

const IPV4_OCTETS = 4;
const IPV6_OCTETS = 16;

/** Reads an address; one of ::ffff:0:0/96 is the IPv4 address in it (RFC 7208 section 5). Null for what is none. */
export function parseIpAddress(text: string): IpAddress | null {
  try {
    if (!text.includes(":")) return [...ipv4Octets(text)];
    const octets = [...ipv6Octets(text)];
    const isMapped = octets.slice(0, 10).every((octet) => octet === 0) && octets[10] === 0xff && octets[11] === 0xff;
    return isMapped ? octets.slice(-IPV4_OCTETS) : octets;
  } catch (error) {
    if (error instanceof WireProblem) return null;
    throw error;
  }
}

/** The addresses of A or AAAA records; one of another length is left out. */
export function addressesOf(records: readonly ResourceRecord[]): readonly IpAddress[] {
  return records.flatMap(({ data }) => {
    const octets = rdataOctets(data);
    const isAddress = octets.ok && [IPV4_OCTETS, IPV6_OCTETS].includes(octets.value.length);
    return isAddress ? [[...octets.value]] : [];
  });
}

export function isIpv4(address: IpAddress): boolean {
  return address.length === IPV4_OCTETS;
}

/** Whether both are of one family and agree in their first `prefix` bits. */
export function isWithin(address: IpAddress, network: IpAddress, prefix: number): boolean {
  if (address.length !== network.length) return false;
  for (let bit = 0; bit < prefix; bit += 8) {
    const mask = prefix - bit >= 8 ? 0xff : 0xff & (0xff << (8 - (prefix - bit)));
    const index = bit / 8;
    if (((address[index] ?? 0) & mask) !== ((network[index] ?? 0) & mask)) return false;
  }
  return true;
}

/** The name that the address's PTR records stand at, and what the macro `%{i}` gives: labels in the order of the address. */
export function dottedAddress(address: IpAddress): string {
  if (isIpv4(address)) return address.join(".");
  return address.flatMap((octet) => [(octet >> 4).toString(16), (octet & 0xf).toString(16)]).join(".");
}
