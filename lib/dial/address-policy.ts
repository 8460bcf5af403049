import net from "node:net";
import ipaddr from "ipaddr.js";
import { DialError } from "./dial-error.ts";

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = readonly [Address, number];

/** One address, port and transport. `address` is an IP literal. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
  readonly protocol: "tcp" | "udp";
}

/** Which endpoints may be dialled. */
export interface AddressPolicy {
  /** Throws a DialError unless the endpoint may be dialled; returns the address in canonical form. */
  admit(endpoint: Endpoint): string;
  /** Lets this one endpoint be dialled although its address is special: a service that the inventory names. */
  registerService(endpoint: Endpoint): void;
}

/** Global unicast space as allocated by IANA; everything else in IPv6 is special (RFC 4291 section 2.4). */
const GLOBAL_UNICAST: Range = [ipaddr.IPv6.parse("2000::"), 3];

/** First bits of the IPv6 forms that carry an IPv4 address, and the octet at which it starts. */
const EMBEDDINGS: readonly { readonly prefix: Range; readonly offset: number; readonly inverted?: boolean }[] = [
  { prefix: [ipaddr.IPv6.parse("::"), 96], offset: 12 }, // IPv4-compatible, RFC 4291 section 2.5.5.1
  { prefix: [ipaddr.IPv6.parse("::ffff:0:0"), 96], offset: 12 }, // IPv4-mapped, RFC 4291 section 2.5.5.2
  { prefix: [ipaddr.IPv6.parse("::ffff:0:0:0"), 96], offset: 12 }, // IPv4-translated, RFC 2765 section 2.1
  { prefix: [ipaddr.IPv6.parse("64:ff9b::"), 96], offset: 12 }, // NAT64, RFC 6052 section 2.1
  { prefix: [ipaddr.IPv6.parse("2002::"), 16], offset: 2 }, // 6to4, RFC 3056 section 2
  { prefix: [ipaddr.IPv6.parse("2001::"), 32], offset: 12, inverted: true }, // Teredo, RFC 4380 section 4
];

/**
 * The rule for every socket: ordinary unicast addresses are dialled, anything special only if it lies in a range of
 * `allowSpecialAddresses` (CIDR or single addresses) or is a registered service endpoint. A form that embeds an IPv4
 * address is special itself, and when a range allows it the embedded address must be allowed too.
 */
export function createAddressPolicy(allowSpecialAddresses: readonly string[]): AddressPolicy {
  const allowed = allowSpecialAddresses.map(parseRange);
  const services = new Set<string>();
  return {
    admit(endpoint) {
      const parsedAddress = parseAddress(endpoint.address);
      const canonical = parsedAddress.toString();
      if (services.has(serviceKey(canonical, endpoint))) {
        return canonical;
      }
      const why = refusal(parsedAddress, allowed);
      if (why !== null) {
        throw new DialError("vantage-blocked", "SPECIAL_ADDRESS", `${canonical} is not dialled: ${why}`);
      }
      return canonical;
    },
    registerService(endpoint) {
      services.add(serviceKey(parseAddress(endpoint.address).toString(), endpoint));
    },
  };
}

/** Whether the IP literal lies outside ordinary unicast space, whatever any setting allows. Throws for anything else. */
export function isSpecialAddress(address: string): boolean {
  return refusal(parseAddress(address), []) !== null;
}

/** One spelling per address, so that budgets and caches cannot be split by notation. Throws unless an IP literal. */
export function canonicalAddress(address: string): string {
  return parseAddress(address).toString();
}

/** Only what net.isIP accepts: ipaddr.js alone would read 2130706433 and 0x7f.1 as 127.0.0.1. */
function parseAddress(text: string): Address {
  if (net.isIP(text) === 0) {
    throw new DialError("internal", "NOT_AN_ADDRESS", "the dialer takes IP literals only");
  }
  return ipaddr.parse(text);
}

function parseRange(text: string): Range {
  const address = text.split("/")[0] ?? "";
  if (net.isIP(address) === 0) {
    throw new RangeError(`not an address range: ${JSON.stringify(text)}`);
  }
  if (!text.includes("/")) {
    const single = ipaddr.parse(text);
    return [single, single.kind() === "ipv4" ? 32 : 128];
  }
  return ipaddr.parseCIDR(text);
}

function refusal(address: Address, allowed: readonly Range[]): string | null {
  const inner = embedded(address);
  if (inner !== null && !isIn(allowed, address)) {
    return "it carries an embedded IPv4 address";
  }
  if (inner !== null) {
    return refusal(inner, allowed);
  }
  const special = specialKind(address);
  if (special === null || isIn(allowed, address)) {
    return null;
  }
  return `its range is special (${special})`;
}

function specialKind(address: Address): string | null {
  const range: string = address.range();
  if (range !== "unicast") {
    return range;
  }
  return address.kind() === "ipv6" && !isIn([GLOBAL_UNICAST], address) ? "unallocated" : null;
}

function isIn(ranges: readonly Range[], address: Address): boolean {
  return ranges.some(([base, bits]) => base.kind() === address.kind() && address.match(base, bits));
}

function embedded(address: Address): ipaddr.IPv4 | null {
  const form = EMBEDDINGS.find(({ prefix }) => isIn([prefix], address));
  const octets = address.toByteArray();
  if (form === undefined || isUnspecifiedOrLoopback(octets)) {
    return null;
  }
  const inner = octets.slice(form.offset, form.offset + 4);
  return new ipaddr.IPv4(form.inverted === true ? inner.map((octet) => octet ^ 0xff) : inner);
}

/** :: and ::1 lie in the IPv4-compatible prefix but are addresses of their own (RFC 4291 sections 2.5.2, 2.5.3). */
function isUnspecifiedOrLoopback(octets: readonly number[]): boolean {
  return octets.length === 16 && octets.slice(0, 15).every((octet) => octet === 0) && (octets[15] ?? 0) <= 1;
}

function serviceKey(canonical: string, endpoint: Endpoint): string {
  return `${endpoint.protocol} ${canonical} ${String(endpoint.port)}`;
}
