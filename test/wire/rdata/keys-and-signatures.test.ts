import { describe, expect, test } from "@jest/globals";
import { ROOT } from "../../../lib/wire/name.ts";
import { parseRdataText } from "../../../lib/wire/presentation.ts";
import { parseDnskey } from "../../../lib/wire/rdata/dnskey.ts";
import { parseDs } from "../../../lib/wire/rdata/ds.ts";
import { parseRrsig } from "../../../lib/wire/rdata/rrsig.ts";
import { base64Of, hexOf, octets } from "../hex.ts";
import { problemOf, valueOf } from "../outcome.ts";

/** RFC 4034 section 2.3 and section 5.4. */
const KEY_2642 = `256 3 5 ( AQPSKmynfzW4kyBv015MUG2DeIQ3 Cbl+BBZH4b/0PY1kxkmvHjcZc8no kfzj31GajIQKY+5CptLr3buXA10h
  WqTkF7H6RfoRqXQeogmMHfpftf6z Mv1LyBUgia7za6ZEzOJBOztyvhjL 742iU/TpPSEDhm2SNKLijfUppn1U aNvv4w== )`;
const KEY_60485 = `256 3 5 ( AQOeiiR0GOMYkDshWoSKz9Xz fwJr1AYtsmx3TGkJaNXVbfi/ 2pHm822aJ5iI9BMzNXxeYCmZ
  DRD99WYwYqUSdjMmmAphXdvx egXd/M5+X7OrzKBaMbCVdFLU Uh6DhweJBjEVv5f2wwjM9Xzc nOf+EPbtG9DMBmADjFDc2w/r ljwvFw== )`;

describe("parseDnskey", () => {
  test.each([
    [KEY_2642, 2642],
    [KEY_60485, 60485],
    // The root zone's key signing key of 2017 (IANA, root-anchors.xml).
    [
      `257 3 8 AwEAAaz/tAm8yTn4Mfeh5eyI96WSVexTBAvkMgJzkKTOiW1vkIbzxeF3 +/4RgWOq7HrxRixHlFlExOLAJr5emLvN7SWXgnLh4+B5xQlNVz8Og8kv
       ArMtNROxVQuCaSnIDdD5LKyWbRd2n9WGe2R8PzgCmr3EgVLrjyBxWezF 0jLHwVN8efS3rCj/EWgvIWgb9tarpVUDK/b58Da+sqqls3eNbuv7pr+e
       oZG+SrDK6nWeL3c6H5Apxz7LjVc1uTIdsIXxuOLYA4/ilBmSVIzuDWfd RUfhHdY6+cn8HFRm+2hM8AnXGXws9555KrUB5qihylGa8subX2Nn6UwN R1AkUTV74bU=`.replaceAll(
        "\n",
        " ",
      ),
      20326,
    ],
  ])("computes the key tag of RFC 4034 appendix B", (text, keyTag) => {
    const key = valueOf(parseDnskey(valueOf(parseRdataText("DNSKEY", text, ROOT))));
    expect(key.keyTag).toBe(keyTag);
    expect(key.protocol).toBe(3);
  });

  test("splits the fields", () => {
    const key = valueOf(parseDnskey(base64Of("0101 03 0d aabb")));
    expect({ ...key, publicKey: hexOf(key.publicKey) }).toEqual({
      flags: 257,
      protocol: 3,
      algorithm: 13,
      publicKey: "aabb",
      keyTag: 0x0101 + 0x030d + 0xaabb,
    });
  });

  test("the key tag of RSA/MD5 is cut from the modulus (appendix B.1)", () => {
    expect(valueOf(parseDnskey(octets("0100 03 01 0103aabbccdd"))).keyTag).toBe(0xbbcc);
  });

  test("the key tag folds its carry back", () => {
    expect(valueOf(parseDnskey(octets("ffff ff ff ffff"))).keyTag).toBe(((0xffff * 3) & 0xffff) + 2);
    expect(valueOf(parseDnskey(octets("0100 03 08 aa"))).keyTag).toBe(0x0100 + 0x0308 + 0xaa00);
  });

  test("a key may be empty, its header may not", () => {
    expect(valueOf(parseDnskey(octets("0000 03 00"))).publicKey).toHaveLength(0);
    expect(problemOf(parseDnskey(octets("0000 03")))).toBe("the algorithm runs past the end");
  });
});

describe("parseDs", () => {
  test("splits the fields", () => {
    const ds = valueOf(parseDs(base64Of("4f66 08 02 e06d")));
    expect({ ...ds, digest: hexOf(ds.digest) }).toEqual({ keyTag: 20326, algorithm: 8, digestType: 2, digest: "e06d" });
  });

  test("a digest is not empty", () => {
    expect(problemOf(parseDs(octets("4f66 08 02")))).toBe("the digest is empty");
    expect(problemOf(parseDs(octets("4f66 08")))).toBe("the digest type runs past the end");
  });
});

describe("parseRrsig", () => {
  const RRSIG = "0030 08 01 0002a300 61500000 614c0000 4f66 02 444b 00 abcdef";

  test("splits the fields and lowers the signer in what is signed", () => {
    const { signature, signedPrefix, ...rest } = valueOf(parseRrsig(base64Of(RRSIG)));
    expect(rest).toEqual({
      typeCovered: "DNSKEY",
      algorithm: 8,
      labels: 1,
      originalTtl: 172800,
      expiration: 0x61500000,
      inception: 0x614c0000,
      keyTag: 20326,
      signer: "dk.",
    });
    expect(hexOf(signature)).toBe("abcdef");
    expect(hexOf(signedPrefix)).toBe("0030080100" + "02a30061500000614c00004f6602646b00");
  });

  test.each([
    ["0030 08 01 0002a300 61500000 614c0000 4f66 02 444b 00", "the signature is empty"],
    [
      "0030 08 01 0002a300 61500000 614c0000 4f66 c000 ab",
      "the signer: the name has a compression pointer or an unknown label type",
    ],
    ["0030 08 01 0002a300 61500000 614c0000 4f66", "the signer: the name runs past the end"],
    ["0030 08 01 0002a300 61500000 614c00", "the inception runs past the end"],
  ])("refuses %s", (hex, problem) => {
    expect(problemOf(parseRrsig(octets(hex)))).toBe(problem);
  });
});
