import { WireProblem } from "../octet-reader.ts";

const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
const GROUP = /^[0-9a-f]{1,4}$/i;
const IPV6_GROUPS = 8;

/** The octets of a dotted-decimal address. Throws WireProblem. */
export function ipv4Octets(text: string): Uint8Array {
  const octets = IPV4.exec(text)?.slice(1).map(Number);
  if (octets === undefined || octets.some((octet) => octet > 255)) throw new WireProblem("not an IPv4 address");
  return Uint8Array.from(octets);
}

/** The octets of an IPv6 address in any of its text forms (RFC 4291 section 2.2). Throws WireProblem. */
export function ipv6Octets(text: string): Uint8Array {
  const halves = text.split("::");
  const [head = [], tail] = halves.map(groupsOf);
  const missing = IPV6_GROUPS - head.length - (tail?.length ?? 0);
  if (halves.length > 2 || (tail === undefined ? missing !== 0 : missing < 1))
    throw new WireProblem("not an IPv6 address");
  const groups = [...head, ...Array<number>(missing).fill(0), ...(tail ?? [])];
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}

function groupsOf(text: string): number[] {
  if (text === "") return [];
  const parts = text.split(":");
  return parts.flatMap((part, index) => {
    if (index === parts.length - 1 && part.includes(".")) {
      const [a = 0, b = 0, c = 0, d = 0] = ipv4Octets(part);
      return [a * 0x100 + b, c * 0x100 + d];
    }
    if (!GROUP.test(part)) throw new WireProblem("not an IPv6 address");
    return [Number.parseInt(part, 16)];
  });
}
