const LENGTH_OCTETS = 2;

/** Cuts a TCP stream into DNS messages, each preceded by its length in two octets (RFC 1035 section 4.2.2). */
export interface FrameReader {
  /** The messages that are complete now, in order. Octets are joined once per message, however small the pieces. */
  push(chunk: Buffer): readonly Buffer[];
  /** Whether a message has begun that is not complete. */
  isInside(): boolean;
}

export function createFrameReader(): FrameReader {
  let pieces: Buffer[] = [];
  let held = 0;
  let needed = LENGTH_OCTETS;
  return {
    push(chunk) {
      pieces.push(chunk);
      held += chunk.length;
      const frames: Buffer[] = [];
      if (held < needed) {
        return frames;
      }
      let rest = Buffer.concat(pieces);
      for (;;) {
        needed = rest.length < LENGTH_OCTETS ? LENGTH_OCTETS : LENGTH_OCTETS + rest.readUInt16BE(0);
        if (rest.length < needed) {
          break;
        }
        frames.push(rest.subarray(LENGTH_OCTETS, needed));
        rest = rest.subarray(needed);
      }
      pieces = rest.length === 0 ? [] : [rest];
      held = rest.length;
      return frames;
    },
    isInside: () => held > 0,
  };
}

/** Length and message as one buffer, to be sent in one write (RFC 7766 section 8). */
export function frameOf(message: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(LENGTH_OCTETS + message.length);
  frame.writeUInt16BE(message.length, 0);
  frame.set(message, LENGTH_OCTETS);
  return frame;
}
