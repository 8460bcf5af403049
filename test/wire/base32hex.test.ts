import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { fromBase32Hex, toBase32Hex } from "../../lib/wire/base32hex.ts";
import { name, toWire } from "../../lib/wire/name.ts";
import { octets } from "./hex.ts";

describe("base32hex", () => {
  test.each([
    ["", ""],
    ["f", "co"],
    ["fo", "cpng"],
    ["foo", "cpnmu"],
    ["foob", "cpnmuog"],
    ["fooba", "cpnmuoj1"],
    ["foobar", "cpnmuoj1e8"],
  ])("%j of RFC 4648 section 10 is %s", (text, encoded) => {
    expect(toBase32Hex(Buffer.from(text))).toBe(encoded);
    expect(fromBase32Hex(encoded.toUpperCase())).toEqual({ ok: true, value: new Uint8Array(Buffer.from(text)) });
  });

  test.each(["c", "0", "000", "cpn", "cp", "cpnmuoj1e", "cw", "c=", "co======", "cpnmuoj1e9", "cº", "\u212a0", "c0\n"])(
    "%s is refused",
    (text) => {
      expect(fromBase32Hex(text).ok).toBe(false);
    },
  );

  // RFC 5155 appendix A: salt aabbccdd, 12 additional iterations.
  test.each([
    ["example", "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom"],
    ["a.example", "35mthgpgcu1qg68fab165klnsnk3dpvl"],
    ["ai.example", "gjeqe526plbf1g8mklp59enfd789njgi"],
    ["ns1.example", "2t7b4g4vsa5smi47k61mv5bv1a22bojr"],
    ["*.w.example", "r53bq7cc2uvmubfu5ocmm6pers9tk9en"],
  ])("writes the hashed owner name of %s", (text, hashed) => {
    const salt = octets("aabbccdd");
    let digest: Uint8Array = toWire(name(text));
    for (let round = 0; round <= 12; round += 1) digest = createHash("sha1").update(digest).update(salt).digest();
    expect(toBase32Hex(digest)).toBe(hashed);
    expect(fromBase32Hex(hashed)).toEqual({ ok: true, value: new Uint8Array(digest) });
  });

  test("survives both directions", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) =>
        expect(fromBase32Hex(toBase32Hex(bytes))).toEqual({ ok: true, value: bytes }),
      ),
    );
  });
});
