import { concat, number, vector } from "./presentation-octets.ts";
import { VERSION_NUMBER, type RecordLayerVersion } from "./versions.ts";

/** RFC 8446 section 5.1. */
export const CONTENT = { changeCipherSpec: 20, alert: 21, handshake: 22, applicationData: 23 } as const;

/** The most that one record may hold in clear. */
export const RECORD_OCTETS_LIMIT = 0x4000;

/** Octets of one content type as records: as few as the limit allows, and at least one octet each. */
export function toRecords(type: number, version: RecordLayerVersion, content: Uint8Array): Uint8Array {
  const records: Uint8Array[] = [];
  for (let at = 0; at < content.length; at += RECORD_OCTETS_LIMIT) {
    const fragment = content.subarray(at, at + RECORD_OCTETS_LIMIT);
    records.push(concat(number(type, 1), number(VERSION_NUMBER[version], 2), vector(2, fragment)));
  }
  return concat(...records);
}
