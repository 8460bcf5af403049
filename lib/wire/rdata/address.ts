import { WireProblem } from "../octet-reader.ts";
import type { Parsed } from "../parsed.ts";
import { readRdata } from "./read-rdata.ts";

const IPV4_OCTETS = 4;
const IPV6_OCTETS = 16;

/** The address in an A or AAAA record as canonical text: dotted decimal, or IPv6 as RFC 5952 writes it. */
export function parseAddress(data: string | Uint8Array): Parsed<string> {
  return readRdata(data, (reader) => {
    const octets = reader.rest();
    if (octets.length === IPV4_OCTETS) return octets.join(".");
    if (octets.length === IPV6_OCTETS) return ipv6Text(octets);
    throw new WireProblem("an address is neither 4 nor 16 octets long");
  });
}

/** RFC 5952 section 4; addresses of ::ffff:0:0/96 end in dotted decimal (section 5). */
function ipv6Text(octets: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, at) => (octets[2 * at] ?? 0) * 0x100 + (octets[2 * at + 1] ?? 0));
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return `::ffff:${octets.subarray(12).join(".")}`;
  }
  const zeros = longestZeroRun(groups);
  const hex = groups.map((group) => group.toString(16));
  if (zeros.length < 2) return hex.join(":");
  return `${hex.slice(0, zeros.start).join(":")}::${hex.slice(zeros.start + zeros.length).join(":")}`;
}

/** The first of the longest runs (RFC 5952 section 4.2.3). */
function longestZeroRun(groups: readonly number[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 };
  let length = 0;
  for (const [index, group] of groups.entries()) {
    length = group === 0 ? length + 1 : 0;
    if (length > best.length) best = { start: index - length + 1, length };
  }
  return best;
}
