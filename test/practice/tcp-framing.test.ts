import { Buffer } from "node:buffer";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { frameMessage, MessageFramer } from "../../lib/practice/tcp-framing.ts";

describe("MessageFramer", () => {
  test("gives back the messages of a stream, however it was cut", () => {
    const messages = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 6 });
    fc.assert(
      fc.property(messages, fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1 }), (sent, cuts) => {
        const stream = Buffer.concat(sent.map(frameMessage));
        const framer = new MessageFramer();
        const received: Buffer[] = [];
        for (let at = 0, piece = 0; at < stream.length; piece++) {
          const next = at + (cuts[piece % cuts.length] ?? 1);
          received.push(...framer.push(stream.subarray(at, next)).map((each) => Buffer.from(each)));
          at = next;
        }
        expect(received).toEqual(sent.map((each) => Buffer.from(each)));
      }),
    );
  });

  test("holds back a message that is not complete", () => {
    const framer = new MessageFramer();
    expect(framer.push(Uint8Array.of(0))).toEqual([]);
    expect(framer.push(Uint8Array.of(2, 7))).toEqual([]);
    expect(framer.push(Uint8Array.of(8, 0)).map((each) => [...each])).toEqual([[7, 8]]);
  });

  test("frames the largest message there is", () => {
    expect([...frameMessage(new Uint8Array(0xffff)).subarray(0, 2)]).toEqual([0xff, 0xff]);
  });
});
