import type { RecordType } from "../record-type.ts";
import {
  BASE32HEX,
  BASE64_REST,
  HEX_REST,
  IPV4,
  IPV6,
  NAME,
  SALT,
  SECONDS,
  STRING,
  STRING_REST,
  STRINGS,
  SVC_PARAMS,
  TAG,
  TIME,
  TYPE,
  TYPES,
  U16,
  U32,
  U8,
  type TextField,
} from "./text-fields.ts";

const TARGET = [NAME];
const PREFERENCE_AND_NAME = [U16, NAME];
const KEY = [U16, U8, U8, BASE64_REST];
const DIGEST = [U16, U8, U8, HEX_REST];
const CERTIFICATE = [U8, U8, U8, HEX_REST];
const SERVICE = [U16, NAME, SVC_PARAMS];

/** The fields of each type's master-file form, in order. A type that is not here is written as RFC 3597 section 5 says. */
export const TEXT_LAYOUTS: ReadonlyMap<RecordType, readonly TextField[]> = new Map<RecordType, readonly TextField[]>([
  ["A", [IPV4]],
  ["AAAA", [IPV6]],
  ["NS", TARGET],
  ["CNAME", TARGET],
  ["DNAME", TARGET],
  ["PTR", TARGET],
  ["SOA", [NAME, NAME, U32, SECONDS, SECONDS, SECONDS, SECONDS]],
  ["MX", PREFERENCE_AND_NAME],
  ["RT", PREFERENCE_AND_NAME],
  ["KX", PREFERENCE_AND_NAME],
  ["AFSDB", PREFERENCE_AND_NAME],
  ["PX", [U16, NAME, NAME]],
  ["RP", [NAME, NAME]],
  ["HINFO", [STRING, STRING]],
  ["TXT", [STRINGS]],
  ["SPF", [STRINGS]],
  ["SRV", [U16, U16, U16, NAME]],
  ["NAPTR", [U16, U16, STRING, STRING, STRING, NAME]],
  ["DS", DIGEST],
  ["CDS", DIGEST],
  ["DNSKEY", KEY],
  ["CDNSKEY", KEY],
  ["RRSIG", [TYPE, U8, U8, U32, TIME, TIME, U16, NAME, BASE64_REST]],
  ["NSEC", [NAME, TYPES]],
  ["NSEC3", [U8, U8, U16, SALT, BASE32HEX, TYPES]],
  ["NSEC3PARAM", [U8, U8, U16, SALT]],
  ["TLSA", CERTIFICATE],
  ["SMIMEA", CERTIFICATE],
  ["SSHFP", [U8, U8, HEX_REST]],
  ["OPENPGPKEY", [BASE64_REST]],
  ["CSYNC", [U32, U16, TYPES]],
  ["ZONEMD", [U32, U8, U8, HEX_REST]],
  ["CAA", [U8, TAG, STRING_REST]],
  ["URI", [U16, U16, STRING_REST]],
  ["SVCB", SERVICE],
  ["HTTPS", SERVICE],
]);
