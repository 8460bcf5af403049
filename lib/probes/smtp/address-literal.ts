import net from "node:net";

/** RFC 5321 section 4.1.3: what a client that has no name of its own says instead (section 4.1.4). */
export function addressLiteral(address: string | undefined): string {
  const plain = (address ?? "0.0.0.0").replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
  return net.isIPv6(plain) ? `[IPv6:${plain}]` : `[${plain}]`;
}
