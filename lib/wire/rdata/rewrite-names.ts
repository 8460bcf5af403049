import { WireProblem, type OctetReader } from "../octet-reader.ts";
import { Buffer } from "node:buffer";
import type { RdataLayout } from "./layout.ts";

const IPV6_BITS = 128;

/**
 * Copies RDATA from `reader` to its end, with each embedded name as `readName` returns it. Throws WireProblem when the RDATA
 * does not fit its layout exactly.
 */
export function rewriteNames(
  reader: OctetReader,
  layout: RdataLayout,
  readName: (reader: OctetReader) => Uint8Array,
): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const field of layout.fields) {
    if (field === "name") parts.push(readName(reader));
    else if (field === "rest") parts.push(reader.rest());
    else if (field === "string") parts.push(countedWithLength(reader));
    else if (field === "a6") parts.push(...a6Parts(reader, readName));
    else parts.push(reader.take(field, "the RDATA"));
  }
  if (reader.left > 0) throw new WireProblem("the RDATA is longer than its type allows");
  // No layout with "rest" has two names, and what a name expands to stands in the message too: 65535 octets are not exceeded.
  return Buffer.concat(parts);
}

function countedWithLength(reader: OctetReader): Uint8Array {
  const start = reader.position;
  reader.counted("a character-string");
  return reader.bytes.subarray(start, reader.position);
}

/** Prefix length, the address bits after the prefix, and a name unless the prefix is empty (RFC 2874 section 3.1.1). */
function a6Parts(reader: OctetReader, readName: (reader: OctetReader) => Uint8Array): Uint8Array[] {
  const length = reader.take(1, "the A6 prefix length");
  const prefix = length[0] ?? 0;
  if (prefix > IPV6_BITS) throw new WireProblem("the A6 prefix length is over 128");
  const suffix = reader.take(Math.ceil((IPV6_BITS - prefix) / 8), "the A6 address suffix");
  return prefix === 0 ? [length, suffix] : [length, suffix, readName(reader)];
}
