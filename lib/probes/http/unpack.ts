import type { Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from "node:zlib";

/** Content without its coding, as far as it went. */
export interface Unpacked {
  readonly octets: Buffer;
  /** `limit`: there was more. `coding`: it is none that we undo, or what follows is malformed. */
  readonly cut: "limit" | "coding" | null;
}

/** RFC 1950: the method in the low half of the first octet is deflate. Servers also send RFC 1951 without that frame. */
const ZLIB_METHOD = 8;

/**
 * Undoes one content coding (RFC 9110 section 8.4.1). Never gives more than `maxOctets`; memory and time follow what is given, not
 * what the content claims. `isWhole`: whether the content came to its end; a part unpacks as far as it goes.
 */
export async function unpack(
  content: Buffer,
  coding: string,
  { maxOctets, isWhole }: { readonly maxOctets: number; readonly isWhole: boolean },
): Promise<Unpacked> {
  const name = coding.trim().toLowerCase();
  if (name === "" || name === "identity") return bounded(content, maxOctets);
  const decoder = decoderFor(name, content);
  if (decoder === null) return { octets: Buffer.alloc(0), cut: "coding" };
  const { octets, cut } = await decoded(decoder, content, maxOctets);
  // A part that breaks off is expected to.
  return { octets, cut: cut === "coding" && !isWhole && octets.length > 0 ? null : cut };
}

function bounded(content: Buffer, maxOctets: number): Unpacked {
  const isTooLong = content.length > maxOctets;
  return { octets: isTooLong ? content.subarray(0, maxOctets) : content, cut: isTooLong ? "limit" : null };
}

function decoderFor(coding: string, content: Buffer): Transform | null {
  switch (coding) {
    case "gzip":
    case "x-gzip":
      return createGunzip();
    case "deflate":
      return ((content[0] ?? 0) & 0x0f) === ZLIB_METHOD ? createInflate() : createInflateRaw();
    case "br":
      return createBrotliDecompress();
    default:
      return null;
  }
}

async function decoded(decoder: Transform, content: Buffer, maxOctets: number): Promise<Unpacked> {
  const parts: Buffer[] = [];
  let length = 0;
  decoder.end(content);
  try {
    for await (const part of decoder as AsyncIterable<Buffer>) {
      parts.push(part.subarray(0, maxOctets - length));
      length += part.length;
      if (length > maxOctets) return { octets: Buffer.concat(parts), cut: "limit" };
    }
    return { octets: Buffer.concat(parts), cut: null };
  } catch {
    // Nothing but the decoder can have failed here: what was decoded before stands.
    return { octets: Buffer.concat(parts), cut: "coding" };
  } finally {
    decoder.destroy();
  }
}
