import { Buffer } from "node:buffer";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { decodeMessage } from "../../lib/wire/codec.ts";
import type { Reply } from "../../lib/wire/message.ts";
import { formatRdata } from "../../lib/wire/presentation.ts";
import { name, parseName } from "../../lib/wire/name.ts";
import { encodeMessage } from "../../lib/wire/encode.ts";
import { RDATA_PARSERS } from "../fuzz/rdata-parsers.ts";
import { base64Of } from "./hex.ts";
import { message, opt } from "./message-octets.ts";
import { RDATA_VECTORS } from "./presentation-vectors.ts";

/** A reply with one record of each type. */
const EVERY_TYPE = encodeMessage({
  id: 1,
  flags: ["aa"],
  rcode: 0,
  question: { name: name("www.example.test"), type: "ANY" },
  answer: RDATA_VECTORS.map(([type, , hex]) => ({ name: name("a.example.test"), type, ttl: 60, data: base64Of(hex) })),
  authority: [],
  additional: [],
  edns: { udpSize: 1232, dnssecOk: true, errors: [{ code: 6, text: "why" }] },
});

function recordsOf(reply: Reply): Reply["answer"] {
  return [...reply.answer, ...reply.authority, ...reply.additional];
}

const PRINTABLE = /^[ -~]+$/;

/** Throws unless decoding gives a problem in words or a value that is well formed. Plain code, as it runs very often. */
function expectSound(bytes: Uint8Array): void {
  const decoded = decodeMessage(bytes);
  if (!decoded.ok) {
    if (!PRINTABLE.test(decoded.problem)) throw new Error(`not a problem in words: ${decoded.problem}`);
    return;
  }
  for (const record of recordsOf(decoded.value.reply)) {
    const back = parseName(record.name);
    if (!back.ok || back.value !== record.name) throw new Error(`not a name: ${record.name}`);
    if (!(record.ttl >= 0)) throw new Error(`not a TTL: ${record.ttl}`);
    if (!PRINTABLE.test(formatRdata(record))) throw new Error(`not printable: ${record.type} ${record.data}`);
  }
}

describe("hostile octets", () => {
  test("random messages never throw", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 600 }), expectSound), { numRuns: 500 });
  });

  test("random octets after a sound header never throw", () => {
    const part = fc.uint8Array({ maxLength: 300 });
    const counts = fc.array(fc.constantFrom(0, 1, 2), { minLength: 4, maxLength: 4 });
    const whole = fc
      .tuple(counts, part)
      .map(([sections, rest]) =>
        Uint8Array.from([0x12, 0x34, 0x81, 0x80, ...sections.flatMap((n) => [0, n]), ...rest]),
      );
    fc.assert(fc.property(whole, expectSound), { numRuns: 500 });
  });

  test("no single flipped bit makes decoding throw", () => {
    for (let bit = 0; bit < EVERY_TYPE.length * 8; bit += 1) {
      const flipped = EVERY_TYPE.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7));
      expectSound(flipped);
    }
  });

  test("no cut makes decoding throw or succeed", () => {
    for (let length = 0; length < EVERY_TYPE.length; length += 1) {
      expect(decodeMessage(EVERY_TYPE.subarray(0, length)).ok).toBe(false);
    }
  });

  test("the message decodes the same from inside a larger buffer", () => {
    const bytes = message({ answer: [{ owner: "c00c", type: 2, rdata: "0161c00c" }], additional: [opt("")] });
    const padded = new Uint8Array(bytes.length + 20);
    padded.set(bytes, 10);
    expect(decodeMessage(padded.subarray(10, 10 + bytes.length))).toEqual(decodeMessage(bytes));
  });

  test("decoding does not keep the caller's octets", () => {
    const bytes = EVERY_TYPE.slice();
    const decoded = decodeMessage(bytes);
    const before = structuredClone(decoded);
    bytes.fill(0xff);
    expect(decoded).toEqual(before);
  });
});

describe.each([...RDATA_PARSERS])("the parser of %s", (_, parse) => {
  test("never throws, and says what is wrong", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const fromOctets = parse(bytes);
        expect(parse(Buffer.from(bytes).toString("base64"))).toEqual(fromOctets);
        if (!fromOctets.ok) expect(fromOctets.problem).toMatch(/^[ -~]+$/);
      }),
    );
  });
});
