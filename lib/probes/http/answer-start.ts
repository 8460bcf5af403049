import type { Readable } from "node:stream";
import { DialError } from "../../dial/dial-error.ts";
import type { HttpLimits } from "./http-limits.ts";

/** Framing beside content: a chunk of one octet takes six. What is sent beyond that is nothing but framing. */
const FRAMING_FACTOR = 8;
/** `HTTP/1.1 200` and what follows the status code. */
const LINE_START = 13;
const PROTOCOL = "HTTP/1.";
const STATUS = /^HTTP\/(1\.[01]) ([0-9]{3})[ \r]/;
const SECTION_END = Buffer.from("\r\n\r\n");
const SWITCHING = 101;

/**
 * Stands where a stream takes in what was received, since undici tells neither the version of an answer nor lets one pass that
 * begins with 100 (RFC 9110 section 15.2 wants that), and bounds no chunk extensions: takes interim answers out, unread but for
 * their status, notes the version of the final one, and ends the stream with `tool-limit` when there is too much of anything.
 */
export class AnswerStart {
  interim: number[] = [];
  /** Of the final answer; null while none has begun. */
  version: string | null = null;
  /** Octets since the request. */
  octets = 0;
  readonly #stream: Readable;
  readonly #limits: HttpLimits;
  #held: Buffer = Buffer.alloc(0);
  #state: "line" | "interim" | "final" = "line";
  #sectionOctets = 0;

  constructor(stream: Readable, limits: HttpLimits) {
    this.#stream = stream;
    this.#limits = limits;
    const push = stream.push.bind(stream);
    stream.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
      if (chunk instanceof Uint8Array) return this.#take(chunk, push);
      if (this.#held.length > 0) push(this.#held);
      this.#held = Buffer.alloc(0);
      return push(chunk, encoding);
    };
  }

  /** Before each request: what comes now is another answer. */
  expectAnother(): void {
    this.interim = [];
    this.version = null;
    this.octets = 0;
    this.#held = Buffer.alloc(0);
    this.#state = "line";
  }

  #take(chunk: Uint8Array, push: (chunk: Uint8Array) => boolean): boolean {
    const { maxHeaderOctets, maxInterim, maxBodyOctets } = this.#limits;
    this.octets += chunk.length;
    if (this.octets > maxHeaderOctets * (maxInterim + 1) + maxBodyOctets * FRAMING_FACTOR) return this.#end("octets");
    if (this.#state === "final") return push(chunk);
    let rest = Buffer.concat([this.#held, chunk]);
    this.#held = Buffer.alloc(0);
    for (;;) {
      if (this.#state === "interim") {
        const end = rest.indexOf(SECTION_END);
        if (end < 0) return this.#hold(rest, chunk.length);
        rest = rest.subarray(end + SECTION_END.length);
        this.#state = "line";
      }
      if (isShortOfLine(rest)) {
        this.#held = rest;
        return true;
      }
      const line = STATUS.exec(rest.toString("latin1", 0, LINE_START));
      if (!isInterim(Number(line?.[2]))) {
        this.version = line?.[1] ?? null;
        this.#state = "final";
        return push(rest);
      }
      this.interim.push(Number(line?.[2]));
      if (this.interim.length > maxInterim) return this.#end("interim answers");
      this.#state = "interim";
      this.#sectionOctets = 0;
    }
  }

  /** The end of a section may stand across two pieces. */
  #hold(rest: Buffer, received: number): boolean {
    this.#sectionOctets += received;
    if (this.#sectionOctets > this.#limits.maxHeaderOctets) return this.#end("octets of an interim answer");
    this.#held = rest.subarray(-(SECTION_END.length - 1));
    return true;
  }

  #end(what: string): false {
    this.#stream.destroy(tooMuch(what));
    return false;
  }
}

/** Whether more has to come before it can be told what it is. */
function isShortOfLine(octets: Buffer): boolean {
  const start = octets.toString("latin1", 0, LINE_START);
  return start.length < LINE_START && (PROTOCOL.startsWith(start) || start.startsWith(PROTOCOL));
}

/** One that switches protocols is not: what follows is no answer. */
function isInterim(status: number): boolean {
  return status >= 100 && status <= 199 && status !== SWITCHING;
}

/** More than HttpLimits allow. */
export function tooMuch(what: string): DialError {
  return new DialError("tool-limit", "HTTP_LIMIT", `more ${what} than are read`);
}
