import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { toBase32Hex } from "../wire/base32hex.ts";
import type { ResourceRecord } from "../wire/message.ts";
import { toWire, type Name } from "../wire/name.ts";
import type { RecordSet } from "./zone.ts";

/** The NSEC3 records of a zone that share one set of parameters, ordered by hash (RFC 5155 section 7.1). */
export interface HashChain {
  readonly iterations: number;
  readonly salt: Buffer;
  readonly links: readonly HashLink[];
}

interface HashLink {
  /** The owner's first label: base32hex in lower case, which sorts as the hash itself does. */
  readonly hash: string;
  readonly set: RecordSet;
}

/** Builds the chain that NSEC3PARAM announces, or in a broken zone that of the first NSEC3 record; null without NSEC3. */
export function hashChain(sets: ReadonlyMap<Name, RecordSet>, parameters: readonly ResourceRecord[]): HashChain | null {
  const wanted = parameters.find(isInUse) ?? [...sets.values()][0]?.records[0];
  const chosen = wanted === undefined ? null : parametersOf(wanted);
  if (chosen === null) return null;
  const links = [...sets]
    .filter(([, set]) => set.records.some((record) => sameParameters(parametersOf(record), chosen)))
    .map(([owner, set]) => ({ hash: owner.slice(0, owner.indexOf(".")), set }))
    .sort((a, b) => (a.hash < b.hash ? -1 : 1));
  return { ...chosen, links };
}

/** The NSEC3 set whose owner is the hash of `name`; null when there is none. */
export function matchingHash(chain: HashChain, name: Name): RecordSet | null {
  const hash = hashOf(chain, name);
  return chain.links.find((link) => link.hash === hash)?.set ?? null;
}

/** The NSEC3 set with the greatest hash below that of `name`, or the last one: the circle closes. Null for an empty chain. */
export function coveringHash(chain: HashChain, name: Name): RecordSet | null {
  const hash = hashOf(chain, name);
  return (chain.links.findLast((link) => link.hash < hash) ?? chain.links.at(-1))?.set ?? null;
}

function hashOf(chain: HashChain, name: Name): string {
  let digest: Buffer = Buffer.from(toWire(name));
  for (let round = 0; round <= chain.iterations; round++) {
    digest = createHash("sha1").update(digest).update(chain.salt).digest();
  }
  return toBase32Hex(digest);
}

/** RFC 5155 section 4.1.2: only a record without flags announces a chain. */
function isInUse(parameter: ResourceRecord): boolean {
  return Buffer.from(parameter.data, "base64")[1] === 0;
}

/** Iterations and salt stand at the same place in NSEC3 and NSEC3PARAM (RFC 5155 sections 3.2 and 4.2). */
function parametersOf(record: ResourceRecord): { iterations: number; salt: Buffer } | null {
  const data = Buffer.from(record.data, "base64");
  const saltLength = data[4];
  if (saltLength === undefined || data.length < 5 + saltLength) return null;
  return { iterations: data.readUInt16BE(2), salt: data.subarray(5, 5 + saltLength) };
}

type Parameters = ReturnType<typeof parametersOf>;

function sameParameters(a: Parameters, b: Parameters): boolean {
  return a !== null && b !== null && a.iterations === b.iterations && a.salt.equals(b.salt);
}
