import { promisify } from "node:util";
import { constants, gunzip, gzip } from "node:zlib";

const compress = promisify(gzip);
const expand = promisify(gunzip);

/** The text in UTF-8, as gzip (RFC 1952). */
export function packText(text: string): Promise<Buffer> {
  return compress(text);
}

/** The text of a whole gzip file of UTF-8. Rejects what is none, or would have more than `largest` bytes. */
export async function unpackText(packed: Uint8Array, largest: number): Promise<string> {
  const content = await expand(packed, { maxOutputLength: largest, finishFlush: constants.Z_FINISH });
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
}
