import { labelCount, labelsOf, name as nameOf, toWire, type Name } from "../wire/name.ts";
import { canonicalRdata } from "../wire/rdata/canonical.ts";
import type { Rrsig } from "../wire/rdata/rrsig.ts";
import { typeNumber, type RecordType } from "../wire/record-type.ts";

const CLASS_IN = 1;
const LARGEST_RDATA = 0xffff;

/** The number of labels as an RRSIG counts them: without the root, and without a leftmost "*" (RFC 4034 section 3.1.3). */
export function signedLabelCount(owner: Name): number {
  return labelCount(owner) - (labelsOf(owner)[0] === "*" ? 1 : 0);
}

/** The closest encloser that an RRSIG with this label count speaks of: the last `count` labels of `owner`. */
export function lastLabels(owner: Name, count: number): Name {
  const labels = labelsOf(owner);
  return nameOf(`${labels.slice(labels.length - count).join(".")}.`);
}

/**
 * What the signature is over: the RRSIG's fields, then every record in canonical form and order without duplicates
 * (RFC 4034 sections 3.1.8.1 and 6.3). `owner` is the wildcard when the RRset was made from one.
 */
export function signedOctets(rrsig: Rrsig, owner: Name, type: RecordType, rdata: readonly Uint8Array[]): Uint8Array {
  const head = recordHead(owner, type, rrsig.originalTtl);
  const sorted = rdata.map((octets) => Buffer.from(canonicalRdata(type, octets))).sort(Buffer.compare);
  const distinct = sorted.filter((octets, index) => index === 0 || !octets.equals(sorted[index - 1] ?? octets));
  const parts: Uint8Array[] = [rrsig.signedPrefix];
  for (const octets of distinct) parts.push(head, lengthOctets(octets.length), octets);
  return Buffer.concat(parts);
}

function recordHead(owner: Name, type: RecordType, originalTtl: number): Uint8Array {
  const wire = toWire(owner);
  const head = Buffer.alloc(wire.length + 8);
  head.set(wire);
  head.writeUInt16BE(typeNumber(type), wire.length);
  head.writeUInt16BE(CLASS_IN, wire.length + 2);
  head.writeUInt32BE(originalTtl, wire.length + 4);
  return head;
}

function lengthOctets(length: number): Uint8Array {
  const octets = Buffer.alloc(2);
  octets.writeUInt16BE(Math.min(length, LARGEST_RDATA));
  return octets;
}
