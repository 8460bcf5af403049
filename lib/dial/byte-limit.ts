import type { Readable } from "node:stream";
import { DialError } from "./dial-error.ts";

/**
 * Destroys the stream with a DialError (`tool-limit`) once more than `maxBytes` octets have arrived on it; the octets beyond
 * are dropped. Apply it to the stream that is read: a TLS socket counts its plain octets, the socket below it none.
 */
export function limitBytesIn(stream: Readable, maxBytes: number): void {
  const push = stream.push.bind(stream);
  let seen = 0;
  stream.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
    seen += chunk instanceof Uint8Array ? chunk.length : 0;
    if (seen > maxBytes) {
      stream.destroy(new DialError("tool-limit", "BYTE_LIMIT", `more than ${String(maxBytes)} octets arrived`));
      return false;
    }
    return push(chunk, encoding);
  };
}
