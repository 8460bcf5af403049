import { Buffer } from "node:buffer";
import type { ResourceRecord } from "../../wire/message.ts";
import { parseTxt } from "../../wire/rdata/txt.ts";

/**
 * The texts of TXT records, each one's strings joined without anything between them (RFC 6376 section 3.6.2.2), one character
 * per octet; what is no TXT data is left out.
 */
export function textsOf(records: readonly ResourceRecord[]): readonly string[] {
  return records.flatMap(({ type, data }) => {
    const strings = type === "TXT" ? parseTxt(data) : null;
    return strings?.ok === true ? [Buffer.concat(strings.value).toString("latin1")] : [];
  });
}
