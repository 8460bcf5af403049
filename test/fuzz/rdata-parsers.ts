import type { Parsed } from "../../lib/wire/parsed.ts";
import { parseAddress } from "../../lib/wire/rdata/address.ts";
import { parseCaa } from "../../lib/wire/rdata/caa.ts";
import { parseDnskey } from "../../lib/wire/rdata/dnskey.ts";
import { parseDs } from "../../lib/wire/rdata/ds.ts";
import { parseMx } from "../../lib/wire/rdata/mx.ts";
import { parseNsec } from "../../lib/wire/rdata/nsec.ts";
import { parseNsec3, parseNsec3param } from "../../lib/wire/rdata/nsec3.ts";
import { parseRrsig } from "../../lib/wire/rdata/rrsig.ts";
import { parseSoa } from "../../lib/wire/rdata/soa.ts";
import { parseSrv } from "../../lib/wire/rdata/srv.ts";
import { parseSvcb } from "../../lib/wire/rdata/svcb.ts";
import { parseTargetName } from "../../lib/wire/rdata/target-name.ts";
import { parseTlsa } from "../../lib/wire/rdata/tlsa.ts";
import { parseTxt } from "../../lib/wire/rdata/txt.ts";

type RdataParser = (data: string | Uint8Array) => Parsed<unknown>;

/** Every parser in lib/wire/rdata, by a type that it reads. */
export const RDATA_PARSERS: ReadonlyMap<string, RdataParser> = new Map<string, RdataParser>([
  ["A", parseAddress],
  ["CAA", parseCaa],
  ["DNSKEY", parseDnskey],
  ["DS", parseDs],
  ["MX", parseMx],
  ["NS", parseTargetName],
  ["NSEC", parseNsec],
  ["NSEC3", parseNsec3],
  ["NSEC3PARAM", parseNsec3param],
  ["RRSIG", parseRrsig],
  ["SOA", parseSoa],
  ["SRV", parseSrv],
  ["SVCB", parseSvcb],
  ["TLSA", parseTlsa],
  ["TXT", parseTxt],
]);
