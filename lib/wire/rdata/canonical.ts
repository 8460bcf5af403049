import { lowerOctet } from "../name-text.ts";
import { OctetReader, WireProblem } from "../octet-reader.ts";
import type { RecordType } from "../record-type.ts";
import { RDATA_LAYOUTS } from "./layout.ts";
import { rewriteNames } from "./rewrite-names.ts";

/**
 * RDATA in the form that signatures cover (RFC 4034 section 6.2, RFC 6840 section 5.1): embedded names in lower case for the
 * types listed there, everything else as it is. RDATA that does not follow its type's layout is returned unchanged.
 */
export function canonicalRdata(type: RecordType, bytes: Uint8Array): Uint8Array {
  const layout = RDATA_LAYOUTS.get(type);
  if (layout?.lowered !== true) return bytes;
  try {
    return rewriteNames(new OctetReader(bytes), layout, lowerName);
  } catch (error) {
    if (error instanceof WireProblem) return bytes;
    throw error;
  }
}

function lowerName(reader: OctetReader): Uint8Array {
  const start = reader.position;
  reader.name("the name");
  // Length octets are below 0x40, so that lowering the whole name leaves them alone.
  return reader.bytes.subarray(start, reader.position).map(lowerOctet);
}
