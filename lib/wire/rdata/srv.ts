import type { Name } from "../name.ts";
import type { Parsed } from "../parsed.ts";
import { readRdata } from "./read-rdata.ts";

/** RFC 2782. The root as target means that the service is not offered. */
export interface Srv {
  readonly priority: number;
  readonly weight: number;
  readonly port: number;
  readonly target: Name;
}

/** Reads the RDATA of an SRV record. */
export function parseSrv(data: string | Uint8Array): Parsed<Srv> {
  return readRdata(data, (reader) => ({
    priority: reader.u16("the priority"),
    weight: reader.u16("the weight"),
    port: reader.u16("the port"),
    target: reader.name("the target"),
  }));
}
