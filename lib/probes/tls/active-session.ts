import { Buffer } from "node:buffer";
import { readDer, TAG, within } from "../../tls/der.ts";

/** [15] EXPLICIT of OpenSSL's serialised session: max_early_data, left out where it is 0. */
const MAX_EARLY_DATA = 0xaf;
/** Newer releases of Node put this before the session, then the host that it was for, with its length in two octets. */
const NODES_OWN = Buffer.from("\0nodejs:tls:session:1\0", "latin1");

/** How much early data the ticket in a session that Node hands out allows, in octets; null where the session cannot be read. */
export function maxEarlyDataOf(session: Uint8Array): number | null {
  const read = readDer(withoutPrefix(session), (reader) => {
    const parts = within(reader.expect(TAG.sequence, "the session")).all("a part of the session");
    const found = parts.find(({ tag }) => tag === MAX_EARLY_DATA);
    if (found === undefined) return 0;
    const { content } = within(found).expect(TAG.integer, "the most early data");
    return content.reduce((sum, octet) => sum * 0x100 + octet, 0);
  });
  return read.ok ? read.value : null;
}

function withoutPrefix(session: Uint8Array): Uint8Array {
  const end = NODES_OWN.length;
  if (!NODES_OWN.equals(session.subarray(0, end))) return session;
  return session.subarray(end + 2 + (session[end] ?? 0) * 0x100 + (session[end + 1] ?? 0));
}
