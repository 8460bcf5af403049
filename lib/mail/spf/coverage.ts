import type { IpAddress } from "./ip-address.ts";

/** Addresses that agree with `network` in their first `prefix` bits. */
export interface Network {
  readonly network: IpAddress;
  readonly prefix: number;
}

const OCTET_BITS = 8;

/**
 * Addresses that no mail on the internet comes from: IANA's special-purpose registries (RFC 6890), multicast and above, and
 * IPv6 space that is not global unicast, or of which IANA has assigned nothing (3000::/4).
 */
const NO_SENDERS: Readonly<Record<4 | 16, readonly Network[]>> = {
  4: [
    ...[ipv4(8, 0), ipv4(8, 10), ipv4(10, 100, 64), ipv4(8, 127), ipv4(16, 169, 254), ipv4(12, 172, 16)],
    ...[ipv4(24, 192, 0, 0), ipv4(24, 192, 0, 2), ipv4(24, 192, 88, 99), ipv4(16, 192, 168), ipv4(15, 198, 18)],
    ...[ipv4(24, 198, 51, 100), ipv4(24, 203, 0, 113), ipv4(3, 224)],
  ],
  16: [
    ...[ipv6(3, 0), ipv6(4, 0x3000), ipv6(2, 0x4000), ipv6(1, 0x8000)],
    ...[ipv6(32, 0x2001, 0xdb8), ipv6(16, 0x2002)],
  ],
};

function ipv4(prefix: number, ...octets: readonly number[]): Network {
  return { network: [...octets, 0, 0, 0].slice(0, 4), prefix };
}

function ipv6(prefix: number, ...groups: readonly number[]): Network {
  const octets = groups.flatMap((group) => [group >> OCTET_BITS, group & 0xff]);
  return { network: [...octets, ...Array<number>(16 - octets.length).fill(0)], prefix };
}

/**
 * Whether the networks of one family (`octets` 4 or 16) together hold every address of it that a sender on the internet can
 * have; whether they hold the others as well does not matter.
 */
export function coversEverything(networks: readonly Network[], octets: 4 | 16): boolean {
  const own = networks.filter(({ network }) => network.length === octets);
  if (own.length === 0) return false;
  const ranges = [...own, ...NO_SENDERS[octets]]
    .map((network) => rangeOf(network))
    .sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  let next = 0n;
  for (const { first, last } of ranges) {
    if (first > next) return false;
    if (last >= next) next = last + 1n;
  }
  return next === 1n << BigInt(octets * OCTET_BITS);
}

function rangeOf({ network, prefix }: Network): { readonly first: bigint; readonly last: bigint } {
  const size = 1n << BigInt(network.length * OCTET_BITS - prefix);
  const address = network.reduce((sum, octet) => (sum << BigInt(OCTET_BITS)) | BigInt(octet), 0n);
  const first = address - (address % size);
  return { first, last: first + size - 1n };
}
