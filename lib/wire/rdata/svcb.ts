import type { Name } from "../name.ts";
import { WireProblem } from "../octet-reader.ts";
import type { Parsed } from "../parsed.ts";
import { readRdata } from "./read-rdata.ts";

/** RFC 9460 section 2.2. Priority 0 is AliasMode, where `params` are to be ignored. */
export interface Svcb {
  readonly priority: number;
  readonly target: Name;
  /** SvcParamValue octets by SvcParamKey number. */
  readonly params: ReadonlyMap<number, Uint8Array>;
}

/** Reads the RDATA of an SVCB or HTTPS record. Keys must ascend, so that none comes twice. */
export function parseSvcb(data: string | Uint8Array): Parsed<Svcb> {
  return readRdata(data, (reader) => {
    const priority = reader.u16("the priority");
    const target = reader.name("the target");
    const params = new Map<number, Uint8Array>();
    let previous = -1;
    while (reader.left > 0) {
      const key = reader.u16("a parameter key");
      if (key <= previous) throw new WireProblem("the parameter keys are not in ascending order");
      previous = key;
      params.set(key, reader.take(reader.u16("a parameter length"), "a parameter"));
    }
    return { priority, target, params };
  });
}
