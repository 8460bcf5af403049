import { Buffer } from "node:buffer";
import { WireProblem } from "../octet-reader.ts";
import type { Parsed } from "../parsed.ts";
import { readRdata } from "./read-rdata.ts";

/** RFC 8659 section 4.1. `tag` is in lower case, since tags are matched without regard to case. */
export interface Caa {
  readonly flags: number;
  readonly tag: string;
  readonly value: Uint8Array;
}

/** Reads the RDATA of a CAA record. */
export function parseCaa(data: string | Uint8Array): Parsed<Caa> {
  return readRdata(data, (reader) => {
    const flags = reader.u8("the flags");
    const tag = Buffer.from(reader.counted("the tag")).toString("latin1");
    if (!/^[A-Za-z0-9]+$/.test(tag)) throw new WireProblem("the tag is not letters and digits");
    return { flags, tag: tag.toLowerCase(), value: reader.rest() };
  });
}
