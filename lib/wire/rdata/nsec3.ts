import { WireProblem, type OctetReader } from "../octet-reader.ts";
import type { Parsed } from "../parsed.ts";
import type { RecordType } from "../record-type.ts";
import { readRdata } from "./read-rdata.ts";
import { readTypeBitmap } from "./type-bitmap.ts";

/** How names are hashed (RFC 5155 section 4.1). */
export interface Nsec3param {
  readonly hashAlgorithm: number;
  readonly flags: number;
  readonly iterations: number;
  readonly salt: Uint8Array;
}

/** RFC 5155 section 3.1. */
export interface Nsec3 extends Nsec3param {
  readonly nextHashed: Uint8Array;
  readonly types: ReadonlySet<RecordType>;
}

/** Reads the RDATA of an NSEC3 record. The hash is not empty. */
export function parseNsec3(data: string | Uint8Array): Parsed<Nsec3> {
  return readRdata(data, (reader) => {
    const parameters = readParameters(reader);
    const nextHashed = reader.counted("the next hashed owner name");
    if (nextHashed.length === 0) throw new WireProblem("the next hashed owner name is empty");
    return { ...parameters, nextHashed, types: readTypeBitmap(reader) };
  });
}

/** Reads the RDATA of an NSEC3PARAM record. */
export function parseNsec3param(data: string | Uint8Array): Parsed<Nsec3param> {
  return readRdata(data, readParameters);
}

function readParameters(reader: OctetReader): Nsec3param {
  return {
    hashAlgorithm: reader.u8("the hash algorithm"),
    flags: reader.u8("the flags"),
    iterations: reader.u16("the iterations"),
    salt: reader.counted("the salt"),
  };
}
