import { malformed, parsed, type Parsed } from "./parsed.ts";

/** A record type by its mnemonic ("DNSKEY"), or "TYPE65280" where it has none (RFC 3597 section 5). */
export type RecordType = string;

/** Mnemonics that follow each other from the number on; IANA registry "Resource Record (RR) TYPEs". */
const REGISTERED: readonly (readonly [first: number, mnemonics: string])[] = [
  [1, "A NS MD MF CNAME SOA MB MG MR NULL WKS PTR HINFO MINFO MX TXT RP AFSDB X25 ISDN RT NSAP NSAP-PTR SIG KEY"],
  [26, "PX GPOS AAAA LOC NXT EID NIMLOC SRV ATMA NAPTR KX CERT A6 DNAME SINK OPT APL DS SSHFP IPSECKEY RRSIG NSEC"],
  [48, "DNSKEY DHCID NSEC3 NSEC3PARAM TLSA SMIMEA"],
  [55, "HIP NINFO RKEY TALINK CDS CDNSKEY OPENPGPKEY CSYNC ZONEMD SVCB HTTPS DSYNC"],
  [99, "SPF"],
  [104, "NID L32 L64 LP EUI48 EUI64"],
  [128, "NXNAME"],
  [249, "TKEY TSIG IXFR AXFR MAILB MAILA ANY URI CAA AVC DOA AMTRELAY RESINFO WALLET"],
  [32768, "TA DLV"],
];

const LARGEST_TYPE = 0xffff;

const nameByNumber = new Map<number, RecordType>(
  REGISTERED.flatMap(([first, mnemonics]) =>
    mnemonics.split(" ").map((mnemonic, index): [number, RecordType] => [first + index, mnemonic]),
  ),
);
const numberByName = new Map<RecordType, number>([...nameByNumber].map(([number, mnemonic]) => [mnemonic, number]));

/** The type's number; throws a TypeError for what parseRecordType and typeName never return. */
export function typeNumber(type: RecordType): number {
  const known = numberByName.get(type) ?? genericNumber(type);
  if (known === null) throw new TypeError(`"${type}" is not a record type`);
  return known;
}

/** The mnemonic of a type number, or TYPEnnn. */
export function typeName(number: number): RecordType {
  return nameByNumber.get(number) ?? `TYPE${number}`;
}

/** Reads a mnemonic or TYPEnnn in any case; "TYPE1" gives "A". */
export function parseRecordType(text: string): Parsed<RecordType> {
  // Outside ASCII there are letters whose upper case is in it.
  if (!/^[A-Za-z0-9-]+$/.test(text)) return malformed("not a record type");
  const upper = text.toUpperCase();
  if (numberByName.has(upper)) return parsed(upper);
  const number = genericNumber(upper);
  return number === null ? malformed("not a record type") : parsed(typeName(number));
}

function genericNumber(type: string): number | null {
  const digits = /^TYPE(\d{1,5})$/.exec(type)?.[1];
  return digits === undefined || Number(digits) > LARGEST_TYPE ? null : Number(digits);
}
